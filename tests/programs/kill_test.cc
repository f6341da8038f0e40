// kill -9 at every point of the way of a reminder, counted and not timed: whatever the point, the
// next run tells everybody, nobody more than twice, and a second mail is the first one again (P3,
// P6).
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "db/store.h"
#include "tests/support/places.h"
#include "tests/support/programs.h"

namespace omamori {
namespace {

using testing::Each;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

namespace fs = std::filesystem;

constexpr const char* kMorning = "2026-09-24T08:30:00+09:00";  // Thursday after the holidays
constexpr const char* kLater = "2026-09-24T08:40:00+09:00";

// A demo place with four persons to tell on kMorning, one of them also of the week, kept so that
// each run begins from the same database.
class KillTest : public testing::Test {
 protected:
  void prepare(const SmtpServer& server) {
    place.write("omamori.toml",
                "[database]\npath = \"omamori.db\"\n[policy]\npath = \"policy.toml\"\n"
                "[smtp]\nhost = \"localhost\"\nport = " +
                    std::to_string(server.port()) +
                    "\ntls = \"none\"\nfrom = \"omamori@example.com\"\n");
    place.write("csv/offices.csv",
                "office_code,name,supervisor,core_center\nOF-1,見本相談室,SV-1,CC-1\n");
    place.write("csv/staff.csv",
                "staff_code,name,role,office_code,email,channels\n"
                "CM-1,仮 一郎,case_manager,OF-1,cm1@example.com,email\n"
                "CM-2,仮 二郎,case_manager,OF-1,cm2@example.com,email\n"
                "SV-1,仮 三郎,supervisor,OF-1,sv1@example.com,email\n"
                "CC-1,仮 四郎,core_center,,cc1@example.com,email\n");
    place.write("csv/clients.csv",
                "client_code,name,certificate_no,office_code,case_manager,plan_kind,"
                "decision_start,decision_end,watched_from\n"
                "C-1,見本 一,1234567890,OF-1,CM-1,standby_short_stay,2026-04-01,2027-03-31,"
                "2026-04-01\n"
                "C-2,見本 二,1234567891,OF-1,CM-2,standby_short_stay,2026-04-01,2027-03-31,"
                "2026-04-01\n");
    place.clock = "2026-09-18T12:00:00+09:00";  // a Friday
    ASSERT_EQ(place.ctl({"init", "--demo"}).exit, 0);
    ASSERT_EQ(place.ctl({"import", place.path("csv").string()}).exit, 0);
    ASSERT_EQ(place.daemon({"--once"}).exit, 0) << "the week's slot comes for who knows the week";
    ASSERT_EQ(server.accepted(), 0);
    fs::copy_file(place.path("omamori.db"), place.path("kept.db"));
  }

  void begin_again() const {
    for (const char* left : {"omamori.db", "omamori.db-wal", "omamori.db.known"}) {
      fs::remove(place.path(left));
    }
    fs::copy_file(place.path("kept.db"), place.path("omamori.db"));
  }

  // `omamorid --once` that is killed after its n-th point; 0 = not at all. False: it was not.
  bool killed_at(int n, const std::string& at = kMorning,
                 const std::vector<std::string>& how = {"--once"}) {
    place.clock = at;
    std::vector<std::string> words{"/usr/bin/env", "LD_PRELOAD=" + program_path("kill_after.so"),
                                   "OMAMORI_KILL_AFTER=" + std::to_string(n),
                                   "OMAMORI_KILL_REPORT=" + place.path("points").string(),
                                   // Address sanitizer wants to be the first library.
                                   "ASAN_OPTIONS=verify_asan_link_order=0"};
    for (std::string& word : place.command("omamorid", how)) words.push_back(word);
    words.insert(words.begin(), {"/bin/sh", "-c", "exec \"$@\" 2>\"$0\"", place.path("log")});
    ChildProcess child(words);
    child.read_all();
    return child.wait() == -1;
  }

  // How many points there are when nobody is killed.
  int points(const std::string& at = kMorning, const std::vector<std::string>& how = {"--once"}) {
    begin_again();
    EXPECT_FALSE(killed_at(0, at, how));
    const int counted = std::stoi("0" + place.read("points"));
    EXPECT_GT(counted, 8) << "begin and end of four messages: is the tool loaded?";
    EXPECT_LT(counted, 120);
    return counted;
  }

  // Every mail since the `seen`-th, by recipient and Message-ID: the bytes as the server received
  // them.
  static std::map<std::string, std::vector<std::string>> mails(const SmtpServer& server, int seen) {
    std::map<std::string, std::vector<std::string>> found;
    for (int i = seen + 1; i <= server.accepted(); ++i) {
      const auto to = boost::json::value_to<std::vector<std::string>>(server.envelope(i).at("to"));
      const std::string bytes = read_file(server.eml(i));
      const std::size_t id = bytes.find("Message-ID: ");
      const std::string message = bytes.substr(id, bytes.find('\r', id) - id);
      found[to.at(0) + " " + message].push_back(bytes);
    }
    return found;
  }

