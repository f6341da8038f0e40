// `import` as it is asked for: files as they lie on a disk, what is answered, what is then known.
#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/import/csv/encoding.h"
#include "tests/support/app_fixture.h"

namespace omamori {
namespace {

using testing::HasSubstr;
using testing::Not;

class ImportCommand : public AppTest {
 protected:
  using Options = std::map<std::string, std::string>;

  // {"clients.csv", bytes}, …; json with {"json", ""}.
  Response take(std::vector<CommandFile> files, Options options = {}) {
    Request request;
    request.command = "import";
    request.json = options.erase("json") != 0;
    request.options = std::move(options);
    request.files = std::move(files);
    request.actor = "tester";
    return run_command(request, *service);
  }
};

const std::string kOfficesHead = "office_code,name\n";

TEST_F(ImportCommand, SaysWhichEncodingItTook) {
  const CommandFile offices{"offices.csv", encode_cp932(kOfficesHead + "OF-1,見本相談\n")};
  const CommandFile staff{"staff.csv", "staff_code,name,role\nCM-1,見本 太郎,case_manager\n"};
  const CommandFile clients{"clients.csv",
                            "client_code,office_code,plan_kind,decision_start,decision_end\n"
                            "C-1,OF-1,regular,2026-04-01,2027-03-31\n"};
  const Response response = take({offices, staff, clients});
  EXPECT_EQ(response.exit, Exit::ok) << response.err;
  EXPECT_EQ(response.out,
            "read as UTF-8: staff.csv\nread as CP932: offices.csv\n"
            "offices: 1 new\nstaff: 1 new\nclients: 1 new\n\nimported\n")
      << "a file of ASCII is the same in both";
  const auto json = boost::json::parse(take({offices, clients}, {{"json", ""}}).out);
  EXPECT_EQ(boost::json::serialize(json.at("files")),
            R"([{"file":"offices.csv","kind":"offices","encoding":"CP932"},)"
            R"({"file":"clients.csv","kind":"clients","encoding":"ASCII"}])");
}

TEST_F(ImportCommand, HalfWidthKanaAreNotStoredAsCyrillic) {
  const CommandFile offices{"offices.csv", kOfficesHead + "OF-1,\xD0\xB7\n"};
  const Response guessed = take({offices});
  EXPECT_EQ(store->office("OF-1")->name, "ﾐｷ");
  EXPECT_THAT(guessed.err, HasSubstr("offices.csv: read as CP932: what is not ASCII in it"));
  EXPECT_THAT(guessed.err, HasSubstr("say --encoding utf-8\n"));
  const Response said = take({offices}, {{"encoding", "cp932"}});
  EXPECT_EQ(said.err, "") << "who says it need not be asked";
  EXPECT_EQ(take({offices}, {{"encoding", "utf-8"}}).exit, Exit::ok);
  EXPECT_EQ(store->office("OF-1")->name, "з");
}

TEST_F(ImportCommand, AnEncodingThatIsNotTheFilesIsRefused) {
  const CommandFile offices{"offices.csv", encode_cp932(kOfficesHead + "OF-1,見本\n")};
  const Response response = take({offices}, {{"encoding", "utf-8"}});
  EXPECT_EQ(response.exit, Exit::refused);
  EXPECT_THAT(response.err,
              HasSubstr("offices.csv: is not UTF-8; the first bad byte is on line 2"));
  EXPECT_EQ(take({offices}, {{"encoding", "latin-1"}}).exit, Exit::usage);
}

TEST_F(ImportCommand, CodesThatMayHaveBeenCutNeedAYes) {
  const std::string head = "office_code,name\n";
  ASSERT_EQ(take({{"offices.csv", head + "0011,a\n"}}).exit, Exit::ok);
  const CommandFile cut{"Offices.CSV", head + "11,a\n"};
  const Response asked = take({cut});
  EXPECT_EQ(asked.exit, Exit::needs_yes);
  EXPECT_THAT(asked.err, HasSubstr("nothing was changed: this would add 1 code that differs from "
                                   "another by zeros in front only; look with --dry-run, then"));
  EXPECT_FALSE(store->office("11").has_value());
  EXPECT_EQ(take({cut}, {{"yes", "yes"}}).exit, Exit::ok);
  EXPECT_TRUE(store->office("11").has_value());
}

TEST_F(ImportCommand, SaysWhoIsNotInTheFile) {
  ASSERT_EQ(import(small_office()), "");
  const CommandFile clients{"clients.csv",
                            "client_code,office_code,plan_kind,decision_start,decision_end\n"
                            "C-2,OF-1,regular,2026-04-01,2027-03-31\n"};
  EXPECT_THAT(take({clients}).out,
              HasSubstr("1 known client is not in clients.csv and stays as it is: C-1\n"));
  const auto json = boost::json::parse(take({clients}, {{"json", ""}}).out);
  EXPECT_EQ(boost::json::serialize(json.at("clients_not_in_file")), R"(["C-1"])");
  store->end_service("C-1", day("2026-03-31"), act());
  EXPECT_THAT(take({clients}).out, Not(HasSubstr("not in clients.csv")));
}

// What is warned of one client whose certificate prints that.
struct PrintedRow {
  const char* kind;
  const char* start;
  const char* interval;
  const char* months;
  const char* warning;
};

TEST_F(ImportCommand, WhatACertificatePrintsIsComparedWithWhatIsComputed) {
  ASSERT_EQ(import(small_office()), "");
  const std::string ask = "; is the interval, the decision or its kind another?\n";
  const std::string printed = "clients.csv:2: interval_months: C-2: the certificate prints ";
  const auto warned = [&](const PrintedRow& row) {
    const CommandFile clients{
        "clients.csv",
        "client_code,office_code,case_manager,plan_kind,decision_kind,decision_start,decision_end,"
        "interval_months,monitoring_months\n"
        "C-2,OF-1,CM-1,standby_short_stay," +
            std::string(row.kind) + "," + row.start + ",2027-04-30," + row.interval + "," +
            row.months + "\n"};
    return take({clients}, {{"dry-run", "yes"}}).err;
  };
  const PrintedRow good[] = {
      {"renewal", "2026-05-01", "3月ごと(R8.7～R9.4)", "", "R1: backwards from the end"},
      {"renewal", "2026-05-01", "6か月ごと(R8.10～R9.4)", "", "longer than standard, unchecked"},
      {"renewal", "2026-05-01", "毎月ごと(R8.5～R9.4)", "", "every month, the first too"},
      {"renewal", "2026-07-01", "3月ごと(R8.10～R9.4)", "", "R2: the start month is left out"},
      {"new", "2026-05-01", "3月ごと(R8.5～R9.4)", "", "R3: the first months"},
      {"new", "2026-05-01", "3月ごと(R8.7～R9.4)", "", "the grid, without them"},
      {"new", "2026-05-01", "3月ごと(R8.10～R9.4)", "", "the grid behind them"},
      {"renewal", "2026-05-01", "3月ごと", "", "nothing printed"},
      {"renewal", "2026-05-01", "3月ごと(R8.6～R9.4)", "2026-06 2027-04", "months of their own"},
  };
  for (const PrintedRow& row : good) EXPECT_EQ(warned(row), "") << row.warning;
  EXPECT_EQ(warned({"renewal", "2026-05-01", "3月ごと(R8.8～R9.4)", "", ""}),
            printed + "2026-08 to 2027-04, and computed from it are 2026-07 to 2027-04" + ask);
  EXPECT_EQ(warned({"renewal", "2026-05-01", "3月ごと(R8.7～R9.3)", "", ""}),
            printed + "2026-07 to 2027-03, and computed from it are 2026-07 to 2027-04" + ask);
  EXPECT_EQ(warned({"renewal", "2026-07-01", "3月ごと(R8.7～R9.4)", "", ""}),
            printed + "2026-07 to 2027-04, and computed from it are 2026-10 to 2027-04" + ask);
  EXPECT_EQ(warned({"new", "2026-05-01", "3月ごと(R8.6～R9.4)", "", ""}),
            printed + "2026-06 to 2027-04, and computed from it are 2026-05 to 2027-04" + ask);
  EXPECT_EQ(
      warned({"renewal", "2026-05-01", "", "2026-06 2027-01", ""}),
      "clients.csv:2: monitoring_months: C-2: 2027-04, the last month of the decision, is not "
      "listed; it is always to be monitored: does the certificate list it?\n");
}

TEST_F(ImportCommand, WhatPeopleReportedComesInByFiles) {
  ASSERT_EQ(import(small_office()), "");
  const std::string key = "C-1/monitoring/2026-04-01/2026-06";
  const auto imported = [&](std::vector<CommandFile> files) {
    const Response response = take(std::move(files));
    EXPECT_EQ(response.exit, Exit::ok) << response.err;
    return response.out;
  };
  at("2026-06-20T09:00:00+09:00");
  imported({{"contacts.csv", "client_code,on,note\nC-1,2026-06-01,a\n"},
            {"suspensions.csv", "client_code,from,until,reason\nC-1,2026-07-01,,a\n"},
            {"absences.csv", "staff_code,from,until,delegate\nCM-1,2026-07-01,,SV-1\n"},
            {"acknowledgements.csv",
             "obligation,staff_code,made_on,visit_on\n" + key + ",CM-1,2026-06-19,2026-06-25\n"}});
  const auto facts = store->facts("C-1");
  ASSERT_TRUE(facts.has_value());
  EXPECT_EQ(facts->contacts.at(0).on, day("2026-06-01"));
  EXPECT_EQ(facts->suspensions.at(0).from, day("2026-07-01"));
  EXPECT_EQ(facts->acknowledgements.at(0).obligation, key);
  EXPECT_EQ(facts->acknowledgements.at(0).visit_on, day("2026-06-25"));
  imported({{"suspensions.csv", "client_code,from,until,reason\nC-1,2026-07-01,2026-07-09,a\n"},
            {"absences.csv", "staff_code,from,until,delegate\nCM-1,2026-07-01,2026-07-05,SV-1\n"}});
  const auto later = store->facts("C-1");
  ASSERT_EQ(later->suspensions.size(), 1U);
  EXPECT_EQ(later->suspensions.at(0).until, day("2026-07-09"));
  const auto absences = store->directory().absences;
  ASSERT_EQ(absences.size(), 1U) << "the one before is void";
  EXPECT_EQ(absences.at(0).until, day("2026-07-05"));
  EXPECT_EQ(store->journal().verify().ok, true);
}

}  // namespace
}  // namespace omamori
