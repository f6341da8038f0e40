#include "db/sqlite/database.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "db/sqlite/owner_lock.h"
#include "tests/support/store_fixture.h"

namespace omamori {
namespace {

using testing::HasSubstr;

class SqliteTest : public testing::Test {
 protected:
  SqliteTest() : path(directory / "a.db"), database(path, true) {
    database.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INTEGER) STRICT");
  }
  std::int64_t rows() { return database.integer("SELECT count(*) FROM t"); }

  TempDirectory directory;
  std::filesystem::path path;
  Database database;
};

TEST_F(SqliteTest, WhatIsBoundComesBack) {
  Statement put(database, "INSERT INTO t (a, b) VALUES (?1, ?2)");
  put.run(day("2026-04-01"), instant("2026-04-01T00:30:00Z"));
  put.run(month("2026-06"), std::optional<int>());
  put.run(std::string(), 7);
  Statement get(database, "SELECT a, b FROM t ORDER BY id");
  Cursor rows = get.query();
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.view(0), "2026-04-01");
  EXPECT_EQ(rows.day(0), day("2026-04-01"));
  EXPECT_EQ(rows.instant(1), instant("2026-04-01T00:30:00Z"));
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.month(0), month("2026-06"));
  EXPECT_EQ(rows.optional_number(1), std::nullopt);
  ASSERT_TRUE(rows.next());
  EXPECT_FALSE(rows.is_null(0)) << "empty text is not NULL";
  EXPECT_EQ(rows.optional_number(1), 7);
  EXPECT_FALSE(rows.next());
}

TEST_F(SqliteTest, AnErrorNamesItsSqlButNoValue) {
  Statement put(database, "INSERT INTO t (id, a) VALUES (?1, ?2)");
  put.run(1, "Yamada");
  try {
    put.run(1, "Yamada");
    FAIL() << "a duplicate key was accepted";
  } catch (const SqliteError& error) {
    EXPECT_THAT(error.what(), HasSubstr("INSERT INTO t"));
    EXPECT_THAT(error.what(), Not(HasSubstr("Yamada")));
  }
  put.run(2, "the statement can be used again");
  EXPECT_EQ(rows(), 2);
}

TEST_F(SqliteTest, ATextThatIsNoDayIsAnError) {
  database.exec("INSERT INTO t (a) VALUES ('2026-02-30')");
  Statement get(database, "SELECT a FROM t");
  Cursor rows = get.query();
  ASSERT_TRUE(rows.next());
  EXPECT_THROW(rows.day(0), BadRow);
}

TEST_F(SqliteTest, AStatementIsNotReadTwiceAtOnceNorWithMissingValues) {
  Statement get(database, "SELECT a FROM t WHERE id = ?1");
  EXPECT_THROW(get.query(), std::logic_error);
  {
    const Cursor rows = get.query(1);
    EXPECT_THROW(get.query(1), std::logic_error);
  }
  EXPECT_FALSE(get.query(1).next());
}

TEST_F(SqliteTest, OnlyWhatIsCommittedStays) {
  {
    Transaction undone(database);
    database.exec("INSERT INTO t (a) VALUES ('x')");
  }
  EXPECT_EQ(rows(), 0);
  Transaction kept(database);
  database.exec("INSERT INTO t (a) VALUES ('x')");
  {
    Transaction inner(database);
    database.exec("INSERT INTO t (a) VALUES ('undone alone')");
  }
  {
    Transaction inner(database);
    database.exec("INSERT INTO t (a) VALUES ('y')");
    inner.commit();
  }
  kept.commit();
  EXPECT_EQ(rows(), 2);
  EXPECT_FALSE(database.in_transaction());
}

TEST_F(SqliteTest, AMisspeltColumnInQuotesIsNoString) {
  EXPECT_THROW(Statement(database, "SELECT \"nonesuch\" FROM t"), SqliteError);
}

TEST_F(SqliteTest, TheFileIsForItsOwnerOnly) {
  struct stat about {};
  ASSERT_EQ(::stat(path.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600U);
}

TEST_F(SqliteTest, ABackupIsACompleteDatabase) {
  database.exec("INSERT INTO t (a) VALUES ('x')");
  database.backup_to(directory / "copy.db");
  Database copy(directory / "copy.db", false);
  EXPECT_EQ(copy.integer("SELECT count(*) FROM t"), 1);
  EXPECT_EQ(copy.integrity_problems(false), "");
  EXPECT_FALSE(std::filesystem::exists(directory / "copy.db.partial"));
}

TEST(OwnerLock, TheSecondOwnerIsToldWhoTheFirstIs) {
  const TempDirectory directory;
  std::string refusal;
  auto first = OwnerLock::take(directory / "a.db", refusal);
  ASSERT_TRUE(first.has_value());
  EXPECT_FALSE(OwnerLock::take(directory / "a.db", refusal).has_value());
  EXPECT_THAT(refusal, HasSubstr("process " + std::to_string(::getpid())));
  EXPECT_THAT(refusal, HasSubstr("omamorictl"));
  first.reset();
  EXPECT_TRUE(OwnerLock::take(directory / "a.db", refusal).has_value());
}

TEST(OwnerLock, AnotherProcessIsRefusedAndAKilledOneLetsGo) {
  const TempDirectory directory;
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    std::string refusal;
    const auto lock = OwnerLock::take(directory / "a.db", refusal);
    const char taken = lock ? 'y' : 'n';
    if (::write(ready[1], &taken, 1) != 1) ::_exit(1);
    ::pause();
    ::_exit(0);
  }
  char taken = 0;
  ASSERT_EQ(::read(ready[0], &taken, 1), 1);
  ASSERT_EQ(taken, 'y');
  std::string refusal;
  EXPECT_FALSE(OwnerLock::take(directory / "a.db", refusal).has_value());
  EXPECT_THAT(refusal, HasSubstr("process " + std::to_string(child)));
  ::kill(child, SIGKILL);
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(OwnerLock::take(directory / "a.db", refusal).has_value()) << refusal;
}

}  // namespace
}  // namespace omamori
