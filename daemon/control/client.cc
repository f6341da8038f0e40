#include "daemon/control/client.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <grp.h>
#include <pwd.h>

#include "daemon/control/protocol.h"
#include "daemon/control/unix_socket.h"

namespace omamori {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;
using Why = NoAnswer::Why;
using Deadline = std::chrono::steady_clock::time_point;

std::string name_of(const passwd* user, uid_t id) {
  return user != nullptr ? user->pw_name : "uid " + std::to_string(id);
}

std::string name_of(const group* found, gid_t id) {
  return found != nullptr ? found->gr_name : "gid " + std::to_string(id);
}

// Whose it is: the socket, or the directory before it that we may not enter.
std::string not_allowed(std::filesystem::path path) {
  const std::string me = name_of(::getpwuid(::geteuid()), ::geteuid());
  const std::string what = me + " may not use the control socket " + path.string() + ": ";
  struct stat info {};
  while (::stat(path.c_str(), &info) != 0 && path.has_relative_path()) path = path.parent_path();
  const std::string user = name_of(::getpwuid(info.st_uid), info.st_uid);
  const std::string members = name_of(::getgrgid(info.st_gid), info.st_gid);
  return what + path.string() + " belongs to the user " + user + " and the group " + members +
         "; be a member of that group, or run this as " + user + " or root";
}

NoAnswer no_connection(const std::filesystem::path& path, int error) {
  const std::string words = path.string() + ": " + std::strerror(error);
  switch (error) {
    case ENOENT:
    case ENOTDIR:
    case ECONNREFUSED:
    case ENAMETOOLONG:
      return {Why::nobody_there, words};
    case EACCES:
    case EPERM:
      return {Why::refused_permission, not_allowed(path)};
    case EAGAIN:
      return {Why::broken, path.string() + ": omamorid takes no connection; try again"};
    default:
      return {Why::broken, words};
  }
}

// A connected socket, or -1 and the errno.
int connect_to(const std::filesystem::path& path, std::chrono::milliseconds timeout) {
  const auto address = unix_address(path);
  if (!address) return errno = ENAMETOOLONG, -1;
  const int file = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (file < 0) return -1;
  timeval wait{};
  wait.tv_sec = timeout.count() / 1000;
  wait.tv_usec = timeout.count() % 1000 * 1000;
  ::setsockopt(file, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
  if (::connect(file, reinterpret_cast<const sockaddr*>(&*address), sizeof *address) == 0) {
    return file;
  }
  const int error = errno;
  ::close(file);
  return errno = error, -1;
}

NoAnswer broken(const std::filesystem::path& path, const std::string& what) {
  return {Why::broken, "omamorid at " + path.string() + " " + what +
                           "; it may have done it all the same: look at omamorictl log"};
}

// One question over one connection.
class Conversation {
 public:
  Conversation(const std::filesystem::path& path, int file, Deadline deadline)
      : path_(path), deadline_(deadline), socket_(io_, asio::local::stream_protocol(), file) {}

  std::variant<Response, NoAnswer> ask(const Request& request) {
    http::request<http::string_body> message(http::verb::post, kControlTarget, 11);
    message.set(http::field::host, "omamori");
    message.set(http::field::content_type, "application/json");
    message.body() = encode_request(request);
    message.prepare_payload();
    http::response_parser<http::string_body> answer;
    answer.body_limit(boost::none);
    // A server that refuses a request while it comes in closes; its answer is there all the same.
    bool in_time = finish([&](auto done) { http::async_write(socket_, message, done); });
    if (in_time) {
      in_time = finish([&](auto done) { http::async_read(socket_, buffer_, answer, done); });
    }
    if (!in_time) return broken(path_, "has not answered in time");
    if (error_) return broken(path_, "broke off without an answer (" + error_.message() + ")");
    return understood(answer.get());
  }

 private:
  // Runs one operation to its end; its error is in error_. False if the time is over.
  template <typename Start>
  bool finish(const Start& start) {
    bool finished = false;
    start([this, &finished](const error_code& error, std::size_t) {
      error_ = error;
      finished = true;
    });
    io_.restart();
    io_.run_until(deadline_);
    return finished;
  }

  std::variant<Response, NoAnswer> understood(http::response<http::string_body>& answer) {
    const std::string& body = answer.body();
    if (answer.result() == http::status::ok) {
      auto decoded = decode_response(body);
      if (decoded.value) return std::move(*decoded.value);
      return broken(path_, "gave an answer of another version (" + decoded.error + ")");
    }
    if (answer.result() == http::status::internal_server_error) {
      return NoAnswer{Why::failed, decode_error(body)};
    }
    return NoAnswer{Why::refused_request, "omamorid at " + path_.string() +
                                              " did not take the request: " + decode_error(body)};
  }

  const std::filesystem::path& path_;
  Deadline deadline_;
  asio::io_context io_{1};
  asio::local::stream_protocol::socket socket_;
  boost::beast::flat_buffer buffer_;
  error_code error_;
};

}  // namespace

std::variant<Response, NoAnswer> ask_daemon(const std::filesystem::path& socket,
                                            const Request& request,
                                            std::chrono::milliseconds timeout) {
  const Deadline deadline = std::chrono::steady_clock::now() + timeout;
  const int file = connect_to(socket, timeout);
  if (file < 0) return no_connection(socket, errno);
  try {
    return Conversation(socket, file, deadline).ask(request);
  } catch (const std::exception& error) {
    return broken(socket, error.what());
  }
}

bool daemon_listens(const std::filesystem::path& socket) { return listener_error(socket) == 0; }

}  // namespace omamori
