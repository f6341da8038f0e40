// `plan` end to end: facts go in as CSV text, months come out as the JSON that machines read.
#include <boost/json.hpp>

#include "daemon/answer/text_table.h"
#include "daemon/import/csv/writer.h"
#include "tests/support/app_fixture.h"
#include "tests/support/case_reader.h"
#include "tests/support/places.h"
#include "tests/tools/sample_city.h"

namespace omamori {
namespace {

namespace json = boost::json;

// ---- the worked cases ---------------------------------------------------------------------------

// The client of a worked case as the files an office would send.
CsvFiles files_of(const WorkedCase& c) {
  const Zone zone("Asia/Tokyo");
  CsvFiles files;
  files[CsvKind::offices] = "office_code,name\nOF-1,見本相談\n";
  ClientRecord client;
  client.code = c.client.code;
  client.office = "OF-1";
  client.watched_from = c.client.periods.front().period.start;
  files[CsvKind::clients] = csv_header(CsvKind::clients);
  for (const PeriodVersion& v : c.client.periods) {
    append_csv(files[CsvKind::clients], client, PeriodRecord{client.code, v.period, false, 0});
  }
  files[CsvKind::safety_checks] = csv_header(CsvKind::safety_checks);
  files[CsvKind::check_ins] = csv_header(CsvKind::check_ins);
  for (const Check& check : c.client.checks) {
    CheckRecord record;
    record.code = check.code;
    record.client = client.code;
    record.terms = check.versions.back().terms;
    record.watched_from = client.watched_from;
    append_csv(files[CsvKind::safety_checks], record);
    std::chrono::seconds later{0};  // two records of one day are two instants, in their order
    for (const CheckIn& in : check.check_ins) {
      later += std::chrono::seconds{1};
      append_csv(files[CsvKind::check_ins],
                 CheckInRecord{0, check.code, in.at + later, in.on, in.outcome, "", "", false, 0},
                 zone);
    }
  }
  files[CsvKind::monitorings] = csv_header(CsvKind::monitorings);
  for (const Visit& visit : c.client.visits) {
    append_csv(files[CsvKind::monitorings],
               MonitoringRecord{0, client.code, visit.on, visit.for_month, "", "", false, 0});
  }
  return files;
}

// The day of the case, or later if something in it lies ahead.
std::string imported_on(const WorkedCase& c) {
  Day day = c.today;
  for (const Visit& visit : c.client.visits) day = std::max(day, visit.on);
  return to_string(day) + "T23:00:00+09:00";
}

std::string word(const json::value& value) {
  return value.is_string() ? std::string(value.as_string()) : json::serialize(value);
}

// The answer in the form of WorkedCase::expected.
std::string shown(const std::string& text) {
  const json::value parsed = json::parse(text);
  const json::object& client = parsed.at("clients").at(0).as_object();
  std::string out = word(client.at("interval_months")) + " " + word(client.at("basis"));
  for (const json::value& month : client.at("months").as_array()) {
    out += "\n" + word(month.at("month")) + " " + word(month.at("due_by")) + " " +
           word(month.at("state"));
  }
  return out;
}

class WorkedCasesEndToEnd : public AppTest, public testing::WithParamInterface<WorkedCase> {
 protected:
  WorkedCasesEndToEnd() : AppTest(imported_on(GetParam())) {}
};

TEST_P(WorkedCasesEndToEnd, ThroughCsvStoreAndJson) {
  const WorkedCase& c = GetParam();
  Policy policy;
  policy.terms = c.terms;
  accept(policy);
  ASSERT_EQ(import(files_of(c)), "");
  EXPECT_EQ(shown(out("plan", {{"at", to_string(c.today)}, {"json", ""}})), c.expected) << c.source;
}

INSTANTIATE_TEST_SUITE_P(
    All, WorkedCasesEndToEnd,
    testing::ValuesIn(read_worked_cases(source_path("tests/cases/plan-cases.json"))),
    [](const testing::TestParamInfo<WorkedCase>& tested) {
      std::string name = tested.param.id;
      for (char& c : name) {
        c = std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
      }
      return name;
    });

// ---- the shape and the options ------------------------------------------------------------------

class PlanCommand : public AppTest {
 protected:
  PlanCommand() { EXPECT_EQ(import(small_office()), ""); }

