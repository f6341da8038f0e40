// Every worked case: the months, their due-by and state, the interval and its basis.
#include <gtest/gtest.h>

#include "daemon/model/calendar.h"
#include "daemon/rules/month_states.h"
#include "tests/support/case_reader.h"
#include "tests/support/places.h"

namespace omamori {
namespace {

std::string answer(const WorkedCase& c) {
  const std::vector<TermsVersion> terms{{Day::min(), c.terms}};
  const PeriodVersion* period = period_for(c.client, c.today);
  const Requirement now = interval_now(c.client, terms, period->period.start, c.today);
  std::string out = now.interval.months == 0 ? "null" : std::to_string(now.interval.months);
  out += " " + to_word(now.interval.basis);
  for (const MonthRow& row : judge_months(c.client, terms, c.today).rows) {
    out += "\n" + to_string(row.month) + " " + to_string(row.due_by) + " ";
    out += to_word(row.state);
  }
  return out;
}

class WorkedCases : public testing::TestWithParam<WorkedCase> {};

TEST_P(WorkedCases, GiveTheExpectedMonths) {
  EXPECT_EQ(answer(GetParam()), GetParam().expected) << GetParam().source;
}

std::string test_name(const testing::TestParamInfo<WorkedCase>& tested) {
  std::string name = tested.param.id;
  for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
  return name;
}

INSTANTIATE_TEST_SUITE_P(
    All, WorkedCases,
    testing::ValuesIn(read_worked_cases(source_path("tests/cases/plan-cases.json"))), test_name);

}  // namespace
}  // namespace omamori
