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

}  // namespace omamori
