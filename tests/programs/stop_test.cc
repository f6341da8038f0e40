// SIGTERM while something hangs that nothing can call back: the process is gone all the same, and
// what it leaves unknown is known to be so. Who would wait for ever is ended by ctest (TIMEOUT in
// tests/CMakeLists.txt).
#include <filesystem>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "db/store.h"
#include "tests/support/daemon_process.h"

namespace omamori {
namespace {

using testing::HasSubstr;

constexpr const char* kMorning = "2026-09-01T08:30:00+09:00";

class StopTest : public testing::Test {
 protected:
  // CM-1 is to be told over `channel` when the daemon starts.
  void start(const std::string& channel, const std::string& more, const std::string& fault) {
    const std::string config =
        "[database]\npath = \"omamori.db\"\n[policy]\npath = \"policy.toml\"\n";
    place.write("omamori.toml", config);
    place.write("csv/offices.csv", "office_code,name,supervisor\nOF-1,見本相談室,\n");
    place.write("csv/staff.csv",
                "staff_code,name,role,office_code,email,channels\n"
                "CM-1,仮 一郎,case_manager,OF-1,cm1@example.com," +
                    channel + "\n");
    place.write("csv/clients.csv",
                "client_code,name,certificate_no,office_code,case_manager,plan_kind,"
                "decision_start,decision_end,watched_from\n"
                "C-1,見本 一,1234567890,OF-1,CM-1,standby_short_stay,2026-04-01,2027-03-31,"
                "2026-08-20\n");
    place.clock = "2026-08-20T12:00:00+09:00";
    ASSERT_EQ(place.ctl({"init", "--demo"}).exit, 0);
    ASSERT_EQ(place.ctl({"import", place.path("csv").string()}).exit, 0);
    place.write("omamori.toml", config + more);
    std::filesystem::create_directory(place.path("outbox"));
    place.clock = kMorning;
    const auto environment = faults_in(place);
    place.write("faults/" + fault, "");
    daemon = std::make_unique<DaemonProcess>(place, std::vector<std::string>{}, environment);
    const auto hangs = place.path("faults/hangs");
    wait_for_files(place.path("faults"), [&] { return std::filesystem::exists(hangs); });
  }
  // What is written of the one attempt that was made.
  AttemptOutcome outcome() const {
    Store store(place.path("omamori.db"), {});
    const auto messages = store.messages(MessageState::pending, 10);
    EXPECT_EQ(messages.size(), 1U);
    const auto attempts = store.attempts(messages.at(0).content.id);
    EXPECT_FALSE(attempts.empty());
    return attempts.at(0).outcome;
  }

  // Files in the directory of backups whose names end so.
  int copies(const std::string& end) const {
    int count = 0;
    for (const auto& file : std::filesystem::directory_iterator(place.path("backup"))) {
      if (file.path().string().ends_with(end)) ++count;
    }
    return count;
  }

  Place place;
  std::unique_ptr<DaemonProcess> daemon;
};

TEST_F(StopTest, ANameServerThatHangsKeepsNobodyFromStopping) {
  start("email", "[smtp]\nhost = \"mail.example.com\"\nfrom = \"omamori@example.com\"\n", "names");
  daemon->ask_to_stop();
  EXPECT_EQ(daemon->wait(), 0);
  EXPECT_THAT(place.read("log"), HasSubstr("stopped"));
  EXPECT_EQ(outcome(), AttemptOutcome::try_again) << "the server was not even found";
}

TEST_F(StopTest, AShareThatHangsKeepsNobodyFromStoppingAndWhatBecameOfItIsUnknown) {
  start("file", "[file]\ndirectory = \"outbox\"\n", "files");
  daemon->ask_to_stop();
  EXPECT_EQ(daemon->wait(), 0);
  EXPECT_THAT(place.read("log"),
              HasSubstr("stopped without recording what became of some messages"));
  EXPECT_EQ(outcome(), AttemptOutcome::begun);
  std::filesystem::remove(place.path("faults/files"));
  place.clock = "2026-09-01T08:31:00+09:00";
  EXPECT_EQ(place.daemon({"--once"}).exit, 0);
  const Store store(place.path("omamori.db"), {});
  EXPECT_EQ(const_cast<Store&>(store).counts().owed_items, 0) << "it went again, under its id";
}

// As on a share of another machine: nothing can call the thread back that brings the copy there.
TEST_F(StopTest, ACopyOnAShareThatHangsKeepsNobodyFromStopping) {
  std::filesystem::create_directory(place.path("backup"));
  start("file", "[file]\ndirectory = \"outbox\"\n[backup]\ndirectory = \"backup\"\n", "copies");
  daemon->ask_to_stop();
  EXPECT_EQ(daemon->wait(), 0);
  EXPECT_THAT(place.read("log"), HasSubstr("stopped, without a thread that hangs"));
  EXPECT_EQ(copies(".partial"), 1) << "what it was about";
  std::filesystem::remove(place.path("faults/copies"));
  place.clock = "2026-09-01T08:31:00+09:00";
  const DaemonProcess again(place);
  wait_for_files(place.path("backup"), [&] { return copies(".db") == 1; });
  EXPECT_EQ(copies(".partial"), 0) << "the next copy takes it away";
}

}  // namespace
}  // namespace omamori
