// What an import says of the city as a whole: who is not in the file, and whom a spreadsheet may
// have made two of.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/small_city.h"

namespace omamori {
namespace {

const std::string kCertificateHead =
    "client_code,certificate_no,office_code,plan_kind,decision_start,decision_end\n";
const std::string kYear2026 = ",OF-1,regular,2026-04-01,2027-03-31\n";

TEST(ImporterOfAWholeCity, CodesThatDifferByZerosInFrontAreNamedAndAskedAbout) {
  SmallCity city;
  const std::string warning =
      " differ by zeros in front only; if the spreadsheet has cut them, format the column as text "
      "(文字列) there and type them again\n";
  const auto warnings = [&](const Files& files) {
    std::string out;
    const ImportResult result = city.merge(files);
    for (const auto& found : result.warnings) out += to_string(found) + "\n";
    for (const std::string& doubt : result.doubts) out += doubt + "\n";
    city.registry.apply(result.changes);
    return out;
  };
  const std::string asked = " from another by zeros in front only\n";
  EXPECT_EQ(warnings({{CsvKind::clients, kCertificateHead + "0011," + kYear2026}}), "");
  EXPECT_EQ(
      warnings({{CsvKind::clients, kCertificateHead + "11," + kYear2026 + "12," + kYear2026}}),
      "clients.csv:2: client_code: 11 and 0011" + warning + "add 1 code that differs" + asked);
  EXPECT_EQ(warnings({{CsvKind::clients, kCertificateHead + "11," + kYear2026}}),
            "clients.csv:2: client_code: 11 and 0011" + warning)
      << "known by now: said, and not asked again";
  EXPECT_EQ(warnings({{CsvKind::offices, "office_code,name\n0,a\n00,b\n"},
                      {CsvKind::staff,
                       "staff_code,name,role,email\n"
                       "07,a,case_manager,a@example.com\n"
                       "7,b,case_manager,b@example.com\n"},
                      {CsvKind::safety_checks, kCheckHead + "S-01,C-1,2026-04-01,30,7,,\n"
                                                            "1,C-1,2026-04-01,30,7,,\n"
                                                            "01,C-1,2026-04-01,30,7,,\n"}}),
            "offices.csv:3: office_code: 00 and 0" + warning + "staff.csv:3: staff_code: 7 and 07" +
                warning + "safety_checks.csv:4: check_code: 01 and 1" + warning +
                "add 3 codes that differ" + asked)
      << "S-01 is no number";
}

TEST(ImporterOfAWholeCity, AReferenceThatMayHaveLostItsZerosNamesTheCodeThereIs) {
  SmallCity city;
  city.import({{CsvKind::clients, kCertificateHead + "0011," + kYear2026}});
  EXPECT_EQ(
      city.import({{CsvKind::monitorings, "client_code,on\n11,2026-11-20\n12,2026-11-20\n"}}),
      "monitorings.csv:2: client_code: no client 11, but 0011; if the spreadsheet has cut the "
      "zeros, format the column as text (文字列) there and type them again\n"
      "monitorings.csv:3: client_code: no client 12; import it in clients.csv\n");
}

TEST(ImporterOfAWholeCity, OneCertificateNumberForTwoLiveClientsIsNamed) {
  SmallCity city;
  const auto warnings = [&](const std::string& rows) {
    std::string out;
    const ImportResult result = city.merge({{CsvKind::clients, kCertificateHead + rows}});
    for (const auto& found : result.warnings) out += to_string(found) + "\n";
    city.registry.apply(result.changes);
    return out;
  };
  const std::string number = "0123456789";
  EXPECT_EQ(warnings("C-2," + number + kYear2026 + "C-3," + number + kYear2026),
            "clients.csv:3: certificate_no: C-3 has the number of C-2; a certificate is one "
            "person's\n");
  EXPECT_EQ(warnings("C-3,1123456789" + kYear2026), "") << "mended";
  EXPECT_EQ(warnings("C-4," + number + kYear2026),
            "clients.csv:2: certificate_no: C-4 has the number of C-2; a certificate is one "
            "person's\n")
      << "C-2 is not in the file";
  city.registry.end_service("C-2", *parse_day("2026-11-23"));
  EXPECT_EQ(warnings("C-4," + number + kYear2026), "") << "the service of C-2 has ended";
  city.registry.end_service("C-2", *parse_day("2026-11-24"));
  EXPECT_NE(warnings("C-4," + number + kYear2026), "") << "until tonight it goes on";
}

TEST(ImporterOfAWholeCity, KnownClientsWhoAreNotInTheFileAreCounted) {
  SmallCity city;
  const auto summary = [&](const Files& files) {
    std::string out = city.import(files);
    const auto at = out.find("known client");
    return at == std::string::npos ? "" : out.substr(at - 2, out.find('\n', at) - at + 2);
  };
  std::string rows;
  for (int i = 2; i <= 12; ++i) rows += "C-" + std::to_string(i) + "," + kYear2026;
  EXPECT_EQ(summary({{CsvKind::clients, kCertificateHead + rows}}),
            "1 known client is not in clients.csv and stays as it is: C-1");
  EXPECT_EQ(summary({{CsvKind::clients, kCertificateHead + rows + "C-1," + kYear2026}}), "");
  EXPECT_EQ(
      summary({{CsvKind::clients, kCertificateHead + "C-1," + kYear2026}}),
      "1 known clients are not in clients.csv and stay as they are: C-10 C-11 C-12 C-2 C-3 C-4 "
      "C-5 C-6 C-7 C-8 …")
      << "11 of them";
  city.registry.end_service("C-2", *parse_day("2026-11-23"));
  EXPECT_THAT(city.merge({{CsvKind::clients, kCertificateHead}}).clients_not_in_file,
              testing::Not(testing::Contains("C-2")));
  EXPECT_EQ(summary({{CsvKind::offices, kOffices}}), "") << "no file of clients, nobody is missing";
}

}  // namespace
}  // namespace omamori
