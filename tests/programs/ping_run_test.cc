// Pings on the real omamorid, with curl: the lines of daemon/web/README.md as they stand, repeats
// that come at once, and what is left after kill -9.
#include <fstream>
#include <sstream>

#include <boost/json.hpp>
#include <gmock/gmock.h>

#include "tests/support/daemon_process.h"
#include "tests/support/door_support.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;
using testing::StartsWith;

class PingRun : public testing::Test {
 protected:
  void SetUp() override {
    // A port that was free a moment ago, so that public_url can name it.
    HttpConfig any;
    any.listen = "127.0.0.1:0";
    const std::string at =
        RunningDoors(any, [](const HttpRequest&) { return HttpResponse(); }).place();
    place.write("omamori.toml", "[file]\ndirectory = \"outbox\"\n[http]\nlisten = \"" + at +
                                    "\"\npublic_url = \"http://" + at + "\"\n");
    place.write("csv/offices.csv", "office_code,name\nOF-1,見本\n");
    place.write("csv/clients.csv",
                "client_code,office_code,plan_kind,decision_start,decision_end\n"
                "C-1,OF-1,standby_short_stay,2026-04-01,2027-03-31\n");
    place.write("csv/safety_checks.csv",
                "check_code,client_code,from,every_days,agreed_on,fail_means\n"
                "S-1,C-1,2026-08-01,30,2026-08-01,\nS-2,C-1,2026-08-01,30,2026-08-01,concern\n");
    place.clock = "2026-08-31T12:00:00+09:00";
    ASSERT_EQ(place.ctl({"init", "--demo"}).exit, 0);
    const Ran imported = place.ctl({"import", place.path("csv")});
    ASSERT_EQ(imported.exit, 0) << imported;
  }
  // The address of the check, as it is printed.
  std::string address(const std::string& check) const {
    const Ran ran = place.ctl({"check-key", check});
    EXPECT_EQ(ran.exit, 0) << ran;
    return ran.out.substr(0, ran.out.find('\n'));
  }
  // What it prints, as /bin/sh runs it in the place with $PING.
  std::string shell(const std::string& ping, const std::string& script) const {
    return run({"/usr/bin/env", "PING=" + ping, "/bin/sh", "-c",
                "cd '" + place.path("").string() + "'\n" + script});
  }
  // "S-1 ok 3": each record and how many pings it is.
  std::vector<std::string> records() const {
    std::vector<std::string> found;
    const auto list = boost::json::parse(place.ctl({"list", "check_ins", "--json"}).out);
    for (const auto& row : list.as_array()) {
      std::ostringstream text;
      text << row.at("check").as_string().c_str() << ' ' << row.at("outcome").as_string().c_str()
           << ' ' << row.at("pings").at("times").as_int64();
      found.push_back(text.str());
    }
    return found;
  }

  Place place;
};

// The blocks of the page between the marks, one string each.
std::vector<std::string> curl_lines() {
  std::ifstream page(source_path("daemon/web/README.md"));
  std::vector<std::string> lines;
  bool within = false;
  for (std::string line; std::getline(page, line);) {
    if (line == "<!-- end of curl lines -->") break;
    const std::size_t text = line.find_first_not_of(' ');
    if (within && text != line.npos && line[text] != '#') lines.push_back(line);
    within = within || line == "<!-- curl lines -->";
  }
  return lines;
}

TEST_F(PingRun, TheLinesOfThePageDoWhatItSays) {
  const DaemonProcess daemon(place);
  const auto lines = curl_lines();
  ASSERT_THAT(lines, SizeIs(4));
  const std::string first = address("S-1"), second = address("S-2");
  shell(first, lines[0]);
  EXPECT_THAT(records(), ElementsAre("S-1 ok 1"));
  shell(first, lines[3]);
  EXPECT_THAT(records(), ElementsAre("S-1 ok 2"));
  place.write("look-in", "#!/bin/sh\necho looked\nexit 3\n");
  shell(first, "chmod +x look-in\n" + lines[2]);
  shell(second, lines[2]);
  EXPECT_THAT(records(), ElementsAre("S-1 ok 2", "S-1 unreachable 1", "S-2 concern 1"));
  shell(second, lines[1]);
  EXPECT_THAT(records(), ElementsAre("S-1 ok 2", "S-1 unreachable 1", "S-2 concern 2"));
  EXPECT_THAT(place.read("log"), testing::Not(HasSubstr(first.substr(first.rfind('/') + 1))));
}

