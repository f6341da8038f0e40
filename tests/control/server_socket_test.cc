// The socket file of the control server: whose it is, what is in its way, and what a stop leaves.
#include <sys/stat.h>

#include <gmock/gmock.h>

#include "daemon/control/server.h"
#include "tests/support/control_support.h"

namespace omamori {
namespace {

using testing::HasSubstr;

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
  wait_until_one_is_handled();
  server.wait_for_connections(3);
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

}  // namespace
}  // namespace omamori
