// The copies that the daemon makes, on a clock a test sets, with the other thread played by the
// test.
#include "daemon/backup/backups.h"

#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/backup/copy_names.h"
#include "daemon/reminders/clock_hold.h"
#include "daemon/reminders/kept_instant.h"
#include "db/copy_check.h"
#include "tests/support/app_fixture.h"
#include "tests/support/full_disk.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace fs = std::filesystem;

class BackupsTest : public AppTest {
 protected:
  BackupsTest() {
    at("2026-06-01T10:00:00+09:00");
    keep_into("backup");
  }
  // "": none are configured.
  void keep_into(const std::string& name) {
    Config config;
    if (!name.empty()) {
      config.backup.directory = directory / name;
      fs::create_directories(config.backup.directory);
    }
    use({}, config);
    ASSERT_EQ(import(small_office()), "");
    start();
  }
  void start() {
    backups = std::make_unique<Backups>(
        *service,
        [this](auto work, auto when_done) {
          aside = std::move(work);
          done = std::move(when_done);
        },
        [] {}, [this] { return Backups::Steady::time_point{clock.now().time_since_epoch()}; });
  }
  // What the daemon does when there is nothing else to do, the other thread included.
  void run() {
    for (int i = 0; i < 10'000; ++i) {
      const bool more = backups->step(act());
      if (!more && !aside) return;
      if (!more) end_aside();
    }
    ADD_FAILURE() << "it does not come to rest";
  }
  void end_aside() {
    std::exchange(aside, nullptr)(stop);
    done();
  }
  std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& file : fs::directory_iterator(directory / "backup")) {
      names.push_back(file.path().filename());
    }
    std::sort(names.begin(), names.end());
    return names;
  }
  std::string trouble(const std::string& subject) {
    for (const StoredTrouble& known : store->troubles()) {
      if (known.subject == subject) return known.detail;
    }
    return "";
  }
  std::string next() {
    const auto wanted = backups->next(clock.now());
    return wanted ? zone.local_text(*wanted) : "";
  }
  // Rows enough for more than one slice.
  void fill(int rows) {
    const auto batch = store->batch();
    const std::string much(4000, 'x');
    for (int i = 0; i < rows; ++i) store->set_meta("much" + std::to_string(i), much);
    batch->commit();
  }
  fs::path scratch() const { return directory / "omamori.db.copy"; }

  std::unique_ptr<Backups> backups;
  std::function<void(const std::atomic<bool>&)> aside;
  std::function<void()> done;
  std::atomic<bool> stop{false};
};

TEST_F(BackupsTest, ACopyIsMadeCheckedAndNamedByItsInstant) {
  run();
  EXPECT_THAT(files(), ElementsAre("omamori-20260601T010000Z.db"));
  const CopyFound found = check_copy(directory / "backup" / files()[0], stop);
  EXPECT_EQ(found.wrong, "");
  EXPECT_EQ(found.identity, store->identity());
  EXPECT_FALSE(fs::exists(scratch()));
  EXPECT_EQ(next(), "2026-06-02 03:00");
  EXPECT_EQ(kept_instant(*store, kCopyMade), clock.now());
}

TEST_F(BackupsTest, WhatIsRecordedWhileItIsCopiedIsInIt) {
  ASSERT_TRUE(backups->step(act())) << "it is begun";
  const JournalHead recorded{store->journal(act(), "reload", "", "", "{}"), ""};
  run();
  EXPECT_GE(check_copy(directory / "backup" / files()[0], stop).head.seq, recorded.seq);
}

TEST_F(BackupsTest, ADirectoryThatIsGoneIsATroubleUntilItIsThereAgain) {
  fs::remove_all(directory / "backup");
  run();
  EXPECT_THAT(trouble("backup"), AllOf(HasSubstr("cannot create"), HasSubstr("backup/omamori-")));
  EXPECT_FALSE(fs::exists(scratch()));
  EXPECT_EQ(next(), "2026-06-01 11:00");
  fs::create_directories(directory / "backup");
  at("2026-06-01T11:00:00+09:00");
  run();
  EXPECT_EQ(trouble("backup"), "");
  EXPECT_EQ(files().size(), 1U);
}

