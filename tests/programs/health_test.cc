// What the machine does to omamorid must be seen from outside: status with its exit code, doctor,
// the heartbeat. On the real programs, with a machine that fails where the test says.
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "db/sqlite/database.h"
#include "db/store.h"
#include "tests/support/daemon_process.h"
#include "tests/support/http_support.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kQuiet = "2026-08-31T12:00:00+09:00";    // a Monday
constexpr const char* kMorning = "2026-09-01T08:30:00+09:00";  // CM-1 hears of C-1

class HealthRun : public testing::Test {
 protected:
  // One client whose month begins in the morning; `channel` and what omamori.toml says of it.
  void prepare(const std::string& channel = "file", const std::string& more = "") {
    configure(more);
    place.write("csv/offices.csv", "office_code,name,supervisor\nOF-1,見本相談室,SV-1\n");
    place.write("csv/staff.csv",
                "staff_code,name,role,office_code,email,channels\n"
                "CM-1,仮 一郎,case_manager,OF-1,cm1@example.com," +
                    channel + "\nSV-1,仮 三郎,supervisor,OF-1,sv1@example.com," + channel +
                    "\nOP-1,仮 四郎,operator,,op1@example.com," + channel + "\n");
    place.write("csv/clients.csv",
                "client_code,name,certificate_no,office_code,case_manager,plan_kind,"
                "decision_start,decision_end,watched_from\n"
                "C-1,見本 一,1234567890,OF-1,CM-1,standby_short_stay,2026-04-01,2027-03-31,"
                "2026-08-20\n");
    place.clock = "2026-08-20T12:00:00+09:00";
    ASSERT_EQ(place.ctl({"init", "--demo"}).exit, 0);
    ASSERT_EQ(place.ctl({"import", place.path("csv").string()}).exit, 0);
    ASSERT_EQ(place.daemon({"--once"}).exit, 0);
    place.clock = kQuiet;
  }
  void configure(const std::string& more) const {
    place.write("omamori.toml",
                "[database]\npath = \"omamori.db\"\n[policy]\npath = \"policy.toml\"\n"
                "[file]\ndirectory = \"outbox\"\n" +
                    more);
  }
  static std::string mail_to(const SmtpServer& server) {
    return "[smtp]\nhost = \"localhost\"\nport = " + std::to_string(server.port()) +
           "\ntls = \"none\"\nfrom = \"omamori@example.com\"\n";
  }
  void start(const std::vector<std::string>& words = {}) {
    daemon = std::make_unique<DaemonProcess>(place, words, faults_in(place));
  }
  void begin_fault(const std::string& name) const { place.write("faults/" + name, ""); }
  void end_fault(const std::string& name) const {
    std::filesystem::remove(place.path("faults/" + name));
  }
  bool sound() const { return daemon->status().at("state") == "sound"; }

  // As a bad disk would, with nobody using the file: the list of free pages leads nowhere.
  void damage_the_free_pages() const {
    const auto path = place.path("omamori.db");
    {
      Database file(path, false);
      file.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE");
      file.exec(
          "CREATE TABLE gone (a); INSERT INTO gone VALUES (zeroblob(400000)); DROP TABLE gone");
    }
    std::fstream bytes(path, std::ios::in | std::ios::out | std::ios::binary);
    unsigned char head[4];
    bytes.seekg(32);
    bytes.read(reinterpret_cast<char*>(head), sizeof head);
    const std::int64_t page = (head[0] << 24) + (head[1] << 16) + (head[2] << 8) + head[3];
    ASSERT_GT(page, 1);
    bytes.seekp((page - 1) * 4096);
    bytes << std::string(4096, '\x55');
  }

  Place place;
  std::unique_ptr<DaemonProcess> daemon;
};

struct Fault {
  const char* name;
  const char* sqlite_says;
  const char* to_do;
};
class DiskFault : public HealthRun, public testing::WithParamInterface<Fault> {};

TEST_P(DiskFault, IsSaidByStatusAndDoctorUntilItIsOver) {
  prepare();
  start({"--fast"});
  ask_until([&] { return sound(); });
  begin_fault(GetParam().name);
  EXPECT_EQ(place.ctl({"record", "contact", "C-1"}).exit, 3) << "not written down";
  for (const char* look : {"the command has told of it", "and so has the turn after it"}) {
    const Ran status = place.ctl({"status"});
    EXPECT_EQ(status.exit, 1) << look << status;
    EXPECT_THAT(status.out,
                AllOf(HasSubstr("! the last turn failed, nothing is sent (since 2026-08-31 "
                                "12:00): "),
                      HasSubstr(GetParam().sqlite_says), HasSubstr(GetParam().to_do),
                      Not(HasSubstr("is omamorid running"))));
    ask_until([&] { return place.read("log").find("tried again") != std::string::npos; });
  }
  const Ran doctor = place.ctl({"doctor", "--language", "en"});
  EXPECT_EQ(doctor.exit, 2) << doctor;
  EXPECT_THAT(doctor.out, HasSubstr("the last turn failed, nothing is sent"));
  end_fault(GetParam().name);
  ask_until([&] { return sound(); });
  EXPECT_THAT(place.read("log"), HasSubstr("it works again"));
}

INSTANTIATE_TEST_SUITE_P(Disk, DiskFault,
                         testing::Values(Fault{"sync", "disk I/O error", "look at the disk"},
                                         Fault{"full", "database or disk is full",
                                               "make room on the disk"}),
                         [](const auto& fault) { return std::string(fault.param.name); });

