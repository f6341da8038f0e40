// When the weekly message comes, who gets it, and what its figures are.
#include "daemon/rules/weekly_times.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/reports/weekly_figures.h"
#include "tests/support/facts.h"

namespace omamori {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing_facts::day;
using testing_facts::month;

TEST(IsoWeek, TheWeekBelongsToTheYearOfItsThursday) {
  struct Row {
    const char* day;
    const char* week;
    const char* monday;
  };
  for (const Row& row :
       {Row{"2026-06-01", "2026-W23", "2026-06-01"}, Row{"2026-06-07", "2026-W23", "2026-06-01"},
        Row{"2026-01-01", "2026-W01", "2025-12-29"}, Row{"2026-12-31", "2026-W53", "2026-12-28"},
        Row{"2027-01-03", "2026-W53", "2026-12-28"}, Row{"2027-01-04", "2027-W01", "2027-01-04"},
        Row{"2024-12-30", "2025-W01", "2024-12-30"}}) {
    EXPECT_EQ(iso_week(day(row.day)), row.week) << row.day;
    EXPECT_EQ(monday_of(day(row.day)), day(row.monday)) << row.day;
  }
}

// "2026-W30 on 2026-07-21 08:30, …": the slots after one local instant and until another.
struct Office {
  Policy policy;
  std::vector<Day> holidays{day("2026-07-20"), day("2027-01-01")};
  Zone zone{"Asia/Tokyo"};