TEST_F(PingRun, WhatCurlIsAnswered) {
  const DaemonProcess daemon(place);
  const std::string ping = address("S-1");
  EXPECT_THAT(shell(ping, "curl -sS -i -X POST \"$PING\""),
              AllOf(StartsWith("HTTP/1.1 200 OK\r\n"), HasSubstr("\r\nPing-Body-Limit: 0\r\n"),
                    testing::EndsWith("\r\n\r\nOK")));
  EXPECT_THAT(shell(ping, "curl -sS -i \"$PING\""),
              AllOf(StartsWith("HTTP/1.1 405 "), HasSubstr("\r\nAllow: POST\r\n")));
  EXPECT_THAT(shell(ping, "curl -sS -I \"$PING\""), StartsWith("HTTP/1.1 405 "));
  EXPECT_THAT(shell(ping, "curl -sS -i -X POST \"$PING/nothing\""), StartsWith("HTTP/1.1 404 "));
  EXPECT_THAT(place.ctl({"show", "C-1", "--language", "en"}).out, HasSubstr("GET refused on"));
  const std::string big =
      "head -c 262144 /dev/zero > big; curl -sS -i --data-binary @big \"$PING\"";
  EXPECT_THAT(shell(ping, big), HasSubstr("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(records(), ElementsAre("S-1 ok 2"));
  const std::string more =
      "head -c 262145 /dev/zero > big; curl -sS -i --data-binary @big \"$PING\"";
  EXPECT_THAT(shell(ping, more), HasSubstr("HTTP/1.1 413 "));
  EXPECT_THAT(records(), ElementsAre("S-1 ok 2"));
}

TEST_F(PingRun, OneRunThatIsSaidTwentyTimesAtOnceIsOne) {
  const DaemonProcess daemon(place);
  const std::string ping = address("S-1");
  const std::string all_at_once =
      "for i in $(seq 20); do curl -fsS -X POST -o /dev/null \"$PING\" & done; wait";
  shell(ping + "?rid=123e4567-e89b-12d3-a456-426614174000", all_at_once);
  EXPECT_THAT(records(), ElementsAre("S-1 ok 1"));
  shell(ping, all_at_once);
  EXPECT_THAT(records(), ElementsAre("S-1 ok 21"));
}

TEST_F(PingRun, WhatWasAnsweredIsThereAfterAKill) {
  constexpr int kClients = 4;
  std::size_t acknowledged = 0;
  for (int round = 0; round < 3; ++round) {
    DaemonProcess daemon(place);
    const std::string ping = address("S-1");
    // Each pings until nobody answers any more, and writes a line for each answer.
    ChildProcess clients({"/bin/sh", "-c",
                          "for i in 1 2 3 4; do (while curl -fsS -m 10 -X POST \"$0\" 2>/dev/null "
                          ">/dev/null; do echo ok; done) & done; wait",
                          ping});
    for (int i = 0; i < 25; ++i, ++acknowledged) EXPECT_EQ(clients.read_line(), "ok");
    daemon.kill();
    for (std::string line = clients.read_line(); !line.empty(); line = clients.read_line()) {
      ++acknowledged;
    }
    clients.wait();
    place.clock = "2026-08-31T12:30:00+09:00";
  }
  const auto list = boost::json::parse(place.ctl({"list", "check_ins", "--json"}).out);
  ASSERT_EQ(list.as_array().size(), 1U);
  const auto& row = list.as_array().front();
  const auto kept = static_cast<std::size_t>(row.at("pings").at("times").as_int64());
  EXPECT_GE(kept, acknowledged);
  EXPECT_LE(kept, acknowledged + 3 * kClients) << "each had one on its way when it was killed";
}

}  // namespace
}  // namespace omamori
