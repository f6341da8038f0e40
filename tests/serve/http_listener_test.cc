// The doors on real sockets: who is answered, with what, and whom a hostile client costs nothing.
#include "daemon/serve/http_listener.h"

#include <sys/stat.h>

#include <atomic>
#include <fstream>
#include <ostream>

#include <gmock/gmock.h>

#include "tests/support/door_support.h"
#include "tests/support/scratch_directory.h"

namespace omamori {
namespace {

using std::chrono::milliseconds;
using testing::AllOf;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr std::size_t kBig = std::size_t{16} << 20;  // more than the kernel holds for who is lazy

HttpConfig at(const std::string& listen) {
  HttpConfig http;
  http.listen = listen;
  return http;
}
HttpConfig loopback() { return at("127.0.0.1:0"); }

std::string get(const std::string& path, const std::string& fields = "") {
  return "GET " + path + " HTTP/1.1\r\nHost: o\r\n" + fields + "\r\n";
}
std::string last_get(const std::string& path) { return get(path, "Connection: close\r\n"); }

class Doors : public testing::Test {
 protected:
  // Says what was asked; paths of their own do what their name says.
  HttpListener::Handler handler() {
    return [this](const HttpRequest& request) {
      ++handled_;
      handled_.notify_all();
      if (request.path == "/throw") throw std::runtime_error("SECRET " + request.path);
      if (request.path == "/throw1") throw 1;
      HttpResponse response = plain_text(200, request.method + " " + request.path + " by " +
                                                  request.peer + " " + request.body + "\n");
      if (request.path == "/big") response.body = std::string(kBig, 'x');
      if (request.path == "/own") {
        response.headers["cache-control"] = "private, no-cache";
        response.headers["Location"] = "/elsewhere";
        response.status = 303;
      }
      if (request.path == "/split") response.headers["Location"] = "/x\r\nSet-Cookie: a=b";
      if (request.path == "/nothing") response.status = 204;
      return response;
    };
  }
  static std::string ask(const std::string& place, const std::string& bytes) {
    return DoorClient(place).say(bytes).hear();
  }
  static void expect_alive(const RunningDoors& doors) {
    EXPECT_THAT(ask(doors.place(), last_get("/alive")), HasSubstr("GET /alive by 127.0.0.1"));
  }
  void wait_until_one_is_handled() const { handled_.wait(0); }