  std::string slots(const std::string& after, const std::string& until) const {
    const Workdays workdays(holidays, policy.closed_days);
    std::string out;
    for (const WeeklySlot& s :
         weekly_slots({policy, workdays, zone}, instant(after), instant(until))) {
      EXPECT_EQ(s.monday, monday_of(s.slot_day));
      out += (out.empty() ? "" : ", ") + iso_week(s.monday) + " on " + zone.local_text(s.slot);
    }
    return out;
  }
  std::string next(const std::string& after) const {
    const Workdays workdays(holidays, policy.closed_days);
    const auto slot = next_weekly_slot({policy, workdays, zone}, instant(after));
    return slot ? zone.local_text(slot->slot) : "none";
  }
  static Instant instant(const std::string& text) { return *parse_instant(text + ":00+09:00"); }
};

TEST(WeeklySlots, OnceAWeekAtSendAtBothEdgesOfTheTime) {
  const Office office;
  EXPECT_EQ(office.slots("2026-06-01T08:29", "2026-06-01T08:30"), "2026-W23 on 2026-06-01 08:30");
  EXPECT_EQ(office.slots("2026-06-01T08:30", "2026-06-08T08:29"), "");
  EXPECT_EQ(office.slots("2026-06-01T08:00", "2026-06-15T08:30"),
            "2026-W23 on 2026-06-01 08:30, 2026-W24 on 2026-06-08 08:30, "
            "2026-W25 on 2026-06-15 08:30");
  EXPECT_EQ(office.next("2026-06-01T08:29"), "2026-06-01 08:30");
  EXPECT_EQ(office.next("2026-06-01T08:30"), "2026-06-08 08:30");
}

TEST(WeeklySlots, AClosedDayMovesToTheNextOpenOne) {
  Office office;
  EXPECT_EQ(office.slots("2026-07-18T00:00", "2026-07-28T00:00"),
            "2026-W30 on 2026-07-21 08:30, 2026-W31 on 2026-07-27 08:30");
  office.policy.weekly_on = std::chrono::Sunday;
  EXPECT_EQ(office.slots("2026-06-05T00:00", "2026-06-09T00:00"), "2026-W24 on 2026-06-08 08:30");
}

TEST(WeeklySlots, TwoThatMoveIntoOneWeekAreOne) {
  Office office;  // 29 December (Tuesday) moves to Monday, 4 January; the Tuesday after is too much
  office.policy.weekly_on = std::chrono::Tuesday;
  EXPECT_EQ(office.slots("2026-12-20T00:00", "2027-01-13T00:00"),
            "2026-W52 on 2026-12-22 08:30, 2027-W01 on 2027-01-04 08:30, "
            "2027-W02 on 2027-01-12 08:30");
}

TEST(WeeklySlots, NeverAndAnOfficeThatIsClosedHaveNone) {
  Office office;
  office.policy.weekly_on.reset();
  EXPECT_EQ(office.slots("2026-06-01T00:00", "2026-07-01T00:00"), "");
  EXPECT_EQ(office.next("2026-06-01T00:00"), "none");
  EXPECT_EQ(Office().slots("2026-06-02T00:00", "2026-06-01T00:00"), "") << "until before after";
}

TEST(Weekly, ItsObligationIsNamedByTheWeek) {
  const WeeklySlot slot{day("2026-07-20"), day("2026-07-21"), Instant{}};
  const Obligation about = weekly_obligation(slot);
  EXPECT_EQ(about.key, "weekly/2026-W30");
  EXPECT_EQ(about.window_from, day("2026-07-20"));
  EXPECT_EQ(about.due_by, day("2026-07-26"));
  EXPECT_EQ(weekly_reminder(slot, "SV-1").obligation, about.key);
}

std::string scopes(const Directory& directory) {
  std::string out;
  for (const auto& [staff, scope] : weekly_scopes(directory, day("2026-06-10"))) {
    out += (out.empty() ? "" : "; ") + staff + ":";
    if (scope.whole_city) out += " all";
    for (const std::string& office : scope.offices) out += " " + office;
  }
  return out;
}

Staff person(const std::string& code, Role role, const std::string& office,
             const std::string& until = "") {
  Staff staff;
  staff.code = code;
  staff.role = role;
  staff.office = office;
  if (!until.empty()) staff.until = day(until);
  return staff;
}

TEST(WeeklyScopes, EverySupervisorTheirOfficeTheCitysAll) {
  EXPECT_EQ(scopes(testing_facts::directory()), "SV-1: OF-1; SV-C: all");
}

TEST(WeeklyScopes, ADelegateReadsForWhoIsAway) {
  const Absence away{1, "SV-1", day("2026-06-10"), day("2026-06-10"), "CM-2"};
  EXPECT_EQ(scopes(testing_facts::directory({away})), "CM-2: OF-1; SV-C: all");
  Absence alone = away;
  alone.delegate.clear();  // the core centre supervises the office; SV-1 finds it on coming back
  EXPECT_EQ(scopes(testing_facts::directory({alone})), "CC-1: OF-1; SV-1: OF-1; SV-C: all");
  Absence before = away;
  before.until = day("2026-06-09");
  before.from = day("2026-06-01");
  EXPECT_EQ(scopes(testing_facts::directory({before})), "SV-1: OF-1; SV-C: all");
}

TEST(WeeklyScopes, AnOfficeWithoutSupervisorIsReadByWhoeverSupervisesIt) {
  EXPECT_EQ(scopes(Directory({{"OF-1", "", "CC-1"}}, {person("CC-1", Role::core_center, "")}, {})),
            "CC-1: OF-1");
  EXPECT_EQ(scopes(Directory({{"OF-1", "", ""}}, {person("OP-1", Role::operator_, "")}, {})),
            "OP-1: OF-1");
  EXPECT_EQ(scopes(Directory({{"OF-1", "", ""}}, {}, {})), "") << "there is nobody";
  EXPECT_EQ(scopes(Directory({}, {person("SV-1", Role::supervisor, "OF-1", "2026-06-10")}, {})),
            "SV-1: OF-1");
  EXPECT_EQ(scopes(Directory({}, {person("SV-1", Role::supervisor, "OF-1", "2026-06-09")}, {})), "")
      << "gone";
}

// ---- figures ------------------------------------------------------------------------------------

KnownObligation known(ObligationKind kind, const std::string& from, const std::string& due_by,
                      const std::vector<Month>& months) {
  Obligation o;
  o.kind = kind;
  o.client = "C-1";
  o.window_from = day(from);
  o.due_by = day(due_by);
  o.months = months;
  return {o, {}};
}

WeeklyFigures figures(const ClientFacts& facts, const std::string& today,
                      const std::vector<KnownObligation>& live = {},
                      const std::vector<Absence>& absences = {}) {
  WeeklyFigures out;
  const Directory directory(
      {{"OF-1", "SV-1", "CC-1"}},
      {person("CM-1", Role::case_manager, "OF-1"), person("CM-2", Role::case_manager, "OF-1"),
       person("SV-1", Role::supervisor, "OF-1")},
      absences);
  const auto terms = testing_facts::terms();
  add_client(out, facts, live, terms, directory, day(today));
  return out;
}

TEST(WeeklyFigures, AMonthIsShownFromTheWeekInWhichItBegins) {
  const auto july =
      known(ObligationKind::monitoring, "2026-07-01", "2026-07-31", {month("2026-07")});
  const ClientFacts facts = testing_facts::client();
  EXPECT_THAT(figures(facts, "2026-06-23", {july}).months, IsEmpty())
      << "the week ahead ends on the 30th";
  EXPECT_THAT(figures(facts, "2026-06-24", {july}).months,
              ElementsAre(WeeklyMonth{"CM-1", "C-1", month("2026-07"), day("2026-07-31")}));
}

TEST(WeeklyFigures, SayWhoActsForACaseManagerWhoIsAway) {
  const ClientFacts facts = testing_facts::client();
  const auto acts = [&](const std::string& today, const std::string& delegate) {
    return figures(facts, today, {}, {{1, "CM-1", day("2026-06-22"), day("2026-06-26"), delegate}})
        .acts_now;
  };
  EXPECT_THAT(acts("2026-06-21", "CM-2"), IsEmpty());
  const Acting delegate{"CM-2", Because::delegate, "CM-1"};
  EXPECT_THAT(acts("2026-06-22", "CM-2"), ElementsAre(std::pair(std::string("CM-1"), delegate)));
  const Acting supervisor{"SV-1", Because::away, "CM-1"};
  EXPECT_THAT(acts("2026-06-26", ""), ElementsAre(std::pair(std::string("CM-1"), supervisor)));
  EXPECT_THAT(acts("2026-06-27", ""), IsEmpty());
}

TEST(WeeklyFigures, WhoIsSuspendedIsShownAsThatAlone) {
  ClientFacts facts = testing_facts::client();
  facts.suspensions.push_back({1, day("2026-06-01"), day("2026-06-20")});
  const auto streak = known(ObligationKind::streak, "2026-05-01", "2026-05-31", {month("2026-05")});
  const WeeklyFigures during = figures(facts, "2026-06-20", {streak});
  EXPECT_THAT(during.suspended, ElementsAre(WeeklySuspension{
                                    "CM-1", "C-1", day("2026-06-01"), day("2026-06-20"), {}}));
  EXPECT_THAT(during.risks, IsEmpty());
  EXPECT_EQ(figures(facts, "2026-06-21", {streak}).risks.size(), 1U);
  EXPECT_THAT(figures(facts, "2026-06-21", {streak}).suspended, IsEmpty());
}

TEST(WeeklyFigures, ASuspensionHidesNoEndOfADecision) {
  ClientFacts facts = testing_facts::client();
  facts.suspensions.push_back({1, day("2027-02-01"), {}});
  const auto renewal = known(ObligationKind::renewal, "2027-01-30", "2027-03-31", {});
  const WeeklyFigures during = figures(facts, "2027-02-08", {renewal});
  ASSERT_EQ(during.suspended.size(), 1U);
  EXPECT_EQ(during.suspended[0].decision_end, day("2027-03-31"));
  EXPECT_THAT(during.risks, IsEmpty()) << "not within the week";
  EXPECT_EQ(figures(facts, "2027-03-24", {renewal}).risks.size(), 1U);
}

TEST(WeeklyFigures, AGapOfTheCertificateIsShownUntilSomebodyLooksIn) {
  ClientFacts facts = testing_facts::client();
  facts.periods[0].period.monitoring_months = {month("2026-06"), month("2026-12"),
                                               month("2027-03")};
  EXPECT_THAT(figures(facts, "2026-06-15").gaps, IsEmpty()) << "June comes first";
  EXPECT_THAT(figures(facts, "2026-07-06").gaps,
              ElementsAre(WeeklyGap{"CM-1", "C-1", month("2026-12")}));
  EXPECT_THAT(figures(facts, "2027-01-04").gaps, IsEmpty()) << "three months are usual";
  testing_facts::check_in(testing_facts::check(facts), "2026-07-01");
  EXPECT_THAT(figures(facts, "2026-07-06").gaps, IsEmpty());
}

TEST(WeeklyFigures, WhoHasLeftIsNotCounted) {
  ClientFacts facts = testing_facts::client();
  facts.ended_on = day("2026-06-10");
  EXPECT_EQ(figures(facts, "2026-06-10").clients, 1U);
  EXPECT_EQ(figures(facts, "2026-06-11").clients, 0U);
}

TEST(WeeklyFigures, OfficesAreAddedAndSorted) {
  WeeklyFigures one, other;
  one.clients = 2;
  one.gaps = {{"CM-2", "C-2", month("2026-12")}};
  other.clients = 1;
  other.gaps = {{"CM-1", "C-9", month("2026-12")}};
  one.add(other);
  one.sort();
  EXPECT_EQ(one.clients, 3U);
  EXPECT_EQ(one.gaps.front().client, "C-9");
}

}  // namespace
}  // namespace omamori
