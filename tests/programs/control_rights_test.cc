// [control] operators, recorders and mailers with omamorid running and somebody else asking, as the
// kernel says who that is. Needs root, to be somebody else.
#include <algorithm>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/daemon_process.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class ControlRightsRun : public testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "only root can be somebody else";
    // Whoever asks finds the socket, which is root's group's, and reads the configuration.
    std::filesystem::permissions(place.path(""), std::filesystem::perms(0755));
  }
  void start(const std::string& lists) {
    place.write("omamori.toml",
                "[database]\npath = \"omamori.db\"\n[policy]\npath = \"policy.toml\"\n[file]\n"
                "directory = \"outbox\"\n[control]\nsocket = \"control.sock\"\n" +
                    lists);
    place.clock = "2026-09-01T12:00:00+09:00";
    ASSERT_EQ(place.ctl({"init", "--demo"}).exit, 0);
    place.write("csv/offices.csv", "office_code,name,supervisor\nOF-1,見本相談室,SV-1\n");
    place.write("csv/staff.csv",
                "staff_code,name,role,office_code,channels\nCM-1,仮 一郎,case_manager,OF-1,file\n"
                "CM-2,仮 二郎,case_manager,OF-1,file\nSV-1,仮 三郎,supervisor,OF-1,file\n");
    place.write("csv/clients.csv",
                "client_code,name,office_code,case_manager,plan_kind,decision_start,decision_end\n"
                "C-1,見本 一,OF-1,CM-1,standby_short_stay,2026-04-01,2027-03-31\n");
    ASSERT_EQ(place.ctl({"import", place.path("csv").string()}).exit, 0);
    daemon = std::make_unique<DaemonProcess>(place);
  }
  // omamorictl as `user`, who is of the socket's group.
  Ran as(const std::string& user, const std::vector<std::string>& words) const {
    std::vector<std::string> all{"/usr/bin/setpriv", "--reuid=" + user, "--regid=0",
                                 "--clear-groups"};
    for (std::string& word : place.command("omamorictl", words)) all.push_back(std::move(word));
    all.insert(all.begin(), {"/bin/sh", "-c", R"(exec "$@" 2>"$0")", place.path("stderr")});
    ChildProcess child(all);
    Ran ran;
    ran.out = child.read_all();
    ran.exit = child.wait();
    ran.err = place.read("stderr");
    return ran;
  }

  Place place;
  std::unique_ptr<DaemonProcess> daemon;
};

TEST_F(ControlRightsRun, ARecorderRecordsAndLooksAMailerDoesNeitherAndBothAreNamed) {
  ASSERT_NO_FATAL_FAILURE(
      start("operators = [\"bin\"]\nrecorders = [\"games\"]\n"
            "mailers = [\"mail\"]\n"));
  const std::vector<std::string> contact{"record", "contact", "C-1", "--by", "CM-1"};
  const Ran recorded = as("games", contact);
  EXPECT_EQ(recorded.exit, 0) << recorded;
  EXPECT_EQ(as("games", {"show", "C-1"}).exit, 0);
  const Ran dropped = as("games", {"assign", "C-1", "CM-2"});
  EXPECT_EQ(dropped.exit, 1) << dropped;
  EXPECT_THAT(dropped.err,
              AllOf(HasSubstr("(games) may not use \"assign\""), HasSubstr("operators (bin)")));
  for (const auto& words : {contact, {"show", "C-1"}, {"reload"}}) {
    EXPECT_EQ(as("mail", words).exit, 1) << words[0];
    EXPECT_EQ(as("nobody", words).exit, 1) << words[0] << ": named nowhere";
  }
  EXPECT_EQ(place.ctl({"reload"}).exit, 0) << "root";
  const std::string log = place.ctl({"log", "--kind", "record.contact"}).out;
  EXPECT_THAT(log, AllOf(HasSubstr("uid:5 "), HasSubstr("CM-1"))) << "who did it, and --by";
}

TEST_F(ControlRightsRun, AReloadTakesTheListsOver) {
  ASSERT_NO_FATAL_FAILURE(start(""));
  EXPECT_EQ(as("games", {"assign", "C-1", "CM-2"}).exit, 0) << "no lists: all of the group";
  place.write("omamori.toml", place.read("omamori.toml") + "recorders = [\"games\"]\n");
  ASSERT_EQ(place.ctl({"reload"}).exit, 0);
  EXPECT_EQ(as("games", {"assign", "C-1", "CM-1"}).exit, 1);
  EXPECT_EQ(as("games", {"record", "contact", "C-1"}).exit, 0);
}

// Until it has 300 connections or the queue has been full for long; then until its input ends.
constexpr const char* kHog = R"(
import socket, sys, time
mine, full = [], 0
while len(mine) < 300 and full < 100:
    one = socket.socket(socket.AF_UNIX)
    one.setblocking(False)
    try:
        one.connect(sys.argv[1])
        mine.append(one)
    except BlockingIOError:
        full += 1
        time.sleep(0.02)
