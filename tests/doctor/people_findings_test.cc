// What `doctor` says of people: who can be told, and who stands in for whom.
#include "daemon/doctor/people_findings.h"

#include <cctype>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/answer/codes.h"
#include "tests/support/facts.h"
#include "tests/support/findings_support.h"

namespace omamori {
namespace {

using testing::HasSubstr;
using testing_facts::day;

const Tongue kEnglish(Language::en);

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

// Let in by a version that knew another rule: told by nobody, and never a reason not to start.
TEST_F(People, WithAnAddressThatIsNoneCannotBeTold) {
  staff("CM-1").email = "taro@localhost";
  EXPECT_THAT(judged(),
              HasSubstr("cannot be told: the email address cannot be used: what stands after the @"
                        " is not a host name like example.jp"));
}

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
