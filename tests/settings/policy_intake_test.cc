// policy.toml on its way into force: taken, refused, or waiting for somebody's yes.
#include "daemon/settings/policy_intake.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/commands/reload.h"
#include "daemon/runtime/run_once.h"
#include "daemon/settings/reload.h"
#include "tests/support/app_fixture.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

std::string code(int n) { return "C-" + std::to_string(1000 + n); }

std::vector<std::string> english(const std::vector<Said>& said) {
  return texts_in(Language::en, said);
}

class PolicyIntakeTest : public AppTest {
 protected:
  PolicyIntakeTest() {
    write("language = \"en\"\n");
    Config config;
    config.policy = directory / "policy.toml";
    use({}, config);
    EXPECT_TRUE(take_policy(*service, "tester", Consent::none).policy_taken);
  }
  void write(const std::string& text) { std::ofstream(directory / "policy.toml") << text; }
  // So many clients, three months each.
  void clients(int count) {
    CsvFiles files = small_office();
    files.erase(CsvKind::safety_checks);
    std::string& rows = files[CsvKind::clients];
    rows = "client_code,office_code,case_manager,plan_kind,decision_start,decision_end\n";
    for (int i = 0; i < count; ++i) {
      rows += code(i) + ",OF-1,CM-1,standby_short_stay,2026-04-01,2027-03-31\n";
    }
    ASSERT_EQ(import(files), "");
  }
  // A file that gives so many of them an interval of one month.
  static std::string monthly_for(int count) {
    std::string text = "language = \"en\"\n";
    for (int i = 0; i < count; ++i) {
      text +=
          "[[override]]\nclient = \"" + code(i) + "\"\ninterval_months = 1\nfrom = 2026-05-01\n";
    }
    return text;
  }
  Reloaded take(Consent consent = Consent::none) {
    return take_policy(*service, "tester", consent);
  }
  std::vector<std::string> troubles() {
    std::vector<std::string> found;
    for (const StoredTrouble& trouble : store->troubles()) found.push_back(trouble.subject);
    return found;
  }
  std::size_t journalled(const std::string& kind) {
    std::size_t rows = 0;
    JournalFilter filter;
    filter.kind = kind;
    store->journal().read(filter, [&](const JournalRow&) { ++rows; });
    return rows;
  }
};

TEST(NeedsYes, MoreThanAFifthAndMoreThanTen) {
  const struct {
    std::size_t altered, clients;
    bool yes;
  } rows[] = {{0, 0, false},    {10, 10, false}, {11, 11, true},         {11, 54, true},
              {11, 55, false},  {11, 56, false}, {12, 55, true},         {10, 49, false},
              {20, 100, false}, {21, 100, true}, {20000, 100000, false}, {20001, 100000, true}};
  for (const auto& row : rows) {
    EXPECT_EQ(needs_yes({row.altered, row.clients}), row.yes) << row.altered << "/" << row.clients;
  }
}

TEST_F(PolicyIntakeTest, ExactlyAFifthIsTakenOneMoreWaits) {
  clients(55);
  write(monthly_for(11));
  const Reloaded taken = take();
  EXPECT_TRUE(taken.policy_taken);
  EXPECT_EQ(taken.waits, std::nullopt);
  EXPECT_THAT(english(taken.notes), Contains("policy.toml alters the plans of 11 of 55 clients"));
  write(monthly_for(23));
  const Reloaded waits = take();
  EXPECT_FALSE(waits.policy_taken);
  EXPECT_EQ(waits.waits, (PlansAltered{12, 55}));
  EXPECT_THAT(service->policy().terms.overrides, SizeIs(11)) << "the one in force goes on";
}

TEST_F(PolicyIntakeTest, TenClientsAreTakenElevenWait) {
  clients(11);
  write(monthly_for(10));
  EXPECT_TRUE(take().policy_taken);
  write("language = \"en\"\ninitial_months = 3\n");
  EXPECT_TRUE(take().policy_taken);
  write(monthly_for(11));
  EXPECT_EQ(take().waits, (PlansAltered{11, 11}));
}

TEST_F(PolicyIntakeTest, WhileItWaitsEverybodyConcernedIsToldAndYesEndsIt) {
  clients(20);
  write(monthly_for(20));
  const Reloaded waits = take();
  EXPECT_EQ(answer_of(waits, false, Language::en).exit, Exit::needs_yes);
  EXPECT_THAT(answer_of(waits, false, Language::en).err,
              AllOf(HasSubstr("policy.toml: alters the plans of 20 of 20 clients\n"),
                    HasSubstr("override C-1000 from 2026-05-01: added (1 month without end)"),
                    HasSubstr("omamorictl reload --yes")));
  EXPECT_THAT(troubles(), ElementsAre("policy waits"));
  EXPECT_TRUE(store->troubles().front().supervisors);
  EXPECT_THAT(out("trouble list", {{"language", "en"}}),
              AllOf(HasSubstr("it waits for a yes"), HasSubstr("20 of 20 clients")));
  EXPECT_THAT(
      out("trouble list", {{"language", "ja"}}),
      AllOf(HasSubstr("確認を待っています"), HasSubstr("\n  利用者20人のうち20人の計画が変わる\n"),
            HasSubstr("\n  個別の定め C-1000（2026-05-01 から）: 追加（1か月、終わりなし）\n"),
            Not(HasSubstr("override"))));
  EXPECT_THAT(answer_of(waits, false, Language::ja).err,
              AllOf(HasSubstr("policy.toml: 利用者20人のうち20人の計画が変わる\n"),
                    HasSubstr("これまでの方針のままです。"), Not(HasSubstr("override"))));
  EXPECT_THAT(run("status").out, HasSubstr("policy waits"));
  EXPECT_EQ(journalled("policy.waits"), 1U);
  take();
  EXPECT_EQ(journalled("policy.waits"), 1U) << "the same file, looked at again";
  EXPECT_TRUE(take(Consent::given).policy_taken);
  EXPECT_THAT(service->policy().terms.overrides, SizeIs(20));
  EXPECT_THAT(troubles(), IsEmpty());
  EXPECT_EQ(take(), Reloaded{}) << "nothing is left to do";
}

