// A supervisor edits policy.toml under the running daemon, and while none runs.
#include <regex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/daemon_process.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kNow = "2026-09-18T12:00:00+09:00";

class PolicyWatch : public testing::Test {
 protected:
  PolicyWatch() {
    place.clock = kNow;
    place.demo("2026-09-18");
    EXPECT_EQ(place.ctl({"import", place.path("csv").string()}).exit, 0);
    good = place.read("policy.toml");
  }
  std::string with_standard(int months) const {
    return "standard_interval_months = " + std::to_string(months) + "\n" +
           std::regex_replace(good, std::regex("standard_interval_months[^\n]*\n"), "");
  }
  std::string troubles() { return place.ctl({"trouble", "list"}).out; }

  Place place;
  std::string good;
};

TEST_F(PolicyWatch, AnEditThatAltersManyPlansWaitsForYes) {
  DaemonProcess daemon(place, {"--fast"});
  // As editors do: a new file in the place of the old one.
  place.write("policy.toml.new", with_standard(2));
  std::filesystem::rename(place.path("policy.toml.new"), place.path("policy.toml"));
  ask_until([&] { return troubles().find("policy waits") != std::string::npos; });
  const Ran asked = place.ctl({"reload", "--language", "en"});
  EXPECT_EQ(asked.exit, 4) << asked;
  EXPECT_THAT(asked.err, AllOf(HasSubstr("standard_interval_months: 3 -> 2"),
                               HasSubstr("omamorictl reload --yes")));
  EXPECT_THAT(place.ctl({"status"}).out, HasSubstr("policy waits"));
  EXPECT_THAT(place.ctl({"reload"}).err,
              HasSubstr("標準の間隔（standard_interval_months）: 3か月 → 2か月"));
  const Ran agreed = place.ctl({"reload", "--yes", "--language", "en"});
  EXPECT_EQ(agreed.exit, 0) << agreed;
  EXPECT_THAT(agreed.out, HasSubstr("policy: standard_interval_months: 3 -> 2"));
  EXPECT_THAT(troubles(), Not(HasSubstr("policy")));
  daemon.ask_to_stop();
  EXPECT_EQ(daemon.wait(), 0);
}

// Any other command takes an edit over when it opens the database.
TEST_F(PolicyWatch, LookingAtAPolicyDoesNotTakeItIntoUse) {
  const auto accepted = [&] { return place.ctl({"log", "--kind", "policy", "--json"}).out; };
  const std::string before = accepted();
  place.write("policy.toml", "send_at = \"09:15\"\n" +
                                 std::regex_replace(good, std::regex("send_at[^\n]*\n"), ""));
  const std::string file = place.path("policy.toml").string();
  for (const auto& words : {std::vector<std::string>{"diff", file},
                            std::vector<std::string>{"preview", "--until", "2026-10-01"}}) {
    const Ran looked = place.ctl(words);
    EXPECT_EQ(looked.exit, 0) << looked;
    EXPECT_THAT(looked.err, HasSubstr("policy.toml is not the policy in force; omamorictl reload "
                                      "takes it over"));
    EXPECT_THAT(place.ctl({"preview", "--until", "2026-10-01"}).out,
                AllOf(HasSubstr("08:30"), Not(HasSubstr("09:15"))));
  }
  EXPECT_THAT(place.ctl({"diff", file}).out, HasSubstr("（send_at）: 08:30 → 09:15"));
  EXPECT_NE(accepted(), before) << "log took it over";
  EXPECT_THAT(place.ctl({"preview", "--until", "2026-10-01"}).out, HasSubstr("09:15"));
}

TEST_F(PolicyWatch, CheckCallsTheKeptPolicyByItsName) {
  const std::string nobody =
      "\n[[override]]\nclient = \"C-NOBODY\"\ninterval_months = 1\nfrom = 2026-10-01\n";
  place.write("policy.toml", good + nobody);
  EXPECT_THAT(place.ctl({"check"}).out, HasSubstr("warning: policy.toml: override C-NOBODY"));
  place.write("policy.toml", "intervall = 1\n");
  const Ran kept = place.ctl({"check"});
  EXPECT_EQ(kept.exit, 1);
  EXPECT_THAT(kept.out, HasSubstr("policy.toml:1:1: unknown key"));
  EXPECT_THAT(kept.out, HasSubstr("warning: kept policy (version 2): override C-NOBODY"));
  EXPECT_THAT(kept.out, Not(HasSubstr("warning: policy.toml: ")));
  EXPECT_THAT(kept.out, Not(HasSubstr("effect: policy.toml: ")));
}

TEST_F(PolicyWatch, ARestartIsNoWayAroundIt) {
  place.write("policy.toml", with_standard(2));
  for (int start = 0; start < 2; ++start) {
    const Ran once = place.daemon({"--once"});
    EXPECT_THAT(once.err, AllOf(HasSubstr("standard_interval_months: 3 -> 2"),
                                HasSubstr("the policy kept in the database is used instead")));
  }
  EXPECT_EQ(place.ctl({"reload"}).exit, 4);
  EXPECT_EQ(place.ctl({"reload", "--yes"}).exit, 0);
  EXPECT_EQ(place.ctl({"reload"}).exit, 1) << "nothing waits, and no daemon runs";
  EXPECT_THAT(place.daemon({"--once"}).err, Not(HasSubstr("standard_interval_months")));
}

TEST_F(PolicyWatch, AnEmptiedFileAtAStartMeansTheKeptPolicy) {
  place.write("policy.toml", "");
  const Ran ran = place.ctl({"plan"});
  EXPECT_EQ(ran.exit, 0);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("is empty: write at least one line"),
                             HasSubstr("the policy kept in the database is used instead")));
  EXPECT_THAT(place.ctl({"status"}).out, HasSubstr("trouble: policy"));
}

TEST_F(PolicyWatch, DiffOfAFileThatIsNoPolicyIsRefusedBeforeItTravels) {
  place.write("big.toml", std::string(10 << 20, '#'));
  for (const char* name : {"big.toml", "absent.toml", "csv"}) {
    const Ran ran = place.ctl({"diff", place.path(name).string()});
    EXPECT_EQ(ran.exit, 1) << ran;
    EXPECT_THAT(ran.err, HasSubstr(name)) << ran;
  }
  place.write("new.toml", with_standard(2));
  const Ran good_one = place.ctl({"diff", place.path("new.toml").string(), "--language", "en"});
  EXPECT_EQ(good_one.exit, 0) << good_one;
  EXPECT_THAT(good_one.out, HasSubstr("standard_interval_months: 3 -> 2"));
  EXPECT_EQ(place.read("policy.toml"), good);
}

}  // namespace
}  // namespace omamori
