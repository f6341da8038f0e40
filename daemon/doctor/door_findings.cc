#include "daemon/doctor/door_findings.h"

#include "daemon/model/calendar.h"

namespace omamori {
namespace {

constexpr const char* kRenew =
    "renew it; if something renews it by itself, see why that has not run";

Finding certificate_finding(const std::string& where, Instant ends, Instant now,
                            const Tongue& tongue) {
  const std::string end = to_string(ends);
  if (ends <= now) {
    return {Severity::error, where,
            tongue("受付の証明書は期限切れ: ", "the certificate of the doors has ended: ") + end,
            tongue("証明書を更新する。自動更新なら動かなかった理由を確かめる", kRenew)};
  }
  const std::string text =
      tongue("受付の証明書の期限は ", "the certificate of the doors ends at ") + end;
  if (ends - now >= kDoorCertificateNotice) return {Severity::ok, where, text, ""};
  return {Severity::warning, where, text,
          tongue("証明書を更新する。自動更新なら動かなかった理由を確かめる", kRenew)};
}

Finding key_finding(const std::string& where, const KeyFile& key, bool alone,
                    const Tongue& tongue) {
  if (!key.unreadable.empty()) {
    if (alone) {
      return {Severity::warning, where, key.unreadable,
              tongue("systemd の credential なら、omamorid が動いているときに doctor を動かす",
                     "if it is a systemd credential, run doctor while omamorid runs")};
    }
    return {Severity::error, where,
            tongue("omamorid が読めない: ", "omamorid cannot use it: ") + key.unreadable,
            tongue("ファイルと権限を直し、omamorid を再起動する",
                   "correct the file and its rights, and restart omamorid")};
  }
  const std::string place = key.place.string();
  if (key.open_to_all) {
    return {Severity::warning, where,
            place + tongue(": だれでも読める", ": anybody on this machine may read it"),
            tongue("chmod 640 にして、omamori を動かす利用者のグループに渡す",
                   "chmod 640, and give it to the group omamorid runs as")};
  }
  return {Severity::ok, where, tongue("鍵を読める", "the key can be read"), ""};
}

// What a line of a mail holds, and what stands behind public_url in the longest link:
// "/attendance/" and a token.
constexpr std::size_t kLongestLine = 76;
constexpr std::size_t kAfterPublicUrl = 12 + 26;

}  // namespace

Findings door_file_findings(const HttpConfig& http, const DoorFiles& files, bool alone, Instant now,
                            const Tongue& tongue) {
  Findings findings;
  if (!files.certificate_problem.empty()) {
    findings.push_back({Severity::error, "doors.certificate", files.certificate_problem,
                        tongue("omamori.toml の [http] certificate_file を確かめる",
                               "look at [http] certificate_file in omamori.toml")});
  }
  if (files.certificate_ends) {
    findings.push_back(
        certificate_finding("doors.certificate", *files.certificate_ends, now, tongue));
  }
  if (files.tls_key) findings.push_back(key_finding("doors.key", *files.tls_key, alone, tongue));
  if (files.token_key) {
    findings.push_back(key_finding("doors.token_key", *files.token_key, alone, tongue));
  }
  if (!http.listen.empty() && http.public_url.empty()) {
    findings.push_back({Severity::ok, "doors.public_url",
                        tongue("メッセージにリンクを載せない設定", "messages carry no links"), ""});
  }
  if (http.public_url.size() + kAfterPublicUrl > kLongestLine) {
    findings.push_back({Severity::warning, "doors.public_url",
                        tongue("リンクが76文字より長く、メールの途中で切れることがある",
                               "links are longer than 76 characters: mail programs may break them"),
                        tongue("omamori.toml の [http] public_url を短くする",
                               "give [http] public_url in omamori.toml a shorter name")});
  }
  return findings;
}

// From this machine the way may be another than from outside, so it is no more than a warning.
Findings door_url_findings(const PageFacts& facts, Instant now, const Tongue& tongue) {
  const std::string where = "doors.public_url";
  Findings findings;
  if (facts.status == 200 && facts.body == "ok\n") {
    findings.push_back({Severity::ok, where,
                        tongue("public_url から受付に届く", "public_url leads to the doors"), ""});
  } else {
    const std::string heard =
        facts.status == 0
            ? facts.peer.words
            : "HTTP " + std::to_string(facts.status) +
                  (facts.status == 200 ? tongue("（別のページ）", ", another's page") : "");
    findings.push_back(
        {Severity::warning, where,
         tongue("public_url を開いても受付に届かない: ",
                "public_url does not lead to the doors: ") +
             heard,
         tongue("omamori.toml の [http] public_url、前に立つサーバーの設定、この機械から見た DNS を"
                "確かめる",
                "look at [http] public_url in omamori.toml, at the server in front, and at what "
                "this machine takes the name for")});
  }
  if (facts.peer.certificate && facts.peer.certificate->not_after) {
    findings.push_back(certificate_finding("doors.public_certificate",
                                           *facts.peer.certificate->not_after, now, tongue));
  }
  return findings;
}

std::optional<Finding> contact_finding(const std::string& contact, const HttpConfig& http,
                                       const Tongue& tongue) {
  const bool links = !http.listen.empty() && !http.public_url.empty();
  if (links || !contact.empty()) return {};
  return Finding{
      Severity::warning, "policy.toml",
      tongue("contact "
             "が空で、メールにリンクもない。受け取った人には、実施日や対応を伝える先が分からない",
             "contact is empty and mails have no links: nobody is told where to report a visit"),
      tongue("policy.toml の contact に連絡先を書くか、omamori.toml の [http] で受付を開く",
             "name somebody in contact of policy.toml, or open the doors in [http] of "
             "omamori.toml")};
}

}  // namespace omamori
