// What the programs do when the database is not what it was: emptied, older, another, gone, before
// a start or under the running daemon. None of that may pass for a database in which nobody is owed
// anything, and nothing that was recorded may be lost by it.
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "db/sqlite/database.h"
#include "tests/support/daemon_process.h"
#include "tests/support/programs.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::AnyOf;
using testing::HasSubstr;
using testing::Not;

namespace fs = std::filesystem;

// A place with one client, in which every day is the machine's.
class DatabaseFile : public testing::Test {
 protected:
  DatabaseFile() {
    place_.write("omamori.toml",
                 "[database]\npath = \"omamori.db\"\n[policy]\npath = \"policy.toml\"\n"
                 "[control]\nsocket = \"control.sock\"\n[file]\ndirectory = \"outbox\"\n");
    place_.write("policy.toml", "weekly_on = \"never\"\n");
    place_.write("csv/offices.csv", "office_code,name\nOF-1,見本相談室\n");
    place_.write("csv/staff.csv",
                 "staff_code,name,role,office_code,channels\n"
                 "CM-1,仮 一郎,case_manager,OF-1,file\nSV-1,仮 二郎,supervisor,OF-1,file\n"
                 "OP-1,仮 三郎,operator,,file\n");
    place_.write(
        "csv/clients.csv",
        "client_code,name,office_code,case_manager,plan_kind,decision_start,"
        "decision_end\nC-1,見本 花子,OF-1,CM-1,standby_short_stay,2026-04-01,2027-03-31\n");
  }
  void SetUp() override {
    const Ran made = place_.ctl({"init"});
    ASSERT_EQ(made.exit, 0) << made;
    const Ran imported = place_.ctl({"import", place_.path("csv").string()});
    ASSERT_EQ(imported.exit, 0) << imported;
  }

  fs::path database() const { return place_.path("omamori.db"); }
  fs::path known() const { return place_.path("omamori.db.known"); }
  // As a daily copy would be.
  void copy_to(const std::string& name) const { fs::copy_file(database(), place_.path(name)); }
  void put_in_its_place(const std::string& name) const {
    fs::copy_file(place_.path(name), database(), fs::copy_options::overwrite_existing);
  }

  // Every program that would open the file itself says `words` and exits 3; status its own way.
  void expect_refused(const std::string& words) {
    const auto expect = [&](const Ran& ran) {
      EXPECT_EQ(ran.exit, 3) << ran;
      EXPECT_THAT(ran.err, HasSubstr(words));
    };
    expect(place_.daemon({"--once"}));
    expect(place_.ctl({"list", "clients"}));
    expect(place_.ctl({"record", "monitoring", "C-1"}));
    expect(place_.ctl({"import", place_.path("csv").string()}));
    const Ran status = place_.ctl({"status"});
    EXPECT_EQ(status.exit, 2) << "down: " << status;
    EXPECT_THAT(status.err, HasSubstr(words));
    const Ran doctor = place_.ctl({"doctor", "--language", "en"});
    EXPECT_EQ(doctor.exit, 2) << doctor;
    EXPECT_THAT(doctor.out, AllOf(HasSubstr(words), Not(HasSubstr("schema"))));
    if (HasFailure()) return;  // a daemon that is not refused runs for ever
    expect(place_.daemon({}));
  }

  Place place_;
};

// ---- before a start ----

TEST_F(DatabaseFile, AnEmptiedOneIsRefusedByEveryProgram) {
  std::ofstream(database(), std::ios::trunc).close();
  expect_refused("omamori.db holds nothing");
  EXPECT_EQ(fs::file_size(database()), 0U) << "nothing was made of it";
}

TEST_F(DatabaseFile, AnOlderOneIsRefusedUntilTheFileBesideItIsRemoved) {
  copy_to("older.db");
  ASSERT_EQ(place_.ctl({"record", "monitoring", "C-1"}).exit, 0);
  copy_to("newest.db");
  put_in_its_place("older.db");
  expect_refused("omamori.db: not the database that was used here last: it is older");
  const Ran said = place_.daemon({"--once"});
  EXPECT_THAT(said.err, HasSubstr("if this file is meant, remove " + known().string()));
  put_in_its_place("newest.db");
  EXPECT_EQ(place_.ctl({"list", "clients"}).exit, 0) << "its own is never refused";
  put_in_its_place("older.db");
  fs::remove(known());
  EXPECT_THAT(place_.daemon({"--once"}).exit, AnyOf(0, 1));
  EXPECT_TRUE(fs::exists(known()));
}

