#include "daemon/runtime/time_servers.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <random>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>

namespace omamori {
namespace {

std::uint64_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t number = 0;
  for (std::size_t i = at; i < at + size; ++i) {
    number = number << 8U | static_cast<unsigned char>(bytes[i]);
  }
  return number;
}

void put(std::string& bytes, std::size_t at, std::size_t size, std::uint64_t number) {
  for (std::size_t i = at + size; i-- > at; number >>= 8U) {
    bytes[i] = static_cast<char>(static_cast<unsigned char>(number & 0xFFU));
  }
}

// chrony: a request has the size of its answer, so that nobody is made to send more than they got.
constexpr std::size_t kChronySize = 104;
constexpr int kTracking = 33;       // REQ_TRACKING
constexpr int kTrackingAnswer = 5;  // RPY_TRACKING
constexpr int kNotSynchronised = 3;

constexpr std::size_t kNtpSize = 48;
constexpr unsigned kLastStratum = 15;  // 16: not synchronised, 0: a kiss of death

class Socket {
 public:
  explicit Socket(std::uint16_t port)
      : file_(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    // From here on only that program's answers are heard.
    connected_ = file_ >= 0 &&
                 ::connect(file_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  ~Socket() {
    if (file_ >= 0) ::close(file_);
  }

  // "": nobody listens, or is silent.
  std::string ask(const std::string& question, std::chrono::milliseconds patience) const {
    if (!connected_ || ::send(file_, question.data(), question.size(), 0) < 0) return "";
    pollfd heard{file_, POLLIN, 0};
    if (::poll(&heard, 1, static_cast<int>(patience.count())) != 1) return "";
    std::array<char, 512> bytes{};
    const ssize_t got = ::recv(file_, bytes.data(), bytes.size(), 0);
    return got < 0 ? std::string() : std::string(bytes.data(), static_cast<std::size_t>(got));
  }

 private:
  int file_;
  bool connected_ = false;
};

}  // namespace

std::string chrony_question(std::uint32_t sequence) {
  std::string question(kChronySize, '\0');
  put(question, 0, 1, 6);  // of the protocol
  put(question, 1, 1, 1);  // a request
  put(question, 4, 2, kTracking);
  put(question, 8, 4, sequence);
  return question;
}

bool chrony_answer_says_right(std::string_view answer, std::uint32_t sequence) {
  if (answer.size() != kChronySize) return false;
  const bool an_answer = number_at(answer, 0, 1) == 6 && number_at(answer, 1, 1) == 2 &&
                         number_at(answer, 4, 2) == kTracking &&
                         number_at(answer, 6, 2) == kTrackingAnswer &&
                         number_at(answer, 8, 2) == 0 && number_at(answer, 16, 4) == sequence;
  // Behind the head of 28 bytes: whom it follows (4 and an address of 20), stratum, leap status.
  return an_answer && number_at(answer, 54, 2) < kNotSynchronised;
}

std::string ntp_question(std::uint64_t nonce) {
  std::string question(kNtpSize, '\0');
  put(question, 0, 1, 4U << 3U | 3U);  // version 4, a client
  put(question, 40, 8, nonce);
  return question;
}

bool ntp_answer_says_right(std::string_view answer, std::uint64_t nonce) {
  if (answer.size() < kNtpSize) return false;
  const auto first = number_at(answer, 0, 1);
  const auto stratum = number_at(answer, 1, 1);
  const bool a_server = (first & 7U) == 4;
  return a_server && number_at(answer, 24, 8) == nonce && first >> 6U != kNotSynchronised &&
         stratum >= 1 && stratum <= kLastStratum;
}

bool chrony_says_right(std::uint16_t port, std::chrono::milliseconds patience) {
  const std::uint32_t sequence = std::random_device{}();
  return chrony_answer_says_right(Socket(port).ask(chrony_question(sequence), patience), sequence);
}

bool ntp_says_right(std::uint16_t port, std::chrono::milliseconds patience) {
  std::random_device random;
  const std::uint64_t nonce = static_cast<std::uint64_t>(random()) << 32U | random();
  return ntp_answer_says_right(Socket(port).ask(ntp_question(nonce), patience), nonce);
}

}  // namespace omamori
