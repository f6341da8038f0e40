// The doors of the real omamorid: who asks /healthz and /readyz, what is said when they cannot be
// opened, and how they end.
#include <fstream>

#include <gmock/gmock.h>

#include "tests/support/daemon_process.h"
#include "tests/support/door_support.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class DoorsRun : public testing::Test {
 protected:
  void SetUp() override {
    configure("");
    place.clock = "2026-08-31T12:00:00+09:00";
    ASSERT_EQ(place.ctl({"init", "--demo"}).exit, 0);
  }
  void configure(const std::string& http) const {
    place.write("omamori.toml", "[file]\ndirectory = \"outbox\"\n" + http);
  }
  std::string socket() const { return "unix:" + place.path("http.sock").string(); }
  static std::string ask(const std::string& where, const std::string& path) {
    return DoorClient(where)
        .say("GET " + path + " HTTP/1.1\r\nHost: o\r\nConnection: close\r\n\r\n")
        .hear();
  }

  Place place;
};

TEST_F(DoorsRun, SayThatItTurnsAndWhetherAllIsWell) {
  configure("[http]\nlisten = \"unix:http.sock\"\n");
  DaemonProcess daemon(place);
  EXPECT_THAT(place.read("log"), HasSubstr("doors: listening on " + socket()));
  EXPECT_THAT(ask(socket(), "/healthz"),
              AllOf(StartsWith("HTTP/1.1 200 OK\r\n"), HasSubstr("\r\n\r\nok\n"),
                    HasSubstr("Content-Security-Policy: default-src 'none'")));
  EXPECT_THAT(ask(socket(), "/readyz"),
              AllOf(StartsWith("HTTP/1.1 200 OK\r\n"), HasSubstr("\r\n\r\nsound\n")));
  EXPECT_THAT(ask(socket(), "/a/SECRET"), StartsWith("HTTP/1.1 404 "));
  const auto status = daemon.status();
  EXPECT_EQ(status.at("doors").at("place").as_string(), socket());
  EXPECT_THAT(place.ctl({"status"}).out, HasSubstr("open at " + socket()));
  // The database goes: it turns all the same, and is not ready.
  std::filesystem::rename(place.path("omamori.db"), place.path("away.db"));
  EXPECT_THAT(ask(socket(), "/healthz"), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(ask(socket(), "/readyz"),
              AllOf(StartsWith("HTTP/1.1 503 "), HasSubstr("\r\n\r\ndegraded\n")));
  std::filesystem::rename(place.path("away.db"), place.path("omamori.db"));
  EXPECT_THAT(ask(socket(), "/readyz"), StartsWith("HTTP/1.1 200 "));
  const DoorClient idle(socket());
  daemon.ask_to_stop();
  EXPECT_EQ(idle.hear(), "") << "who asks nothing is sent away";
  EXPECT_EQ(daemon.wait(), 0);
  EXPECT_FALSE(std::filesystem::exists(place.path("http.sock")));
  EXPECT_THAT(place.read("log"), Not(HasSubstr("SECRET")));
}

TEST_F(DoorsRun, ThatCannotBeOpenedKeepNobodyFromBeingReminded) {
  std::ofstream(place.path("http.sock")) << "in the way";
  configure("[http]\nlisten = \"unix:http.sock\"\npublic_url = \"http://127.0.0.1:1\"\n");
  DaemonProcess daemon(place);
  EXPECT_THAT(place.read("log"), AllOf(HasSubstr("doors: "), HasSubstr("is not a socket; move it"),
                                       HasSubstr("everybody is reminded all the same")));
  const Ran status = place.ctl({"status"});
  EXPECT_EQ(status.exit, 1) << status;
  EXPECT_THAT(status.out, HasSubstr("the doors are not open, nobody can answer by a link"));
  const Ran doctor = place.ctl({"doctor", "--language", "en"});
  EXPECT_THAT(doctor.out, HasSubstr("the doors are not open"));
  EXPECT_THAT(doctor.out, HasSubstr("public_url does not lead to the doors: "));
  EXPECT_THAT(place.ctl({"check"}).out, HasSubstr("error: doors: "));
}

TEST_F(DoorsRun, AreFoundByDoctorBehindPublicUrl) {
  // A port that was free a moment ago, so that public_url can name it.
  std::string at;
  {
    HttpConfig any;
    any.listen = "127.0.0.1:0";
    at = RunningDoors(any, [](const HttpRequest&) { return HttpResponse(); }).place();
  }
  configure("[http]\nlisten = \"" + at + "\"\npublic_url = \"http://" + at + "\"\n");
  std::ofstream(place.path("token-key")) << std::string(32, 'k');
  std::filesystem::permissions(place.path("token-key"), std::filesystem::perms(0644));
  const DaemonProcess daemon(place);
  const Ran doctor = place.ctl({"doctor", "--language", "en"});
  EXPECT_THAT(doctor.out, HasSubstr("public_url leads to the doors"));
  EXPECT_THAT(doctor.out, HasSubstr("token-key: anybody on this machine may read it"));
  EXPECT_THAT(doctor.out, HasSubstr("open at " + at));
}

}  // namespace
}  // namespace omamori
