// What doctor makes of facts: each table row is one fact and what is said about it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/answer/codes.h"
#include "daemon/answer/json_text.h"
#include "daemon/doctor/machine_findings.h"
#include "daemon/doctor/network_findings.h"
#include "daemon/model/calendar.h"
#include "tests/support/facts.h"
#include "tests/support/findings_support.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const Tongue kEnglish(Language::en);
const Tongue kJapanese(Language::ja);

Instant at(const std::string& text) { return parse_instant(text).value(); }
const Instant kNow = at("2026-11-22T09:00:00Z");

// ---- findings -----------------------------------------------------------------------------------

const Findings kThree{{Severity::ok, "clock", "right", ""},
                      {Severity::error, "smtp", "no connection", "see to it"},
                      {Severity::warning, "staff:CM-1", "no channel", "give one"}};

TEST(Findings, TheWorstComesFirstAndDecides) {
  EXPECT_EQ(text_of(kThree, kEnglish),
            "error    smtp        no connection\n"
            "                     → see to it\n"
            "warning  staff:CM-1  no channel\n"
            "                     → give one\n"
            "ok       clock       right\n"
            "error 1, warning 1, ok 1\n");
  EXPECT_THAT(text_of(kThree, kJapanese), HasSubstr("異常  smtp        no connection\n"));
  EXPECT_EQ(worst(kThree), Severity::error);
  EXPECT_EQ(worst({kThree[0], kThree[2]}), Severity::warning);
  EXPECT_EQ(worst({kThree[0]}), Severity::ok);
}

TEST(Findings, ALongListOfOneKindIsCutInTextAndWholeInJson) {
  Findings many;
  for (int i = 0; i < 30; ++i) {
    many.push_back({Severity::warning, "check:S-" + std::to_string(i), "late", "talk"});
  }
  const std::string text = text_of(many, kEnglish);
  EXPECT_THAT(text, HasSubstr("check:S-19"));
  EXPECT_THAT(text, testing::Not(HasSubstr("check:S-20")));
  EXPECT_THAT(text, HasSubstr("10 more like these; --json lists them all\n"));
  EXPECT_THAT(text, HasSubstr("warning 30"));
  EXPECT_EQ(json_of(many).as_array().size(), 30U);
}

TEST(Findings, NothingIsLostOnTheWayThroughTheSocket) {
  EXPECT_EQ(findings_of(json_of(kThree)), kThree);
  EXPECT_TRUE(findings_of(json::value("no list")).empty());
  EXPECT_EQ(findings_of(json::parse(R"([{"severity":"new word","where":"x"}])")).at(0).severity,
            Severity::error)
      << "a newer owner's word is not taken for ok";
}

// ---- network ------------------------------------------------------------------------------------

PeerFacts sound() {
  PeerFacts facts;
  facts.address = "192.0.2.1";
  facts.encrypted = true;
  facts.offers_login = true;
  facts.logged_in = true;
  facts.certificate = TlsCertificate{"CN = mail", kNow + std::chrono::days{90}};
  return facts;
}

PeerFacts failed(ProbeStep step, bool timed_out = false) {
  PeerFacts facts;
  facts.failed_at = step;
  facts.timed_out = timed_out;
  facts.words = "the library's words";
  return facts;
}

SmtpConfig smtp() {
  SmtpConfig config;
  config.host = "mail.example.lg.jp";
  config.username = "omamori";
  return config;
}

TEST(MailFindings, ASoundServer) {
  EXPECT_EQ(shown(mail_findings(smtp(), sound(), SecretState{}, kNow, kEnglish)),
            "ok smtp: mail.example.lg.jp:587 answers (192.0.2.1, TLS)\n"
            "ok smtp.certificate: the server certificate is good for 90 days (CN = mail)\n"
            "ok smtp.login: omamori: the login is accepted\n");
}

