// What a city asks: list extended, report intervals, and whether telling works (report visits).
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

// C-1 of CM-1 has a check that was confirmed on 10 May and 12 June: its interval is longer until 26
// July. C-2 is regular, every 6 months; C-3 of OF-2 is a self plan.
class CityReports : public AppTest {
 protected:
  CityReports() {
    accept(Policy{});
    CsvFiles files = small_office();
    files[CsvKind::offices] += "OF-2,見本相談二,\n";
    files[CsvKind::clients] =
        "client_code,office_code,case_manager,plan_kind,decision_start,decision_end,"
        "interval_months\n"
        "C-1,OF-1,CM-1,standby_short_stay,2026-04-01,2027-03-31,3\n"
        "C-2,OF-1,CM-1,regular,2026-04-01,2027-03-31,6\n"
        "C-3,OF-2,,self_plan,2026-04-01,2027-03-31,\n";
    EXPECT_EQ(import(files), "");
    Config config;
    config.smtp.host = "localhost";
    use(service->policy(), config);
    for (const char* on : {"2026-05-10", "2026-06-12"}) {
      at(std::string(on) + "T12:00:00+09:00");
      store->record_check_in(seen("S-1", clock.now(), Outcome::ok, "", ""), act());
    }
    at("2026-07-01T12:00:00+09:00");
  }

  boost::json::value parsed(const std::string& command, Options options) {
    options["json"] = "";
    return boost::json::parse(out(command, std::move(options)));
  }
  // "office|OF-1|2": the values of some keys, a row each; null as "-".
  std::string rows(const boost::json::value& answer, const std::vector<std::string>& keys) {
    std::string found;
    for (const auto& row : answer.at("rows").as_array()) {
      if (!found.empty()) found += "; ";
      for (const std::string& key : keys) {
        const auto& value = row.at(key);
        found += (key == keys.front() ? "" : "|") + (value.is_null() ? "-"
                                                     : value.is_string()
                                                         ? std::string(value.as_string())
                                                         : boost::json::serialize(value));
      }
    }
    return found;
  }
  // Everything owed leaves now.
  void tell() {
    FakeNotifier email;
    Outlets outlets;
    outlets.email = &email;
    run_once(*service, outlets, act());
  }
};

// ---- list extended ------------------------------------------------------------------------------

TEST_F(CityReports, ExtendedSaysSinceWhenAndAgreedWithWhom) {
  const std::vector<std::string> keys{"client", "certificate", "interval_months", "since",
                                      "check",  "agreed_on",   "agreed_by",       "decision_end"};
  EXPECT_EQ(rows(parsed("list", {{"kind", "extended"}}), keys),
            "C-1|3|6|2026-05-10|S-1|2026-04-01|市|2027-03-31");
  EXPECT_EQ(rows(parsed("list", {{"kind", "extended"}, {"at", "2026-05-09"}}), keys), "");
  EXPECT_EQ(rows(parsed("list", {{"kind", "extended"}, {"office", "OF-2"}}), keys), "");
  EXPECT_THAT(out("list", {{"kind", "extended"}, {"csv", "yes"}}),
              HasSubstr("OF-1,CM-1,C-1,3,3,6,2026-05-10,安否確認 S-1,S-1,2026-04-01,市,"));
  EXPECT_THAT(out("list", {{"kind", "extended"}, {"language", "en"}}),
              AllOf(HasSubstr("longer here than on the certificate: 1\n"),
                    HasSubstr("safety check S-1"), HasSubstr("Ask the city")));
  EXPECT_THAT(out("list", {{"kind", "extended"}, {"at", "2026-08-01"}}),
              AllOf(HasSubstr("受給者証より間隔が長い利用者はいません。"), Not(HasSubstr("依頼"))));
}

// ---- report intervals ---------------------------------------------------------------------------

