// What all plans stand on is read once and kept: until something of it changes, and not longer.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/app_fixture.h"

namespace omamori {
namespace {

const std::string kStaff = "staff_code,name,role,office_code,email,channels\n";
const std::string kNewcomer = kStaff + "CM-9,見本 九,case_manager,OF-1,kyu@example.com,email\n";

class PlanningTest : public AppTest {
 protected:
  PlanningTest() {
    EXPECT_EQ(import(small_office()), "");
    before = service->planning();
  }

  std::int64_t away() {
    return store->add_absence({0, "CM-1", day("2026-04-01"), {}, "SV-1"}, act()).id;
  }
  bool is_away() const { return service->planning()->directory.absence("CM-1", act().today); }
  std::size_t policies() const { return service->planning()->terms.size(); }
  bool knows_newcomer() const { return service->planning()->directory.staff("CM-9"); }

  std::shared_ptr<const Planning> before;
};

TEST_F(PlanningTest, IsKeptWhateverIsWrittenOfClients) {
  EXPECT_TRUE(store->record_monitoring({0, "C-1", day("2026-04-01"), {}, "", "", false, 0}, act()));
  EXPECT_TRUE(store->assign("C-1", "SV-1", act()));
  EXPECT_EQ(service->planning(), before);
}

TEST_F(PlanningTest, KnowsWhoWasImportedSince) {
  EXPECT_EQ(import({{CsvKind::staff, kNewcomer}}), "");
  EXPECT_TRUE(knows_newcomer());
  EXPECT_FALSE(before->directory.staff("CM-9")) << "whoever holds it keeps what it was";
}

TEST_F(PlanningTest, KnowsOfficesThatWereImportedSince) {
  EXPECT_EQ(import({{CsvKind::offices, "office_code,name,supervisor\nOF-1,見本相談,CM-1\n"}}), "");
  EXPECT_EQ(service->planning()->directory.office("OF-1")->supervisor, "CM-1");
}

TEST_F(PlanningTest, KnowsWhoIsAwayAndWhoIsNotAfterAll) {
  const std::int64_t absence = away();
  EXPECT_TRUE(is_away());
  EXPECT_TRUE(store->void_record(RecordKind::absence, absence, "wrong", act()));
  EXPECT_FALSE(is_away());
}

TEST_F(PlanningTest, KnowsThePolicyThatWasAcceptedSince) {
  Policy policy;
  policy.terms.standard_interval_months = 2;
  policy.closed_days = {day("2026-04-02")};
  store->accept_policy("# two\n", policy, {}, act());
  EXPECT_EQ(service->planning()->terms.back().terms, policy.terms);
  service->use_policy(policy);
  EXPECT_EQ(service->planning()->policy, policy);
  EXPECT_FALSE(service->planning()->workdays.is_open(day("2026-04-02")));
}

TEST_F(PlanningTest, KnowsTheHolidaysThatWereTakenOverSince) {
  EXPECT_TRUE(before->workdays.is_open(day("2026-04-02")));
  service->use_holidays({day("2026-04-02")});
  EXPECT_FALSE(service->planning()->workdays.is_open(day("2026-04-02")));
}

// What a transaction wrote is seen inside it, and is nothing any more once it was undone.
TEST_F(PlanningTest, ForgetsWhatWasUndone) {
  {
    const auto batch = store->batch();
    EXPECT_EQ(import({{CsvKind::staff, kNewcomer}}), "");
    away();
    store->accept_policy("# two\n", Policy{}, {}, act());
    EXPECT_TRUE(knows_newcomer());
    EXPECT_TRUE(is_away());
  }
  EXPECT_FALSE(knows_newcomer());
  EXPECT_FALSE(is_away());
  EXPECT_EQ(policies(), before->terms.size());
}

TEST_F(PlanningTest, ForgetsWhatAnInnerTransactionUndid) {
  const auto outer = store->batch();
  {
    const auto inner = store->batch();
    away();
    EXPECT_TRUE(is_away());
  }
  EXPECT_FALSE(is_away());
  outer->commit();
  EXPECT_FALSE(is_away());
}

}  // namespace
}  // namespace omamori