TEST(MailFindings, EachStepThatFailsIsNamedAndEndsThere) {
  const struct {
    ProbeStep step;
    const char* said;
    const char* to_do;
  } all[] = {
      {ProbeStep::look_up, "the name leads nowhere", "DNS"},
      {ProbeStep::connect, "no connection", "firewall"},
      {ProbeStep::not_allowed, "is not called", "allow_private"},
      {ProbeStep::hello, "no proper answer", "587 starttls, 465 implicit"},
      {ProbeStep::tls, "no encryption (TLS)", "ca_file"},
      {ProbeStep::login, "the login was refused", "password_file"},
      {ProbeStep::afterwards, "refuses to take mail", "may send"},
  };
  for (const auto& row : all) {
    for (const bool timed_out : {false, true}) {
      const Findings found =
          mail_findings(smtp(), failed(row.step, timed_out), SecretState{}, kNow, kEnglish);
      ASSERT_EQ(found.size(), 1U) << row.said;
      EXPECT_EQ(found[0].severity, Severity::error);
      EXPECT_THAT(found[0].what, HasSubstr(row.said));
      EXPECT_THAT(found[0].what, HasSubstr(": the library's words"));
      EXPECT_THAT(found[0].to_do, HasSubstr(row.to_do));
      EXPECT_EQ(found[0].what.find("out of time") != std::string::npos,
                timed_out && row.step != ProbeStep::not_allowed)
          << found[0].what;
      const Findings japanese =
          mail_findings(smtp(), failed(row.step), SecretState{}, kNow, kJapanese);
      EXPECT_NE(japanese[0].what, found[0].what);
      EXPECT_NE(japanese[0].to_do, found[0].to_do);
    }
  }
}

TEST(MailFindings, ACertificateIsRenewedInTime) {
  const struct {
    std::chrono::seconds left;
    const char* said;
  } all[] = {
      {std::chrono::days{30}, "ok smtp.certificate: the server certificate is good for 30 days"},
      {std::chrono::days{30} - std::chrono::seconds{1},
       "warning smtp.certificate: the server certificate is good for 29 days"},
      {std::chrono::seconds{1},
       "warning smtp.certificate: the server certificate is good for 0 days"},
      {std::chrono::seconds{0}, "error smtp.certificate: the server certificate has expired (0"},
      {-std::chrono::days{3}, "error smtp.certificate: the server certificate has expired (3"},
  };
  for (const auto& row : all) {
    PeerFacts facts = sound();
    facts.certificate->not_after = kNow + row.left;
    EXPECT_THAT(shown(mail_findings(smtp(), facts, SecretState{}, kNow, kEnglish)),
                HasSubstr(row.said));
  }
}

TEST(MailFindings, WhatIsKnownOfTheLogin) {
  PeerFacts none_offered = sound();
  none_offered.offers_login = none_offered.logged_in = false;
  const auto login = [](const PeerFacts& facts, const std::optional<SecretState>& secret) {
    return shown({mail_findings(smtp(), facts, secret, kNow, kEnglish).back()});
  };
  EXPECT_EQ(login(none_offered, {}), "ok smtp.login: configured to send without a login\n");
  EXPECT_THAT(login(none_offered, SecretState{}),
              HasSubstr("warning smtp.login: the server offers"));
  EXPECT_EQ(login(none_offered, SecretState{"/etc/x: Permission denied"}),
            "warning smtp.login: the login was not tried: /etc/x: Permission denied\n");
}

std::string judged(const SmtpConfig& config, const PeerFacts& facts) {
  const std::optional<SecretState> secret =
      config.username.empty() ? std::nullopt : std::optional(SecretState{});
  return shown(mail_findings(config, facts, secret, kNow, kEnglish));
}

SmtpConfig without_login() {
  SmtpConfig config = smtp();
  config.username.clear();
  return config;
}

TEST(MailFindings, LoginsThatAreNotOursAreNamed) {
  PeerFacts facts = failed(ProbeStep::login);
  facts.offers_login = true;
  facts.logins = "CRAM-MD5";
  EXPECT_EQ(judged(smtp(), facts),
            "error smtp: mail.example.lg.jp:587 offers CRAM-MD5; omamori speaks PLAIN and LOGIN\n");
  facts.speaks_our_login = true;
  EXPECT_THAT(judged(smtp(), facts), HasSubstr("the login was refused")) << "a wrong password";
}