print("there", flush=True)
sys.stdin.read()
)";

TEST_F(ControlRightsRun, OneUserWhoTakesAllConnectionsShutsNobodyElseOut) {
  ASSERT_NO_FATAL_FAILURE(start(""));
  ChildProcess hog({"/usr/bin/setpriv", "--reuid=games", "--regid=0", "--clear-groups",
                    "/usr/bin/python3", "-c", kHog, place.path("control.sock")});
  ASSERT_EQ(hog.read_line(), "there");
  const int file = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  place.path("control.sock").native().copy(address.sun_path, sizeof address.sun_path - 1);
  EXPECT_EQ(::connect(file, reinterpret_cast<sockaddr*>(&address), sizeof address), 0)
      << "the queue is full";
  ::close(file);
  EXPECT_EQ(place.ctl({"list", "clients"}).exit, 0);
}

TEST_F(ControlRightsRun, WhoLookedAtWhomIsKeptAndShownToOperatorsAlone) {
  ASSERT_NO_FATAL_FAILURE(start("recorders = [\"games\"]\n"));
  for (int i = 0; i < 2; ++i) EXPECT_EQ(as("games", {"show", "C-1"}).exit, 0);
  EXPECT_EQ(as("games", {"show", "C-9"}).exit, 1) << "nobody was shown";
  EXPECT_EQ(place.ctl({"export", "clients"}).exit, 0);
  EXPECT_EQ(as("games", {"access"}).exit, 1);
  const std::string shown = place.ctl({"access", "--client", "C-1"}).out;
  EXPECT_THAT(shown, HasSubstr("at                who    client  what            door\n"));
  EXPECT_THAT(shown, HasSubstr("  uid:5  C-1     show            control\n"));
  EXPECT_THAT(shown, HasSubstr("  uid:0  (all)   export clients  control\n"));
  EXPECT_EQ(std::count(shown.begin(), shown.end(), '\n'), 3) << shown;
}

// The files of a place, as somebody else finds them.
class OpenPlace : public ControlRightsRun {};

TEST_F(OpenPlace, ANameThatTurnsTheLineAroundIsNamedOnTheTerminal) {
  ASSERT_NO_FATAL_FAILURE(start(""));
  place.write("offices.csv", "office_code,name,supervisor\nOF-1,=見本\u202E相談室,SV-1\n");
  ASSERT_EQ(place.ctl({"import", "offices", place.path("offices.csv")}).exit, 0);
  EXPECT_THAT(place.ctl({"list", "offices"}).out, HasSubstr("=見本<U+202E>相談室"));
  EXPECT_THAT(place.ctl({"export", "offices"}).out, HasSubstr(",'=見本\u202E相談室,"));
}

TEST_F(OpenPlace, OfABrokenFileTheMailSaysWhereAndNotWhat) {
  ASSERT_NO_FATAL_FAILURE(start(""));
  place.write("policy.toml", "contact = \"x\"\n[\"tanaka\"]\n[\"tanaka\"]\n");
  const Ran reload = place.ctl({"reload"});
  EXPECT_EQ(reload.exit, 1);
  EXPECT_THAT(reload.err, HasSubstr("cannot redefine existing table"));
  EXPECT_THAT(place.ctl({"trouble", "list"}).out,
              AllOf(HasSubstr("policy.toml:3:1: TOML として読めません"),
                    testing::Not(HasSubstr("tanaka"))));
  EXPECT_EQ(place.read("log").find("tanaka"), std::string::npos);
}

TEST_F(OpenPlace, WhatAnybodyMayReadOrChangeIsNamed) {
  ASSERT_NO_FATAL_FAILURE(start(""));
  using std::filesystem::perms;
  std::filesystem::permissions(place.path("omamori.db"), perms(0640));
  EXPECT_THAT(place.ctl({"check"}).out, testing::Not(HasSubstr("omamori.db may be")));
  std::filesystem::permissions(place.path("omamori.db"), perms(0644));
  std::filesystem::permissions(place.path("policy.toml"), perms(0666));
  std::filesystem::permissions(place.path("control.sock"), perms(0666));
  const std::string said = place.ctl({"check"}).out;
  EXPECT_THAT(said, HasSubstr("omamori.db may be read by anybody on this machine; chmod o= "));
  EXPECT_THAT(said, HasSubstr("policy.toml may be changed by anybody on this machine"));
  EXPECT_THAT(said, HasSubstr("control.sock may be changed by anybody on this machine"));
  EXPECT_THAT(place.ctl({"doctor", "--language", "en"}).out,
              HasSubstr("omamori.db may be read by anybody on this machine"));
}

}  // namespace
}  // namespace omamori
