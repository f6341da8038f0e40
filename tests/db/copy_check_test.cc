#include "db/copy_check.h"

#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/store_fixture.h"

namespace omamori {
namespace {

using testing::HasSubstr;

class CopyCheck : public StoreTest {
 protected:
  CopyCheck() {
    import(small_city());
    store->set_last_instant(instant("2026-06-01T00:00:00Z"));
    store->backup(copy);
  }
  CopyFound found() {
    const std::atomic<bool> stop{false};
    return check_copy(copy, stop);
  }
  void change(const std::string& sql) { Database(copy, false).exec(sql); }

  std::filesystem::path copy = directory / "copy.db";
};

TEST_F(CopyCheck, SaysWhichDatabaseItIsAndHowFarItHadCome) {
  const CopyFound is = found();
  EXPECT_EQ(is.wrong, "");
  EXPECT_EQ(is.identity, store->identity());
  EXPECT_EQ(is.head, store->journal().head());
  EXPECT_EQ(is.schema, static_cast<std::int64_t>(migrations().size()));
  EXPECT_EQ(is.last_instant, instant("2026-06-01T00:00:00Z"));
  EXPECT_EQ(is.clients, 1);
}

TEST_F(CopyCheck, AZeroedPageIsFound) {
  std::fstream file(copy, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(4 * 4096);
  file << std::string(4096, '\0');
  file.close();
  EXPECT_NE(found().wrong, "");
}

TEST_F(CopyCheck, ATruncatedOneIsFound) {
  std::filesystem::resize_file(copy, std::filesystem::file_size(copy) / 2);
  EXPECT_NE(found().wrong, "");
}

TEST_F(CopyCheck, ARowOfTheJournalThatWasChangedIsFound) {
  change(
      "DROP TRIGGER IF EXISTS journal_is_append_only;"
      "UPDATE journal SET actor = 'somebody' WHERE seq = 2");
  EXPECT_THAT(found().wrong, HasSubstr("the chain of its journal is broken (row 2)"));
}

TEST_F(CopyCheck, WhatIsNoDatabaseOfOursIsNone) {
  std::ofstream(copy, std::ios::trunc) << std::string(5000, 'x');
  EXPECT_THAT(found().wrong, HasSubstr("no SQLite database"));
  std::ofstream(copy, std::ios::trunc).close();
  EXPECT_EQ(found().wrong, "it holds nothing");
  std::filesystem::remove(copy);
  EXPECT_NE(found().wrong, "");
  EXPECT_FALSE(std::filesystem::exists(copy)) << "looking makes no file";
  Database(copy, true).exec("CREATE TABLE t (a)");
  EXPECT_THAT(found().wrong, HasSubstr("another program"));
}

TEST_F(CopyCheck, OneOfANewerProgramIsNotForThisOne) {
  change("PRAGMA user_version = 999");
  EXPECT_THAT(found().wrong, HasSubstr("newer omamori"));
}

TEST_F(CopyCheck, ALookThatIsBrokenOffVouchesForNothing) {
  const std::atomic<bool> stop{true};
  EXPECT_NE(check_copy(copy, stop).wrong, "");
}

}  // namespace
}  // namespace omamori