TEST_F(DatabaseFile, AnotherOneIsRefused) {
  Place others;
  ASSERT_EQ(others.ctl({"init", "--demo"}).exit, 0);
  fs::copy_file(others.path("omamori.db"), database(), fs::copy_options::overwrite_existing);
  expect_refused("it is another one");
}

TEST_F(DatabaseFile, OneThatIsGoneIsNotMadeAnew) {
  fs::remove(database());
  expect_refused("omamori.db is gone: " + known().string() + " says that there was a database");
  const Ran init = place_.ctl({"init"});
  EXPECT_EQ(init.exit, 3) << init;
  EXPECT_THAT(init.err, HasSubstr("remove that file and run omamorictl init"));
  EXPECT_FALSE(fs::exists(database()));
}

TEST_F(DatabaseFile, OneMadeBeforeThereWereIdentitiesIsTakenOver) {
  Database(database(), false).exec("DELETE FROM meta WHERE name = 'identity'");
  fs::remove(known());
  EXPECT_THAT(place_.daemon({"--once"}).exit, AnyOf(0, 1));
  EXPECT_TRUE(fs::exists(known()));
  EXPECT_EQ(place_.ctl({"list", "clients"}).exit, 0);
}

TEST_F(DatabaseFile, ATornFileBesideItStopsNobody) {
  std::ofstream(known(), std::ios::trunc) << "identity 01";
  const Ran doctor = place_.ctl({"doctor", "--language", "en"});
  EXPECT_EQ(doctor.exit, 1) << doctor;
  EXPECT_THAT(doctor.out, HasSubstr(known().string() + " is damaged"));
  std::ofstream(known(), std::ios::trunc) << "identity 01";
  const Ran first = place_.ctl({"list", "clients"});
  EXPECT_EQ(first.exit, 0) << first;
  EXPECT_THAT(first.err, HasSubstr(known().string() + " is damaged"));
  const Ran second = place_.ctl({"list", "clients"});
  EXPECT_EQ(second.err, "") << "it was written again";
}

// ---- under the running daemon ----

class DatabaseInUse : public DatabaseFile {
 protected:
  // What the daemon says to a record that it does not take.
  std::string refused_record() {
    const Ran ran = place_.ctl({"record", "monitoring", "C-1"});
    EXPECT_EQ(ran.exit, 3) << ran;
    return ran.err;
  }
  bool takes_a_record() {
    const std::string note = "the " + std::to_string(++records_) + ".";
    return place_.ctl({"record", "monitoring", "C-1", "--note", note}).exit == 0;
  }
  void stop(DaemonProcess& daemon) {
    daemon.ask_to_stop();
    EXPECT_EQ(daemon.wait(), 0) << place_.read("log");
  }
  int visits() {
    const std::string listed = place_.ctl({"list", "visits", "--json"}).out;
    int count = 0;
    for (std::size_t at = 0; (at = listed.find("\"C-1\"", at)) != listed.npos; ++at) ++count;
    return count;
  }
  fs::path saved() const {
    for (const auto& file : fs::directory_iterator(place_.path(""))) {
      const std::string name = file.path().filename();
      if (name.starts_with("omamori.db.saved-")) return file.path();
    }
    return {};
  }

 private:
  int records_ = 0;
};

TEST_F(DatabaseInUse, ADeletedOneIsHeldAndAllOfItIsSaved) {
  DaemonProcess daemon(place_);
  ASSERT_TRUE(takes_a_record());
  ASSERT_TRUE(takes_a_record());
  fs::remove(database());
  EXPECT_THAT(refused_record(), AllOf(HasSubstr("omamori.db was deleted while it is in use"),
                                      HasSubstr("nothing is decided, sent or recorded")));
  ASSERT_FALSE(saved().empty());
  EXPECT_THAT(refused_record(), HasSubstr("saved as " + saved().string()));
  const Ran status = place_.ctl({"status"});
  EXPECT_EQ(status.exit, 2) << status;
  EXPECT_THAT(status.err, HasSubstr("was deleted"));
  const Ran doctor = place_.ctl({"doctor", "--language", "en"});
  EXPECT_EQ(doctor.exit, 2) << doctor;
  EXPECT_THAT(doctor.out, HasSubstr("was deleted"));
  EXPECT_THAT(place_.read("log"), HasSubstr("error: the database"));
  EXPECT_THAT(place_.ctl({"reload"}).exit, 3);
  stop(daemon);
  expect_refused("is gone");
  fs::rename(saved(), database());
  EXPECT_EQ(visits(), 2);
}