  // What must hold of everything that arrived, and of the database, at the end. Returns how many
  // mails came twice.
  int check_everybody_told(const SmtpServer& server, int seen, std::size_t most = 2) {
    const auto got = mails(server, seen);
    int twice = 0;
    std::vector<std::string> told;
    for (const auto& [mail, copies] : got) {
      told.push_back(mail.substr(0, mail.find(' ')));
      EXPECT_LE(copies.size(), most) << mail;
      if (copies.size() < 2) continue;
      ++twice;
      EXPECT_THAT(copies, Each(copies[0])) << "the same Message-ID, and every other byte";
      EXPECT_THAT(copies[0], HasSubstr("Message-ID: <omamori-"));
    }
    EXPECT_THAT(told, UnorderedElementsAre("cm1@example.com", "cm2@example.com", "sv1@example.com",
                                           "cc1@example.com", "sv1@example.com"))
        << "the supervisor has the digest and the week's overview";
    check_the_database();
    return twice;
  }

  void check_the_database() {
    const Ran verified = place.ctl({"log", "--verify"});
    EXPECT_EQ(verified.exit, 0) << verified;
    Store store(place.path("omamori.db"), OpenOptions{});
    EXPECT_EQ(store.counts().owed_items, 0);
    EXPECT_EQ(store.counts().pending_messages, 0);
    EXPECT_EQ(store.check_integrity(false), "");
  }

  Place place;
};

TEST_F(KillTest, AfterEveryPointOfOneRoundEverybodyIsToldByTheNext) {
  const SmtpServer server;
  prepare(server);
  const int count = points();
  int twice = 0;
  for (int n = 1; n <= count; ++n) {
    SCOPED_TRACE("killed at point " + std::to_string(n) + " of " + std::to_string(count));
    begin_again();
    const int seen = server.accepted();
    ASSERT_TRUE(killed_at(n));
    EXPECT_FALSE(killed_at(0, kLater));
    twice += check_everybody_told(server, seen);
  }
  EXPECT_GE(twice, 4) << "each of the four was accepted and not recorded, at some point";
}

// Recovery is work of its own: killed in the middle of it, and once more.
TEST_F(KillTest, AKillDuringTheRecoveryFromAKillChangesNothing) {
  const SmtpServer server;
  prepare(server);
  const int count = points();
  for (int n = 1; n <= count; n += 3) {
    for (const int again : {1, 2, 3, 4}) {
      SCOPED_TRACE("killed at point " + std::to_string(n) + ", then at " + std::to_string(again));
      begin_again();
      const int seen = server.accepted();
      ASSERT_TRUE(killed_at(n));
      killed_at(again, kLater);
      killed_at(0, "2026-09-24T08:50:00+09:00");
      check_everybody_told(server, seen, 3);  // one for each kill
    }
  }
}

// The daemon itself, whose threads send while its loop records: from before the morning until it.
TEST_F(KillTest, AfterEveryPointOfTheRunningDaemonEverybodyIsToldWhenItStartsAgain) {
  const SmtpServer server;
  prepare(server);
  const std::vector<std::string> until_morning{"--fast", "--until", kMorning};
  const std::vector<std::string> until_later{"--fast", "--until", kLater};
  constexpr const char* kBefore = "2026-09-24T08:29:00+09:00";
  const int count = points(kBefore, until_morning);
  int twice = 0;
  for (int n = 1; n <= count; ++n) {
    SCOPED_TRACE("killed at point " + std::to_string(n) + " of " + std::to_string(count));
    begin_again();
    const int seen = server.accepted();
    // What is written at which point depends on which answer comes first: there may be fewer.
    if (!killed_at(n, kBefore, until_morning) && n < count / 2) ADD_FAILURE() << "not killed";
    EXPECT_FALSE(killed_at(0, kMorning, until_later)) << place.read("log");
    twice += check_everybody_told(server, seen);
  }
  EXPECT_GE(twice, 1) << "somebody's mail was accepted and not recorded, at some point";
}

// The server has the message and its answer is on the way: the one instant no counting of writes
// can reach.
TEST_F(KillTest, KilledWhileTheAnswerIsOnItsWayTheSameMailComesAgain) {
  const SmtpServer server({"--hold-reply", "cm2@"});
  prepare(server);
  place.clock = kMorning;
  {
    ChildProcess child(place.command("omamorid", {"--once"}));
    ASSERT_EQ(server.wait_until_it_holds(), "DATA");
    child.end();
  }
  server.release();
  EXPECT_FALSE(killed_at(0, kLater));
  EXPECT_EQ(check_everybody_told(server, 0), 1);
  for (const auto& [mail, copies] : mails(server, 0)) {
    EXPECT_EQ(copies.size(), mail.starts_with("cm2@") ? 2U : 1U) << mail;
  }
}

}  // namespace
}  // namespace omamori
