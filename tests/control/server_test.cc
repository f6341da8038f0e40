// The control socket, asked by omamorictl's client, by curl and by clients that behave badly.
#include "daemon/control/server.h"

#include <sys/stat.h>

#include <atomic>

#include <gmock/gmock.h>

#include "daemon/control/client.h"
#include "tests/support/control_support.h"

namespace omamori {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr std::size_t kBigAnswer = 8 << 20;

class ControlTest : public testing::Test {
 protected:
  ControlServer::Handler handler() {
    return [this](const Request& request) -> Response {
      ++handled_;
      if (request.command == "throw") throw std::runtime_error("disk full");
      if (request.command == "throw 1") throw 1;
      if (request.command == "big") return {Exit::ok, std::string(kBigAnswer, 'x'), ""};
      if (request.command == "slow") {
        begun_.set_value();
        go_on_.get_future().wait();
      }
      std::string out = request.command + " by " + request.actor;
      for (const auto& [name, text] : request.options) out += " " + name + "=" + text;
      for (const auto& file : request.files) out += " " + file.name + ":" + file.bytes;
      return {Exit::needs_yes, out, request.json ? "json" : ""};
    };
  }
  std::variant<Response, NoAnswer> ask(const std::string& command) const {
    return ask_daemon(socket_, {command, {}, {}, "", false}, seconds(30));
  }
  void expect_alive() const {
    const auto answer = ask("alive");
    ASSERT_TRUE(std::holds_alternative<Response>(answer)) << std::get<NoAnswer>(answer).text;
    EXPECT_EQ(std::get<Response>(answer).out, "alive by " + uid_);
  }