  void more_clients(const std::string& rows) {
    EXPECT_EQ(import({{CsvKind::clients,
                       "client_code,office_code,plan_kind,decision_start,decision_end,"
                       "monitoring_months\n" +
                           rows}}),
              "");
  }
};

TEST_F(PlanCommand, TheJsonIsTheContractToTheByte) {
  store->record_check_in(seen("S-1", instant("2026-11-10T03:00:00Z")), act());
  store->record_monitoring(visit("C-1", day("2026-06-15")), act());
  EXPECT_EQ(out("plan", {{"at", "2026-11-22"}, {"json", ""}}),
            R"({"at":"2026-11-22","clients":[{"client":"C-1","plan_kind":"standby_short_stay",)"
            R"("period":{"start":"2026-04-01","end":"2027-03-31"},"interval_months":6,)"
            R"("basis":"safety_check","check":"S-1","months":[)"
            R"({"month":"2026-06","due_by":"2026-06-30","state":"done","check":null,)"
            R"("done_on":"2026-06-15","before_watch":false},)"
            R"({"month":"2026-09","due_by":"2026-09-30","state":"overdue","check":null,)"
            R"("done_on":null,"before_watch":false},)"
            R"({"month":"2026-12","due_by":"2026-12-31","state":"waived","check":"S-1",)"
            R"("done_on":null,"before_watch":false},)"
            R"({"month":"2027-03","due_by":"2027-03-31","state":"planned","check":"S-1",)"
            R"("done_on":null,"before_watch":false}]}]})"
            "\n");
}

TEST_F(PlanCommand, AClientWithoutPeriodsHasNone) {
  ImportChanges changes;
  ClientRecord lone;
  lone.code = "C-0";
  lone.office = "OF-1";
  changes.clients = {lone};
  store->apply_import(changes, {}, act());
  EXPECT_EQ(out("plan", {{"client", "C-0"}, {"json", ""}}),
            R"({"at":"2026-04-01","clients":[{"client":"C-0","plan_kind":null,"period":null,)"
            R"("interval_months":null,"basis":null,"check":null,"months":[]}]})"
            "\n");
  EXPECT_THAT(out("plan", {{"client", "C-0"}}), testing::HasSubstr("支給決定期間なし"));
}

TEST_F(PlanCommand, ShowsThePeriodOfTheDayOrAllOfThem) {
  more_clients(
      "C-2,OF-1,regular,2026-04-01,2026-06-30,\nC-2,OF-1,regular,2026-08-01,2026-10-31,\n");
  const auto periods = [&](const std::string& at, bool all) {
    std::map<std::string, std::string> options{{"client", "C-2"}, {"at", at}, {"json", ""}};
    if (all) options["all"] = "yes";
    const json::value parsed = json::parse(out("plan", options));
    std::string text;
    for (const json::value& client : parsed.at("clients").as_array()) {
      text += word(client.at("period").at("start")) + ":";
      for (const json::value& month : client.at("months").as_array()) {
        text += " " + word(month.at("month"));
      }
      text += "\n";
    }
    return text;
  };
  const std::string first = "2026-04-01: 2026-06\n";
  const std::string second = "2026-08-01: 2026-10\n";
  EXPECT_EQ(periods("2026-03-01", false), first) << "before all: the next one";
  EXPECT_EQ(periods("2026-06-30", false), first);
  EXPECT_EQ(periods("2026-07-01", false), second) << "in the gap: the next one";
  EXPECT_EQ(periods("2027-01-01", false), second) << "after all: the last";
  EXPECT_EQ(periods("2026-06-30", true), first + second);
}

TEST_F(PlanCommand, TheTableReadsInTwoLanguages) {
  more_clients(
      "C-2,OF-1,self_plan,2026-04-01,2027-03-31,\n"
      "C-3,OF-1,standby_short_stay,2026-04-01,2027-03-31,2026-05 2026-12 2027-03\n");
  store->record_check_in(seen("S-1", instant("2026-04-20T03:00:00Z")), act());
  store->record_monitoring(visit("C-1", day("2026-04-15")), act());
  EXPECT_EQ(out("plan", {{"at", "2026-05-10"}}), golden("plan.ja.txt"));
  EXPECT_EQ(out("plan", {{"at", "2026-05-10"}, {"language", "en"}, {"client", "C-1"}}),
            "2026-05-10\n"
            "client  plan                period                       every  because           "
            "months\n"
            "C-1     standby short stay  2026-04-01 to 2027-03-31  6 months  safety check S-1  "
            "2026-06 waived S-1, 09 planned, 12 waived S-1, 2027-03 planned\n");
}

TEST_F(PlanCommand, GapsNarrowsToMonthsListedTooFarApart) {
  more_clients("C-3,OF-1,standby_short_stay,2026-04-01,2027-03-31,2026-05 2026-12 2027-03\n");
  const std::string text = out("plan", {{"gaps", "yes"}, {"language", "en"}});
  EXPECT_THAT(text, testing::HasSubstr("12 planned (gap without check)"));
  EXPECT_THAT(text, testing::Not(testing::HasSubstr("C-1")));
  EXPECT_EQ(out("plan", {{"gaps", "yes"}, {"client", "C-1"}, {"json", ""}}),
            "{\"at\":\"2026-04-01\",\"clients\":[]}\n");
}

TEST_F(PlanCommand, MonthsBeforeWatchHaveNoRecord) {
  at("2026-11-24T09:00:00+09:00");
  more_clients("C-2,OF-1,regular,2026-04-01,2027-03-31,\n");
  EXPECT_THAT(out("plan", {{"client", "C-2"}}),
              testing::HasSubstr("2026-06 記録なし、09 記録なし"));
}

TEST_F(PlanCommand, WrongQuestionsSayWhatToWrite) {
  const Response unknown = run("plan", {{"client", "C-9"}});
  EXPECT_EQ(unknown.exit, Exit::refused);
  EXPECT_EQ(unknown.err, "no client C-9; omamorictl list clients shows the codes\n");
  const Response bad = run("plan", {{"at", "2026-02-30"}});
  EXPECT_EQ(bad.exit, Exit::usage);
  EXPECT_EQ(bad.err, "--at 2026-02-30: is not a day: 2026-02 ends on 2026-02-28\n");
  EXPECT_EQ(run("plan", {{"language", "fr"}}).exit, Exit::usage);
}

TEST_F(PlanCommand, ACityOfManyHasOneEntryEachInOrderOfCode) {
  const SampleCity city = sample_city({day("2026-04-01"), 60, 1, {Channel::email}}, zone);
  CsvFiles files;
  for (std::size_t i = 0; i < kCsvKinds; ++i) {
    const auto kind = static_cast<CsvKind>(i);
    files[kind] = sample_csv(city, kind, zone);
  }
  ASSERT_EQ(import(files), "");
  const json::value parsed = json::parse(out("plan", {{"json", ""}}));
  std::vector<std::string> codes;
  for (const json::value& client : parsed.at("clients").as_array()) {
    codes.push_back(word(client.at("client")));
  }
  EXPECT_EQ(codes.size(), city.clients.size() + 1);
  EXPECT_TRUE(std::is_sorted(codes.begin(), codes.end()));
}

}  // namespace
}  // namespace omamori
