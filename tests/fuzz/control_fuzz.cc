// The control socket: whatever comes, whole or in pieces, is one request as it was meant or a
// refusal that says why, and each side reads what the other one writes.
//
// The first byte says how long the pieces are; 0: everything at once.
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include <boost/asio/io_context.hpp>

#include "config/file_descriptor.h"
#include "daemon/control/protocol.h"
#include "daemon/control/server.h"
#include "daemon/control/unix_socket.h"
#include "tests/fuzz/promise.h"
#include "tests/support/scratch_directory.h"
#include "tests/support/stepped_time.h"

namespace omamori {
namespace {

constexpr std::uint64_t kBody = 600;

void check_codec(std::string_view text) {
  const auto request = decode_request(text);
  promise(request.value.has_value() == request.error.empty(), "a request is one or it is not");
  if (request.value) {
    promise(request.value->actor.empty() && !request.value->peer, "nobody says who they are");
    const auto again = decode_request(encode_request(*request.value));
    promise(again.value == request.value, "a request is written as it is read");
  }
  const auto response = decode_response(text);
  promise(response.value.has_value() == response.error.empty(), "an answer is one or it is not");
  if (response.value) {
    const auto again = decode_response(encode_response(*response.value));
    promise(again.value == response.value, "an answer is written as it is read");
  }
  promise(decode_error(encode_error(text)) == text, "a refusal is read as it is written");
  promise(decode_error(text).size() <= text.size(), "a refusal says no more than was written");
}

// What came to the handler of one connection.
struct Handled {
  int times = 0;
  Response answered;
};

Response answer(const Request& request, Handled& handled) {
  promise(request.peer.has_value(), "it is known who asks");
  promise(request.actor == "uid:" + std::to_string(::getuid()), "who asks is what the kernel says");
  ++handled.times;
  if (request.command == "break") throw std::runtime_error("broken off");
  handled.answered = {Exit::refused, request.command, "no"};
  for (const auto& [name, text] : request.options) handled.answered.out += name + text;
  for (const CommandFile& file : request.files) handled.answered.out += file.name + file.bytes;
  return handled.answered;
}

// A server, its loop and who asks it, all on this thread.
class Socket {
 public:
  Socket() {
    ControlLimits limits;
    limits.body = kBody;
    limits.body_unsaid = kBody / 2;
    limits.bodies_of_user = limits.bodies = kBody - 10;
    server_ = std::make_unique<ControlServer>(
        io_, path_, [this](const Request& request) { return answer(request, handled_); }, limits,
        time_.countdowns());
    promise(server_->listen().empty(), "there is a socket");
  }

  // Everything that is said to who sends these bytes and then no more.
  std::string ask(std::string_view bytes, std::size_t piece) {
    handled_ = {};
    heard_.clear();
    const FileDescriptor client(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const auto address = unix_address(path_);
    promise(::connect(client.number(), reinterpret_cast<const sockaddr*>(&*address),
                      sizeof *address) == 0,
            "whoever comes is let in");
    while (!bytes.empty()) {
      const std::string_view next = bytes.substr(0, piece);
      if (::send(client.number(), next.data(), next.size(), MSG_NOSIGNAL) < 0) break;
      bytes.remove_prefix(next.size());
      take_turn(client.number());
    }
    ::shutdown(client.number(), SHUT_WR);
    constexpr int kMostTurns = 1000;
    int turns = 0;
    while (!over_ && turns++ < kMostTurns) take_turn(client.number());
    promise(over_, "whoever asks is answered or sent away");
    over_ = false;
    return heard_;
  }
  const Handled& handled() const { return handled_; }

 private:
  void take_turn(int client) {
    io_.restart();
    io_.poll();
    char some[4096];
    for (;;) {
      const ssize_t got = ::recv(client, some, sizeof some, MSG_DONTWAIT);
      if (got <= 0) {
        over_ = over_ || got == 0 || errno == ECONNRESET;
        return;
      }
      heard_.append(some, static_cast<std::size_t>(got));
    }
  }

  ScratchDirectory directory_;
  std::filesystem::path path_ = directory_.path() / "s";
  SteppedTime time_;
  boost::asio::io_context io_;
  Handled handled_;
  std::string heard_;
  bool over_ = false;  // the server has closed the connection
  std::unique_ptr<ControlServer> server_;
};

// A status and a body, or nothing: one answer, and at most one "go on" before it.
void check_heard(std::string_view heard, const Handled& handled) {
  constexpr std::string_view kGoOn = "HTTP/1.1 100 Continue\r\n\r\n";
  if (heard.starts_with(kGoOn)) heard.remove_prefix(kGoOn.size());
  if (heard.empty()) return promise(handled.times == 0, "what was done is answered");
  constexpr std::string_view kBegin = "HTTP/1.1 ";
  promise(heard.starts_with(kBegin) && heard.size() > kBegin.size() + 3, "an answer is HTTP");
  const int status = std::atoi(std::string(heard.substr(kBegin.size(), 3)).c_str());
  const auto end = heard.find("\r\n\r\n");
  promise(end != heard.npos, "a head has an end");
  const std::string_view body = heard.substr(end + 4);
  promise(
      heard.substr(0, end + 2).find("Content-Length: " + std::to_string(body.size()) + "\r\n") !=
          heard.npos,
      "an answer is one, and whole");
  promise(handled.times == (status == 200 || status == 500 ? 1 : 0), "only a request is handled");
  if (status == 200) {
    return promise(decode_response(body).value == handled.answered, "the answer is the handler's");
  }
  promise(status >= 400 && status < 600, "a refusal is one");
  const std::string why = decode_error(body);
  promise(!why.empty() && why != body, "a refusal says why");
}

void check(std::string_view input) {
  if (input.empty()) return;
  static Socket socket;
  const auto first = static_cast<unsigned char>(input.front());
  const std::string_view bytes = input.substr(1);
  check_codec(bytes);
  const auto head = bytes.find("\r\n\r\n");
  if (head != bytes.npos) check_codec(bytes.substr(head + 4));
  const std::size_t piece = first == 0 ? std::max<std::size_t>(bytes.size(), 1) : first;
  const std::string heard = socket.ask(bytes, piece);
  check_heard(heard, socket.handled());
}

}  // namespace
}  // namespace omamori

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  omamori::check(omamori::text_of(data, size));
  return 0;
}
