#include "db/sqlite/sliced_copy.h"

#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/store_fixture.h"

namespace omamori {
namespace {

namespace fs = std::filesystem;

// A database in use, as the daemon has it, of some hundred pages.
class SlicedCopyTest : public testing::Test {
 protected:
  SlicedCopyTest() {
    database.exec(
        "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL;"
        "CREATE TABLE t (a TEXT)");
    for (int i = 0; i < 400; ++i) add();
  }
  void add() { database.exec("INSERT INTO t VALUES (hex(randomblob(1000)))"); }
  std::int64_t rows_of(const fs::path& path) {
    Database read(path, Database::ToLookAt{});
    EXPECT_EQ(read.integrity_problems(false), "");
    return read.integer("SELECT count(*) FROM t");
  }

  TempDirectory directory;
  fs::path to = directory / "copy.db";
  Database database{directory / "in-use.db", true};
};

TEST_F(SlicedCopyTest, WhatIsWrittenBetweenTwoSlicesIsInTheCopy) {
  SlicedCopy copy(database, to);
  int slices = 1;
  for (; !copy.step(10); ++slices) add();
  EXPECT_GT(slices, 20) << "no slice is longer than it was asked to be";
  make_one_file(to);
  EXPECT_EQ(rows_of(to), database.integer("SELECT count(*) FROM t"));
  EXPECT_EQ(rows_of(to), 400 + slices - 1);
}

TEST_F(SlicedCopyTest, TheCopyIsOneFileForItsOwnerOnly) {
  SlicedCopy copy(database, to);
  EXPECT_TRUE(copy.step(kAllPages));
  make_one_file(to);
  EXPECT_EQ(fs::status(to).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  Database opened(to, false);
  EXPECT_EQ(opened.integer("SELECT count(*) FROM t"), 400);
  EXPECT_FALSE(fs::exists(to.string() + "-wal")) << "it says everything by itself";
}

TEST_F(SlicedCopyTest, OneThatIsBrokenOffLeavesNothing) {
  {
    SlicedCopy copy(database, to);
    EXPECT_FALSE(copy.step(10));
    EXPECT_TRUE(fs::exists(to));
  }
  EXPECT_FALSE(fs::exists(to));
  add();
  EXPECT_EQ(database.integer("SELECT count(*) FROM t"), 401) << "the one in use goes on";
}

TEST_F(SlicedCopyTest, OneThatWasLeftByAKillIsReplaced) {
  std::ofstream(to) << "half a copy";
  SlicedCopy copy(database, to);
  EXPECT_TRUE(copy.step(kAllPages));
  EXPECT_EQ(rows_of(to), 400);
}

// ---- a database that is only looked at ----

class LookedAt : public SlicedCopyTest {
 protected:
  // As a machine that was killed leaves it: the last rows are in the log alone.
  void take_file_and_log() {
    fs::copy_file(directory / "in-use.db", to);
    fs::copy_file((directory / "in-use.db-wal"), to.string() + "-wal");
  }
  std::string bytes(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
};

TEST_F(LookedAt, ItsLogCountsAndIsLeftAsItIs) {
  take_file_and_log();
  const std::string file = bytes(to), log = bytes(to.string() + "-wal");
  EXPECT_EQ(rows_of(to), 400);
  EXPECT_EQ(bytes(to), file);
  EXPECT_EQ(bytes(to.string() + "-wal"), log);
}

TEST_F(LookedAt, NothingIsMadeBesideOneWithoutALog) {
  SlicedCopy copy(database, to);
  copy.step(kAllPages);
  fs::permissions(to, fs::perms::owner_read);
  EXPECT_EQ(rows_of(to), 400);
  EXPECT_FALSE(fs::exists(to.string() + "-wal"));
  EXPECT_FALSE(fs::exists(to.string() + "-shm"));
}

TEST_F(LookedAt, ItCannotBeWritten) {
  take_file_and_log();
  Database read(to, Database::ToLookAt{});
  EXPECT_THROW(read.exec("DELETE FROM t"), SqliteError);
}

TEST_F(LookedAt, ANameWithBlanksAndSignsIsFound) {
  const fs::path odd = directory / "a b?c#%25 写し.db";
  SlicedCopy copy(database, odd);
  copy.step(kAllPages);
  EXPECT_EQ(rows_of(odd), 400);
}

TEST_F(LookedAt, TheLookBreaksOffWhenItIsAskedTo) {
  const std::atomic<bool> stop{true};
  Database other(directory / "other.db", true);
  other.break_off_when(stop);
  EXPECT_THROW(other.integer("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
                             " SELECT count(*) FROM n"),
               SqliteError);
}

}  // namespace
}  // namespace omamori
