// R11 as a table: what is known, the row that comes, what is known then.
#include "daemon/import/period_list.h"

#include <sstream>

#include <gtest/gtest.h>

#include "daemon/model/calendar.h"

namespace omamori {
namespace {

// "2026-04-01..2027-03-31", with " cut", " changed" and months behind it.
PeriodRecord period(const std::string& text) {
  std::istringstream words(text);
  std::string range, word;
  words >> range;
  PeriodRecord out;
  out.client = "C-1";
  out.period.start = *parse_day(range.substr(0, 10));
  out.period.end = *parse_day(range.substr(12));
  while (words >> word) {
    if (word == "cut") {
      out.cut = true;
    } else if (word == "changed") {
      out.period.decision_kind = DecisionKind::changed;
    } else {
      out.period.monitoring_months.push_back(*parse_month(word));
    }
  }
  return out;
}

std::string text(const PeriodRecord& record) {
  std::string out = to_string(record.period.start) + ".." + to_string(record.period.end);
  if (record.period.decision_kind == DecisionKind::changed) out += " changed";
  if (record.cut) out += " cut";
  for (const Month month : record.period.monitoring_months) out += " " + to_string(month);
  return out;
}

// A row that says all of a period: none of its columns is absent.
ClientRow row(const std::string& said) {
  const PeriodRecord record = period(said);
  ClientRow out;
  out.whole = true;
  out.code = "C-1";
  out.decision_start = record.period.start;
  out.decision_end = record.period.end;
  out.decision_kind = {Cell<DecisionKind>::State::value, record.period.decision_kind};
  out.monitoring_months = {Cell<std::vector<Month>>::State::value, record.period.monitoring_months};
  return out;
}

std::string after(const std::vector<std::string>& stored, const std::string& said) {
  std::vector<PeriodRecord> records;
  records.reserve(stored.size());
  for (const auto& one : stored) records.push_back(period(one));
  PeriodList list(records);
  const PeriodStep step = list.apply(row(said));
  if (step.error) return std::string(step.error->column) + ": " + step.error->message;
  std::string out;
  for (const auto& record : list.periods()) out += (out.empty() ? "" : " | ") + text(record);
  return step.warning ? out + " ! " + step.warning->message : out;
}

// The periods before, what a row of the file says, and the periods or the mistake after.
const struct {
  const char* what;
  std::vector<std::string> stored;
  const char* said;
  const char* then;
} kCases[] = {
    {"the first", {}, "2026-04-01..2027-03-31", "2026-04-01..2027-03-31"},
    {"the same again",
     {"2026-04-01..2027-03-31"},
     "2026-04-01..2027-03-31",
     "2026-04-01..2027-03-31"},
    {"a renewal imported early",
     {"2025-12-01..2026-11-30"},
     "2026-12-01..2027-11-30",
     "2025-12-01..2026-11-30 | 2026-12-01..2027-11-30"},
    {"a gap",
     {"2025-04-01..2026-03-31"},
     "2026-04-02..2027-03-31",
     "2025-04-01..2026-03-31 | 2026-04-02..2027-03-31"},
    {"a change on the last day cuts one day",
     {"2026-04-01..2027-03-31"},
     "2027-03-31..2028-03-30 changed",
     "2026-04-01..2027-03-30 cut | 2027-03-31..2028-03-30 changed"},
    {"a change on the second day",
     {"2026-04-01..2027-03-31"},
     "2026-04-02..2027-03-31 changed",
     "2026-04-01..2026-04-01 cut | 2026-04-02..2027-03-31 changed"},
    {"a cut drops the listed months behind it",
     {"2026-04-01..2027-03-31 2026-06 2026-10 2027-03"},
     "2026-10-16..2027-03-31 changed",
     "2026-04-01..2026-10-15 cut 2026-06 2026-10 | 2026-10-16..2027-03-31 changed"},
    {"a renewal inside the period is suspicious",
     {"2026-04-01..2027-03-31"},
     "2026-10-01..2027-09-30",
     "2026-04-01..2026-09-30 cut | 2026-10-01..2027-09-30 ! 2026-10-01 is inside the period "
     "2026-04-01..2027-03-31, which now ends the day before"},
    {"only the last is cut",
     {"2025-04-01..2026-03-31", "2026-04-01..2027-03-31"},
     "2026-10-01..2027-03-31 changed",
     "2025-04-01..2026-03-31 | 2026-04-01..2026-09-30 cut | 2026-10-01..2027-03-31 changed"},
    {"a corrected end",
     {"2026-04-01..2027-03-31"},
     "2026-04-01..2026-12-31",
     "2026-04-01..2026-12-31"},
    {"a corrected end before the start",
     {"2026-04-01..2027-03-31"},
     "2026-04-01..2026-03-31",
     "decision_end: 2026-03-31 is before the start, 2026-04-01"},
    {"one day is a period", {}, "2026-04-01..2026-04-01", "2026-04-01..2026-04-01"},
    {"a corrected end up to the next",
     {"2025-04-01..2025-12-31", "2026-04-01..2027-03-31"},
     "2025-04-01..2026-03-31",
     "2025-04-01..2026-03-31 | 2026-04-01..2027-03-31"},
    {"a corrected end into the next",
     {"2025-04-01..2025-12-31", "2026-04-01..2027-03-31"},
     "2025-04-01..2026-04-01",
     "decision_end: the period 2025-04-01..2026-04-01 would overlap the next, "
     "2026-04-01..2027-03-31"},
    {"the old certificate of a decision that was cut",
     {"2026-04-01..2026-09-30 cut 2026-06", "2026-10-01..2027-03-31 changed"},
     "2026-04-01..2027-03-31 2026-06 2027-03",
     "2026-04-01..2026-09-30 cut 2026-06 | 2026-10-01..2027-03-31 changed ! the end stays "
     "2026-09-30, because a later decision is known: 2026-10-01..2027-03-31"},
    {"the cut period as exported",
     {"2026-04-01..2026-09-30 cut", "2026-10-01..2027-03-31 changed"},
     "2026-04-01..2026-09-30",
     "2026-04-01..2026-09-30 cut | 2026-10-01..2027-03-31 changed"},
    {"a cut period corrected to end earlier is no longer cut",
     {"2026-04-01..2026-09-30 cut", "2026-10-01..2027-03-31 changed"},
     "2026-04-01..2026-08-31",
     "2026-04-01..2026-08-31 | 2026-10-01..2027-03-31 changed"},
    {"changed with a known start",
     {"2026-04-01..2027-03-31"},
     "2026-04-01..2027-03-31 changed",
     "decision_start: 2026-04-01 is the start of a known period; for a changed decision give the "
     "day of the change"},
    {"a changed period again",
     {"2026-04-01..2027-03-31 changed"},
     "2026-04-01..2026-12-31 changed",
     "2026-04-01..2026-12-31 changed"},
    {"history",
     {"2026-04-01..2027-03-31"},
     "2025-04-01..2026-03-31",
     "2025-04-01..2026-03-31 | 2026-04-01..2027-03-31"},
    {"history that overlaps by a day",
     {"2026-04-01..2027-03-31"},
     "2025-04-01..2026-04-01",
     "decision_start: the period 2025-04-01..2026-04-01 overlaps 2026-04-01..2027-03-31, and is "
     "not the latest; correct one of them"},
    {"history between two",
     {"2024-04-01..2025-03-31", "2026-04-01..2027-03-31"},
     "2025-04-01..2026-03-31",
     "2024-04-01..2025-03-31 | 2025-04-01..2026-03-31 | 2026-04-01..2027-03-31"},
    {"history inside another",
     {"2024-04-01..2025-03-31", "2026-04-01..2027-03-31"},
     "2025-03-31..2026-03-31",
     "decision_start: the period 2025-03-31..2026-03-31 overlaps 2024-04-01..2025-03-31, and is "
     "not the latest; correct one of them"},
    {"listed months to the edges",
     {},
     "2026-04-16..2027-03-15 2026-04 2027-03",
     "2026-04-16..2027-03-15 2026-04 2027-03"},
    {"a listed month before",
     {},
     "2026-04-16..2027-03-15 2026-03",
     "monitoring_months: 2026-03 is outside the period 2026-04-16..2027-03-15"},
    {"a listed month after",
     {},
     "2026-04-16..2027-03-15 2027-04",
     "monitoring_months: 2027-04 is outside the period 2026-04-16..2027-03-15"},
};

TEST(Periods, WhatARowDoesToThem) {
  for (const auto& one : kCases) EXPECT_EQ(after(one.stored, one.said), one.then) << one.what;
}

}  // namespace
}  // namespace omamori
