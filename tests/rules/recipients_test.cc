#include "daemon/rules/recipients.h"

#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace omamori {
namespace {

using testing_facts::day;

const std::vector<Role> kAll{Role::case_manager, Role::supervisor, Role::core_center};

Staff person(const std::string& code, Role role, const std::string& office = "",
             const std::string& until = "") {
  Staff s;
  s.code = code;
  s.role = role;
  s.office = office;
  if (!until.empty()) s.until = day(until);
  return s;
}

std::vector<Staff> city() {
  return {person("CM-1", Role::case_manager, "OF-1"), person("CM-2", Role::case_manager, "OF-1"),
          person("SV-1", Role::supervisor, "OF-1"),   person("SV-C", Role::supervisor),
          person("CC-1", Role::core_center),          person("OP-1", Role::operator_)};
}

std::string told(const Directory& directory, const std::string& manager,
                 const std::vector<Role>& roles = kAll, const std::string& office = "OF-1") {
  std::string out;
  for (const Recipient& r : recipients(directory, office, manager, roles, day("2026-06-10"))) {
    out += (out.empty() ? "" : ", ") + r.staff + " as " + std::string(to_word(r.as));
  }
  return out;
}

TEST(Recipients, EachRoleOnce) {
  const Directory d({{"OF-1", "SV-1", "CC-1"}}, city(), {});
  EXPECT_EQ(told(d, "CM-1"), "CM-1 as case_manager, SV-1 as supervisor, CC-1 as core_center");
  EXPECT_EQ(told(d, "CM-1", {Role::operator_}), "OP-1 as operator");
}

TEST(Recipients, AnOfficeOfOneIsWatchedByTheCoreCentre) {
  const Directory same({{"OF-1", "CM-1", "CC-1"}}, city(), {});
  EXPECT_EQ(told(same, "CM-1"), "CM-1 as case_manager, CC-1 as supervisor");
  const Directory none({{"OF-1", "", "CC-1"}}, city(), {});
  EXPECT_EQ(told(none, "CM-1"), "CM-1 as case_manager, CC-1 as supervisor");
}

TEST(Recipients, TheDelegateOfACitySupervisorSupervises) {
  const std::vector<Office> offices{{"OF-1", "", ""}};
  Absence away;
  away.staff = "SV-C";
  away.from = day("2026-06-01");
  away.delegate = "SV-1";
  EXPECT_EQ(told({offices, city(), {away}}, "CM-1"), "CM-1 as case_manager, SV-1 as supervisor");
  std::vector<Staff> two = city();
  two.push_back(person("SV-D", Role::supervisor));
  EXPECT_EQ(told({offices, two, {away}}, "CM-1"), "CM-1 as case_manager, SV-D as supervisor")
      << "one who is there comes before a delegate";
  away.delegate = "";
  EXPECT_EQ(told({offices, city(), {away}}, "CM-1"), "CM-1 as case_manager, OP-1 as supervisor");
}

TEST(Recipients, TheChainEndsWithTheCityAndTheOperator) {
  const Directory no_core({{"OF-1", "", ""}}, city(), {});
  EXPECT_EQ(told(no_core, "CM-1"), "CM-1 as case_manager, SV-C as supervisor");
  const Directory nobody({{"OF-1", "", ""}}, {person("OP-1", Role::operator_)}, {});
  EXPECT_EQ(told(nobody, "CM-1"), "OP-1 as case_manager");
  const Directory empty({}, {}, {});
  EXPECT_EQ(told(empty, "CM-1"), " as case_manager") << "the operator without a staff record";
}

TEST(Recipients, WhereNobodyIsCaseManagerTheSupervisorIsAndTheNextInTheChainWatches) {
  std::vector<Staff> staff = city();
  staff.push_back(person("CM-8", Role::case_manager, "OF-1", "2026-06-09"));  // left yesterday
  staff.push_back(person("CM-9", Role::case_manager, "OF-1", "2026-06-10"));  // leaves today
  const auto away = [](const std::string& who, const std::string& delegate) {
    return Absence{1, who, day("2026-06-10"), day("2026-06-10"), delegate};
  };
  struct Row {
    Office office;
    std::string manager;
    std::vector<Absence> absences;
    const char* expected;
  };
  const Office full{"OF-1", "SV-1", "CC-1"};
  const Office no_core{"OF-1", "SV-1", ""};
  const Office none{"OF-1", "", ""};
  const char* const two = "SV-1 as case_manager, CC-1 as supervisor";
  const Row rows[] = {
      {full, "", {}, two},
      {full, "CM-7", {}, two},
      {full, "CM-8", {}, two},
      {full, "CM-9", {}, "CM-9 as case_manager, SV-1 as supervisor, CC-1 as core_center"},
      {full, "CM-1", {away("CM-1", "")}, two},
      {full, "CM-1", {away("CM-1", "CM-2"), away("CM-2", "")}, two},
      {full, "CM-1", {away("CM-1", "CM-2"), away("CM-2", "CM-1")}, two},
      {full, "CM-1", {away("CM-1", "SV-1")}, two},
      {full,
       "CM-1",
       {away("CM-1", "CM-2")},
       "CM-2 as case_manager, SV-1 as supervisor, CC-1 as core_center"},
      {full,
       "CM-1",
       {away("CM-1", ""), away("SV-1", "")},
       "CC-1 as case_manager, SV-C as supervisor"},
      {full, "", {away("SV-1", "CM-2")}, "CM-2 as case_manager, CC-1 as supervisor"},
      {no_core, "", {}, "SV-1 as case_manager, SV-C as supervisor"},
      {no_core, "", {away("SV-C", "")}, "SV-1 as case_manager, OP-1 as supervisor"},
      {none, "", {}, "SV-C as case_manager, OP-1 as supervisor"},
  };
  for (const Row& row : rows) {
    const Directory d({row.office}, staff, row.absences);
    EXPECT_EQ(told(d, row.manager), row.expected) << row.manager << " " << row.absences.size();
  }
}

TEST(Recipients, AProviderIsNobodysCaseManagerAndStandsInForNobody) {
  std::vector<Staff> staff = city();
  staff.push_back(person("PR-1", Role::provider));
  const Directory d({{"OF-1", "SV-1", "CC-1"}}, staff,
                    {{1, "CM-1", day("2026-06-10"), {}, "PR-1"}});
  EXPECT_EQ(told(d, "PR-1"), "SV-1 as case_manager, CC-1 as supervisor");
  EXPECT_EQ(told(d, "CM-1"), "SV-1 as case_manager, CC-1 as supervisor");
  EXPECT_EQ(unassigned(d, "PR-1", day("2026-06-10")), Unassigned::unknown_code);
}

TEST(Supervising, IsTheSupervisorAlsoWhereTheyStandIn) {
  const auto supervises = [](const Office& office, const std::string& manager,
                             std::vector<Absence> absences = {}) {
    const Directory d({office}, city(), std::move(absences));
    return supervising(d, "OF-1", manager, day("2026-06-10")).staff;
  };
  const Office full{"OF-1", "SV-1", "CC-1"};
  EXPECT_EQ(supervises(full, ""), "SV-1");
  EXPECT_EQ(supervises(full, "CM-1", {{1, "CM-1", day("2026-06-10"), {}, ""}}), "SV-1");
  EXPECT_EQ(supervises(full, "", {{1, "SV-1", day("2026-06-10"), {}, ""}}), "CC-1");
  EXPECT_EQ(supervises({"OF-1", "CM-1", "CC-1"}, "CM-1"), "CC-1") << "nobody watches himself";
}

TEST(Acting, SaysWhyItIsNotThePersonOfTheRecord) {
  std::vector<Staff> staff = city();
  staff.push_back(person("CM-8", Role::case_manager, "OF-1", "2026-06-09"));
  const std::vector<Absence> absences{{1, "CM-1", day("2026-06-10"), {}, "CM-2"},
                                      {2, "SV-1", day("2026-06-10"), {}, ""}};
  struct Row {
    const char* manager;
    Role role;
    Acting expected;
  };
  const Row rows[] = {
      {"CM-2", Role::case_manager, {"CM-2", Because::of_record, "CM-2"}},
      {"CM-1", Role::case_manager, {"CM-2", Because::delegate, "CM-1"}},
      {"CM-8", Role::case_manager, {"CC-1", Because::has_left, "CM-8"}},
      {"CM-7", Role::case_manager, {"CC-1", Because::unknown_code, "CM-7"}},
      {"", Role::case_manager, {"CC-1", Because::none_named, ""}},
      {"CM-1", Role::supervisor, {"CC-1", Because::away, "SV-1"}},
      {"CM-8", Role::supervisor, {"SV-C", Because::away, "SV-1"}},
      {"CM-2", Role::core_center, {"CC-1", Because::of_record, "CC-1"}},
      {"CM-2", Role::operator_, {"OP-1", Because::of_record, ""}},
  };
  const Directory d({{"OF-1", "SV-1", "CC-1"}}, staff, absences);
  for (const Row& row : rows) {
    EXPECT_EQ(acting(d, "OF-1", row.manager, row.role, day("2026-06-10")), row.expected)
        << row.manager << " " << to_word(row.role);
  }
  const Directory one({{"OF-1", "CM-2", "CC-1"}}, staff, {});
  EXPECT_EQ(acting(one, "OF-1", "CM-2", Role::supervisor, day("2026-06-10")),
            (Acting{"CC-1", Because::is_case_manager, "CM-2"}));
  const Directory no_core({{"OF-1", "SV-1", ""}}, staff, {});
  EXPECT_EQ(acting(no_core, "OF-1", "CM-2", Role::core_center, day("2026-06-10")),
            (Acting{"SV-C", Because::none_named, ""}));
}

TEST(Recipients, AbsenceDelegatesAndCircles) {
  const auto with = [](std::vector<Absence> absences) {
    return Directory({{"OF-1", "SV-1", "CC-1"}}, city(), std::move(absences));
  };
  const auto away = [](const std::string& who, const std::string& delegate,
                       const std::string& from = "2026-06-01",
                       const std::string& until = "2026-06-30") {
    return Absence{1, who, day(from), day(until), delegate};
  };
  struct Row {
    std::vector<Absence> absences;
    const char* expected;
  };
  const Row rows[] = {
      {{away("CM-1", "CM-2")}, "CM-2 as case_manager"},
      {{away("CM-1", "")}, "SV-1 as case_manager"},
      {{away("CM-1", "CM-2"), away("CM-2", "")}, "SV-1 as case_manager"},
      {{away("CM-1", "CM-2"), away("CM-2", "CM-1")}, "SV-1 as case_manager"},
      {{away("CM-1", "CM-2", "2026-06-01", "2026-06-09")}, "CM-1 as case_manager"},
      {{away("CM-1", "CM-2", "2026-06-10", "2026-06-10")}, "CM-2 as case_manager"},
      {{away("CM-1", "CM-2", "2026-06-11", "2026-06-12")}, "CM-1 as case_manager"},
      {{away("CM-1", ""), away("SV-1", "")}, "CC-1 as case_manager"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(told(with(row.absences), "CM-1", {Role::case_manager}), row.expected);
  }
}

TEST(Directory, KnowsWhenSomebodyComesOrGoes) {
  const Directory d({{"OF-1", "SV-1", "CC-1"}}, city(),
                    {{1, "CM-1", day("2026-06-10"), day("2026-06-20"), "CM-2"},
                     {2, "CM-2", day("2026-06-15"), day("2026-06-16"), "SV-1"}});
  const std::pair<const char*, const char*> rows[] = {
      {"2026-06-09", "2026-06-10"}, {"2026-06-10", "2026-06-15"}, {"2026-06-14", "2026-06-15"},
      {"2026-06-15", "2026-06-17"}, {"2026-06-17", "2026-06-21"},
  };
  for (const auto& [today, change] : rows) {
    EXPECT_EQ(d.next_change("CM-1", day(today)), day(change)) << today;
  }
  EXPECT_EQ(d.next_change("CM-1", day("2026-06-21")), std::nullopt);
  EXPECT_EQ(d.next_change("XX-1", day("2026-06-01")), std::nullopt);
  std::vector<Staff> staff = city();
  staff[0].until = day("2026-06-09");
  const Directory leaving({}, staff, {});
  EXPECT_EQ(leaving.next_change("CM-1", day("2026-06-09")), day("2026-06-10"));
  EXPECT_EQ(leaving.next_change_of_city(day("2026-06-01")), std::nullopt);
  const Directory city_away({}, city(), {{1, "SV-C", day("2026-06-10"), {}, ""}});
  EXPECT_EQ(city_away.next_change_of_city(day("2026-06-09")), day("2026-06-10"));
}

TEST(Recipients, SomebodyWhoLeftIsNotTold) {
  std::vector<Staff> staff = city();
  staff[0].until = day("2026-06-09");
  const Directory gone({{"OF-1", "SV-1", "CC-1"}}, staff, {});
  EXPECT_EQ(told(gone, "CM-1", {Role::case_manager}), "SV-1 as case_manager");
  EXPECT_EQ(unassigned(gone, "CM-1", day("2026-06-09")), std::nullopt) << "the last day counts";
  EXPECT_EQ(unassigned(gone, "CM-1", day("2026-06-10")), Unassigned::has_left);
}

std::vector<Staff> with_coordinators(const std::vector<std::pair<std::string, std::string>>& all) {
  std::vector<Staff> staff = city();
  for (const auto& [code, office] : all) staff.push_back(person(code, Role::coordinator, office));
  for (Staff& s : staff) {
    if (s.code == "CC-1") s.office = "OF-9";  // where the core centre is
  }
  return staff;
}

Absence absent(const std::string& staff, const std::string& delegate = "") {
  Absence away;
  away.staff = staff;
  away.from = day("2026-06-01");
  away.delegate = delegate;
  return away;
}

TEST(Recipients, CoordinatorsAreThoseOfTheOfficeElseOfTheCoreCentreElseOfTheCity) {
  const std::vector<Role> roles{Role::case_manager, Role::coordinator};
  const auto told_to = [&](const std::vector<std::pair<std::string, std::string>>& all,
                           std::vector<Absence> absences = {}) {
    const Directory d({{"OF-1", "SV-1", "CC-1"}, {"OF-9", "", ""}}, with_coordinators(all),
                      std::move(absences));
    return told(d, "CM-1", roles).substr(std::string("CM-1 as case_manager").size());
  };
  EXPECT_EQ(told_to({{"KO-1", "OF-1"}, {"KO-9", "OF-9"}, {"KO-C", ""}}), ", KO-1 as coordinator");
  EXPECT_EQ(told_to({{"KO-9", "OF-9"}, {"KO-C", ""}}), ", KO-9 as coordinator");
  EXPECT_EQ(told_to({{"KO-C", ""}}), ", KO-C as coordinator");
  EXPECT_EQ(told_to({{"KO-1", "OF-1"}, {"KO-2", "OF-1"}}),
            ", KO-1 as coordinator, KO-2 as coordinator");
  EXPECT_EQ(told_to({}), "") << "nobody stands in for coordinators";
  EXPECT_EQ(told_to({{"KO-1", "OF-1"}}, {absent("KO-1", "SV-1")}), ", SV-1 as coordinator")
      << "but whom they named";
  EXPECT_EQ(told_to({{"KO-1", "OF-1"}, {"KO-9", "OF-9"}}, {absent("KO-1")}),
            ", KO-9 as coordinator");
  EXPECT_EQ(told_to({{"KO-1", "OF-2"}}), "") << "of an office that is not theirs";
}

TEST(Recipients, AStageForCoordinatorsAloneIsTheSupervisorsWhereThereIsNone) {
  const Directory d({{"OF-1", "SV-1", "CC-1"}}, city(), {});
  EXPECT_EQ(told(d, "CM-1", {Role::coordinator}), "SV-1 as supervisor");
}

}  // namespace
}  // namespace omamori