  ScratchDirectory directory_;
  const std::filesystem::path socket_ = directory_.path() / "control.sock";
  const std::string uid_ = "uid:" + std::to_string(::geteuid());
  std::atomic<int> handled_ = 0;
  std::promise<void> begun_, go_on_;
};

TEST_F(ControlTest, ARequestArrivesWholeAndIsAnswered) {
  RunningServer server(socket_, handler());
  const Request request{"import", {{"yes", "yes"}}, {{"a.csv", "1,2\n"}}, "uid:4711", true};
  const auto answer = ask_daemon(socket_, request, seconds(30));
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
  EXPECT_TRUE(server.comes_to(0));
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

TEST_F(ControlTest, ASlowWriterIsSentAwayWhileOthersAreAnswered) {
  ControlLimits limits;
  limits.patience = milliseconds(300);
  RunningServer server(socket_, handler(), limits);
  const std::string request = post_text(R"({"command":"x"})");
  RawClient silent(socket_);
  RawClient in_header(socket_);
  RawClient in_body(socket_);
  in_header.say(request.substr(0, 20));
  in_body.say(request.substr(0, request.size() - 3));
  expect_alive();
  for (RawClient* client : {&silent, &in_header, &in_body}) {
    EXPECT_THAT(client->hear(), StartsWith("HTTP/1.1 408"));
  }
  EXPECT_TRUE(server.comes_to(0));
}

TEST_F(ControlTest, ADripOfBytesBuysNoTime) {
  ControlLimits limits;
  limits.patience = milliseconds(300);
  RunningServer server(socket_, handler(), limits);
  RawClient drip(socket_);
  std::atomic<bool> over = false;
  std::thread dripping([&] {
    drip.say("POST /v1/command HTTP/1.1\r\nX: ");
    while (!over) {
      drip.say("x");
      std::this_thread::sleep_for(milliseconds(20));
    }
  });
  const auto begin = std::chrono::steady_clock::now();
  const std::string answer = drip.hear().substr(0, 12);
  over = true;
  dripping.join();
  EXPECT_EQ(answer, "HTTP/1.1 408");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, seconds(20));
}

TEST_F(ControlTest, AClientThatDoesNotTakeItsAnswerIsCut) {
  ControlLimits limits;
  limits.patience = milliseconds(300);
  RunningServer server(socket_, handler(), limits);
  RawClient lazy(socket_);
  lazy.say(post_text(R"({"command":"big"})"));
  expect_alive();
  EXPECT_TRUE(server.comes_to(0));
  EXPECT_LT(lazy.hear().size(), kBigAnswer);
}

TEST_F(ControlTest, AClientThatGoesBeforeTheAnswerHarmsNobody) {
  RunningServer server(socket_, handler());
  std::thread gone([&] { RawClient(socket_).say(post_text(R"({"command":"slow"})")); });
  begun_.get_future().wait();
  gone.join();
  go_on_.set_value();
  RawClient(socket_).say(post_text(R"({"command":"big"})"));
  expect_alive();
  EXPECT_TRUE(server.comes_to(0));
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
  std::vector<std::thread> threads;
  for (int i = 0; i < 12; ++i) {
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

// One client is in the middle of a large request, one in the middle of a large answer, when another
// request keeps the loop busy beyond their deadlines.
TEST_F(ControlTest, ABusyLoopDoesNotCountAgainstThoseWhoWait) {
  ControlLimits limits;
  limits.patience = milliseconds(300);
  RunningServer server(socket_, handler(), limits);
  RawClient giving(socket_);
  RawClient taking(socket_);
  taking.say(post_text(R"({"command":"big"})"));
  while (handled_ == 0) std::this_thread::sleep_for(milliseconds(1));
  std::thread slow([&] { EXPECT_TRUE(std::holds_alternative<Response>(ask("slow"))); });
  begun_.get_future().wait();
  const std::string large =
      encode_request({"x", {}, {{"a", std::string(4 << 20, 'y')}}, "", false});
  std::thread saying([&] { giving.say(post_text(large)); });
  std::string taken;
  std::thread hearing([&] { taken = taking.hear(); });
  std::this_thread::sleep_for(limits.patience * 2);
  go_on_.set_value();
  EXPECT_TRUE(giving.hear().find("x by " + uid_ + " a:yyy") != std::string::npos);
  for (std::thread* thread : {&slow, &saying, &hearing}) thread->join();
  EXPECT_GT(taken.size(), kBigAnswer);
}

TEST_F(ControlTest, TheSocketIsForOwnerAndGroupWhateverTheUmask) {
  for (const mode_t mask : {mode_t{0}, mode_t{0777}}) {
    const mode_t before = ::umask(mask);
    boost::asio::io_context io;
    ControlServer server(io, socket_, handler());
    EXPECT_EQ(server.listen(), "");
    ::umask(before);
    struct stat info {};
    ASSERT_EQ(::stat(socket_.c_str(), &info), 0);
    EXPECT_TRUE(S_ISSOCK(info.st_mode));
    EXPECT_EQ(info.st_mode & 07777U, 0660U);
  }
  EXPECT_FALSE(std::filesystem::exists(socket_));
}

TEST_F(ControlTest, AStaleSocketIsReplacedAndALiveOneIsNot) {
  {
    const int file = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto address = unix_address(socket_);
    ASSERT_EQ(::bind(file, reinterpret_cast<const sockaddr*>(&*address), sizeof *address), 0);
    ::close(file);
  }
  ASSERT_TRUE(std::filesystem::exists(socket_));
  RunningServer server(socket_, handler());
  boost::asio::io_context io;
  {
    ControlServer second(io, socket_, handler());
    EXPECT_THAT(second.listen(), HasSubstr("somebody answers at " + socket_.string()));
  }
  expect_alive();
}

TEST_F(ControlTest, WhereNoSocketCanBeItSaysWhy) {
  boost::asio::io_context io;
  const auto error_at = [&](const std::filesystem::path& path) {
    return ControlServer(io, path, handler()).listen();
  };
  const std::filesystem::path file = directory_.path() / "file";
  std::ofstream(file) << "precious";
  EXPECT_THAT(error_at(file), HasSubstr("is not a socket"));
  EXPECT_EQ(read_file(file), "precious");
  EXPECT_THAT(error_at(file / "control.sock"), HasSubstr("Not a directory"));
  EXPECT_THAT(error_at(directory_.path() / "no" / "control.sock"),
              HasSubstr((directory_.path() / "no").string() + " does not exist"));
  const auto longest =
      directory_.path() / std::string(106 - directory_.path().native().size(), 'x');
  EXPECT_EQ(error_at(longest), "");
  EXPECT_THAT(error_at(longest.string() + "x"), HasSubstr("has 108 bytes, the kernel allows 107"));
}

TEST_F(ControlTest, StoppingFinishesAnswersEndsTheRestAndRemovesTheSocket) {
  RunningServer server(socket_, handler());
  RawClient idle(socket_);
  RawClient half(socket_);
  half.say("POST /v1/command HTTP/1.1\r\n");
  RawClient taking(socket_);
  taking.say(post_text(R"({"command":"big"})"));
  while (handled_ == 0) std::this_thread::sleep_for(milliseconds(5));
  ASSERT_TRUE(server.comes_to(3));
  std::thread reading([&] { EXPECT_GT(taking.hear().size(), kBigAnswer); });
  server.stop();  // returns only when nothing is left to run
  reading.join();
  EXPECT_EQ(idle.hear(), "");
  EXPECT_EQ(half.hear(), "");
  EXPECT_FALSE(std::filesystem::exists(socket_));
  EXPECT_EQ(std::get<NoAnswer>(ask("x")).why, NoAnswer::Why::nobody_there);
}

TEST_F(ControlTest, StoppingLeavesASocketThatIsNotOurs) {
  RunningServer first(socket_, handler());
  std::filesystem::remove(socket_);
  RunningServer second(socket_, handler());
  first.stop();
  expect_alive();
}

TEST_F(ControlTest, DestroyedInTheMiddleNothingIsLeft) {
  boost::asio::io_context io;
  RawClient* client = nullptr;
  {
    ControlServer server(io, socket_, handler());
    ASSERT_EQ(server.listen(), "");
    client = new RawClient(socket_);
    client->say("POST");
    io.poll();
    EXPECT_EQ(server.open_connections(), 1U);
  }
  io.run();
  EXPECT_EQ(client->hear(), "");
  delete client;
}

TEST_F(ControlTest, CurlIsAnswered) {
  RunningServer server(socket_, handler());
  const auto curl = [&](std::vector<std::string> more) {
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

// Root may use any socket, so it becomes nobody for the while.
TEST_F(ControlTest, WhoMayNotAskIsToldWhoMay) {
  RunningServer server(socket_, handler());
  const auto refused = [&] {
    const bool root = ::geteuid() == 0;
    if (root && ::seteuid(65534) != 0) throw std::runtime_error("seteuid failed");
    const auto answer = ask("x");
    if (root && ::seteuid(0) != 0) throw std::runtime_error("seteuid failed");
    EXPECT_EQ(std::get<NoAnswer>(answer).why, NoAnswer::Why::refused_permission);
    return std::get<NoAnswer>(answer).text;
  };
  std::filesystem::permissions(directory_.path(), std::filesystem::perms{0711});
  std::filesystem::permissions(socket_, std::filesystem::perms{0});
  EXPECT_THAT(refused(), HasSubstr(socket_.string() + " belongs to the user "));
  std::filesystem::permissions(directory_.path(), std::filesystem::perms{0});
  EXPECT_THAT(refused(), HasSubstr(directory_.path().string() + " belongs to the user "));
  std::filesystem::permissions(directory_.path(), std::filesystem::perms{0700});
  EXPECT_EQ(handled_, 0);
}

TEST_F(ControlTest, TheClientSaysWhyThereIsNoAnswer) {
  using Why = NoAnswer::Why;
  const auto why = [](const std::filesystem::path& path, seconds timeout = seconds(30)) {
    return std::get<NoAnswer>(ask_daemon(path, {"x", {}, {}, "", false}, timeout)).why;
  };
  EXPECT_EQ(why(socket_), Why::nobody_there);
  EXPECT_EQ(why(directory_.path() / "no" / "x"), Why::nobody_there);
  EXPECT_EQ(why(directory_.path() / std::string(200, 'x')), Why::nobody_there);
  EXPECT_FALSE(daemon_listens(socket_));
  const int file = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto address = unix_address(socket_);
  ASSERT_EQ(::bind(file, reinterpret_cast<const sockaddr*>(&*address), sizeof *address), 0);
  EXPECT_EQ(why(socket_), Why::nobody_there) << "a stale socket";
  ASSERT_EQ(::listen(file, 5), 0);
  EXPECT_TRUE(daemon_listens(socket_));
  EXPECT_EQ(why(socket_, seconds(1)), Why::broken) << "nobody answers";
  for (int left_over = 0; left_over < 2; ++left_over) ::close(::accept(file, nullptr, nullptr));
  for (const char* said :
       {"", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", "220 smtp ready\r\n"}) {
    std::thread server([&] {
      const int peer = ::accept(file, nullptr, nullptr);
      char some[4096];
      EXPECT_GT(::recv(peer, some, sizeof some, 0), 0);
      EXPECT_GE(::send(peer, said, std::strlen(said), MSG_NOSIGNAL), 0);
      ::close(peer);
    });
    EXPECT_EQ(why(socket_), Why::broken) << said;
    server.join();
  }
  ::close(file);
}

}  // namespace
}  // namespace omamori
