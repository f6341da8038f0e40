// The heartbeat as whoever waits for it sees it: omamorid as a process, a real web server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/daemon_process.h"
#include "tests/support/http_support.h"

namespace omamori {
namespace {

using testing::HasSubstr;
using testing::Not;

// omamorid in a place of its own; its clock begins at `clock` and runs on at the usual speed.
class HeartbeatProcess : public testing::Test {
 protected:
  void prepare(const std::string& url, const std::string& clock, const std::string& more = "") {
    place.write("omamori.toml",
                "[database]\npath = \"omamori.db\"\n[policy]\npath = \"policy.toml\"\n"
                "[file]\ndirectory = \"outbox\"\n[heartbeat]\nurl = \"" +
                    url + "\"\n" + more);
    place.clock = clock;
    ASSERT_EQ(place.ctl({"init", "--demo"}).exit, 0);
  }
  void import_office() {
    place.write("csv/offices.csv", "office_code,name,supervisor\nOF-1,見本相談室,SV-1\n");
    place.write("csv/staff.csv",
                "staff_code,name,role,office_code,channels\n"
                "CM-1,仮 一郎,case_manager,OF-1,file\nSV-1,仮 三郎,supervisor,OF-1,file\n");
    place.write("csv/clients.csv",
                "client_code,name,certificate_no,office_code,case_manager,plan_kind,"
                "decision_start,decision_end,watched_from\n"
                "C-1,見本 一,1234567890,OF-1,CM-1,standby_short_stay,2026-04-01,2027-03-31,"
                "2026-04-01\n");
    ASSERT_EQ(place.ctl({"import", place.path("csv").string()}).exit, 0);
  }
  void start() { daemon = std::make_unique<DaemonProcess>(place); }
  boost::json::value heartbeat(const char* key) const {
    return daemon->status().at("heartbeat").as_object().at(key);
  }

  Place place;
  std::unique_ptr<DaemonProcess> daemon;
};

constexpr const char* kQuiet = "2026-09-18T12:00:00+09:00";

TEST_F(HeartbeatProcess, IsAGetThatSaysNothing) {
  HttpServer server;
  prepare(server.url(), kQuiet);
  start();
  server.wait_for_requests(1);
  const HeardRequest request = server.request(1);
  EXPECT_EQ(request.method, "GET");
  EXPECT_EQ(request.path, "/hooks/omamori?to=us");
  EXPECT_EQ(request.body, "");
  EXPECT_EQ(request.headers.size(), 3U) << "host, accept, user-agent";
  EXPECT_EQ(request.header("user-agent"), "omamori");
  ask_until([&] { return heartbeat("last_at").is_string(); });
  EXPECT_EQ(daemon->status().at("state"), "sound");
  EXPECT_THAT(place.read("log"), HasSubstr("heartbeat to http://localhost:"));
  EXPECT_THAT(place.read("log"), Not(HasSubstr("hooks"))) << "the path may be a secret";
  EXPECT_THAT(place.ctl({"status"}).out, HasSubstr("heartbeat           last arrived 2026-09-18"));
}

// That the attempt itself is broken off, and not waited for: tests/notifiers/heartbeat_test.cc.
TEST_F(HeartbeatProcess, AServerThatHangsHoldsUpNeitherCommandsNorTheStop) {
  HttpServer server({"--hang"});
  prepare(server.url(), kQuiet);
  start();
  server.wait_for_requests(1);
  EXPECT_EQ(place.ctl({"status"}).exit, 0);
  daemon->ask_to_stop();
  EXPECT_EQ(daemon->wait(), 0);
}

TEST_F(HeartbeatProcess, ARedirectIsNotFollowedAndNobodyIsMailed) {
  HttpServer elsewhere;
  HttpServer server({"--answer", "302", "--location", elsewhere.url()});
  prepare(server.url(), kQuiet);
  start();
  ask_until([&] { return heartbeat("failing").is_string(); });
  EXPECT_EQ(heartbeat("failing"), "HTTP 302 (redirects are not followed)");
  EXPECT_EQ(daemon->status().at("state"), "degraded");
  EXPECT_EQ(daemon->status().at("owed_items"), 0);
  EXPECT_EQ(elsewhere.count(), 0);
  EXPECT_THAT(place.ctl({"status"}).out,
              HasSubstr("(redirects are not followed); look at [heartbeat] url in omamori.toml"));
  EXPECT_THAT(place.read("log"), HasSubstr("the heartbeat does not arrive: HTTP 302"));
}

TEST_F(HeartbeatProcess, NoneWhileAHoldHasKeptSomethingBackForTooLong) {
  HttpServer server;
  prepare(server.url(), "2026-08-20T12:00:00+09:00", "[delivery]\nhold = true\n");
  import_office();
  place.clock = "2026-09-01T08:30:00+09:00";  // C-1's month begins: CM-1 is owed it
  ASSERT_EQ(place.daemon({"--once"}).exit, 1) << "decided, and held back";
  place.clock = "2026-09-01T12:31:00+09:00";
  start();
  ask_until([&] { return heartbeat("withheld").is_string(); });
  EXPECT_EQ(server.count(), 0);
  EXPECT_THAT(place.ctl({"status"}).out, HasSubstr("withheld: [delivery] hold"));
  place.write("omamori.toml",
              "[database]\npath = \"omamori.db\"\n[policy]\npath = \"policy.toml\"\n"
              "[file]\ndirectory = \"outbox\"\n[heartbeat]\nurl = \"" +
                  server.url() + "\"\n");
  ASSERT_EQ(place.ctl({"reload"}).exit, 0);
  server.wait_for_requests(1);
  EXPECT_TRUE(heartbeat("withheld").is_null());
}

TEST_F(HeartbeatProcess, WithoutAUrlThereIsNone) {
  prepare("", kQuiet);
  start();
  EXPECT_TRUE(daemon->status().at("heartbeat").is_null());
}

}  // namespace
}  // namespace omamori