TEST(MailFindings, SmallLettersAreNamed) {
  PeerFacts facts = sound();
  facts.logged_in = false;
  facts.logins = "plain login";
  facts.small_letters = true;
  EXPECT_THAT(judged(smtp(), facts),
              HasSubstr("error smtp: mail.example.lg.jp:587 names AUTH or STARTTLS in small letters"
                        " (plain login), which the libcurl in use does not understand\n"));
  EXPECT_THAT(judged(without_login(), facts), Not(HasSubstr("small letters")));
}

TEST(MailFindings, ARequiredLoginIsNoReasonToTakeItOut) {
  PeerFacts facts = failed(ProbeStep::afterwards);
  facts.wants_login = true;
  for (const SmtpConfig& config : {smtp(), without_login()}) {
    const Findings found = mail_findings(config, facts, {}, kNow, kEnglish);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].severity, Severity::error);
    EXPECT_THAT(found[0].what, HasSubstr("a login is required: the library's words"));
    EXPECT_THAT(found[0].to_do, HasSubstr(config.username.empty() ? "set username and password_file"
                                                                  : "check port and tls"));
    EXPECT_THAT(found[0].to_do, Not(HasSubstr("take username")));
  }
}

TEST(MailFindings, ASlowGreetingIsAWarningAndNoFailure) {
  PeerFacts facts = sound();
  facts.greeted_after = std::chrono::milliseconds{12'345};
  EXPECT_THAT(judged(smtp(), facts),
              AllOf(HasSubstr("ok smtp: mail.example.lg.jp:587 answers"),
                    HasSubstr("warning smtp.greeting: mail.example.lg.jp:587 is slow: its greeting"
                              " took 12 s\n")));
  facts.greeted_after = kSlowGreeting - std::chrono::milliseconds{1};
  EXPECT_THAT(judged(smtp(), facts), Not(HasSubstr("slow")));
}

TEST(EndpointFindings, NameTheEndpointAndNeverItsUrl) {
  const WebhookEndpoint endpoint{"case-tool", "https://tool.example.jp/hooks/geheim", "", false,
                                 ""};
  EXPECT_EQ(shown(endpoint_findings(endpoint, sound(), kNow, kEnglish)),
            "ok webhook:case-tool: endpoint case-tool answers (192.0.2.1, TLS)\n"
            "ok webhook:case-tool.certificate: the server certificate is good for 90 days "
            "(CN = mail)\n");
  const Findings bad = endpoint_findings(endpoint, failed(ProbeStep::connect), kNow, kEnglish);
  EXPECT_THAT(bad[0].to_do, HasSubstr("[webhook.endpoint.case-tool]"));
  EXPECT_EQ(shown(heartbeat_findings(failed(ProbeStep::look_up), kNow, kEnglish)),
            "error heartbeat: the heartbeat's host: the name leads nowhere: the library's words\n");
}

// ---- disk, backup, clock ------------------------------------------------------------------------

TEST(DiskFinding, LittleRoomIsSaidInTime) {
  const struct {
    std::uint64_t free, largest;
    Severity severity;
  } all[] = {
      {kDiskTooLittle - 1, 0, Severity::error},
      {kDiskTooLittle, 0, Severity::warning},
      {kDiskLittle - 1, 0, Severity::warning},
      {kDiskLittle, 0, Severity::ok},
      {kDiskLittle, kDiskLittle / 3, Severity::ok},
      {kDiskLittle, kDiskLittle / 3 + 1, Severity::warning},
  };
  for (const auto& row : all) {
    const DiskFacts facts{"disk:database", "/var/lib/omamori", "", true, row.free, row.largest};
    const Finding found = disk_finding(facts, kEnglish);
    EXPECT_EQ(found.severity, row.severity) << row.free << " " << row.largest;
    EXPECT_THAT(shown({found}), HasSubstr("/var/lib/omamori has "));
  }
}

TEST(DiskFinding, WhereNothingCanBeWritten) {
  EXPECT_EQ(shown({disk_finding({"disk:outbox", "/x", "", false, kDiskLittle, 0}, kEnglish)}),
            "error disk:outbox: /x: files cannot be made there\n");
  EXPECT_EQ(shown({disk_finding({"disk:outbox", "/x", "No such file", true, 0, 0}, kEnglish)}),
            "error disk:outbox: /x cannot be looked at: No such file\n");
}

TEST(BackupFinding, TwoDaysAreTheMost) {
  const auto judged = [](const BackupFacts& facts) {
    return shown({backup_finding(facts, kNow, kEnglish)});
  };
  EXPECT_EQ(judged({}), "warning backup: no backups are configured\n");
  EXPECT_EQ(judged({"/b", {}}), "warning backup: /b holds no backup yet\n");
  EXPECT_EQ(judged({"/b", kNow - std::chrono::days{2}}),
            "ok backup: /b: the youngest backup is 2 days old\n");
  EXPECT_EQ(judged({"/b", kNow - std::chrono::days{2} - std::chrono::seconds{1}}),
            "warning backup: /b: the youngest backup is 2 days old\n");
}

TEST(BackupFinding, OneOfAClockThatWasAheadDoesNotPassForYoung) {
  const auto judged = [](Instant newest) {
    return shown({backup_finding({"/b", newest}, kNow, kEnglish)});
  };
  EXPECT_EQ(judged(kNow), "ok backup: /b: the youngest backup is 0 days old\n");
  EXPECT_EQ(judged(kNow + std::chrono::seconds{1}),
            "warning backup: /b: the youngest backup is named by a day that has not come\n");
}

TEST(BackupFinding, ADirectoryThatTakesNoFileAndTheDiskOfTheDatabase) {
  EXPECT_EQ(shown({backup_finding({"/b", kNow, "Read-only file system", false}, kNow, kEnglish)}),
            "error backup: /b takes no file: Read-only file system\n");
  EXPECT_EQ(shown({backup_finding({"/b", kNow, "", true}, kNow, kEnglish)}),
            "warning backup: /b: the youngest backup is 0 days old, on the disk of the database\n");
}

TEST(ClockFindings, EachThingThatCanBeWrong) {
  const ClockReading right{kNow, std::chrono::hours{9}, true};
  const TimeFacts time{"Asia/Tokyo", "", kNow - std::chrono::hours{1}, false};
  const std::string zone = "ok clock.zone: time zone Asia/Tokyo\n";
  const std::string kept = "ok clock: a time server keeps the clock right\n";
  EXPECT_EQ(shown(clock_findings(time, right, right, kEnglish)), zone + kept);

  ClockReading alone = right;
  alone.synchronised = false;
  EXPECT_THAT(shown(clock_findings(time, right, alone, kEnglish)),
              HasSubstr("warning clock: nothing is known to keep the clock right"));

  TimeFacts held = time;
  held.hold = "it stepped";
  EXPECT_THAT(shown(clock_findings(held, right, right, kEnglish)),
              HasSubstr("error clock.hold: the clock is not trusted and nothing is sent: it "
                        "stepped\n"));

  TimeFacts behind = time;
  behind.last_instant = kNow + std::chrono::minutes{5};
  EXPECT_EQ(shown(clock_findings(behind, right, right, kEnglish)), zone + kept);
  behind.last_instant = kNow + std::chrono::minutes{5} + std::chrono::seconds{1};
  EXPECT_THAT(shown(clock_findings(behind, right, right, kEnglish)),
              HasSubstr("error clock: the clock is behind the last instant acted on (2026-11-22"));
  behind.made_up = true;
  EXPECT_EQ(shown(clock_findings(behind, right, right, kEnglish)),
            zone + "ok clock: runs on a made-up clock\n");

  ClockReading later{kNow + std::chrono::seconds{12}, right.since_boot + std::chrono::seconds{10},
                     true};
  EXPECT_EQ(shown(clock_findings(time, right, later, kEnglish)), zone + kept);
  later.wall += std::chrono::seconds{1};
  EXPECT_THAT(shown(clock_findings(time, right, later, kEnglish)),
              HasSubstr("warning clock.step: the clock was moved by 3 s while we looked\n"));
}

}  // namespace
}  // namespace omamori
