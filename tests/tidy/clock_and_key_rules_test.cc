#include <gtest/gtest.h>

#include "tests/tidy/rules.h"

namespace omamori::tidy {
namespace {

std::string clock_faults(const std::string& line,
                         const std::string& path = "daemon/rules/plan.cc") {
  return listed(wall_clock_is_read_once(planted({{path, line + "\n"}})));
}

TEST(WallClock, IsReadInMachineClockOnly) {
  const std::string read = "return std::chrono::system_clock::now();";
  EXPECT_EQ(clock_faults(read, "daemon/runtime/machine_clock.cc"), "");
  EXPECT_EQ(clock_faults(read),
            "daemon/rules/plan.cc:1: reads the wall clock: take an Instant, or a Clock of "
            "daemon/model/clock.h (daemon/runtime/machine_clock.h is the machine's)\n");
}

TEST(WallClock, IsKnownByAllItsNames) {
  EXPECT_NE(clock_faults("auto t = high_resolution_clock::now();"), "");
  EXPECT_NE(clock_faults("auto t = time(nullptr);"), "");
  EXPECT_NE(clock_faults("auto t = std::time(&out);"), "");
  EXPECT_NE(clock_faults("auto t = ::time(&out);"), "");
  EXPECT_NE(clock_faults("gettimeofday(&out, nullptr);"), "");
  EXPECT_NE(clock_faults("clock_gettime(CLOCK_REALTIME, &out);"), "");
}

TEST(WallClock, IsNotEveryClock) {
  EXPECT_EQ(clock_faults("auto t = std::chrono::steady_clock::now();"), "");
  EXPECT_EQ(clock_faults("clock_gettime(CLOCK_BOOTTIME, &out);"), "");
  EXPECT_EQ(clock_faults("Instant t = service.now();  // not system_clock::now()"), "");
  EXPECT_EQ(clock_faults("auto t = message::time(out);"), "");
}

TEST(WallClock, OfTheDatabaseIsNotAsked) {
  EXPECT_NE(clock_faults("run(\"SELECT date('now')\");", "db/store.cc"), "");
  EXPECT_NE(clock_faults("run(\"DEFAULT CURRENT_TIMESTAMP\");", "db/store.cc"), "");
  EXPECT_EQ(clock_faults("run(\"SELECT now FROM clock\");", "db/store.cc"), "");
}

std::string key_faults(const std::string& line, const std::string& path = "daemon/rules/plan.cc") {
  return listed(keys_stay_whole(planted({{path, line + "\n"}})));
}

TEST(Keys, AreTakenApartInObligationOnly) {
  const std::string taken = "const auto client = key.substr(0, slash);";
  EXPECT_EQ(key_faults(taken, "daemon/model/obligation.cc"), "");
  EXPECT_EQ(key_faults(taken),
            "daemon/rules/plan.cc:1: knows how an obligation's key is built: ask "
            "daemon/model/obligation.h for the kind, client or day of it\n");
}

TEST(Keys, AreNotSearched) {
  EXPECT_NE(key_faults("if (item.obligation.starts_with(\"x\")) return;"), "");
  EXPECT_NE(key_faults("if (said.obligation.ends_with(month)) return;"), "");
  EXPECT_NE(key_faults("const auto slash = o.key.rfind('/');"), "");
  EXPECT_NE(key_faults("const auto slash = o.key.find('/');"), "");
}

TEST(Keys, AreNotBuiltOfTheirWords) {
  EXPECT_NE(key_faults("if (text.find(\"trouble/\") != npos) return;"), "");
  EXPECT_NE(key_faults("if (text.find(\"/lapse/\") != npos) return;"), "");
  EXPECT_NE(key_faults("const std::string text = client + \"/concern\";"), "");
}

TEST(Keys, MayBeKeptAndCompared) {
  EXPECT_EQ(key_faults("if (a.key == b.key) by_key[a.key].push_back(word(\"trouble\"));"), "");
  EXPECT_EQ(key_faults("const auto known = told.find(o.key);"), "");
  EXPECT_EQ(key_faults("const auto part = row_key.substr(2);  // not key.substr(2)"), "");
}

TEST(Keys, AreShownWholeInTests) {
  EXPECT_EQ(key_faults("EXPECT_TRUE(key.starts_with(\"weekly/\"));", "tests/rules/plan_test.cc"),
            "");
}

}  // namespace
}  // namespace omamori::tidy
