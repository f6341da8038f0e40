// A database that an earlier program made is taken over as it is: it plans and explains the same,
// and at the next slot the same people are told the same, under the ids that were fixed before.
//
// tests/data/schema-2.sql is such a database, dumped: four clients of the demonstration's city,
// three messages sent, and held back ([delivery] hold) two digests and both messages about a
// concern. What that program said of it stands beside it, in schema-2.*.txt.
#include <algorithm>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "db/sqlite/database.h"
#include "tests/support/programs.h"

namespace omamori {
namespace {

using testing::HasSubstr;

const char* const kBeforeSlot = "2026-12-02T08:29";
const char* const kSlot = "2026-12-02T08:30";

std::string data(const std::string& name) {
  return read_file(source_path("tests/data/schema-2." + name));
}

class EarlierDatabase : public testing::Test {
 protected:
  EarlierDatabase() {
    place_.write("policy.toml", "weekly_on = \"never\"\n");
    place_.write("omamori.toml",
                 "[database]\npath = \"omamori.db\"\n"
                 "[policy]\npath = \"policy.toml\"\n"
                 "[file]\ndirectory = \"outbox\"\n");
    std::filesystem::create_directory(place_.path("outbox"));
    Database(place_.path("omamori.db"), true).exec(data("sql"));
  }

  std::string answer(const std::string& at, const std::vector<std::string>& words) {
    place_.clock = at;
    const Ran ran = place_.ctl(words);
    EXPECT_EQ(ran.exit, 0) << ran;
    return ran.out;
  }
  Ran once(const std::string& at) {
    place_.clock = at;
    return place_.daemon({"--once"});
  }

  std::vector<std::filesystem::path> messages() const {
    std::vector<std::filesystem::path> files;
    for (const auto& file : std::filesystem::directory_iterator(place_.path("outbox"))) {
      files.push_back(file.path());
    }
    std::sort(files.begin(), files.end());
    return files;
  }

  // The messages as their readers see them, by person in the order of their ids.
  std::string delivered() const {
    std::string all;
    for (const auto& file : messages()) {
      const ReadMail mail = read_mail(file);
      all += "==== " + file.filename().string() + "\n";
      for (const char* name : {"message-id", "date", "from", "to", "subject"}) {
        all += std::string(name) + ": " + mail.headers.at(name) + "\n";
      }
      all += "\n" + mail.text();
    }
    return all;
  }

  Place place_;
};

TEST_F(EarlierDatabase, PlansTheSame) {
  EXPECT_EQ(answer(kBeforeSlot, {"plan"}), data("plan.ja.txt"));
}

TEST_F(EarlierDatabase, ExplainsTheSameInBothLanguages) {
  EXPECT_EQ(answer(kBeforeSlot, {"explain", "C-04", "--language", "en"}),
            data("explain-C-04.en.txt"));
  EXPECT_EQ(answer(kBeforeSlot, {"explain", "C-05"}), data("explain-C-05.ja.txt"));
}

TEST_F(EarlierDatabase, TellsTheSameAtTheNextSlotUnderTheIdsFixedBefore) {
  const Ran ran = once(kSlot);
  EXPECT_EQ(ran.exit, 0) << ran;
  EXPECT_EQ(delivered(), data("delivered.txt"));
}

TEST_F(EarlierDatabase, TellsNobodyAgainWhatWasToldBefore) {
  ASSERT_EQ(once(kSlot).exit, 0);
  const auto told = messages();
  EXPECT_THAT(once("2026-12-02T08:31").out, HasSubstr("Nothing was sent"));
  EXPECT_EQ(messages(), told);
  EXPECT_THAT(answer("2026-12-02T08:32", {"log", "--verify"}), HasSubstr("ok 47:"));
}

}  // namespace
}  // namespace omamori
