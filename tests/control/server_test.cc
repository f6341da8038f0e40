// The control socket: what is asked and answered, by omamorictl's client, by curl and by clients
// that behave badly.
#include "daemon/control/server.h"

#include <gmock/gmock.h>

#include "tests/support/child_process.h"
#include "tests/support/control_support.h"

namespace omamori {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

TEST_F(ControlTest, ARequestArrivesWholeAndIsAnswered) {
  RunningServer server(socket_, handler());
  const Request request{"import", {{"yes", "yes"}}, {{"a.csv", "1,2\n"}}, "uid:4711", true};
  const auto answer = ask(request);
  ASSERT_TRUE(std::holds_alternative<Response>(answer)) << std::get<NoAnswer>(answer).text;
  EXPECT_EQ(std::get<Response>(answer),
            (Response{Exit::needs_yes, "import by " + uid_ + " yes=yes a.csv:1,2\n", "json"}));
}

TEST_F(ControlTest, WhoAsksIsWhatTheKernelSays) {
  RunningServer server(socket_, handler());
  const std::string answer =
      RawClient(socket_).say(post_text(R"({"command":"status","actor":"uid:0"})")).hear();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(answer, HasSubstr("unknown key \\\"actor\\\""));
  EXPECT_EQ(handled_, 0);
}

TEST_F(ControlTest, WhatIsNoRequestIsRefusedWithWordsAndHarmsNobody) {
  ControlLimits limits;
  limits.body = 1000;
  RunningServer server(socket_, handler(), limits);
  struct Row {
    std::string said;
    const char* status;
    const char* words;
  };
  const std::string good = R"({"command":"x"})";
  const Row rows[] = {
      {"GET / HTTP/1.1\r\n\r\n", "404", "there is only /v1/command"},
      {"POST /v2/command HTTP/1.1\r\n\r\n", "404", "there is only /v1/command"},
      {"GET /v1/command HTTP/1.1\r\n\r\n", "405", "only POST"},
      {"DELETE /v1/command HTTP/1.1\r\n\r\n", "405", "only POST"},
      {"hello\r\n\r\n", "400", "not HTTP"},
      {std::string(3, '\0') + "\r\n\r\n", "400", "not HTTP"},
      {post_text("{"), "400", "not JSON"},
      {post_text("{}"), "400", "command"},
      {post_text("[" + good + "]"), "400", "must be an object"},
      {post_text(std::string(1001, ' ')), "413", "larger than 1000 bytes"},
      {"POST /v1/command HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n", "413", "larger than"},
      {"POST /v1/command HTTP/1.1\r\nContent-Length: -1\r\n\r\n", "400", "not HTTP"},
      {"POST /v1/command HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n" +
           std::string(2000, ' ') + "\r\n0\r\n\r\n",
       "413", "larger than"},
      {"POST /v1/command HTTP/1.1\r\nX: " + std::string(20000, 'x') + "\r\n\r\n", "431",
       "header is too large"},
  };
  for (const Row& row : rows) {
    const std::string answer = RawClient(socket_).say(row.said).hear();
    EXPECT_THAT(answer, StartsWith(std::string("HTTP/1.1 ") + row.status)) << row.said;
    EXPECT_THAT(answer, HasSubstr(row.words)) << row.said;
    EXPECT_THAT(answer, HasSubstr("{\"error\":")) << row.said;
  }
  EXPECT_EQ(handled_, 0);
  expect_alive();
  server.wait_for_connections(0);
}

TEST_F(ControlTest, AHalfClosedConnectionIsAnsweredIfTheRequestWasWhole) {
  RunningServer server(socket_, handler());
  const std::string request = post_text(R"({"command":"x"})");
  EXPECT_THAT(RawClient(socket_).say(request).end_of_words().hear(), HasSubstr("x by " + uid_));
  for (const std::size_t cut : {std::size_t{10}, request.size() - 1}) {
    const std::string part = request.substr(0, cut);
    const std::string answer = RawClient(socket_).say(part).end_of_words().hear();
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 400")) << part;
    EXPECT_THAT(answer, HasSubstr("ends in the middle")) << part;
  }
  EXPECT_EQ(RawClient(socket_).end_of_words().hear(), "");
  EXPECT_EQ(handled_, 1);
}

TEST_F(ControlTest, AClientThatGoesBeforeTheAnswerHarmsNobody) {
  RunningServer server(socket_, handler());
  std::thread gone([&] { RawClient(socket_).say(post_text(R"({"command":"slow"})")); });
  begun_.get_future().wait();
  gone.join();
  go_on_.set_value();
  RawClient(socket_).say(post_text(R"({"command":"big"})"));
  expect_alive();
  server.wait_for_connections(0);
}

TEST_F(ControlTest, AnExceptionIsAnAnswerAndTheDaemonLives) {
  RunningServer server(socket_, handler());
  const std::string answer = RawClient(socket_).say(post_text(R"({"command":"throw"})")).hear();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 500"));
  EXPECT_THAT(answer, EndsWith(R"({"error":"disk full"})"));
  const auto asked = ask("throw");
  ASSERT_TRUE(std::holds_alternative<NoAnswer>(asked));
  EXPECT_EQ(std::get<NoAnswer>(asked).why, NoAnswer::Why::failed);
  EXPECT_EQ(std::get<NoAnswer>(asked).text, "disk full");
  EXPECT_EQ(std::get<NoAnswer>(ask("throw 1")).why, NoAnswer::Why::failed);
  expect_alive();
}

TEST_F(ControlTest, ManyAtOnceAreAllAnswered) {
  ControlLimits limits;
  limits.clients = 3;
  RunningServer server(socket_, handler(), limits);
  std::atomic<int> answered = 0;
  constexpr int kAskers = 12;
  std::vector<std::thread> threads;
  threads.reserve(kAskers);
  for (int i = 0; i < kAskers; ++i) {
    threads.emplace_back([&, i] {
      const std::string name = "c" + std::to_string(i);
      for (int n = 0; n < 10; ++n) {
        const auto answer = ask(name);
        const auto* response = std::get_if<Response>(&answer);
        if (response != nullptr && response->out == name + " by " + uid_) ++answered;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(answered, 120);
}

TEST_F(ControlTest, CurlIsAnswered) {
  RunningServer server(socket_, handler());
  const auto curl = [&](const std::vector<std::string>& more) {
    std::vector<std::string> words{"/usr/bin/curl", "-sS", "--unix-socket", socket_.string(),
                                   "http://omamori/v1/command"};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  };
  EXPECT_EQ(curl({"-d", R"({"command":"plan","options":{"client":"C-1"}})"}),
            R"({"exit":4,"out":"plan by )" + uid_ + R"( client=C-1","err":""})");
  // Large enough that curl asks first (Expect: 100-continue).
  const auto file = directory_.path() / "body";
  const std::string bytes(3 << 20, 'y');
  std::ofstream(file) << encode_request({"import", {}, {{"a", bytes}}, "", false});
  EXPECT_THAT(curl({"--data-binary", "@" + file.string()}), HasSubstr("a:yyyy"));
  EXPECT_THAT(curl({"-X", "PUT", "-w", "%{http_code}"}), EndsWith("405"));
}

}  // namespace
}  // namespace omamori