  ScratchDirectory directory_;
  std::atomic<int> handled_ = 0;
};

TEST_F(Doors, AnswerWithWhatEveryAnswerCarries) {
  RunningDoors doors(loopback(), handler());
  ASSERT_EQ(doors.why(), "");
  EXPECT_EQ(ask(doors.place(), last_get("/a?b=c")),
            "HTTP/1.1 200 OK\r\n"
            "Cache-Control: no-store\r\n"
            "Connection: close\r\n"
            "Content-Length: 21\r\n"
            "Content-Security-Policy: default-src 'none'; style-src 'self'; img-src 'self'; "
            "form-action 'self'; base-uri 'none'; frame-ancestors 'none'\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n"
            "Referrer-Policy: no-referrer\r\n"
            "X-Content-Type-Options: nosniff\r\n"
            "X-Frame-Options: DENY\r\n\r\n"
            "GET /a by 127.0.0.1 \n");
}

TEST_F(Doors, AHandlersOwnFieldTakesThePlaceOfTheCommonOne) {
  RunningDoors doors(loopback(), handler());
  const std::string answer = ask(doors.place(), last_get("/own"));
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 303 See Other\r\n"));
  EXPECT_THAT(answer, AllOf(HasSubstr(": private, no-cache\r\n"), HasSubstr("Location: /else"),
                            Not(HasSubstr("no-store"))));
  const std::string split = ask(doors.place(), last_get("/split"));
  EXPECT_THAT(split, AllOf(StartsWith("HTTP/1.1 500 "), Not(HasSubstr("Set-Cookie"))));
}

TEST_F(Doors, HeadAndNoContentHaveNoBody) {
  RunningDoors doors(loopback(), handler());
  const std::string head =
      ask(doors.place(), "HEAD /a HTTP/1.1\r\nHost: o\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(head, AllOf(HasSubstr("Content-Length: 22\r\n"), EndsWith("\r\n\r\n")));
  const std::string none = ask(doors.place(), last_get("/nothing"));
  EXPECT_THAT(none, AllOf(StartsWith("HTTP/1.1 204 "), EndsWith("\r\n\r\n"),
                          Not(HasSubstr("Content-Length"))));
}

TEST_F(Doors, RequestsOnOneConnectionAreAnsweredInOrder) {
  HttpLimits limits;
  limits.requests = 3;
  RunningDoors doors(loopback(), handler(), limits);
  const std::string all = ask(doors.place(), get("/1") + get("/2") + get("/3") + get("/4"));
  const auto first = all.find("GET /1 ");
  const auto second = all.find("GET /2 ");
  const auto third = all.find("GET /3 ");
  EXPECT_LT(first, second);
  EXPECT_LT(second, third);
  EXPECT_NE(third, std::string::npos);
  EXPECT_EQ(all.find("GET /4 "), std::string::npos) << "three on one connection";
  EXPECT_THAT(all.substr(second), HasSubstr("Connection: close"));
  EXPECT_EQ(handled_, 3);
}

TEST_F(Doors, AnswerWhoeverHasSaidTheirLastWord) {
  RunningDoors doors(loopback(), handler());
  DoorClient client(doors.place());
  EXPECT_THAT(client.say(get("/half")).end_of_words().hear(), HasSubstr("GET /half by"));
  DoorClient cut(doors.place());
  EXPECT_THAT(cut.say("GET / HTTP/1.1\r\nHos").end_of_words().hear(), StartsWith("HTTP/1.1 400 "));
}

TEST_F(Doors, AGoOnIsSaidBeforeTheBody) {
  RunningDoors doors(loopback(), handler());
  DoorClient client(doors.place());
  client.say(
      "POST /b HTTP/1.1\r\nHost: o\r\nExpect: 100-continue\r\nContent-Length: 2\r\n"
      "Connection: close\r\n\r\n");
  EXPECT_EQ(client.hear_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_THAT(client.say("hi").hear(), HasSubstr("POST /b by 127.0.0.1 hi"));
}

TEST_F(Doors, AHandlerThatBreaksOffSaysNothingOfWhy) {
  RunningDoors doors(loopback(), handler());
  for (const char* path : {"/throw", "/throw1"}) {
    const std::string answer = ask(doors.place(), last_get(path));
    EXPECT_THAT(answer, AllOf(StartsWith("HTTP/1.1 500 "), EndsWith("\r\n\r\ninternal error\n")));
  }
  EXPECT_THAT(
      doors.problems(),
      ElementsAre("a request at the doors could not be answered: an exception in its handler",
                  "a request at the doors could not be answered: an unknown exception"));
}

// What is refused is answered, the connection ends, and the next client is served.
struct Hostile {
  std::string bytes;
  const char* status;
};
void PrintTo(const Hostile& row, std::ostream* out) { *out << row.bytes.substr(0, 80); }

TEST_F(Doors, RefuseWhatIsHostileAndGoOn) {
  RunningDoors doors(loopback(), handler());
  const std::string smuggled = "GET /smuggled HTTP/1.1\r\nHost: o\r\n\r\n";
  const std::vector<Hostile> rows{
      {"\x16\x03\x01\x02\r\n\r\n", "400"},
      {"GET http://o/ HTTP/1.1\r\nHost: o\r\n\r\n", "400"},
      {"GET / HTTP/1.1\r\n\r\n", "400"},
      {"GET / HTTP/1.1\r\nHost: o\r\nHost: p\r\n\r\n", "400"},
      {"CONNECT o:443 HTTP/1.1\r\nHost: o\r\n\r\n", "405"},
      {"BREW / HTTP/1.1\r\nHost: o\r\n\r\n", "501"},
      {get("/%2e%2e/"), "400"},
      {get("/%2f"), "400"},
      {get("/%00"), "400"},
      {get("/%"), "400"},
      {get("/" + std::string(3000, 'x')), "414"},
      {get("/", "X: " + std::string(9000, 'x') + "\r\n"), "431"},
      {"POST / HTTP/1.1\r\nHost: o\r\nContent-Length: 999999\r\n\r\n" + std::string(999'999, 'x'),
       "413"},
      {"POST / HTTP/1.1\r\nHost: o\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
       "0\r\n\r\n" +
           smuggled,
       "400"},
      {"POST / HTTP/1.1\r\nHost: o\r\nTransfer-Encoding: gzip\r\n\r\n" + smuggled, "501"},
  };
  for (const Hostile& row : rows) {
    DoorClient client(doors.place());
    const std::string answer = client.say(row.bytes).end_of_words().hear();
    EXPECT_THAT(answer, StartsWith(std::string("HTTP/1.1 ") + row.status + " "))
        << testing::PrintToString(row);
    EXPECT_THAT(answer, HasSubstr("Connection: close"));
    EXPECT_EQ(answer.find("HTTP/1.1", 8), std::string::npos) << "one answer, no more";
  }
  EXPECT_EQ(handled_, 0);
  expect_alive(doors);
}

TEST_F(Doors, WhoIsSlowIsSentAwayWhileOthersAreAnswered) {
  RunningDoors doors(loopback(), handler());
  const std::string request = "POST / HTTP/1.1\r\nHost: o\r\nContent-Length: 5\r\n\r\nab";
  DoorClient silent(doors.place());
  DoorClient in_header(doors.place());
  DoorClient in_body(doors.place());
  in_header.say(request.substr(0, 20));
  in_body.say(request);
  doors.wait_for_connections(3);
  expect_alive(doors);
  doors.wait_for_connections(3);
  const HttpLimits limits;
  doors.pass(limits.request - milliseconds(1));
  EXPECT_EQ(doors.open_connections(), 3U) << "not before its patience is over";
  doors.pass(milliseconds(1));
  EXPECT_EQ(silent.hear(), "") << "it has asked for nothing";
  EXPECT_THAT(in_header.hear(), StartsWith("HTTP/1.1 408 "));
  EXPECT_THAT(in_body.hear(), StartsWith("HTTP/1.1 408 "));
  doors.wait_for_connections(2);
  doors.pass(limits.farewell);
  EXPECT_EQ(doors.open_connections(), 0U);
}

TEST_F(Doors, ADripOfBytesBuysNoTime) {
  RunningDoors doors(loopback(), handler());
  DoorClient drip(doors.place());
  drip.say("GET / HTTP/1.1\r\nX: ");
  doors.wait_for_connections(1);
  constexpr int kDrops = 20;
  for (int i = 0; i < kDrops; ++i) {
    drip.say("x");
    doors.take_turns();
    doors.pass(HttpLimits().request / kDrops);
  }
  EXPECT_THAT(drip.hear(), StartsWith("HTTP/1.1 408 "));
}

TEST_F(Doors, WhoDoesNotTakeTheAnswerIsCut) {
  RunningDoors doors(loopback(), handler());
  DoorClient lazy(doors.place());
  lazy.say(last_get("/big"));
  wait_until_one_is_handled();
  expect_alive(doors);
  doors.wait_for_connections(1);
  doors.pass(HttpLimits().answer);
  EXPECT_EQ(doors.open_connections(), 0U);
  EXPECT_LT(lazy.hear().size(), kBig);
}

TEST_F(Doors, AConnectionThatIsKeptIdleIsClosed) {
  RunningDoors doors(loopback(), handler());
  DoorClient idle(doors.place());
  idle.say(get("/1")).hear_until("GET /1 by 127.0.0.1 \n");
  doors.take_turns();
  doors.pass(HttpLimits().idle - milliseconds(1));
  EXPECT_EQ(doors.open_connections(), 1U);
  doors.pass(milliseconds(1));
  EXPECT_EQ(doors.open_connections(), 0U);
  EXPECT_EQ(idle.hear(), "");
}

TEST_F(Doors, ForOneMoreTheLongestIdleIsClosed) {
  HttpLimits limits;
  limits.connections = 3;
  RunningDoors doors(loopback(), handler(), limits);
  DoorClient asking(doors.place());
  asking.say("GET / HTTP/1.1\r\n");
  DoorClient first(doors.place());
  first.say(get("/first")).hear_until("GET /first by 127.0.0.1 \n");
  DoorClient second(doors.place());
  second.say(get("/second")).hear_until("GET /second by 127.0.0.1 \n");
  doors.wait_for_connections(3);
  expect_alive(doors);
  EXPECT_EQ(first.hear(), "") << "it has been idle for longest";
  EXPECT_THAT(second.say(last_get("/again")).hear(), HasSubstr("GET /again "));
  EXPECT_THAT(asking.say("Host: o\r\nConnection: close\r\n\r\n").hear(), HasSubstr("GET / "));
}

TEST_F(Doors, OnePeerHasSoManyPlacesAndAProxyAll) {
  HttpLimits limits;
  limits.per_peer = 2;
  for (const bool proxy : {false, true}) {
    HttpConfig http = loopback();
    if (proxy) http.trusted_proxies = {"127.0.0.1"};
    RunningDoors doors(http, handler(), limits);
    std::vector<DoorClient> many;
    many.reserve(3);
    for (int i = 0; i < 3; ++i) {
      many.emplace_back(doors.place());
      many.back().say(get("/" + std::to_string(i))).hear_until(" by 127.0.0.1 \n");
    }
    EXPECT_EQ(doors.open_connections(), proxy ? 3U : 2U);
    EXPECT_THAT(many[2].say(last_get("/last")).hear(), HasSubstr("GET /last "));
  }
}

TEST_F(Doors, OnlyATrustedProxySaysWhoAsks) {
  const std::string forwarded =
      get("/", "X-Forwarded-For: 203.0.113.9, 198.51.100.7\r\nConnection: close\r\n");
  HttpConfig http = loopback();
  {
    RunningDoors doors(http, handler());
    EXPECT_THAT(ask(doors.place(), forwarded), HasSubstr("by 127.0.0.1 "));
  }
  http.trusted_proxies = {"127.0.0.1"};
  RunningDoors doors(http, handler());
  EXPECT_THAT(ask(doors.place(), forwarded), HasSubstr("by 198.51.100.7 "));
  for (const char* nobody : {"", "unknown", "198.51.100.7:80, x", "<script>"}) {
    const std::string fields =
        std::string("X-Forwarded-For: ") + nobody + "\r\nConnection: close\r\n";
    EXPECT_THAT(ask(doors.place(), get("/", fields)), HasSubstr("by 127.0.0.1 ")) << nobody;
  }
}

TEST_F(Doors, AtASocketTheUserIsWhoAsks) {
  const auto path = directory_.path() / "http.sock";
  const std::string uid = "uid:" + std::to_string(::geteuid());
  RunningDoors doors(at("unix:" + path.string()), handler());
  ASSERT_EQ(doors.why(), "");
  EXPECT_EQ(doors.place(), "unix:" + path.string());
  EXPECT_THAT(ask(doors.place(), last_get("/")), HasSubstr("by " + uid + " "));
  struct stat info {};
  ASSERT_EQ(::stat(path.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0660U);
  doors.stop();
  EXPECT_FALSE(std::filesystem::exists(path)) << "it is removed at the end";
}

TEST_F(Doors, IPv6IsAnAddressToo) {
  RunningDoors doors(at("[::1]:0"), handler());
  if (doors.why().find("does not have that address") != std::string::npos) GTEST_SKIP();
  ASSERT_EQ(doors.why(), "");
  EXPECT_THAT(doors.place(), StartsWith("[::1]:"));
  EXPECT_THAT(ask(doors.place(), last_get("/")), HasSubstr("by ::1 "));
}

TEST_F(Doors, SayWhyTheyCannotBeOpened) {
  RunningDoors first(loopback(), handler());
  RunningDoors second(at(first.place()), handler());
  EXPECT_EQ(second.why(), "the doors cannot be opened at " + first.place() +
                              ": somebody listens there already; choose another [http] listen, "
                              "or end that");
  const auto file = directory_.path() / "file";
  std::ofstream(file) << "x";
  RunningDoors blocked(at("unix:" + file.string()), handler());
  EXPECT_THAT(blocked.why(), HasSubstr("is not a socket; move it"));
  HttpConfig http = loopback();
  http.trusted_proxies = {"nobody-of-that-name"};
  RunningDoors unknown(http, handler());
  EXPECT_EQ(unknown.why(),
            "[http] trusted_proxies: this machine has no user nobody-of-that-name; install the "
            "proxy first, or name the user it runs as");
  expect_alive(first);
}

TEST_F(Doors, AnOrderlyStopFinishesAnswersAndEndsTheRest) {
  RunningDoors doors(loopback(), handler());
  DoorClient idle(doors.place());
  idle.say(get("/idle")).hear_until("GET /idle by 127.0.0.1 \n");
  DoorClient silent(doors.place());
  DoorClient taking(doors.place());
  handled_ = 0;
  taking.say(get("/big"));
  wait_until_one_is_handled();
  doors.wait_for_connections(3);
  doors.begin_stop();
  EXPECT_EQ(idle.hear(), "");
  EXPECT_EQ(silent.hear(), "");
  EXPECT_GT(taking.hear().size(), kBig);
  doors.stop();
}

}  // namespace
}  // namespace omamori
