#include "tests/tools/sample_city.h"

#include <map>
#include <set>

#include <gtest/gtest.h>

#include "daemon/import/csv/encoding.h"
#include "daemon/import/merge.h"
#include "daemon/model/calendar.h"
#include "tests/tools/memory_registry.h"
#include "tests/tools/sample_stories.h"

namespace omamori {
namespace {

const Zone& tokyo() {
  static const Zone zone("Asia/Tokyo");
  return zone;
}

SampleCity city_on(const char* day, int clients = 60, std::uint64_t seed = 1) {
  SampleOptions options;
  options.day = *parse_day(day);
  options.clients = clients;
  options.seed = seed;
  return sample_city(options, tokyo());
}

CsvImport import_of(const SampleCity& city, bool cp932) {
  CsvImport import;
  for (std::size_t i = 0; i < kCsvKinds; ++i) {
    const auto kind = static_cast<CsvKind>(i);
    const std::string text = sample_csv(city, kind, tokyo());
    read_csv(kind, std::string(csv_word(kind)), cp932 ? encode_cp932(text) : text, tokyo(), import);
  }
  return import;
}

ImportResult merge_at_dawn(const CsvImport& import, Registry& known, const char* day) {
  const Day today = *parse_day(day);
  return merge_import(import, known, ImportContext{today, tokyo().start_of(today), tokyo(), 3});
}

TEST(SampleCity, IsAcceptedOnAnyDayInBothEncodings) {
  for (const char* day : {"2026-11-24", "2024-02-29", "2026-01-01", "2027-03-31"}) {
    for (const bool cp932 : {false, true}) {
      const SampleCity city = city_on(day, 200);
      MemoryRegistry known;
      const ImportResult result = merge_at_dawn(import_of(city, cp932), known, day);
      std::string errors;
      for (const auto& error : result.errors) errors += to_string(error) + "\n";
      for (const auto& warning : result.warnings) errors += to_string(warning) + "\n";
      EXPECT_EQ(errors, "") << day << (cp932 ? " cp932" : "");
      EXPECT_EQ(result.changes.clients.size(), 200U);
      EXPECT_EQ(result.changes.check_ins.size(), city.check_ins.size());
      EXPECT_EQ(result.changes.monitorings.size(), city.monitorings.size());
      known.apply(result.changes);
      const ImportResult again = merge_at_dawn(import_of(city, cp932), known, day);
      EXPECT_TRUE(again.changes.clients.empty() && again.changes.periods.empty() &&
                  again.changes.check_ins.empty() && again.changes.staff.empty());
    }
  }
}

TEST(SampleCity, TheSameOptionsGiveTheSameCity) {
  const auto text = [](const SampleCity& city) {
    std::string out;
    for (std::size_t i = 0; i < kCsvKinds; ++i) {
      out += sample_csv(city, static_cast<CsvKind>(i), tokyo());
    }
    return out;
  };
  EXPECT_EQ(text(city_on("2026-11-24")), text(city_on("2026-11-24")));
  EXPECT_NE(text(city_on("2026-11-24")), text(city_on("2026-11-24", 60, 2)));
}

TEST(SampleCity, HasEveryKindOfEverything) {
  const SampleCity city = city_on("2026-11-24");
  EXPECT_EQ(city.offices.size(), 6U);
  std::map<PlanKind, int> plans;
  std::set<DecisionKind> decisions;
  int explicit_months = 0, intervals = 0, unassigned = 0, watched_today = 0, standby = 0;
  for (const auto& record : city.periods) {
    ++plans[record.period.plan_kind];
    decisions.insert(record.period.decision_kind);
    if (record.period.plan_kind == PlanKind::standby_short_stay) ++standby;
    if (!record.period.monitoring_months.empty()) ++explicit_months;
    if (record.period.interval_months) ++intervals;
  }
  for (const auto& client : city.clients) {
    if (client.case_manager.empty()) ++unassigned;
    if (to_string(client.watched_from) == "2026-11-24") ++watched_today;
  }
  std::set<Role> roles;
  for (const auto& staff : city.staff) roles.insert(staff.role);
  std::set<Outcome> outcomes;
  for (const auto& check_in : city.check_ins) outcomes.insert(check_in.outcome);
  EXPECT_EQ(plans.size(), 3U);
  EXPECT_EQ(decisions.size(), 3U);
  EXPECT_EQ(roles.size(), 5U);
  EXPECT_EQ(outcomes.size(), 3U);
  EXPECT_GT(standby * 2, static_cast<int>(city.periods.size())) << "mostly standby plans";
  EXPECT_GT(explicit_months, 0);
  EXPECT_GT(intervals, 0);
  EXPECT_GT(unassigned, 0);
  EXPECT_GT(watched_today, 0);
}

TEST(SampleCity, ALargeCityHasAYearOfCheckIns) {
  const SampleCity city = city_on("2026-11-24", 10'000);
  EXPECT_EQ(city.clients.size(), 10'000U);
  EXPECT_GT(city.check_ins.size(), 40'000U);
  std::set<std::string> codes;
  for (const auto& client : city.clients) codes.insert(client.code);
  EXPECT_EQ(codes.size(), city.clients.size());
}

}  // namespace
}  // namespace omamori
