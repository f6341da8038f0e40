// list due, overdue, checks, workload, visits; report visits, checks; calendar: the commands over a
// small office.
#include <boost/json.hpp>

#include "daemon/reminders/decide.h"
#include "tests/support/app_fixture.h"
#include "tests/support/fake_notifier.h"
#include "tests/support/outlets.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using Options = std::map<std::string, std::string>;

constexpr const char* kByteOrderMark = "\xEF\xBB\xBF";

// OF-1: C-1 of CM-1 has a check that was kept until it lapsed on 24 August; C-2 of CM-2 was seen
// late for June. OF-2: C-3 of nobody was never seen. It is 24 November.
class Reports : public AppTest {
 protected:
  Reports() {
    accept(Policy{});
    CsvFiles files = small_office();
    files[CsvKind::offices] += "OF-2,見本相談二,\n";
    files[CsvKind::staff] += "CM-2,見本 三郎,case_manager,OF-1,saburo@example.com,email\n";
    for (const char* row : {"C-2,,,OF-1,CM-2", "C-3,,,OF-2,"}) {
      files[CsvKind::clients] += std::string(row) + ",standby_short_stay,2026-04-01,2027-03-31\n";
    }
    EXPECT_EQ(import(files), "");
    Config config;
    config.smtp.host = "localhost";
    use(service->policy(), config);
    for (const char* on : {"2026-05-10", "2026-06-12", "2026-07-10"}) {
      at(std::string(on) + "T12:00:00+09:00");
      store->record_check_in(seen("S-1", clock.now(), Outcome::ok, "職員甲", ""), act());
    }
    at("2026-07-09T12:00:00+09:00");
    store->record_monitoring(visit("C-2", day("2026-07-09"), {}, "職員乙", ""), act());
    at("2026-11-24T12:00:00+09:00");
  }

  boost::json::value parsed(const std::string& command, Options options) {
    options["json"] = "";
    return boost::json::parse(out(command, std::move(options)));
  }
  // The values of one key of each row; null as "-".
  std::string column(const boost::json::value& answer, const char* key) {
    std::string found;
    for (const auto& row : answer.at("rows").as_array()) {
      const auto& value = row.at(key);
      found += (found.empty() ? "" : " ") + (value.is_null()     ? "-"
                                             : value.is_string() ? std::string(value.as_string())
                                                                 : boost::json::serialize(value));
    }
    return found;
  }
  Options english(Options options) {
    options["language"] = "en";
    return options;
  }
};

// ---- list due -----------------------------------------------------------------------------------

TEST_F(Reports, DueNamesTheMonthsToComeByCaseManager) {
  const auto answer = parsed("list", {{"kind", "due"}});
  EXPECT_EQ(answer.at("until").as_string(), "2026-12-25");
  EXPECT_EQ(column(answer, "client"), "C-1 C-2 C-3");
  EXPECT_EQ(column(answer, "case_manager"), "CM-1 CM-2 -");
  EXPECT_EQ(column(answer, "due_by"), "2026-12-31 2026-12-31 2026-12-31");
  EXPECT_EQ(column(answer, "days_left"), "37 37 37");
  EXPECT_EQ(parsed("list", {{"kind", "due"}, {"until", "2026-11-30"}}).at("rows").as_array().size(),
            0U);
  EXPECT_EQ(out("list", english({{"kind", "due"}, {"until", "2026-11-30"}})),
            "2026-11-24: months that begin by 2026-11-30, and checks that are due: 0\n"
            "Nothing is due.\n");
}

TEST_F(Reports, DueSaysWhenSomebodyWillGoThere) {
  at("2026-12-01T09:00:00+09:00");
  decide_due(*service, act());
  const auto made =
      store->acknowledge("C-1/monitoring/2026-04-01/2026-12", "CM-1", day("2026-12-10"), act());
  ASSERT_EQ(made.refused, "");
  const auto answer = parsed("list", {{"kind", "due"}, {"staff", "CM-1"}});
  EXPECT_EQ(column(answer, "visit_on") + " " + column(answer, "visit_by"), "2026-12-10 CM-1");
  EXPECT_EQ(column(answer, "obligation"), "C-1/monitoring/2026-04-01/2026-12");
}

TEST_F(Reports, DueShowsAnEarlierDayAndTheCheckThatWasDueThen) {
  const auto answer = parsed("list", {{"kind", "due"}, {"at", "2026-08-10"}, {"client", "C-1"}});
  EXPECT_EQ(column(answer, "what"), "check_in monitoring");
  EXPECT_EQ(column(answer, "check"), "S-1 -");
  EXPECT_EQ(column(answer, "due_by"), "2026-08-23 2026-09-30");
}

