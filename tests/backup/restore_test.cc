// What lies in the way of a restore: other kinds of files, logs of others, restores before.
#include "daemon/backup/restore.h"

#include <sys/stat.h>

#include <atomic>
#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "db/sqlite/database.h"
#include "tests/support/app_fixture.h"

namespace omamori {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

namespace fs = std::filesystem;

class RestoreTest : public AppTest {
 protected:
  RestoreTest() {
    EXPECT_EQ(import(small_office()), "");
    store->backup(copy());
    store->journal(act(), "later", "", "", "{}");
    service.reset();
    store.reset();
  }
  fs::path copy() const { return directory / "copy.db"; }
  fs::path database() const { return directory / "omamori.db"; }
  Restoration restored() { return restore({copy(), database(), "tester", clock.now()}); }
  std::vector<fs::path> kept() const {
    std::vector<fs::path> files;
    for (const auto& file : fs::directory_iterator(database().parent_path())) {
      if (file.path().string().find(".replaced-") != std::string::npos) files.push_back(file);
    }
    return files;
  }
  // Of what is there now: how many rows of that kind.
  std::int64_t rows(const fs::path& file, const std::string& kind) const {
    Database there(file, Database::ToLookAt{});
    return there.integer("SELECT count(*) FROM journal WHERE kind = '" + kind + "'");
  }
};

TEST_F(RestoreTest, TwoInOneSecondKeepBothOfWhatWasThere) {
  ASSERT_EQ(restored().refused, "");
  ASSERT_EQ(restored().refused, "");
  ASSERT_THAT(kept(), SizeIs(2));
  EXPECT_EQ(rows(kept()[0], "later") + rows(kept()[1], "later"), 1) << "the first is not lost";
  ASSERT_EQ(restored().refused, "");
  EXPECT_THAT(kept(), SizeIs(3));
}

TEST_F(RestoreTest, AJournalThatAKillLeftNeverMeetsTheRestoredFile) {
  std::ofstream(database().string() + "-journal") << "of the one that was";
  ASSERT_EQ(restored().refused, "");
  EXPECT_FALSE(fs::exists(database().string() + "-journal"));
  EXPECT_THAT(kept(), SizeIs(2)) << "it is kept with its file";
}

TEST_F(RestoreTest, WhatIsNoFileIsRefusedAndNotWaitedFor) {
  fs::remove(copy());
  ASSERT_EQ(::mkfifo(copy().c_str(), 0600), 0);
  EXPECT_THAT(restored().refused, HasSubstr("it is no file. Nothing was changed"));
  fs::remove(copy());
  fs::create_directory(copy());
  EXPECT_THAT(restored().refused, HasSubstr("it is no file. Nothing was changed"));
  EXPECT_EQ(rows(database(), "later"), 1);
}

TEST_F(RestoreTest, ANewerSchemaAndTheFileOfAnotherProgramAreRefused) {
  const int newest = static_cast<int>(Database(copy(), false).integer("PRAGMA user_version"));
  Database(copy(), false).exec("PRAGMA user_version = " + std::to_string(newest + 1));
  EXPECT_THAT(restored().refused, HasSubstr("Nothing was changed"));
  Database(copy(), false).exec("PRAGMA user_version = " + std::to_string(newest));
  EXPECT_EQ(restore({copy(), database(), "tester", clock.now(), true}).refused, "");
  Database(copy(), false).exec("PRAGMA application_id = 7");
  EXPECT_THAT(restored().refused, HasSubstr("Nothing was changed"));
  EXPECT_THAT(kept(), SizeIs(0));
  EXPECT_EQ(rows(database(), "later"), 1);
}

TEST_F(RestoreTest, ACopyThatCannotBeReadIsNotSaidToBeDamaged) {
  const std::atomic<bool> stop{false};
  EXPECT_FALSE(check_copy(copy(), stop).unread);
  EXPECT_TRUE(check_copy(directory / "nonesuch.db", stop).unread);
  std::fstream file(copy(), std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(4 * 4096);
  file << std::string(4096, 'x');
  file.close();
  EXPECT_NE(check_copy(copy(), stop).wrong, "");
  EXPECT_FALSE(check_copy(copy(), stop).unread);
}

}  // namespace
}  // namespace omamori
