// A supervisor edits policy.toml under the running daemon, and while none runs.
#include <regex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/control_client.h"
#include "tests/programs.h"

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
  ChildProcess daemon(place.command("omamorid", {"--fast"}));
  place.clock.clear();
  ASSERT_TRUE(becomes_true([&] { return daemon_listens(place.path("control.sock")); }));
  // As editors do: a new file in the place of the old one.
  place.write("policy.toml.new", with_standard(2));
  std::filesystem::rename(place.path("policy.toml.new"), place.path("policy.toml"));
  EXPECT_TRUE(becomes_true([&] { return troubles().find("policy waits") != std::string::npos; }));
  const Ran asked = place.ctl({"reload"});
  EXPECT_EQ(asked.exit, 4) << asked;
  EXPECT_THAT(asked.err, AllOf(HasSubstr("standard_interval_months: 3 -> 2"),
                               HasSubstr("omamorictl reload --yes")));
  EXPECT_THAT(place.ctl({"status"}).out, HasSubstr("policy waits"));
  const Ran agreed = place.ctl({"reload", "--yes"});
  EXPECT_EQ(agreed.exit, 0) << agreed;
  EXPECT_THAT(agreed.out, HasSubstr("policy: standard_interval_months: 3 -> 2"));
  EXPECT_THAT(troubles(), Not(HasSubstr("policy")));
  daemon.ask_to_stop();
  EXPECT_EQ(daemon.wait(), 0);
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
