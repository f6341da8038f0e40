#include "db/sqlite/schema.h"

#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/places.h"
#include "tests/support/store_fixture.h"

namespace omamori {
namespace {

using testing::HasSubstr;

class SchemaTest : public testing::Test {
 protected:
  // What a refusal says; "" if the file was opened.
  std::string refusal(OpenError::Reason expected) {
    try {
      const Store store(path, OpenOptions{});
    } catch (const OpenError& error) {
      EXPECT_EQ(error.reason(), expected) << error.what();
      return error.what();
    }
    return "";
  }
  void make(const std::string& sql) {
    Database database(path, true);
    database.exec(sql);
  }

  TempDirectory directory;
  std::filesystem::path path = directory / "a.db";
};

TEST_F(SchemaTest, ANewFileHasOurMarkAndTheNewestSchema) {
  Database database(path, true);
  EXPECT_EQ(prepare_schema(database, migrations()), static_cast<int>(migrations().size()));
  EXPECT_EQ(database.integer("PRAGMA application_id"), kApplicationId);
  EXPECT_EQ(database.integer("PRAGMA user_version"), static_cast<int>(migrations().size()));
  EXPECT_EQ(database.integer("PRAGMA foreign_keys"), 1);
  EXPECT_EQ(database.integer("PRAGMA synchronous"), 2);
  EXPECT_EQ(database.integer("SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND"
                             " type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'"),
            0)
      << "every table is STRICT";
  EXPECT_EQ(prepare_schema(database, migrations()), 0) << "nothing to do the second time";
}

TEST_F(SchemaTest, AMissingFileSaysHowToMakeOne) {
  EXPECT_THAT(refusal(OpenError::Reason::missing), HasSubstr("omamorictl init"));
}

TEST_F(SchemaTest, AnExistingFileIsNotMadeAgain) {
  make("CREATE TABLE theirs (a)");
  OpenOptions options;
  options.create = true;
  EXPECT_THROW(Store(path, options), OpenError);
}

TEST_F(SchemaTest, AnotherProgramsDatabaseIsRefusedAndNotTouched) {
  make("CREATE TABLE theirs (a); PRAGMA application_id = 42");
  EXPECT_THAT(refusal(OpenError::Reason::foreign), HasSubstr("application_id 42"));
  Database theirs(path, false);
  EXPECT_EQ(theirs.integer("SELECT count(*) FROM sqlite_master"), 1);
  EXPECT_EQ(theirs.integer("PRAGMA application_id"), 42);
}

TEST_F(SchemaTest, AnUnmarkedDatabaseWithTablesIsNotOursEither) {
  make("CREATE TABLE theirs (a)");
  EXPECT_THAT(refusal(OpenError::Reason::foreign), HasSubstr("another program"));
}

TEST_F(SchemaTest, AFileThatIsNoDatabaseIsRefused) {
  std::ofstream(path) << std::string(5000, 'x');
  EXPECT_THAT(refusal(OpenError::Reason::foreign), HasSubstr("no SQLite database"));
}

TEST_F(SchemaTest, ANewerSchemaIsRefusedWithWhatToDo) {
  const std::size_t known = migrations().size();
  const std::string newer = std::to_string(known + 1);
  make("CREATE TABLE t (a); PRAGMA application_id = 1869439341; PRAGMA user_version = " + newer);
  EXPECT_THAT(refusal(OpenError::Reason::newer),
              HasSubstr("made by a newer omamori (schema " + newer + ", this one knows " +
                        std::to_string(known) + "): upgrade the package"));
}

TEST_F(SchemaTest, AMigrationRunsOnceAndOnlyWhatIsNew) {
  const char* const first[] = {"CREATE TABLE a (x) STRICT_TYPO"};
  const char* const scripts[] = {"CREATE TABLE a (x INTEGER) STRICT", "ALTER TABLE a ADD y TEXT"};
  Database database(path, true);
  EXPECT_THROW(prepare_schema(database, first), SqliteError);
  EXPECT_EQ(prepare_schema(database, std::span(scripts, 1)), 1);
  database.exec("INSERT INTO a VALUES (7)");
  EXPECT_EQ(prepare_schema(database, scripts), 1);
  EXPECT_EQ(database.integer("SELECT x FROM a WHERE y IS NULL"), 7);
  EXPECT_EQ(database.integer("PRAGMA user_version"), 2);
}

TEST_F(SchemaTest, AMigrationThatFailsHalfWayLeavesTheOldVersion) {
  const char* const scripts[] = {"CREATE TABLE a (x INTEGER) STRICT",
                                 "CREATE TABLE b (x INTEGER) STRICT; DROP TABLE nonesuch"};
  Database database(path, true);
  EXPECT_THROW(prepare_schema(database, scripts), SqliteError);
  EXPECT_EQ(database.integer("PRAGMA user_version"), 1);
  EXPECT_EQ(database.integer("SELECT count(*) FROM sqlite_master WHERE name = 'b'"), 0);
}

// tests/data/schema-1.sql is a file as version 1 wrote it, byte for byte the same tables. Whatever
// comes later must open it and find what was in it.
TEST_F(SchemaTest, AFileOfSchema1IsOpenedAndSaysWhatItSaid) {
  std::ifstream dump(source_path("tests/data/schema-1.sql"));
  ASSERT_TRUE(dump);
  make(std::string(std::istreambuf_iterator<char>(dump), {}));
  Store store(path, OpenOptions{});
  EXPECT_EQ(store.migrations_applied(), static_cast<int>(migrations().size()) - 1);
  const auto facts = store.facts("C-1");
  ASSERT_TRUE(facts.has_value());
  ASSERT_EQ(facts->periods.size(), 1U);
  EXPECT_EQ(facts->periods[0].period.end, day("2027-03-31"));
  ASSERT_EQ(facts->checks.size(), 1U);
  ASSERT_EQ(facts->checks[0].check_ins.size(), 1U);
  EXPECT_EQ(facts->checks[0].check_ins[0].on, day("2026-05-01"));
  ASSERT_EQ(facts->visits.size(), 1U);
  EXPECT_EQ(store.live_obligations("C-1").size(), 1U);
  const JournalVerdict verdict = store.journal().verify();
  EXPECT_TRUE(verdict.ok) << verdict.why;
  EXPECT_EQ(store.check_integrity(false), "");
}

TEST_F(SchemaTest, AnAnnouncedVisitOfSchema3IsKeptAndAWordNeedsNone) {
  Database database(path, true);
  prepare_schema(database, migrations().first(3));
  database.exec(
      "INSERT INTO client VALUES ('C-1', '', '', '2026-04-01', NULL, 1, 0);"
      "INSERT INTO acknowledgement VALUES"
      " (7, 'C-1', 'C-1/it', 'CM-1', '2026-06-12', '2026-06-20', 1781226000, 3, 1, 'x')");
  EXPECT_EQ(prepare_schema(database, migrations().first(5)), 2);
  database.exec(
      "INSERT INTO acknowledgement (client, obligation, staff, made_on, recorded_at, journal)"
      " VALUES ('C-1', 'C-1/it', 'CM-1', '2026-06-13', 1781312400, 4)");
  Statement all(database,
                "SELECT id || ' ' || made_on || ' ' || coalesce(visit_on, 'no day') || ' ' ||"
                " voided"
                " FROM acknowledgement ORDER BY id");
  std::string text;
  for (Cursor rows = all.query(); rows.next();) text += rows.text(0) + "\n";
  EXPECT_EQ(text, "7 2026-06-12 2026-06-20 1\n8 2026-06-13 no day 0\n");
}

std::string schema_of(Database& database) {
  Statement all(database,
                "SELECT name || ' ' || coalesce(sql, '') FROM sqlite_master ORDER BY name");
  std::string text;
  for (Cursor rows = all.query(); rows.next();) text += rows.text(0) + "\n";
  return text;
}

TEST_F(SchemaTest, AMigratedFileHasTheSameTablesAsANewOne) {
  std::ifstream dump(source_path("tests/data/schema-1.sql"));
  Database old(path, true);
  old.exec(std::string(std::istreambuf_iterator<char>(dump), {}));
  prepare_schema(old, migrations());
  Database fresh(directory / "b.db", true);
  prepare_schema(fresh, migrations());
  EXPECT_EQ(schema_of(old), schema_of(fresh));
}

TEST_F(SchemaTest, ASecondStoreIsRefusedWhileTheFirstIsOpen) {
  OpenOptions options;
  options.create = true;
  const Store store(path, options);
  EXPECT_THAT(refusal(OpenError::Reason::in_use), HasSubstr("in use by process"));
}

}  // namespace
}  // namespace omamori