TEST_F(BackupsTest, ACopyThatIsDamagedGetsNoNameAndTheDatabaseIsSaidToBe) {
  while (!aside) ASSERT_TRUE(backups->step(act()) || aside);
  std::fstream file(scratch(), std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(4 * 4096);
  file << std::string(4096, '\0');
  file.close();
  run();
  EXPECT_THAT(files(), IsEmpty());
  EXPECT_THAT(trouble("backup"), HasSubstr("the copy is damaged"));
  EXPECT_THAT(trouble("database"), HasSubstr("a copy of it is damaged"));
}

TEST_F(BackupsTest, OneThatIsSoDamagedThatItCannotBeOpenedIsSaidToBe) {
  while (!aside) ASSERT_TRUE(backups->step(act()) || aside);
  std::fstream(scratch(), std::ios::in | std::ios::out | std::ios::binary)
      << std::string(4096, '\x55');
  run();
  EXPECT_THAT(files(), IsEmpty());
  EXPECT_THAT(trouble("database"), HasSubstr("a copy of it is damaged"));
}

TEST_F(BackupsTest, ACopyThatIsBrokenOffByAStopIsNoCopy) {
  stop = true;
  run();
  EXPECT_THAT(files(), IsEmpty());
  EXPECT_FALSE(fs::exists(scratch()));
}

TEST_F(BackupsTest, OlderOnesAreThinnedOutAndOthersFilesLeftAlone) {
  for (const char* name :
       {"omamori-20200101T000000Z.db", "omamori-20200102T000000Z.db", "mine.db"}) {
    std::ofstream(directory / "backup" / name) << "x";
  }
  run();
  EXPECT_THAT(files(), ElementsAre("mine.db", "omamori-20260601T010000Z.db"));
}

TEST_F(BackupsTest, WithoutADirectoryACopyIsLookedAtWeeklyAndNothingIsLeft) {
  keep_into("");
  EXPECT_NE(next(), "");
  at("2026-06-20T10:00:00+09:00");
  run();
  EXPECT_EQ(kept_instant(*store, kCopyLookedAt), clock.now());
  EXPECT_EQ(kept_instant(*store, kCopyMade), std::nullopt);
  EXPECT_EQ(next(), "2026-06-27 03:00");
  EXPECT_FALSE(fs::exists(scratch()));
}

TEST_F(BackupsTest, WithAClockThatIsNotBelievedNothingIsNamedOrThinnedOut) {
  keep_clock_hold(*store, {false, "ten years ahead"}, act());
  run();
  EXPECT_THAT(files(), IsEmpty());
  ASSERT_TRUE(accept_clock(*store, "clock.accept", act()));
  run();
  EXPECT_EQ(files().size(), 1U);
}

TEST_F(BackupsTest, AWishIsAnsweredByItsNumber) {
  run();
  service->backups.wish = BackupState::Wish{1, directory / "elsewhere.db"};
  run();
  EXPECT_EQ(service->backups.ended.number, 1);
  EXPECT_EQ(service->backups.ended.why, "");
  EXPECT_TRUE(fs::exists(directory / "elsewhere.db"));
  service->backups.wish = BackupState::Wish{2, "/nonesuch/x.db"};
  run();
  EXPECT_EQ(service->backups.ended.number, 2);
  EXPECT_THAT(service->backups.ended.why, HasSubstr("/nonesuch/x.db"));
  EXPECT_EQ(trouble("backup"), "") << "whoever asked was told";
}

TEST_F(BackupsTest, AFullDiskOfTheDatabaseIsNotFilledUpByACopy) {
  // A database of which so much is no part: its size counts, not what it holds.
  fs::resize_file(directory / "omamori.db", fs::space(directory / "omamori.db").available);
  run();
  EXPECT_THAT(trouble("backup"), HasSubstr("the disk of the database has no room for a copy"));
  EXPECT_THAT(files(), IsEmpty());
}

TEST_F(BackupsTest, OneThatDoesNotEndIsSaidAfterAnHourAndItsEndIsHeard) {
  service->backups.wish = BackupState::Wish{1, {}};
  while (!aside) ASSERT_TRUE(backups->step(act()) || aside);
  EXPECT_EQ(next(), "2026-06-01 11:00");
  at("2026-06-01T10:59:59+09:00");
  EXPECT_FALSE(backups->step(act()));
  EXPECT_EQ(trouble("backup"), "");
  EXPECT_EQ(service->backups.ended.number, 0);
  at("2026-06-01T11:00:00+09:00");
  EXPECT_FALSE(backups->step(act()));
  EXPECT_THAT(trouble("backup"), HasSubstr("it has not ended in an hour"));
  EXPECT_EQ(service->backups.ended.number, 1) << "who asked does not wait for ever";
  EXPECT_EQ(next(), "") << "said once";
  run();
  EXPECT_EQ(trouble("backup"), "");
  EXPECT_EQ(files().size(), 1U);
}

TEST_F(BackupsTest, OneThatNeverGetsThroughIsGivenUpAfterAnHour) {
  ASSERT_TRUE(backups->step(act())) << "it is begun";
  at("2026-06-01T11:00:00+09:00");
  fill(2000);
  ASSERT_TRUE(backups->step(act()));
  EXPECT_THAT(trouble("backup"), HasSubstr("it was not through in an hour"));
  EXPECT_FALSE(fs::exists(scratch()));
  EXPECT_EQ(next(), "2026-06-01 12:00");
}

TEST_F(BackupsTest, WhoAskedIsAnsweredAlsoWhereNothingCanBeWrittenDown) {
  service->backups.wish = BackupState::Wish{1, {}};
  fs::remove_all(directory / "backup");
  while (!aside) ASSERT_TRUE(backups->step(act()) || aside);
  end_aside();
  const FullDisk full;
  EXPECT_THROW(backups->step(act()), SqliteError);
  EXPECT_EQ(service->backups.ended.number, 1);
  EXPECT_NE(service->backups.ended.why, "");
}

TEST_F(BackupsTest, WhatAKillLeftUnfinishedGoesAndOthersFilesStay) {
  for (const char* name :
       {"omamori-20260531T180000Z.db.partial", "omamori-20260531T180000Z.db.partial-journal",
        "mine.db.partial", "omamori-may.db.partial"}) {
    std::ofstream(directory / "backup" / name) << "x";
  }
  std::ofstream(scratch().string() + "-journal") << "x";
  std::ofstream(scratch().string() + "-wal") << "x";
  run();
  EXPECT_THAT(files(), ElementsAre("mine.db.partial", "omamori-20260601T010000Z.db",
                                   "omamori-may.db.partial"));
  EXPECT_FALSE(fs::exists(scratch().string() + "-journal"));
  EXPECT_FALSE(fs::exists(scratch().string() + "-wal"));
}

TEST_F(BackupsTest, WhatSomebodyElsePutThereMeanwhileIsNotWrittenOver) {
  run();
  service->backups.wish = BackupState::Wish{1, directory / "elsewhere.db"};
  std::ofstream(directory / "elsewhere.db") << "x";
  run();
  EXPECT_THAT(service->backups.ended.why, HasSubstr("is there already"));
  EXPECT_EQ(fs::file_size(directory / "elsewhere.db"), 1U);
}

TEST_F(BackupsTest, SomebodyElseInTheCopyIsAFailureAndNotWaitedFor) {
  ASSERT_TRUE(backups->step(act())) << "it is begun";
  Database other(scratch(), false);
  other.exec("BEGIN EXCLUSIVE");
  backups->step(act());
  EXPECT_THAT(trouble("backup"), HasSubstr("locked"));
}

TEST_F(BackupsTest, AWishIsNotNamedByAClockThatIsNotBelieved) {
  run();
  keep_clock_hold(*store, {false, "ten years ahead"}, act());
  const Response refused = AppTest::run("backup");
  EXPECT_EQ(refused.exit, Exit::refused);
  EXPECT_THAT(refused.err, HasSubstr("the clock is held"));
  EXPECT_EQ(AppTest::run("backup", {{"file", directory / "x.db"}}).exit, Exit::ok);
}

TEST_F(BackupsTest, NobodyMakesCopiesWhereNoThreadIs) {
  backups = std::make_unique<Backups>(*service, nullptr, [] {});
  EXPECT_FALSE(backups->step(act()));
  EXPECT_EQ(next(), "");
}

}  // namespace
}  // namespace omamori
