// Every file of tests/stories is one test: what happens in it is played on the real store and
// loops, and what was told is compared with what the file says, whole.
#include "tests/stories/timeline.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "tests/support/places.h"

namespace omamori {
namespace {

namespace fs = std::filesystem;

std::string read_text(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

class TimelineFile : public testing::Test {
 public:
  explicit TimelineFile(fs::path path) : path_(std::move(path)) {}
  void TestBody() override {
    try {
      const Timeline timeline = read_timeline(read_text(path_));
      const std::string differs = difference(timeline, play(timeline));
      if (!differs.empty()) ADD_FAILURE() << path_.string() << "\n" << differs;
    } catch (const std::exception& error) {
      ADD_FAILURE() << path_.string() << ": " << error.what();
    }
  }

 private:
  fs::path path_;
};

// Registered by the name of the file, so that each can be run alone; a "-" would mean "not" there.
std::string test_name(const fs::path& path) {
  std::string name = path.stem().string();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

const bool registered = [] {
  for (const auto& entry : fs::directory_iterator(source_path("tests/stories"))) {
    const fs::path& path = entry.path();
    if (path.extension() != ".txt") continue;
    testing::RegisterTest("Timelines", test_name(path).c_str(), nullptr, nullptr, path.c_str(), 1,
                          [path]() -> testing::Test* { return new TimelineFile(path); });
  }
  return true;
}();

// The comparison itself must be able to fail.
const char* const kShort =
    "# One visit that is forgotten\n"
    "usual office\n"
    "client C-1 of CM-1, 2026-04-01..2027-03-31\n"
    "begin 2026-04-01 Wed 09:00\n"
    "2026-06-01 Mon 08:30  -> CM-1: C-1 monitoring 2026-06 upcoming\n";

TEST(TimelineText, WhatIsExpectedAndDoesNotComeIsShown) {
  const Timeline timeline = read_timeline(
      std::string(kShort) + "2026-06-02 Tue 08:30  -> SV-1: C-1 monitoring 2026-06 upcoming\n" +
      "2026-06-03 Wed 08:30  end\n");
  const std::string shown = difference(timeline, play(timeline));
  EXPECT_NE(shown.find("\n-2026-06-02 Tue 08:30"), std::string::npos) << shown;
  EXPECT_NE(shown.find("\n 2026-06-01 Mon 08:30"), std::string::npos) << shown;
}

TEST(TimelineText, WhatComesAndIsNotExpectedIsShown) {
  const Timeline timeline = read_timeline(std::string(kShort) + "2026-06-23 Tue 08:30  end\n");
  const std::string shown = difference(timeline, play(timeline));
  EXPECT_NE(shown.find("\n+2026-06-23 Tue 08:30"), std::string::npos) << shown;
}

TEST(TimelineText, MistakesAreNamedByTheirLine) {
  const auto why = [&](const std::string& text) -> std::string {
    try {
      const Timeline timeline = read_timeline(text);
      play(timeline);
      return "";
    } catch (const std::exception& error) {
      return error.what();
    }
  };
  EXPECT_NE(why("begin 2026-04-01 Mon 09:00\n").find("line 1: 2026-04-01 is a Wed"),
            std::string::npos);
  EXPECT_NE(why(std::string(kShort) + "2026-06-02 Tue 09:00  C-1 sneezes\n"
                                      "2026-06-03 Wed 09:00  end\n")
                .find("line 6: nothing of that form can happen"),
            std::string::npos);
  EXPECT_NE(why(kShort).find("end"), std::string::npos);
}

}  // namespace
}  // namespace omamori