TEST_F(CityReports, IntervalsCountsHeadsByOfficeOnADay) {
  const std::vector<std::string> keys{"level", "office", "people",    "1",        "3",
                                      "6",     "other",  "self_plan", "extended", "no_decision"};
  EXPECT_EQ(rows(parsed("report intervals", {}), keys),
            "office|OF-1|2|0|0|2|0|0|1|0; office|OF-2|1|0|0|0|0|1|0|0; total|-|3|0|0|2|0|1|1|0");
  EXPECT_EQ(rows(parsed("report intervals", {{"on", "2026-05-01"}, {"office", "OF-1"}}), keys),
            "office|OF-1|2|0|1|1|0|0|0|0")
      << "before the check was confirmed";
  EXPECT_EQ(rows(parsed("report intervals", {{"on", "2027-04-01"}, {"office", "OF-1"}}), keys),
            "office|OF-1|0|0|0|0|0|0|0|2");
  EXPECT_EQ(parsed("report intervals", {{"on", "2026-05-01"}}).at("on").as_string(), "2026-05-01");
  EXPECT_EQ(run("report intervals", {{"on", "soon"}}).exit, Exit::usage);
  store->end_service("C-2", day("2026-06-30"), act());
  EXPECT_EQ(rows(parsed("report intervals", {{"office", "OF-1"}}), keys),
            "office|OF-1|1|0|0|1|0|0|1|0");
}

TEST_F(CityReports, IntervalsAsATableAndForASpreadsheet) {
  EXPECT_THAT(out("report intervals", {}),
              AllOf(HasSubstr("2026-07-01 現在のモニタリング期間別の人数: 3人\n"),
                    HasSubstr("毎月"), HasSubstr("1年ごと"), HasSubstr("セルフプラン")));
  EXPECT_THAT(out("report intervals", {{"csv", "yes"}}),
              HasSubstr("区分,事業所,計(人),毎月,2か月ごと,3か月ごと,4か月ごと,6か月ごと,1年ごと,"
                        "その他,セルフプラン,受給者証より長い,支給決定なし\n"
                        "事業所,OF-1,2,0,0,0,0,2,0,0,0,1,0\n"));
}

// ---- report visits ------------------------------------------------------------------------------

// C-2 is asked for September (regular, every 6 months): told 1 September (upcoming), 23 September
// (due_soon), 1 October (overdue), and seen on 8 October.
TEST_F(CityReports, VisitsSayWhetherTellingWorks) {
  store->end_service("C-1", day("2026-07-01"), act());
  for (const char* on : {"2026-09-01", "2026-09-23", "2026-09-24", "2026-10-01"}) {
    at(std::string(on) + "T08:30:00+09:00");
    tell();
  }
  at("2026-10-08T12:00:00+09:00");
  const std::vector<std::string> keys{"stage",          "days_from_due", "told",
                                      "seen_within_15", "seen_pending",  "median_days_until_seen"};
  const auto stages = [&] {
    const std::string all = rows(parsed("report visits", {{"client", "C-2"}}), keys);
    return all.substr(all.find("; upcoming") + 2);
  };
  EXPECT_EQ(stages(), "upcoming|-30|1|0|0|-; due_soon|-7|1|0|1|-; overdue|1|1|0|1|-")
      << "two people heard of it on 1 October: told once";
  store->record_monitoring(visit("C-2", day("2026-10-08"), {}, "", ""), act());
  EXPECT_EQ(stages(), "upcoming|-30|1|0|0|-; due_soon|-7|1|1|0|15; overdue|1|1|1|0|7");
  EXPECT_THAT(out("report visits", {{"client", "C-2"}, {"language", "en"}}),
              AllOf(HasSubstr("== Seen within 15 days of being told\nstage"),
                    HasSubstr("Told: once for each month and stage")));
  EXPECT_THAT(out("report visits", {{"client", "C-2"}, {"from", "2026-10-02"}}),
              Not(HasSubstr("知らせてから15日以内")))
      << "told before that day";
  EXPECT_THAT(out("report visits", {{"client", "C-2"}, {"csv", "yes"}}),
              HasSubstr("\n段階,,,,,,,,,,,,,,due_soon,-7,1,1,100.0%,15,0,0\n"
                        "段階,,,,,,,,,,,,,,overdue,1,1,1,100.0%,7,0,0\n"));
}

}  // namespace
}  // namespace omamori