// C-2 was seen for June and left on 10 October; C-3 leaves in the middle of December.
TEST_F(Reports, NoneShowsAMonthAfterTheLastDayOfService) {
  store->end_service("C-2", day("2026-10-10"), act());
  store->end_service("C-3", day("2026-12-10"), act());
  EXPECT_EQ(column(parsed("list", {{"kind", "due"}, {"until", "2027-03-31"}}), "client"),
            "C-1 C-1 C-3")
      << "by case manager: December and March of C-1, December of C-3";
  const auto load = parsed("list", {{"kind", "workload"}, {"months", "5"}});
  EXPECT_EQ(boost::json::serialize(load.at("rows")).find("CM-2"), std::string::npos);
  const auto plan = boost::json::parse(out("plan", {{"client", "C-2"}, {"json", ""}}));
  const auto& months = plan.at("clients").at(0).at("months").as_array();
  ASSERT_EQ(months.size(), 2U);
  EXPECT_EQ(months[0].at("state").as_string(), "done_late");
  EXPECT_EQ(months[1].at("state").as_string(), "overdue") << "September, as the record says";
  EXPECT_THAT(out("plan", english({{"client", "C-2"}})),
              HasSubstr("2026-06 done late, 09 overdue (service until 2026-10-10)"));
  const std::string year = out("calendar", english({{"client", "C-2"}}));
  EXPECT_THAT(year, HasSubstr("2026-11  service ended"));
  EXPECT_THAT(year, HasSubstr("2026-04-01 to 2027-03-31, service until 2026-10-10\n"));
  EXPECT_THAT(year, Not(HasSubstr("planned")));
  const auto visits = parsed("report visits", {{"from", "2026-04-01"}, {"until", "2027-03-31"}});
  EXPECT_EQ(column(visits, "open"), "0 0 0 0 0 0");
}

// ---- list overdue -------------------------------------------------------------------------------

TEST_F(Reports, OverdueSaysHowLateAndWhoWasToldLast) {
  at("2026-08-24T08:30:00+09:00");
  FakeNotifier email;
  Outlets outlets;
  outlets.email = &email;
  run_once(*service, outlets, act());
  at("2026-11-24T12:00:00+09:00");
  const auto answer = parsed("list", {{"kind", "overdue"}, {"client", "C-1"}});
  EXPECT_EQ(column(answer, "kind"), "lapse streak");
  EXPECT_EQ(column(answer, "opened"), "2026-08-24 2026-10-01");
  EXPECT_EQ(column(answer, "days_late"), "78 55");
  EXPECT_EQ(column(answer, "told"), "CM-1 -");
  EXPECT_EQ(column(answer, "told_at"), "2026-08-23T23:30:00Z -");
  const std::string text = out("list", english({{"kind", "overdue"}, {"client", "C-1"}}));
  EXPECT_THAT(text, HasSubstr("2026-08-24 08:30"));
  EXPECT_THAT(text, HasSubstr("not yet"));
  EXPECT_EQ(column(parsed("list", {{"kind", "overdue"}, {"at", "2026-08-23"}, {"client", "C-1"}}),
                   "kind"),
            "");
}

// ---- list checks --------------------------------------------------------------------------------

TEST_F(Reports, ChecksSayWhenTheyLapseAndHowFarTheyCarry) {
  const auto now = parsed("list", {{"kind", "checks"}});
  EXPECT_EQ(column(now, "state") + " " + column(now, "lapses_on") + " " + column(now, "in_effect"),
            "lapsed 2026-08-24 false");
  const auto then = parsed("list", {{"kind", "checks"}, {"at", "2026-08-23"}});
  EXPECT_EQ(
      column(then, "state") + " " + column(then, "lapses_on") + " " + column(then, "in_effect"),
      "due 2026-08-24 true");
  EXPECT_EQ(column(then, "interval_without") + " " + column(then, "interval_with"), "3 6");
  EXPECT_EQ(column(then, "provider") + " " + column(then, "method"), "PR-1 電話");
}

// ---- list workload ------------------------------------------------------------------------------

TEST_F(Reports, WorkloadHasAColumnAMonthAndALineForEachOffice) {
  const auto answer = parsed("list", {{"kind", "workload"}, {"months", "5"}});
  EXPECT_EQ(column(answer, "level"), "case_manager case_manager office case_manager office total");
  EXPECT_EQ(column(answer, "case_manager"), "CM-1 CM-2 - - - -");
  EXPECT_EQ(column(answer, "2026-11"), "0 0 0 0 0 0");
  EXPECT_EQ(column(answer, "2026-12"), "1 1 2 1 1 3");
  EXPECT_EQ(column(answer, "2027-03"), "1 1 2 1 1 3");
  EXPECT_EQ(column(answer, "carried"), "1 1 2 1 1 3");
  EXPECT_EQ(column(answer, "total"), "3 3 6 3 3 9");
}

