// export and template: what goes out as CSV, and comes in again.
#include <algorithm>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/import/csv/kinds.h"
#include "daemon/reminders/decide.h"
#include "tests/support/app_fixture.h"

namespace omamori {
namespace {

using testing::HasSubstr;
using testing::Not;

// The byte order mark, by which a spreadsheet knows UTF-8.
const std::string kMark = "\xEF\xBB\xBF";

// One of each record, and an obligation that somebody answers.
class ExportCommand : public AppTest {
 protected:
  ExportCommand() {
    accept(Policy{});
    EXPECT_EQ(import(small_office()), "");
    at("2026-04-12T12:00:00+09:00");  // the check lapses in May, so that June is asked for
    store->record_check_in(seen("S-1", clock.now(), Outcome::ok, "職員甲", "備考"), act());
    at("2026-05-12T12:00:00+09:00");
    store->record_monitoring(visit("C-1", day("2026-05-12"), {}, "職員乙", "備考"), act());
    store->record_contact(call("C-1", day("2026-05-12"), "職員丙", "\"電話\", 5分"), act());
    store->suspend(pause("C-1", day("2026-07-13"), day("2026-07-20"), "入院"), act());
    store->add_absence({0, "CM-1", day("2026-06-10"), {}, "SV-1"}, act());
    at("2026-06-01T08:30:00+09:00");
    decide_due(*service, act());
    EXPECT_TRUE(store->acknowledge(kKey, "CM-1", day("2026-06-20"), act()));
  }
  ImportResult merged(const CsvImport& files) {
    return merge_import(files, *store, {service->today(), clock.now(), zone, 3, true});
  }
  static constexpr const char* kKey = "C-1/monitoring/2026-04-01/2026-06";
};

TEST_F(ExportCommand, WhatIsExportedImportsAsNoChange) {
  CsvImport parsed;
  for (std::size_t i = 0; i < kCsvKinds; ++i) {
    const auto kind = static_cast<CsvKind>(i);
    const std::string word(csv_word(kind));
    read_csv(kind, word + ".csv", out("export", {{"kind", word}}), zone, parsed);
  }
  const ImportResult result = merged(parsed);
  EXPECT_TRUE(result.errors.empty());
  EXPECT_EQ(summary_text(parsed, result),
            "offices: 1 unchanged\nstaff: 2 unchanged\nclients: 1 unchanged\n"
            "safety_checks: 1 unchanged\ncheck_ins: 1 known already\n"
            "monitorings: 1 known already\ncontacts: 1 known already\n"
            "suspensions: 1 known already\nabsences: 1 known already\n"
            "acknowledgements: 1 known already\n");
}

TEST_F(ExportCommand, WhatPeopleReportedIsExportedToo) {
  const std::pair<const char*, std::string> rows[] = {
      {"contacts", "client_code,on,by,note\nC-1,2026-05-12,職員丙,\"\"\"電話\"\", 5分\"\n"},
      {"suspensions", "client_code,from,until,reason,by\nC-1,2026-07-13,2026-07-20,入院,\n"},
      {"absences", "staff_code,from,until,delegate\nCM-1,2026-06-10,,SV-1\n"},
      {"acknowledgements", "obligation,staff_code,made_on,visit_on\n" + std::string(kKey) +
                               ",CM-1,2026-06-01,2026-06-20\n"},
  };
  for (const auto& [kind, text] : rows) EXPECT_EQ(out("export", {{"kind", kind}}), kMark + text);
  EXPECT_TRUE(store->void_record(RecordKind::contact, 1, "誤り", act()));
  EXPECT_EQ(out("export", {{"kind", "contacts"}}), kMark + "client_code,on,by,note\n")
      << "a void one is none";
}

TEST_F(ExportCommand, ATemplateBeginsWithTheMarkOfUtf8) {
  const std::string text = out("template", {{"kind", "clients"}});
  EXPECT_EQ(text.substr(0, 3), "\xEF\xBB\xBF");
  EXPECT_THAT(text, HasSubstr("利用者コード,利用者名,受給者証番号,"));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2);
  EXPECT_EQ(run("template", {{"kind", "cats"}}).exit, Exit::usage);
}

TEST_F(ExportCommand, AClientWithoutAPeriodHasNoRowAndIsNamed) {
  ImportChanges changes;
  ClientRecord lone;
  lone.code = "C-0";
  lone.office = "OF-1";
  changes.clients = {lone};
  store->apply_import(changes, {}, act());
  const Response response = run("export", {{"kind", "clients"}});
  EXPECT_EQ(response.err, "clients without a decision period have no row (1): C-0\n");
  EXPECT_THAT(response.out, Not(HasSubstr("C-0")));
}

}  // namespace
}  // namespace omamori
