// P5: a row that cannot be read harms its own client or person, is named, and stops nobody else.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/app_fixture.h"
#include "tests/support/fake_notifier.h"
#include "tests/support/outlets.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// C-1 and C-2 of CM-1, C-3 of CM-2; watched since April, so in July June's visit is overdue.
class DamagedRows : public AppTest {
 protected:
  DamagedRows() {
    CsvFiles files = small_office();
    files[CsvKind::staff] += "CM-2,見本 三郎,case_manager,OF-1,saburo@example.com,email\n";
    for (const char* row : {"C-2,,,OF-1,CM-1", "C-3,,,OF-1,CM-2"}) {
      files[CsvKind::clients] += std::string(row) + ",standby_short_stay,2026-04-01,2027-03-31\n";
    }
    Config config;
    config.smtp.host = "localhost";
    use({}, config);
    EXPECT_EQ(import(files), "");
    store->suspend({0, "C-1", day("2026-04-02"), day("2026-04-03"), "", "", false}, act());
  }

  void damage(const std::string& sql) {
    store.reset();
    Database(directory / "omamori.db", false).exec("PRAGMA foreign_keys = OFF; " + sql);
    store = std::make_unique<Store>(directory / "omamori.db", OpenOptions{});
    use({}, service->config());
  }

  OnceReport once(const std::string& now) {
    at(now);
    Outlets outlets;
    outlets.email = &email;
    OnceReport report = run_once(*service, outlets, act());
    said = once_text(report, *service);
    return report;
  }
  std::string sent_to(const std::string& address) const {
    std::string all;
    for (const auto& asked : email.asked()) {
      if (asked.address.to == address) all += asked.message.text;
    }
    return all;
  }
  // "degraded …" of `omamorictl status`.
  std::string status() {
    const Response response = run("status");
    EXPECT_EQ(response.exit, Exit::refused) << response.out;
    return response.out;
  }

  FakeNotifier email;
  std::string said;
};

struct Damage {
  const char* what;
  const char* sql;
};

class ClientDamage : public DamagedRows, public testing::WithParamInterface<Damage> {};

TEST_P(ClientDamage, HarmsThatClientOnly) {
  damage(GetParam().sql);
  const OnceReport report = once("2026-07-01T08:30:00+09:00");
  ASSERT_EQ(report.decided.failed.size(), 1U) << said;
  EXPECT_EQ(report.decided.failed[0].client, "C-1");
  EXPECT_EQ(report.decided.clients, 2U);
  EXPECT_THAT(said, HasSubstr("C-1 could not be planned: "));
  EXPECT_THAT(sent_to("taro@example.com"), HasSubstr("C-2")) << said;
  EXPECT_THAT(sent_to("saburo@example.com"), HasSubstr("C-3")) << said;
  EXPECT_THAT(status(), AllOf(HasSubstr("degraded"), HasSubstr("1 client could not be planned")));
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, ClientDamage,
    testing::Values(
        Damage{"period", "UPDATE period_version SET end_day = '2027-02-30' WHERE client = 'C-1'"},
        Damage{"suspension", "UPDATE suspension SET until_day = '2026-99-99' WHERE client = 'C-1'"},
        Damage{"client", "UPDATE client SET watched_from = '2026-02-30' WHERE code = 'C-1'"},
        Damage{"no_version", "DELETE FROM client_version WHERE client = 'C-1'"},
        Damage{"check", "UPDATE check_version SET from_day = '2026-02-30' WHERE client = 'C-1'"}),
    [](const auto& kind) { return kind.param.what; });

TEST_F(DamagedRows, AClientWithoutAPlaceInTheScheduleGetsOneAndIsNamed) {
  damage("DELETE FROM client_schedule WHERE client = 'C-1'");
  EXPECT_THAT(status(), HasSubstr("1 client without a place in the schedule"));
  EXPECT_THAT(once("2026-06-30T12:00:00+09:00").decided.restored, testing::ElementsAre("C-1"));
  EXPECT_THAT(said, HasSubstr("C-1 had no place in the schedule"));
  EXPECT_TRUE(store->schedule("C-1"));
  EXPECT_THAT(once("2026-07-01T08:30:00+09:00").decided.restored, IsEmpty());
  EXPECT_THAT(sent_to("taro@example.com"), HasSubstr("C-1")) << said;
}

