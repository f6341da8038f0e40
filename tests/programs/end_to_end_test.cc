// From CSV files to months through the programs: the sample city there and back, decisions as they
// come in over a year, and a journal that somebody touched.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "db/sqlite/database.h"
#include "tests/support/programs.h"

namespace omamori {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

const char* const kKinds[] = {"offices",       "staff",     "clients",
                              "safety_checks", "check_ins", "monitorings"};

TEST(SampleCity, ExportedAndImportedAgainGivesTheSamePlan) {
  Place city;
  city.clock = "2026-11-23T18:00:00+09:00";
  city.demo("2026-11-24");
  ASSERT_EQ(city.ctl({"import", city.path("csv").string()}).exit, 0);
  Place copy;
  copy.clock = city.clock;
  ASSERT_EQ(copy.ctl({"init", "--demo"}).exit, 0);
  for (const char* kind : kKinds) {
    const Ran exported = city.ctl({"export", kind});
    ASSERT_EQ(exported.exit, 0) << exported;
    copy.write(std::string("csv/") + kind + ".csv", exported.out);
  }
  const Ran imported = copy.ctl({"import", copy.path("csv").string()});
  ASSERT_EQ(imported.exit, 0) << imported;
  for (const char* at : {"2026-06-15", "2026-11-24", "2027-02-01"}) {
    const Ran before = city.ctl({"plan", "--all", "--json", "--at", at});
    const Ran after = copy.ctl({"plan", "--all", "--json", "--at", at});
    ASSERT_EQ(before.exit, 0) << before;
    EXPECT_GT(before.out.size(), 10000U);
    EXPECT_EQ(before.out, after.out) << at;
  }
  for (const char* kind : kKinds) {
    EXPECT_EQ(copy.ctl({"export", kind}).out, city.ctl({"export", kind}).out) << kind;
  }
}

TEST(SampleCity, EveryClientIsExplainedInBothLanguages) {
  Place city;
  city.clock = "2026-11-23T18:00:00+09:00";
  city.demo("2026-11-24", {"--channels", "file"});
  ASSERT_EQ(city.ctl({"import", city.path("csv").string()}).exit, 0);
  city.clock = "2026-11-24T08:30:00+09:00";
  ASSERT_EQ(city.daemon({"--once"}).exit, 0);
  for (const char* code : {"C-0001", "C-0013", "C-0021", "C-0025", "C-0028", "C-0030", "C-0060"}) {
    for (const char* language : {"ja", "en"}) {
      const Ran ran = city.ctl({"explain", code, "--language", language});
      EXPECT_EQ(ran.exit, 0) << ran;
      EXPECT_THAT(ran.out, HasSubstr(code));
    }
    const Ran as_json = city.ctl({"explain", code, "--json"});
    EXPECT_NO_THROW(json::parse(as_json.out)) << as_json;
  }
}

// A city of one client whose decisions come in as files.
class Decisions : public testing::Test {
 protected:
  void SetUp() override {
    place.clock = "2026-04-01T09:00:00+09:00";
    ASSERT_EQ(place.ctl({"init", "--demo"}).exit, 0);
    place.write("csv/offices.csv", "office_code,name,supervisor\nOF-1,見本相談室,SV-1\n");
    place.write("csv/staff.csv",
                "staff_code,name,role,office_code,channels\n"
                "CM-1,仮 一郎,case_manager,OF-1,file\nSV-1,仮 三郎,supervisor,OF-1,file\n");
    place.write("csv/clients.csv", rows("2026-04-01,2027-03-31,renewal"));
    const Ran ran = place.ctl({"import", place.path("csv").string()});
    ASSERT_EQ(ran.exit, 0) << ran;
  }
  static std::string rows(const std::string& decision) {
    return "client_code,office_code,case_manager,plan_kind,decision_start,decision_end,"
           "decision_kind\nC-1,OF-1,CM-1,standby_short_stay," +
           decision + "\n";
  }
  // Imports a decision on `day`; what is wrong with it, if anything.
  std::string decide(const std::string& day, const std::string& decision) {
    place.clock = day + "T12:00:00+09:00";
    place.write("decision.csv", rows(decision));
    const Ran ran = place.ctl({"import", "clients", place.path("decision.csv").string()});
    return ran.exit == 0 ? "" : ran.err;
  }
  void visit(const std::string& day) {
    place.clock = day + "T15:00:00+09:00";
    const Ran ran = place.ctl({"record", "monitoring", "C-1"});
    ASSERT_EQ(ran.exit, 0) << ran;
  }
  // "2026-04-01..2027-03-31: 2026-06 done 2026-09 open …", a line for each period.
  std::string months(const std::string& at) {
    const Ran ran = place.ctl({"plan", "--json", "--all", "--at", at});
    std::string out;
    const json::value plan = json::parse(ran.out);
    for (const auto& entry : plan.at("clients").as_array()) {
      out += text(entry.at("period").at("start")) + ".." + text(entry.at("period").at("end")) + ":";
      for (const auto& month : entry.at("months").as_array()) {
        out += " " + text(month.at("month")) + " " + text(month.at("state"));
      }
      out += "\n";
    }
    return out;
  }
  std::string told(const std::string& day) {
    place.clock = day + "T08:30:00+09:00";
    return place.daemon({"--once"}).out;
  }
  static std::string text(const json::value& v) { return std::string(v.as_string()); }