TEST_F(PolicyIntakeTest, WhatWaitsIsForgottenWhenTheFileIsPutBack) {
  clients(20);
  write(monthly_for(20));
  take();
  write("language = \"en\"\n");
  EXPECT_EQ(english(take().errors), std::vector<std::string>{});
  EXPECT_THAT(troubles(), IsEmpty());
  write(monthly_for(20));
  EXPECT_TRUE(take(Consent::at_start).waits) << "it is another edit";
  EXPECT_EQ(journalled("policy.waits"), 2U);
}

TEST_F(PolicyIntakeTest, AWaitingFileThatBreaksIsABadFile) {
  clients(20);
  write(monthly_for(20));
  take();
  write("send_at = 3\n");
  EXPECT_THAT(english(take().errors), Contains(HasSubstr("policy.toml:1:11: ")));
  EXPECT_THAT(troubles(), ElementsAre("policy"));
}

TEST_F(PolicyIntakeTest, AtAStartItIsTheSameAndNotCountedTwice) {
  clients(20);
  write(monthly_for(20));
  EXPECT_EQ(take(Consent::at_start).waits, (PlansAltered{20, 20}));
  clients(40);
  EXPECT_EQ(take(Consent::at_start).waits, (PlansAltered{20, 20})) << "as it was found";
  EXPECT_EQ(take().waits, (PlansAltered{20, 40})) << "asked again";
}

// A change of words is no change of plans, however many hear it.
TEST_F(PolicyIntakeTest, WordsAndTimesNeverWait) {
  clients(40);
  write("language = \"en\"\ncontact = \"0120\"\nsend_at = \"09:00\"\nclosed_days = [2026-04-30]\n");
  EXPECT_TRUE(take().policy_taken);
  write(
      "language = \"en\"\n# a comment\ncontact = \"0120\"\nsend_at = \"09:00\"\n"
      "closed_days = [2026-04-30]\n");
  const Reloaded comment = take();
  EXPECT_TRUE(comment.policy_taken);
  EXPECT_THAT(english(comment.notes), IsEmpty());
}

TEST_F(PolicyIntakeTest, WhatIsNoPolicyChangesNothingAndIsToldOnce) {
  const std::string ten_megabytes(10 << 20, '#');
  const struct {
    const char* what;
    std::string text;
    const char* error;
  } rows[] = {
      {"emptied", "", "is empty"},
      {"blanks", " \n\t\r\n", "is empty"},
      {"10 MB", ten_megabytes, "is larger than 1 MiB"},
      {"two overrides that overlap",
       "[[override]]\nclient = \"C-1\"\ninterval_months = 1\nfrom = 2026-05-01\n"
       "[[override]]\nclient = \"C-1\"\ninterval_months = 2\nfrom = 2026-06-01\n",
       "overlap"},
  };
  for (const auto& row : rows) {
    write(row.text);
    for (const Consent consent : {Consent::at_start, Consent::none, Consent::given}) {
      const Reloaded done = take(consent);
      EXPECT_THAT(english(done.errors), Contains(HasSubstr(row.error))) << row.what;
      EXPECT_EQ(answer_of(done, false, Language::en).exit, Exit::refused) << row.what;
    }
    EXPECT_EQ(service->policy().language, Language::en) << row.what;
  }
  std::filesystem::remove(directory / "policy.toml");
  EXPECT_THAT(english(take(Consent::at_start).errors),
              Contains(HasSubstr("there is no such file")));
  EXPECT_EQ(journalled("policy.refused"), 1U) << "one trouble, whatever is wrong meanwhile";
  EXPECT_THAT(troubles(), ElementsAre("policy"));
  write("language = \"en\"\n");
  EXPECT_EQ(english(take().errors), std::vector<std::string>{});
  EXPECT_THAT(troubles(), IsEmpty());
}

TEST_F(PolicyIntakeTest, AnOverrideForNobodyIsTakenWithAWarning) {
  clients(1);
  write(
      "language = \"en\"\n[[override]]\nclient = \"C-0\"\ninterval_months = 1\n"
      "from = 2026-05-01\n");
  const Reloaded done = take();
  EXPECT_TRUE(done.policy_taken);
  EXPECT_THAT(english(done.notes),
              Contains("warning: override C-0 (1, 2026-05-01/): no effect: no such "
                       "code is known"));
}

}  // namespace
}  // namespace omamori