TEST_F(DamagedRows, AnUnreadablePersonIsLeftOutAndTheSupervisorHears) {
  damage("UPDATE staff SET until_day = '2026-02-30' WHERE code = 'CM-1'");
  const OnceReport report = once("2026-07-01T08:30:00+09:00");
  EXPECT_THAT(report.unreadable(), Contains("staff CM-1"));
  EXPECT_THAT(said, HasSubstr("staff CM-1: this row of the database cannot be read"));
  EXPECT_THAT(sent_to("jiro@example.com"), AllOf(HasSubstr("C-1"), HasSubstr("C-2")));
  EXPECT_THAT(sent_to("saburo@example.com"), HasSubstr("C-3"));
  EXPECT_THAT(status(), HasSubstr("staff CM-1: the row cannot be read"));
}

TEST_F(DamagedRows, AnUnreadableAbsenceIsLeftOutAndNamed) {
  store->add_absence({0, "CM-2", day("2026-06-01"), {}, "CM-1"}, act());
  damage("UPDATE absence SET from_day = '2026-02-30'");
  EXPECT_THAT(once("2026-07-01T08:30:00+09:00").unreadable(), Contains("absence of CM-2"));
  EXPECT_THAT(sent_to("saburo@example.com"), HasSubstr("C-3"));
}

TEST_F(DamagedRows, AnUnreadableOverrideOfThePolicyIsLeftOutAndNamed) {
  Policy policy;
  policy.terms.overrides = {
      {"C-1", 6, day("2026-04-01"), day("2027-03-31"), "agreed", day("2026-04-01")}};
  accept(policy);
  damage("UPDATE policy_override SET from_day = '2026-02-30'");
  EXPECT_THAT(once("2026-07-01T08:30:00+09:00").unreadable(), Contains("policy override of C-1"));
  EXPECT_THAT(sent_to("saburo@example.com"), HasSubstr("C-3"));
}

// What was owed when the row was damaged waits; the rest of the same person's digest goes.
TEST_F(DamagedRows, AnUnreadableObligationOrItemKeepsBackOnlyItself) {
  const std::vector<const char*> damages = {
      "UPDATE obligation SET due_by = '2026-99-99' WHERE client = 'C-1'",
      "UPDATE item SET as_role = 'nobody' WHERE client = 'C-1'"};
  at("2026-07-01T08:30:00+09:00");
  decide_due(*service, act());
  for (const char* sql : damages) damage(sql);
  const OnceReport report = once("2026-07-01T08:30:01+09:00");
  EXPECT_THAT(report.unreadable(), Contains(HasSubstr("C-1"))) << said;
  EXPECT_THAT(sent_to("taro@example.com"), AllOf(HasSubstr("C-2"), Not(HasSubstr("C-1")))) << said;
  EXPECT_THAT(sent_to("saburo@example.com"), HasSubstr("C-3"));
  EXPECT_THAT(status(), HasSubstr("an obligation cannot be read"));
}

TEST_F(DamagedRows, AnUnreadableObligationAloneKeepsBackOnlyItself) {
  at("2026-07-01T08:30:00+09:00");
  decide_due(*service, act());
  damage("UPDATE obligation SET due_by = '2026-99-99' WHERE client = 'C-1'");
  const OnceReport report = once("2026-07-01T08:30:01+09:00");
  EXPECT_THAT(report.unreadable(), Contains("C-1/streak/2026-06")) << said;
  EXPECT_THAT(sent_to("taro@example.com"), AllOf(HasSubstr("C-2"), Not(HasSubstr("C-1")))) << said;
}

}  // namespace
}  // namespace omamori
