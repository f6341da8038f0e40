// What chronyd and ntpd answer when they are asked whether the clock is right. The packets are laid
// out as chronyd 4.3 sends them.
#include "daemon/runtime/time_servers.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <functional>
#include <thread>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

namespace omamori {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

std::string chrony_answer(std::string question, int leap) {
  std::string answer(104, '\0');
  answer[0] = 6;
  answer[1] = 2;
  answer[5] = 33;
  answer[7] = 5;
  for (std::size_t i = 0; i < 4; ++i) answer[16 + i] = question.at(8 + i);
  answer[53] = 3;  // stratum
  answer[55] = static_cast<char>(leap);
  return answer;
}

std::string ntp_answer(std::string question, int leap, int stratum) {
  std::string answer(48, '\0');
  answer[0] = static_cast<char>(leap << 6 | 4 << 3 | 4);
  answer[1] = static_cast<char>(stratum);
  for (std::size_t i = 0; i < 8; ++i) answer[24 + i] = question.at(40 + i);
  return answer;
}

TEST(TimeServers, ChronyIsBelievedUnlessItSaysThatItIsNotSynchronised) {
  const std::string question = chrony_question(0x01020304);
  for (const int leap : {0, 1, 2}) {
    EXPECT_TRUE(chrony_answer_says_right(chrony_answer(question, leap), 0x01020304)) << leap;
  }
  const std::string good = chrony_answer(question, 0);
  EXPECT_FALSE(chrony_answer_says_right(chrony_answer(question, 3), 0x01020304));
  EXPECT_FALSE(chrony_answer_says_right(good, 0x01020305)) << "another's answer";
  EXPECT_FALSE(chrony_answer_says_right(good.substr(1), 0x01020304));
  EXPECT_FALSE(chrony_answer_says_right("", 0x01020304));
  EXPECT_FALSE(chrony_answer_says_right(question, 0x01020304)) << "the question itself";
  std::string refused = good;
  refused[9] = 2;  // STT_UNAUTH
  EXPECT_FALSE(chrony_answer_says_right(refused, 0x01020304));
}

TEST(TimeServers, ATimeServerIsBelievedUnlessItSaysThatItIsNotSynchronised) {
  const std::string question = ntp_question(0x0102030405060708);
  const auto says = [&](int leap, int stratum) {
    return ntp_answer_says_right(ntp_answer(question, leap, stratum), 0x0102030405060708);
  };
  EXPECT_TRUE(says(0, 1));
  EXPECT_TRUE(says(2, 15));
  EXPECT_FALSE(says(3, 2));
  EXPECT_FALSE(says(0, 16));
  EXPECT_FALSE(says(0, 0)) << "a kiss of death";
  const std::string good = ntp_answer(question, 0, 2);
  EXPECT_FALSE(ntp_answer_says_right(good, 1)) << "another's answer";
  EXPECT_FALSE(ntp_answer_says_right(good.substr(1), 0x0102030405060708));
  EXPECT_FALSE(ntp_answer_says_right(question, 0x0102030405060708)) << "a client";
}

// Answers one packet at a port of this machine.
class OneAnswer {
 public:
  explicit OneAnswer(std::function<std::string(std::string)> answer)
      : file_(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* place = reinterpret_cast<sockaddr*>(&address);
    EXPECT_EQ(::bind(file_, place, size), 0);
    EXPECT_EQ(::getsockname(file_, place, &size), 0);
    port_ = ntohs(address.sin_port);
    if (!answer) return;
    thread_ = std::thread([this, answer = std::move(answer)] {
      sockaddr_in who{};
      socklen_t length = sizeof who;
      std::array<char, 512> bytes{};
      const ssize_t got = ::recvfrom(file_, bytes.data(), bytes.size(), 0,
                                     reinterpret_cast<sockaddr*>(&who), &length);
      const std::string said = answer({bytes.data(), static_cast<std::size_t>(got)});
      ::sendto(file_, said.data(), said.size(), 0, reinterpret_cast<sockaddr*>(&who), length);
    });
  }
  OneAnswer(const OneAnswer&) = delete;
  OneAnswer& operator=(const OneAnswer&) = delete;
  ~OneAnswer() {
    if (thread_.joinable()) thread_.join();
    ::close(file_);
  }
  std::uint16_t port() const { return port_; }

 private:
  int file_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

TEST(TimeServers, TheyAreAskedOverTheLoopbackAlone) {
  const OneAnswer chrony([](const std::string& q) { return chrony_answer(q, 0); });
  EXPECT_TRUE(chrony_says_right(chrony.port(), hours{1}));
  const OneAnswer lost([](const std::string& q) { return chrony_answer(q, 3); });
  EXPECT_FALSE(chrony_says_right(lost.port(), hours{1}));
  const OneAnswer ntp([](const std::string& q) { return ntp_answer(q, 0, 2); });
  EXPECT_TRUE(ntp_says_right(ntp.port(), hours{1}));
}

TEST(TimeServers, WhoIsSilentOrNotThereSaysNothing) {
  const OneAnswer silent({});
  EXPECT_FALSE(chrony_says_right(silent.port(), milliseconds{1}));
  std::uint16_t free = 0;
  {
    const OneAnswer gone({});
    free = gone.port();
  }
  EXPECT_FALSE(ntp_says_right(free, hours{1})) << "and nobody is waited for";
}

}  // namespace
}  // namespace omamori
