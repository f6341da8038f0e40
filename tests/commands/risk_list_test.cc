// list risk: the week in one view, over a small office.
#include <boost/json.hpp>

#include "tests/support/app_fixture.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using Options = std::map<std::string, std::string>;

// C-1 of CM-1 has a check that provider PR-1 confirms, last on 1 June: good until 15 July. C-2 of
// CM-2 was not seen in June, C-3 of OF-2 has nobody. It is 9 July.
class RiskList : public AppTest {
 protected:
  RiskList() : AppTest("2026-05-10T09:00:00+09:00") {
    CsvFiles files = small_office();
    files[CsvKind::offices] += "OF-2,見本相談二,\n";
    files[CsvKind::staff] +=
        "CM-2,見本 三郎,case_manager,OF-1,saburo@example.com,email\n"
        "PR-1,見本 地活,provider,,chikatsu@example.com,email\n";
    for (const char* row : {"C-2,,,OF-1,CM-2", "C-3,,,OF-2,"}) {
      files[CsvKind::clients] += std::string(row) + ",standby_short_stay,2026-04-01,2027-03-31\n";
    }
    EXPECT_EQ(import(files), "");
    at("2026-06-01T12:00:00+09:00");
    EXPECT_EQ(store->record_check_in(seen("S-1", clock.now(), Outcome::ok, "", ""), act()).refused,
              "");
    at("2026-07-09T12:00:00+09:00");
  }

  // "CM-2 C-2 streak, …"
  std::string rows(Options options = {}) {
    options["kind"] = "risk";
    options["json"] = "";
    std::string found;
    const auto answer = boost::json::parse(out("list", std::move(options)));
    for (const auto& row : answer.at("rows").as_array()) {
      const auto& acts = row.at("acts");
      found += (found.empty() ? "" : ", ") +
               (acts.is_null() ? "operator" : std::string(acts.as_string())) + " " +
               std::string(row.at("client").as_string()) + " " +
               std::string(row.at("kind").as_string());
    }
    return found;
  }
};

TEST_F(RiskList, StandsInTheOrderOfWhoMustAct) {
  EXPECT_EQ(rows(),
            "CM-2 C-2 streak, operator C-3 streak, operator C-3 unassigned, "
            "PR-1 C-1 near_lapse");
  EXPECT_EQ(rows({{"at", "2026-07-07"}}),
            "CM-2 C-2 streak, operator C-3 streak, operator C-3 unassigned")
      << "eight days before the check would lapse";
}

TEST_F(RiskList, IsNarrowedToAnOfficeAClientOrAPerson) {
  EXPECT_EQ(rows({{"office", "OF-1"}}), "CM-2 C-2 streak, PR-1 C-1 near_lapse");
  EXPECT_EQ(rows({{"client", "C-3"}}), "operator C-3 streak, operator C-3 unassigned");
  EXPECT_EQ(rows({{"staff", "PR-1"}}), "PR-1 C-1 near_lapse") << "who must act";
  EXPECT_EQ(rows({{"staff", "CM-1"}}), "PR-1 C-1 near_lapse") << "whose client it is";
}

TEST_F(RiskList, IsATableForPeopleAndASpreadsheet) {
  EXPECT_THAT(out("list", {{"kind", "risk"}, {"language", "en"}}),
              AllOf(HasSubstr("2026-07-09 to 2026-07-16: somebody must act: 4\n"),
                    HasSubstr("safety check near its lapse"), HasSubstr("operator")));
  EXPECT_THAT(out("list", {{"kind", "risk"}, {"csv", "yes"}, {"staff", "CM-2"}}),
              HasSubstr("対応する人,事業所,担当,利用者,内容,月,安否確認,発生日,期限,遅れ日数,"
                        "休止中,名\nCM-2,OF-1,CM-2,C-2,モニタリング未実施,2026-06,,2026-07-01,"
                        "2026-06-30,9,,C-2/streak/2026-06\n"));
  store->end_service("C-2", day("2026-07-08"), act());
  store->end_service("C-3", day("2026-07-08"), act());
  EXPECT_THAT(out("list", {{"kind", "risk"}, {"at", "2026-07-07"}, {"client", "C-1"}}),
              HasSubstr("対応が必要なものはありません。\n"));
}

}  // namespace
}  // namespace omamori