TEST_F(Reports, WorkloadAsCsvOpensInASpreadsheet) {
  const std::string csv = out("list", {{"kind", "workload"}, {"months", "2"}, {"csv", "yes"}});
  EXPECT_EQ(csv, std::string(kByteOrderMark) +
                     "区分,事業所,担当,利用者,遅れている人,繰越,2026-11,2026-12,計,期間が終わる人\n"
                     "担当,OF-1,CM-1,1,1,1,,1,2,\n"
                     "担当,OF-1,CM-2,1,1,1,,1,2,\n"
                     "事業所,OF-1,（計）,2,2,2,,2,4,\n"
                     "担当,OF-2,（なし）,1,1,1,,1,2,\n"
                     "事業所,OF-2,（計）,1,1,1,,1,2,\n"
                     "全体,全体,,3,3,3,,3,6,\n");
}

TEST_F(Reports, WorkloadTakesOneToThirtySixMonths) {
  for (const char* months : {"0", "37", "x", "12a"}) {
    EXPECT_EQ(run("list", {{"kind", "workload"}, {"months", months}}).exit, Exit::usage) << months;
  }
  EXPECT_EQ(run("list", {{"kind", "workload"}, {"months", "1"}}).exit, Exit::ok);
  EXPECT_EQ(run("list", {{"kind", "workload"}, {"months", "36"}}).exit, Exit::ok);
}

// ---- list visits --------------------------------------------------------------------------------

TEST_F(Reports, VisitsSayWhatTheyClosed) {
  const auto answer =
      parsed("list", {{"kind", "visits"}, {"from", "2026-07-09"}, {"until", "2026-07-09"}});
  EXPECT_EQ(
      column(answer, "did") + " " + column(answer, "month") + " " + column(answer, "days_late"),
      "closes_late 2026-06 9");
  const auto none = [&](const char* from, const char* until) {
    return parsed("list", {{"kind", "visits"}, {"from", from}, {"until", until}})
        .at("rows")
        .as_array()
        .empty();
  };
  EXPECT_TRUE(none("2026-06-01", "2026-07-08"));
  EXPECT_TRUE(none("2026-07-10", "2026-07-31"));
  EXPECT_EQ(run("list", {{"kind", "visits"}, {"from", "2026-07-10"}, {"until", "2026-07-09"}}).err,
            "--from 2026-07-10 is after --until 2026-07-09\n");
}

// ---- report visits ------------------------------------------------------------------------------

TEST_F(Reports, TheYearsVisitsInASentenceAndByCaseManager) {
  const std::string text =
      out("report visits", english({{"from", "2026-04-01"}, {"until", "2026-11-24"}}));
  EXPECT_THAT(text, HasSubstr("Of 5 visits asked for, 0 were made in time (0.0%), 1 late (median "
                              "9, at most 9 days), 4 not at all. Waived by a safety check: 1.\n"));
  const auto answer = parsed("report visits", {{"from", "2026-04-01"}});
  EXPECT_EQ(column(answer, "case_manager"), "CM-1 CM-2 - - - -");
  EXPECT_EQ(column(answer, "required"), "1 2 3 2 2 5");
  EXPECT_EQ(column(answer, "late"), "0 1 1 0 0 1");
  EXPECT_EQ(column(answer, "waived"), "1 0 1 0 0 1");
  EXPECT_EQ(
      column(parsed("report visits", {{"from", "2026-04-01"}, {"office", "OF-2"}}), "required"),
      "2 2");
}

TEST_F(Reports, ATimeThatIsNotOverIsCutToTheDay) {
  const auto answer = parsed("report visits", {{"from", "2026-10-01"}, {"until", "2027-03-31"}});
  EXPECT_EQ(answer.at("until").as_string(), "2026-11-24");
  EXPECT_EQ(parsed("report visits", {}).at("from").as_string(), "2025-11-25");
  EXPECT_EQ(parsed("report visits", {{"at", "2024-02-29"}}).at("from").as_string(), "2023-03-01");
  EXPECT_EQ(run("report visits", {{"from", "2027-01-01"}, {"until", "2027-03-31"}}).exit,
            Exit::usage);
}

// ---- report checks ------------------------------------------------------------------------------