TEST_F(DatabaseInUse, ATurnSeesItWithoutACommand) {
  DaemonProcess daemon(place_);
  fs::remove(database());
  daemon.wait_for_state("degraded: the database", [&] { daemon.ask_to_reload(); });
  daemon.wait_for_log("was deleted while it is in use");
  EXPECT_FALSE(saved().empty());
  stop(daemon);
}

TEST_F(DatabaseInUse, AReplacedOneIsHeldAndItsLogHarmsNotTheOther) {
  copy_to("older.db");
  DaemonProcess daemon(place_);
  ASSERT_TRUE(takes_a_record());
  fs::rename(place_.path("older.db"), database());
  EXPECT_THAT(refused_record(), AllOf(HasSubstr("another file has taken the place of the database"),
                                      HasSubstr("if the other file is meant, restart omamorid")));
  daemon.kill();
  expect_refused("it is older");
  fs::remove(known());
  EXPECT_EQ(visits(), 0);
  EXPECT_EQ(Database(database(), false).integrity_problems(false), "");
  fs::remove(known());
  fs::rename(saved(), database());
  EXPECT_EQ(visits(), 1);
}

TEST_F(DatabaseInUse, OneThatWasMovedAwayGoesOnWhenItIsBack) {
  DaemonProcess daemon(place_);
  ASSERT_TRUE(takes_a_record());
  fs::rename(database(), place_.path("elsewhere.db"));
  EXPECT_THAT(refused_record(),
              AllOf(HasSubstr("was moved away"), HasSubstr("Move it back, and it goes on")));
  EXPECT_TRUE(saved().empty()) << "it is where it was moved to";
  put_in_its_place("elsewhere.db");
  EXPECT_THAT(refused_record(), HasSubstr("another file lies in its place")) << "a copy is another";
  fs::rename(place_.path("elsewhere.db"), database());
  EXPECT_TRUE(takes_a_record());
  daemon.wait_for_log("the database is there again");
  stop(daemon);
  EXPECT_EQ(visits(), 2);
}

TEST_F(DatabaseInUse, OneWhoseLogWasTakenAwayLosesNothing) {
  DaemonProcess daemon(place_);
  ASSERT_TRUE(takes_a_record());
  ASSERT_TRUE(fs::remove(place_.path("omamori.db-wal")));
  EXPECT_THAT(refused_record(), HasSubstr("the write-ahead log"));
  daemon.kill();
  EXPECT_EQ(visits(), 1);
}

TEST_F(DatabaseInUse, WithTheWholeDirectoryGoneItSaysThatNothingCouldBeSaved) {
  const fs::path elsewhere = place_.path("data");
  fs::create_directory(elsewhere);
  std::string config = place_.read("omamori.toml");
  config.replace(config.find("omamori.db"), 10, "data/omamori.db");
  place_.write("omamori.toml", config);
  ASSERT_EQ(place_.ctl({"init"}).exit, 0);
  ASSERT_EQ(place_.ctl({"import", place_.path("csv").string()}).exit, 0);
  DaemonProcess daemon(place_);
  ASSERT_TRUE(takes_a_record());
  // Out of the way first: the daemon may be writing what it knows of the file beside it.
  fs::rename(elsewhere, place_.path("gone"));
  fs::remove_all(place_.path("gone"));
  EXPECT_THAT(refused_record(), HasSubstr("could not be saved"));
  fs::create_directory(elsewhere);
  EXPECT_THAT(refused_record(), HasSubstr("All of it was saved as"));
  stop(daemon);
}

// The daemon's own word of what it has, while it runs: a kill later it may be all there is.
TEST_F(DatabaseInUse, WhatIsKnownOfItIsWrittenWhileTheDaemonRuns) {
  const std::string before = place_.read("omamori.db.known");
  DaemonProcess daemon(place_);
  ASSERT_TRUE(takes_a_record());
  wait_for_files(place_.path(""), [&] { return place_.read("omamori.db.known") != before; });
  stop(daemon);
}

}  // namespace
}  // namespace omamori