// On another disk than the database's: there it arrives as what it was not.
TEST_F(HealthRun, ADiskThatSpoilsCopiesIsNotTakenForADamagedDatabase) {
  const ScratchDirectory elsewhere(memory_directory());
  if (memory_directory() == std::filesystem::temp_directory_path()) GTEST_SKIP() << "one disk";
  prepare("file", "[backup]\ndirectory = \"" + elsewhere.path().string() + "\"\n");
  begin_fault("spoil");
  start({"--fast"});
  const Ran made = place.ctl({"backup"});
  EXPECT_EQ(made.exit, 1) << made;
  EXPECT_THAT(made.err, HasSubstr("is not what was copied, see to that disk"));
  const Ran status = place.ctl({"status"});
  EXPECT_EQ(status.exit, 1) << status;
  EXPECT_THAT(status.out, AllOf(HasSubstr("trouble: backup"), Not(HasSubstr("is damaged"))));
  end_fault("spoil");
  EXPECT_EQ(place.ctl({"backup"}).exit, 0);
  ask_until([&] { return sound(); });
}

TEST_F(HealthRun, AFreeListThatIsDamagedIsFoundAlthoughEveryTableIsSound) {
  prepare();
  damage_the_free_pages();
  start({"--fast"});
  ask_until([&] { return !sound(); });
  const Ran status = place.ctl({"status"});
  EXPECT_EQ(status.exit, 1) << status;
  EXPECT_THAT(status.out, HasSubstr("! the database is damaged"));
  EXPECT_THAT(status.out, HasSubstr("restore a backup"));
  const Ran doctor = place.ctl({"doctor", "--language", "en"});
  EXPECT_EQ(doctor.exit, 2) << doctor;
  EXPECT_THAT(doctor.out, HasSubstr("the table sqlite_schema is damaged: "));
}

TEST_F(HealthRun, WhereTheMailServerPutsEverybodyOffStatusSendsPeopleWhereTheyFindIt) {
  const SmtpServer server({"--refuse", ".*=450 4.2.0 come back later"});
  prepare("email", mail_to(server));
  start({"--fast"});
  ASSERT_EQ(place.ctl({"clock", "run-to", "2026-09-01T12:31:00+09:00"}).exit, 0);
  const Ran status = place.ctl({"status"});
  EXPECT_EQ(status.exit, 1) << status;
  EXPECT_THAT(status.out, HasSubstr("owed to CM-1 cannot be told, nor to anybody else"));
  EXPECT_EQ(place.ctl({"trouble", "list", "--json"}).out, "[]\n");
  EXPECT_THAT(status.out, AllOf(HasSubstr("outbox list"), Not(HasSubstr("trouble list"))));
  EXPECT_THAT(place.ctl({"outbox", "list"}).out, HasSubstr("CM-1"));
}

TEST_F(HealthRun, NoHeartbeatAfterAStartWhilePeopleHaveWaitedForDays) {
  HttpServer waiting;
  const SmtpServer server({"--refuse", ".*=450 4.2.0 come back later"});
  const std::string both = mail_to(server) + "[heartbeat]\nurl = \"" + waiting.url() + "\"\n";
  prepare("email", both + "[delivery]\nhold = true\n");
  place.clock = kMorning;
  EXPECT_EQ(place.daemon({"--once"}).exit, 0) << "decided, and held back";
  configure(both);
  place.clock = "2026-09-03T09:00:00+09:00";
  start();
  const auto heartbeat = [&](const char* key) {
    return daemon->status().at("heartbeat").as_object().at(key).is_string();
  };
  ask_until([&] { return heartbeat("withheld") || heartbeat("last_at"); });
  EXPECT_TRUE(heartbeat("withheld"));
  EXPECT_EQ(waiting.count(), 0);
  EXPECT_THAT(place.ctl({"status"}).out,
              HasSubstr("withheld: 2 items owed to CM-1 cannot be told"));
}

TEST_F(HealthRun, WithoutADaemonStatusSaysSinceWhen) {
  prepare();
  place.clock = "2026-08-21T12:00:00+09:00";  // a Friday: nothing is due before Monday
  start();
  daemon->ask_to_stop();
  ASSERT_EQ(daemon->wait(), 0);
  place.clock = "2026-08-23T23:00:00+09:00";
  const Ran status = place.ctl({"status"});
  EXPECT_EQ(status.exit, 1) << status;
  EXPECT_THAT(status.out, HasSubstr("! omamorid is not running, nobody is reminded (since "
                                    "2026-08-21 12:00); systemctl start omamorid\n"));
  const Ran doctor = place.ctl({"doctor", "--language", "en"});
  EXPECT_THAT(doctor.out, HasSubstr("omamorid is not running"));
}

// The clock of a demonstration stands while a message is on its way. Nobody asks meanwhile: any
// command would bring the turn that is to come by itself.
TEST_F(HealthRun, ADemonstrationGoesOnAfterAnAnswerThatCouldNotBeWrittenDownAtFirst) {
  const SmtpServer server({"--hold-reply", "cm1@"});
  prepare("email", mail_to(server));
  start({"--fast", "--until", "2026-09-01T09:00:00+09:00"});
  ASSERT_EQ(server.wait_until_it_holds(), "DATA");
  begin_fault("sync-once");
  server.release();
  EXPECT_EQ(daemon->wait(), 0);
  EXPECT_FALSE(std::filesystem::exists(place.path("faults/sync-once"))) << "nothing failed";
  EXPECT_THAT(place.read("log"), AllOf(HasSubstr("disk I/O error"), HasSubstr("it works again")));
  EXPECT_EQ(server.accepted(), 3) << "each message once";
  Store store(place.path("omamori.db"), {});
  EXPECT_EQ(store.counts().owed_items, 0);
}

}  // namespace
}  // namespace omamori