TEST_F(Reports, WhetherTheAlternativeWorks) {
  const std::string text =
      out("report checks", english({{"from", "2026-04-01"}, {"until", "2026-09-30"}}));
  EXPECT_THAT(text, HasSubstr("1 safety check. Of 5 confirmations expected, 2 came by their day "
                              "(40.0%), 1 within the days of grace, 2 did not.\n"
                              "Lapses: 1 (38 days in all)"));
  EXPECT_THAT(text, AllOf(HasSubstr("== by method\nmethod"), HasSubstr("\n電話 "),
                          HasSubstr("== by provider\nprovider"), HasSubstr("\nPR-1 "),
                          HasSubstr("== by case manager"), HasSubstr("== by safety check")));
  EXPECT_THAT(text, HasSubstr("Visits waived: 1; followed by a lapse or a concern before the "
                              "person was next seen: 1.\n"));
  const auto answer = parsed("report checks", {{"from", "2026-04-01"}, {"until", "2026-09-30"}});
  EXPECT_EQ(column(answer, "level"), "total method provider case_manager check");
  EXPECT_EQ(column(answer, "expected"), "5 5 5 5 5");
  EXPECT_EQ(column(answer, "lapsed_days"), "38 38 38 38 38");
  EXPECT_EQ(column(answer, "days"), "174 174 174 174 174");
  EXPECT_EQ(answer.at("rows").at(0).at("share_fulfilled").as_double(), 0.609);
  EXPECT_EQ(column(answer, "fulfilled_days"), "106 106 106 106 106") << "10 May to 23 August";
}

TEST_F(Reports, WhereThereAreNoChecksItSaysSo) {
  EXPECT_THAT(out("report checks", english({{"office", "OF-2"}})),
              HasSubstr("No agreed safety check was in force in this time.\n"));
}

// ---- what all of them share ---------------------------------------------------------------------

TEST_F(Reports, CodesThatNobodyHasAndOptionsThatDoNotFitAreRefused) {
  EXPECT_EQ(run("list", {{"kind", "due"}, {"office", "OF-9"}}).err,
            "no office OF-9; omamorictl list offices shows the codes\n");
  EXPECT_EQ(run("report visits", {{"staff", "CM-9"}}).err,
            "nobody has the code CM-9; omamorictl list staff shows the codes\n");
  EXPECT_EQ(run("list", {{"kind", "overdue"}, {"client", "C-9"}}).exit, Exit::refused);
  EXPECT_EQ(run("list", {{"kind", "due"}, {"csv", "yes"}, {"json", ""}}).err,
            "--json and --csv: give one of them\n");
  EXPECT_EQ(run("list", {{"kind", "due"}, {"at", "soon"}}).exit, Exit::usage);
  EXPECT_EQ(run("list", {{"kind", "clients"}, {"office", "OF-1"}}).err,
            "list clients does not know --office; it knows --client, --language, --json\n");
  EXPECT_EQ(
      run("list", {{"kind", "overdue"}, {"until", "2026-12-31"}}).err,
      "list overdue does not know --until; it knows --at, --client, --csv, --office, --staff, "
      "--language, --json\n");
}

// For each list an option that only others use.
TEST_F(Reports, NoListPassesOverAnOptionInSilence) {
  const std::pair<const char*, const char*> rows[] = {
      {"offices", "client"},     {"staff", "at"},           {"clients", "at"},
      {"periods", "at"},         {"safety_checks", "from"}, {"check_ins", "until"},
      {"monitorings", "office"}, {"contacts", "months"},    {"suspensions", "csv"},
      {"obligations", "staff"},  {"due", "from"},           {"due", "months"},
      {"overdue", "until"},      {"checks", "from"},        {"workload", "until"},
      {"visits", "months"},      {"absences", "client"}};
  for (const auto& [kind, option] : rows) {
    const Response response = run("list", {{"kind", kind}, {option, "1"}});
    EXPECT_EQ(response.exit, Exit::usage) << kind << " --" << option;
    EXPECT_THAT(response.err, HasSubstr("list " + std::string(kind) + " does not know --" + option +
                                        "; it knows "));
    EXPECT_EQ(run("list", {{"kind", kind}, {"language", "en"}}).exit, Exit::ok) << kind;
  }
}

struct Asked {
  const char* command;
  const char* kind;
};
constexpr Asked kAll[] = {{"list", "due"},      {"list", "overdue"}, {"list", "checks"},
                          {"list", "workload"}, {"list", "visits"},  {"report visits", ""},
                          {"report checks", ""}};

