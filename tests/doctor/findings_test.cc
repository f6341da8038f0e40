// What doctor makes of facts: each table row is one fact and what is said about it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/answer/codes.h"
#include "daemon/answer/json_text.h"
#include "daemon/doctor/machine_findings.h"
#include "daemon/doctor/network_findings.h"
#include "daemon/doctor/people_findings.h"
#include "daemon/model/calendar.h"
#include "tests/support/facts.h"

namespace omamori {
namespace {

using testing::HasSubstr;
using testing_facts::day;

const Tongue kEnglish(Language::en);
const Tongue kJapanese(Language::ja);

Instant at(const std::string& text) { return parse_instant(text).value(); }
const Instant kNow = at("2026-11-22T09:00:00Z");

std::string shown(const Findings& findings) {
  std::string out;
  for (const Finding& f : findings) {
    out += std::string(to_word(f.severity)) + " " + f.where + ": " + f.what + "\n";
    EXPECT_EQ(f.to_do.empty(), f.severity == Severity::ok) << f.what << ": every fault has a way";
  }
  return out;
}

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
      {ProbeStep::afterwards, "refuses after the login", "may send"},
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

// ---- people -------------------------------------------------------------------------------------

class People : public testing::Test {
 protected:
  People() {
    config.smtp.host = "mail.example.lg.jp";
    facts.stored.offices = {{"OF-1", "SV-1", ""}};
    for (const auto& [code, role] :
         {std::pair{"CM-1", Role::case_manager}, std::pair{"CM-2", Role::case_manager},
          std::pair{"OP-1", Role::operator_}, std::pair{"SV-1", Role::supervisor}}) {
      Staff s;
      s.code = code;
      s.role = role;
      s.office = role == Role::operator_ ? "" : "OF-1";
      s.email = lower_case(code) + "@example.com";
      s.channels = {Channel::email};
      facts.stored.staff.push_back(s);
    }
    facts.clients["CM-1"] = {"C-1", "C-2"};
  }
  static std::string lower_case(std::string text) {
    for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
  }
  Staff& staff(const std::string& code) {
    for (Staff& s : facts.stored.staff) {
      if (s.code == code) return s;
    }
    throw std::out_of_range(code);
  }
  std::string judged() const {
    return shown(people_findings(facts, config, day("2026-11-22"), kEnglish));
  }
  PeopleFacts facts;
  Config config;
};

TEST_F(People, AreAllReached) {
  EXPECT_EQ(judged(), "ok people: everybody can be told (4 people)\n");
}

TEST_F(People, WhoHasNoWayIsNamedWithTheReason) {
  staff("CM-1").channels.clear();
  staff("CM-1").email.clear();
  EXPECT_EQ(judged(), "warning staff:CM-1: CM-1 (case manager) cannot be told: no channel\n");
  staff("CM-1").channels = {Channel::email, Channel::webhook, Channel::file};
  staff("CM-1").webhook = "tool";
  EXPECT_EQ(judged(),
            "warning staff:CM-1: CM-1 (case manager) cannot be told: no email address; "
            "omamori.toml has no [webhook.endpoint.tool]; file needs [file] directory in "
            "omamori.toml\n");
  staff("CM-1").email = "cm-1@other.example";
  config.smtp.allowed_domains = {"EXAMPLE.com"};
  EXPECT_THAT(judged(), HasSubstr("the address is not in allowed_domains; "));
  config.file_directory = "outbox";
  EXPECT_EQ(judged(), "ok people: everybody can be told (4 people)\n") << "one way is enough";
}

TEST_F(People, WhomEveryWayRefusesLatelyIsNotReached) {
  facts.spent["CM-1"] = {{Channel::email, "cm-1@example.com"}};
  EXPECT_EQ(judged(),
            "warning staff:CM-1: CM-1 (case manager) cannot be told: email was refused lately\n");
  staff("CM-1").channels = {Channel::email, Channel::webhook};
  staff("CM-1").webhook = "tool";
  config.webhooks = {{"tool", "https://tool.example.jp/", "", false, ""}};
  EXPECT_THAT(judged(), HasSubstr("ok people")) << "the endpoint works";
  facts.disabled_endpoints = {"tool"};
  EXPECT_THAT(judged(), HasSubstr("email was refused lately; the endpoint tool is disabled\n"));
  facts.spent["CM-1"] = {{Channel::email, "former@example.com"}};
  EXPECT_THAT(judged(), HasSubstr("ok people")) << "an address of before";
}

TEST_F(People, OneReasonForManyIsSaidOnce) {
  for (const char* code : {"CM-1", "CM-2", "OP-1"}) staff(code).channels = {Channel::file};
  EXPECT_THAT(judged(), HasSubstr("warning staff:CM-2: CM-2 (case manager) cannot be told: file"));
  staff("SV-1").channels = {Channel::file};
  EXPECT_THAT(judged(), HasSubstr("warning staff: file needs [file] directory in omamori.toml: "
                                  "these cannot be told: CM-1 CM-2 OP-1 SV-1\n"));
}

TEST_F(People, NobodyAtAllIsAnError) {
  config.smtp.host.clear();
  EXPECT_THAT(judged(), HasSubstr("error people: nobody can be told anything\n"));
  facts.clients.clear();
  EXPECT_THAT(judged(), testing::Not(HasSubstr("error"))) << "before the first import";
}

TEST_F(People, RolesThatNobodyHolds) {
  staff("OP-1").until = day("2026-11-22");
  EXPECT_THAT(judged(), HasSubstr("ok people")) << "the last day counts";
  staff("OP-1").until = day("2026-11-21");
  EXPECT_THAT(judged(), HasSubstr("warning operator: no operator is known"));
  staff("SV-1").until = day("2026-11-21");
  EXPECT_THAT(judged(), HasSubstr("warning office:OF-1: OF-1: its supervisor SV-1 has left\n"));
  EXPECT_THAT(judged(), HasSubstr("warning office:OF-1: OF-1: neither a supervisor"));
  staff("CM-2").role = Role::supervisor;
  staff("CM-2").office = "";
  EXPECT_THAT(judged(), testing::Not(HasSubstr("neither"))) << "there is one for the city";
  facts.stored.offices[0].core_center = "CC-9";
  EXPECT_THAT(judged(), HasSubstr("OF-1: its core centre CC-9 is not known\n"));
}

TEST_F(People, ClientsOfWhoIsGone) {
  staff("CM-1").until = day("2026-11-21");
  facts.clients["CM-9"] = {"C-3"};
  facts.clients[""] = {"C-4"};
  EXPECT_EQ(judged(),
            "warning clients: clients without a case manager: C-4\n"
            "warning staff:CM-1: CM-1 has left, but is still the case manager of C-1 C-2\n"
            "warning staff:CM-9: CM-9 is not known, but still the case manager of C-3\n");
}

TEST_F(People, TwoWithOneAddressAreNamedWithoutIt) {
  staff("CM-2").email = "CM-1@example.com";
  EXPECT_EQ(judged(), "warning staff:CM-1: several people have one email address: CM-1 CM-2\n");
  staff("CM-2").until = day("2026-11-21");
  EXPECT_THAT(judged(), HasSubstr("ok people")) << "one has left";
}

TEST_F(People, ACircleOfDelegatesEndsAtTheSupervisor) {
  facts.stored.absences = {{1, "CM-1", day("2026-11-01"), {}, "CM-2"},
                           {2, "CM-2", day("2026-11-01"), day("2026-11-22"), "CM-1"}};
  EXPECT_THAT(judged(), HasSubstr("warning absence:CM-1: CM-1 is away, and the delegate CM-2"));
  EXPECT_THAT(judged(), HasSubstr("warning absence:CM-2: CM-2 is away, and the delegate CM-1"));
  facts.stored.absences[1].until = day("2026-11-21");
  EXPECT_THAT(judged(), HasSubstr("ok people")) << "the other is back";
}

TEST(SomeOf, TenAtMost) {
  std::vector<std::string> codes(10, "C");
  EXPECT_EQ(some_of(codes), "C C C C C C C C C C");
  codes.emplace_back("C");
  EXPECT_EQ(some_of(codes), "C C C C C C C C C C … (11)");
}

}  // namespace
}  // namespace omamori