  Place place;
};

TEST_F(Decisions, ARenewalTwoWeeksEarlyKeepsTheOldEndMonthAndItsObligation) {
  visit("2026-06-10");
  visit("2026-09-10");
  visit("2026-12-10");
  EXPECT_EQ(decide("2027-03-17", "2027-04-01,2028-03-31,renewal"), "");
  EXPECT_EQ(months("2027-03-20"),
            "2026-04-01..2027-03-31: 2026-06 done 2026-09 done 2026-12 done 2027-03 open\n"
            "2027-04-01..2028-03-31: 2027-06 planned 2027-09 planned 2027-12 planned "
            "2028-03 planned\n");
  EXPECT_THAT(told("2027-03-24"), HasSubstr("C-1/monitoring/2026-04-01/2027-03 due_soon"));
  EXPECT_THAT(told("2027-04-01"), HasSubstr("C-1/streak/2027-03 overdue"));
  visit("2027-04-05");  // in the new period; closes March, late
  EXPECT_THAT(months("2027-04-05"), HasSubstr("2027-03 done_late\n"));
  EXPECT_THAT(told("2027-04-14"), testing::Not(HasSubstr("streak")));
}

TEST_F(Decisions, APeriodCutByAChange) {
  visit("2026-06-10");
  visit("2026-09-10");
  EXPECT_EQ(decide("2026-10-14", "2026-10-15,2027-09-30,changed"), "");
  EXPECT_EQ(months("2026-10-20"),
            "2026-04-01..2026-10-14: 2026-06 done 2026-09 done 2026-10 missed\n"
            "2026-10-15..2027-09-30: 2026-10 open 2026-11 planned 2026-12 planned "
            "2027-03 planned 2027-06 planned 2027-09 planned\n");
  EXPECT_THAT(decide("2026-10-21", "2026-10-15,2027-09-30,renewal"), "") << "a correction";
  EXPECT_THAT(decide("2026-10-21", "2026-04-01,2027-03-31,changed"),
              HasSubstr("give the day of the change"));
}

TEST_F(Decisions, AGapIsExpired) {
  EXPECT_EQ(decide("2027-03-17", "2027-06-01,2028-05-31,renewal"), "");
  EXPECT_THAT(told("2027-04-01"), HasSubstr("C-1/expired/2027-03-31 expired"));
  EXPECT_THAT(told("2027-06-01"), testing::Not(HasSubstr("expired")));
}

TEST_F(Decisions, ACorrectedDecisionLeavesPastMonthsAsTheyWere) {
  visit("2026-06-10");
  EXPECT_EQ(decide("2026-10-05", "2026-04-01,2027-02-28,renewal"), "");
  EXPECT_EQ(months("2026-10-05"),
            "2026-04-01..2027-02-28: 2026-06 done 2026-09 overdue 2026-11 planned "
            "2027-02 planned\n");
}

TEST_F(Decisions, ASettingChangedTodayLeavesPastMonthsAsTheyWere) {
  place.clock = "2026-10-05T12:00:00+09:00";
  place.write("policy.toml", "standard_interval_months = 1\n");
  EXPECT_EQ(months("2026-10-05"),
            "2026-04-01..2027-03-31: 2026-06 missed 2026-09 missed 2026-10 open 2026-11 planned "
            "2026-12 planned 2027-01 planned 2027-02 planned 2027-03 planned\n");
}

TEST_F(Decisions, ABackDatedCheckInReJudgesAPastMonth) {
  place.write("checks.csv",
              "check_code,client_code,from,every_days,grace_days,agreed_on\n"
              "S-1,C-1,2026-04-10,30,14,2026-04-01\n");
  ASSERT_EQ(place.ctl({"import", "safety_checks", place.path("checks.csv").string()}).exit, 0);
  place.clock = "2026-07-10T12:00:00+09:00";
  EXPECT_THAT(months("2026-07-10"), HasSubstr("2026-06 overdue"));
  const Ran late = place.ctl({"record", "check-in", "S-1", "ok", "--at", "2026-06-29"});
  EXPECT_EQ(late.exit, 0) << late;
  EXPECT_THAT(months("2026-07-10"), HasSubstr("2026-06 waived"));
  const Ran listed = place.ctl({"list", "check_ins", "--json"});
  const auto id = json::parse(listed.out).as_array().at(0).at("id");
  ASSERT_EQ(place.ctl({"void", "check-in", json::serialize(id), "--reason", "typo"}).exit, 0);
  EXPECT_THAT(months("2026-07-10"), HasSubstr("2026-06 overdue")) << "voided: as if never said";
}

TEST_F(Decisions, ARowChangedBehindTheJournalsBackIsFound) {
  visit("2026-06-10");
  const Ran sound = place.ctl({"log", "--verify"});
  EXPECT_EQ(sound.exit, 0) << sound;
  {
    Database database(place.path("omamori.db"), false);
    database.exec(
        "DROP TRIGGER journal_is_append_only;"
        "UPDATE journal SET detail = replace(detail, '2026-06-10', '2026-06-11') WHERE seq ="
        " (SELECT seq FROM journal WHERE kind = 'record.monitoring')");
  }
  const Ran broken = place.ctl({"log", "--verify"});
  EXPECT_EQ(broken.exit, 1) << broken;
}

}  // namespace
}  // namespace omamori