TEST_F(Reports, EachHasNoNamesAndComesInThreeFormsAndTwoLanguages) {
  for (const Asked& asked : kAll) {
    for (const char* form : {"text", "json", "csv"}) {
      for (const char* language : {"ja", "en"}) {
        Options options{{"kind", asked.kind}, {"language", language}};
        if (std::string(form) != "text") options[form] = "yes";
        const std::string text = out(asked.command, options);
        EXPECT_FALSE(text.empty()) << asked.command << asked.kind << form;
        EXPECT_EQ(text.starts_with(kByteOrderMark), std::string(form) == "csv");
        EXPECT_THAT(text, Not(HasSubstr("花子"))) << asked.command << asked.kind << form;
      }
    }
  }
}

TEST_F(Reports, WhatSomebodyTypedIsNoFormulaInASpreadsheet) {
  EXPECT_EQ(import({{CsvKind::safety_checks,
                     "check_code,client_code,provider,method,from,every_days,agreed_on\n"
                     "S-2,C-2,@PR,=1+1,2026-05-01,30,2026-05-01\n"}}),
            "");
  const std::string csv = out("list", {{"kind", "checks"}, {"client", "C-2"}, {"csv", "yes"}});
  EXPECT_THAT(csv, HasSubstr(",'@PR,'=1+1,"));
  EXPECT_EQ(column(parsed("list", {{"kind", "checks"}, {"client", "C-2"}}), "method"), "=1+1");
}

TEST_F(Reports, DamagedClientsAreSteppedOverAndNamed) {
  store.reset();
  Database(directory / "omamori.db", false)
      .exec(
          "PRAGMA foreign_keys = OFF;"
          "UPDATE check_in SET on_day = '2026-99-99' WHERE client = 'C-1';"
          "UPDATE period_version SET end_day = '2026-99-99' WHERE client = 'C-2'");
  store = std::make_unique<Store>(directory / "omamori.db", OpenOptions{});
  use(service->policy(), service->config());
  for (const Asked& asked : kAll) {
    const Response response = run(asked.command, {{"kind", asked.kind}, {"json", ""}});
    EXPECT_EQ(response.exit, Exit::ok);
    EXPECT_EQ(response.err,
              "client C-1: cannot be read and is left out (omamorictl check)\n"
              "client C-2: cannot be read and is left out (omamorictl check)\n");
    EXPECT_THAT(response.out, HasSubstr(R"("unreadable":["client C-1","client C-2"])"));
  }
  EXPECT_EQ(column(parsed("list", {{"kind", "due"}}), "client"), "C-3");
  EXPECT_THAT(run("list", {{"kind", "due"}, {"client", "C-1"}}).err, HasSubstr("client C-1"));
}

// ---- calendar -----------------------------------------------------------------------------------

TEST_F(Reports, ACalendarLooksLikeThis) {
  const auto check_in = [&](const char* on, Outcome outcome) {
    const Instant when = instant(std::string(on) + "T12:00:00+09:00");
    store->record_check_in(seen("S-1", when, outcome, "職員甲", ""), act());
  };
  store->record_contact(call("C-1", day("2026-08-26"), "職員丙", ""), act());
  check_in("2026-08-27", Outcome::unreachable);
  check_in("2026-09-20", Outcome::ok);
  store->record_monitoring(visit("C-1", day("2026-10-05"), {}, "職員乙", ""), act());
  check_in("2026-10-20", Outcome::concern);
  store->suspend(pause("C-1", day("2026-11-01"), day("2026-12-05"), "入院"), act());
  EXPECT_EQ(out("calendar", {{"client", "C-1"}}), golden("calendar.ja.txt"));
  EXPECT_EQ(out("calendar", english({{"client", "C-1"}})), golden("calendar.en.txt"));
}

TEST_F(Reports, ACalendarOfAnotherYear) {
  const auto first = [&](Options options) {
    options["client"] = "C-1";
    return std::string(parsed("calendar", std::move(options)).at("first_month").as_string());
  };
  EXPECT_EQ(first({}), "2026-04");
  EXPECT_EQ(first({{"year", "2027"}}), "2027-04");
  EXPECT_EQ(first({{"from", "2026-01"}}), "2026-01");
  EXPECT_EQ(first({{"at", "2026-03-31"}}), "2025-04");
  for (const Options& wrong : {Options{{"year", "26"}}, Options{{"from", "2026"}},
                               Options{{"year", "2026"}, {"from", "2026-01"}}}) {
    Options options = wrong;
    options["client"] = "C-1";
    EXPECT_EQ(run("calendar", options).exit, Exit::usage);
  }
  EXPECT_EQ(run("calendar", {{"client", "C-9"}}).exit, Exit::refused);
}

}  // namespace
}  // namespace omamori
