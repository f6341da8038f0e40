#include "daemon/doctor/network_findings.h"

namespace omamori {
namespace {

using std::chrono::days;

// Which settings lead there, for "what to do".
struct Settings {
  std::string where;    // of the finding
  std::string section;  // "[smtp]"
  std::string server;   // as it may be shown
  bool to_mail = false;
};

std::string behind(const std::string& words) { return words.empty() ? "" : ": " + words; }

std::string what_failed(const Settings& at, const PeerFacts& facts, const Tongue& tongue) {
  const std::string late = facts.timed_out ? tongue("（時間切れ）", " (out of time)") : "";
  switch (*facts.failed_at) {
    case ProbeStep::look_up:
      return at.server + tongue(" の名前が引けない", ": the name leads nowhere") + late;
    case ProbeStep::connect:
      return at.server + tongue(" につながらない", ": no connection") + late;
    case ProbeStep::not_allowed:
      return at.server + tongue(" を呼ばない", " is not called");
    case ProbeStep::hello:
      return at.server + tongue(" が応答しない", ": no proper answer") + late;
    case ProbeStep::tls:
      return at.server + tongue(" と暗号化（TLS）できない", ": no encryption (TLS)") + late;
    case ProbeStep::login:
      return at.server + tongue(" にログインできない", ": the login was refused") + late;
    case ProbeStep::afterwards:
      return at.server + tongue(" がメールを受け付けない", " refuses to take mail") + late;
  }
  return "";
}

std::string tls_to_do(const Settings& at, const Tongue& tongue) {
  const std::string mail = at.to_mail
                               ? tongue("。tls = \"starttls\" か \"implicit\" かも確かめる",
                                        "; also whether tls is \"starttls\" or \"implicit\" there")
                               : "";
  return tongue("サーバーの管理者に証明書を確かめる。組織内の認証局なら ",
                "ask who runs the server about its certificate; with an authority of your own, set "
                "ca_file in ") +
         at.section + tongue(" の ca_file に置く", "") + mail;
}

std::string to_do(const Settings& at, const PeerFacts& facts, const Tongue& tongue) {
  switch (*facts.failed_at) {
    case ProbeStep::look_up:
      return at.section + tongue(" の綴りと、この機械の DNS を確かめる",
                                 ": check the spelling, and this machine's DNS");
    case ProbeStep::connect:
      return at.section + tongue(" の宛先とポート、ファイアウォール、相手が動いているかを確かめる",
                                 ": check host and port, the firewall, and whether it runs");
    case ProbeStep::not_allowed:
      return tongue("組織内の相手なら ", "if it is one of your own, set allow_private = true in ") +
             at.section + tongue(" に allow_private = true を書く", "");
    case ProbeStep::hello:
      return at.section +
             (at.to_mail ? tongue(" のポートと tls の組を確かめる（587 は starttls、465 は"
                                  " implicit）",
                                  ": check that port and tls belong together (587 starttls, 465"
                                  " implicit)")
                         : tongue(" のポートを確かめる", ": check the port"));
    case ProbeStep::tls:
      return tls_to_do(at, tongue);
    case ProbeStep::login:
      return at.section + tongue(" の username と password_file の中身を確かめる",
                                 ": check username and what is in password_file");
    case ProbeStep::afterwards:
      return tongue(
          "メールサーバーの管理者に、この利用者とこの機械が [smtp] from"
          " の名で送れるかを確かめる",
          "ask who runs the mail server whether this user and this machine may send as "
          "[smtp] from");
  }
  return "";
}

void add_certificate(const Settings& at, const PeerFacts& facts, Instant now, const Tongue& tongue,
                     Findings& findings) {
  if (!facts.certificate || !facts.certificate->not_after) return;
  const std::string where = at.where + ".certificate";
  const std::string subject = facts.certificate->subject;
  const auto left = *facts.certificate->not_after - now;
  const std::string renew =
      tongue("サーバーの管理者に証明書の更新を頼む", "ask who runs the server to renew it");
  if (left <= std::chrono::seconds{0}) {
    const auto ago = static_cast<int>(std::chrono::floor<days>(-left).count());
    findings.push_back(
        {Severity::error, where,
         tongue("サーバー証明書の期限が切れている（", "the server certificate has expired (") +
             tongue.days(ago) + tongue("前、", " ago, ") + subject + tongue("）", ")"),
         renew});
    return;
  }
  const auto remaining = static_cast<int>(std::chrono::floor<days>(left).count());
  const bool soon = left < kCertificateNotice;
  findings.push_back({soon ? Severity::warning : Severity::ok, where,
                      tongue("サーバー証明書の期限まで ", "the server certificate is good for ") +
                          tongue.days(remaining) + tongue("（", " (") + subject + tongue("）", ")"),
                      soon ? renew : ""});
}

// The way there; true if one came to the end of it.
bool add_way(const Settings& at, const PeerFacts& facts, const Tongue& tongue, Findings& findings) {
  if (facts.failed_at) {
    findings.push_back({Severity::error, at.where,
                        what_failed(at, facts, tongue) + behind(facts.words),
                        to_do(at, facts, tongue)});
    return false;
  }
  findings.push_back({Severity::ok, at.where,
                      at.server + tongue(" につながる（", " answers (") + facts.address +
                          (facts.encrypted ? ", TLS" : "") + tongue("）", ")"),
                      ""});
  return true;
}

// What a mail server offers or asks for that does not go together with the settings. More than the
// step at which it failed can say, so it stands in its place.
std::optional<Finding> mail_mismatch(const Settings& at, const SmtpConfig& smtp,
                                     const PeerFacts& facts, const Tongue& tongue) {
  if (facts.logged_in) return {};
  const bool to_log_in = !smtp.username.empty();
  const bool not_understood = to_log_in && !facts.speaks_our_login;
  if (facts.small_letters && (not_understood || facts.failed_at == ProbeStep::tls)) {
    return Finding{Severity::error, at.where,
                   at.server +
                       tongue(" は AUTH か STARTTLS を小文字で知らせる（",
                              " names AUTH or STARTTLS in small letters (") +
                       facts.logins +
                       tongue("）。使っている libcurl には分からない",
                              "), which the libcurl in use does not understand"),
                   tongue("サーバーの管理者に大文字で知らせてもらうか、別の送信サーバーを使う",
                          "ask who runs the server to name them in capitals, or use another")};
  }
  if (not_understood && facts.offers_login) {
    return Finding{
        Severity::error, at.where,
        at.server + tongue(" が受け付けるのは ", " offers ") + facts.logins +
            tongue("。omamori が話すのは PLAIN と LOGIN", "; omamori speaks PLAIN and LOGIN"),
        tongue("サーバーの管理者に PLAIN か LOGIN（TLS の上で）を頼むか、別のポートか"
               "サーバーを使う",
               "ask who runs the server for PLAIN or LOGIN (over TLS), or use another "
               "port or server")};
  }
  if (!facts.wants_login) return {};
  return Finding{
      Severity::error, at.where,
      at.server + tongue(" はログインを求める", ": a login is required") + behind(facts.words),
      to_log_in ? at.section + tongue(" のポートと tls を確かめる。ログインを TLS の上でだけ"
                                      "受け付けるサーバーが多い（587 と starttls）",
                                      ": check port and tls; many servers offer a login over TLS "
                                      "only (587 with starttls)")
                : at.section + tongue(" に username と password_file を書く",
                                      ": set username and password_file")};
}

// Each connection waits for the greeting; so long that somebody should know.
void add_greeting(const Settings& at, const PeerFacts& facts, const Tongue& tongue,
                  Findings& findings) {
  if (facts.greeted_after < kSlowGreeting) return;
  const auto took = std::chrono::floor<std::chrono::seconds>(facts.greeted_after).count();
  findings.push_back(
      {Severity::warning, at.where + ".greeting",
       at.server + tongue(" は遅い: 最初の言葉まで ", " is slow: its greeting took ") +
           std::to_string(took) + tongue(" 秒", " s"),
       tongue("サーバーの管理者に、この機械の名を DNS で引くのに時間がかかっていないか確かめる",
              "ask who runs the server whether looking up this machine's name takes that long")});
}

Finding login_finding(const SmtpConfig& smtp, const PeerFacts& facts,
                      const std::optional<SecretState>& secret, const Tongue& tongue) {
  const std::string where = "smtp.login";
  if (!secret) {
    return {Severity::ok, where,
            tongue("ログインなしで送る設定", "configured to send without a login"), ""};
  }
  if (!secret->unreadable.empty()) {
    return {Severity::warning, where,
            tongue("ログインは試していない。", "the login was not tried: ") + secret->unreadable,
            tongue("パスワードを読める利用者（root か omamori）で doctor を動かす",
                   "run doctor as a user who may read the password (root or omamori)")};
  }
  if (facts.logged_in) {
    return {Severity::ok, where,
            smtp.username + tongue(" でログインできる", ": the login is accepted"), ""};
  }
  return {Severity::warning, where,
          tongue("サーバーはログインなしでメールを受け付け、ログインを受け付けない。パスワードは"
                 "確かめられていない",
                 "the server offers no login and takes mail without one, so the password is not "
                 "known to be right"),
          tongue("ログインが要らないなら [smtp] の username と password_file を消す。要るなら"
                 "ポートを確かめる",
                 "if it needs none, take username and password_file out of [smtp]; if it does, "
                 "check the port")};
}

}  // namespace

Findings mail_findings(const SmtpConfig& smtp, const PeerFacts& facts,
                       const std::optional<SecretState>& secret, Instant now,
                       const Tongue& tongue) {
  const Settings at{"smtp", "omamori.toml [smtp]", smtp.host + ":" + std::to_string(smtp.port),
                    true};
  Findings findings;
  const auto mismatch = mail_mismatch(at, smtp, facts, tongue);
  if (mismatch) findings.push_back(*mismatch);
  const bool reached = !mismatch && add_way(at, facts, tongue, findings);
  add_greeting(at, facts, tongue, findings);
  add_certificate(at, facts, now, tongue, findings);
  if (reached) findings.push_back(login_finding(smtp, facts, secret, tongue));
  return findings;
}

Findings endpoint_findings(const WebhookEndpoint& endpoint, const PeerFacts& facts, Instant now,
                           const Tongue& tongue) {
  const Settings at{"webhook:" + endpoint.name,
                    "omamori.toml [webhook.endpoint." + endpoint.name + "]",
                    tongue("宛先 ", "endpoint ") + endpoint.name};
  Findings findings;
  add_way(at, facts, tongue, findings);
  add_certificate(at, facts, now, tongue, findings);
  return findings;
}

Findings heartbeat_findings(const PeerFacts& facts, Instant now, const Tongue& tongue) {
  const Settings at{"heartbeat", "omamori.toml [heartbeat]",
                    tongue("見張りの宛先", "the heartbeat's host")};
  Findings findings;
  add_way(at, facts, tongue, findings);
  add_certificate(at, facts, now, tongue, findings);
  return findings;
}

}  // namespace omamori
