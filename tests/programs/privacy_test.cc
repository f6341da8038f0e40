// P7: no name, certificate number or free text in anything that leaves or is logged, unless the
// operator allows names; then names alone, and not on lock screens or in webhooks.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/app_fixture.h"
#include "tests/support/fake_notifier.h"
#include "tests/support/outlets.h"

namespace omamori {
namespace {

using testing::HasSubstr;
using testing::Not;

// Marker strings wherever people type: names of clients, staff and offices, certificate numbers,
// methods, who agreed, who looked, notes, reasons.
class PrivacyTest : public AppTest {
 protected:
  void fill(bool show_names) {
    Config config;
    config.smtp.host = "localhost";
    config.show_names = show_names;
    accept(Policy{});
    use(service->policy(), config);
    ASSERT_EQ(
        import({{CsvKind::offices, "office_code,name,supervisor\nOF-1,MARKERoffice,SV-1\n"},
                {CsvKind::staff,
                 "staff_code,name,role,office_code,email,channels\n"
                 "CM-1,MARKERcm,case_manager,OF-1,cm@example.com,email\n"
                 "SV-1,MARKERsv,supervisor,OF-1,sv@example.com,email\n"
                 "PR-1,MARKERpr,provider,,pr@example.com,email\n"
                 "OP-1,MARKERop,operator,,op@example.com,email\n"},
                {CsvKind::clients,
                 "client_code,name,certificate_no,office_code,case_manager,plan_kind,"
                 "decision_start,decision_end,short_stay\n"
                 "C-1,MARKERname,9876543210,OF-1,CM-1,standby_short_stay,2026-04-01,"
                 "2027-03-31,MARKERstay\n"
                 "C-2,MARKERsecond,9876543211,OF-1,,standby_short_stay,2026-04-01,"
                 "2026-07-15,MARKERstay\n"},
                {CsvKind::safety_checks,
                 "check_code,client_code,provider,method,from,every_days,grace_days,"
                 "agreed_on,agreed_by,provider_ref\n"
                 "S-1,C-1,PR-1,MARKERmethod,2026-04-10,30,14,2026-04-01,MARKERcity,OWNNAME\n"}}),
        "");
    at("2026-04-12T12:00:00+09:00");
    store->record_check_in(seen("S-1", clock.now(), Outcome::ok, "MARKERwho", "MARKERnote"), act());
    store->suspend(pause("C-2", day("2026-04-13"), day("2026-05-20"), "MARKERreason"), act());
    store->record_contact(call("C-1", day("2026-04-12"), "MARKERby", "MARKERnote"), act());
  }
  // A summer in which nothing is recorded but one concern.
  void live() {
    bool worried = false;
    for (std::optional<Instant> next = clock.now();
         next && *next < instant("2026-08-31T00:00:00+09:00");) {
      clock.set(std::max(*next, clock.now()));
      if (!worried && service->today() >= day("2026-06-10")) {
        worried = true;
        store->record_check_in(seen("S-1", clock.now(), Outcome::concern, "MARKERwho", "MARKERx"),
                               act());
      }
      Outlets outlets;
      outlets.email = &email;
      const OnceReport report = run_once(*service, outlets, act());
      log += once_text(report, *service);
      next = report.next;
    }
    log += out("log", {{"limit", "0"}}) + run("status").out +
           out("preview", {{"until", "2026-12-31"}}) + out("outbox list", {{"limit", "1000"}});
  }

  // What a provider calls somebody stands in the body of that provider's mail alone.
  void expect_own_name_at_home() const {
    bool told = false;
    for (const auto& asked : email.asked()) {
      const Message& m = asked.message;
      EXPECT_THAT(m.subject + m.json, Not(HasSubstr("OWNNAME")));
      if (asked.address.to != "pr@example.com") {
        EXPECT_THAT(m.text + m.html, Not(HasSubstr("OWNNAME")));
      } else {
        told = told || m.text.find("OWNNAME") != std::string::npos;
      }
    }
    EXPECT_TRUE(told);
    EXPECT_THAT(log, Not(HasSubstr("OWNNAME")));
  }

  FakeNotifier email;
  std::string log;
};

TEST_F(PrivacyTest, NothingThatIsSentOrLoggedSaysMoreThanCodes) {
  fill(false);
  live();
  ASSERT_GT(email.asked().size(), 30U);
  for (const auto& asked : email.asked()) {
    const Message& m = asked.message;
    for (const std::string* part : {&m.subject, &m.text, &m.html, &m.json}) {
      EXPECT_THAT(*part, Not(HasSubstr("MARKER")));
      EXPECT_THAT(*part, Not(HasSubstr("98765432")));
    }
  }
  EXPECT_THAT(log, Not(HasSubstr("MARKER")));
  EXPECT_THAT(log, Not(HasSubstr("98765432")));
  expect_own_name_at_home();
}

TEST_F(PrivacyTest, NamesThatAreAllowedStandInTheBodyOnly) {
  fill(true);
  live();
  bool named = false;
  for (const auto& asked : email.asked()) {
    const Message& m = asked.message;
    named = named || m.text.find("MARKERname") != std::string::npos;
    for (const std::string* part : {&m.subject, &m.json}) {
      EXPECT_THAT(*part, Not(HasSubstr("MARKER")));
    }
    for (const std::string* part : {&m.text, &m.html}) {
      EXPECT_THAT(*part, Not(testing::ContainsRegex("MARKER(office|method|city|w|r|b|note|x)")))
          << "only people are named";
      EXPECT_THAT(*part, Not(HasSubstr("98765432")));
    }
  }
  EXPECT_TRUE(named);
  EXPECT_THAT(log, Not(HasSubstr("MARKER"))) << "the log has no names whatever is allowed";
  expect_own_name_at_home();
}

}  // namespace
}  // namespace omamori
