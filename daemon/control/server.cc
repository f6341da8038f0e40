#include "daemon/control/server.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <set>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>

#include "daemon/control/session.h"
#include "daemon/control/unix_socket.h"

namespace omamori {
namespace {

namespace asio = boost::asio;
using Protocol = asio::local::stream_protocol;

constexpr mode_t kSocketMode = 0660;
constexpr int kQueue = 128;
// Out of file descriptors, most likely: a later try may find some.
constexpr auto kAcceptAgain = std::chrono::seconds(1);

std::string words(int error) { return std::strerror(error); }

// A socket file that nobody listens at is removed. "" or what is in the way.
std::string clear_the_way(const std::filesystem::path& path) {
  struct stat info {};
  if (::lstat(path.c_str(), &info) != 0) return "";  // bind() finds out whatever else is wrong
  if (!S_ISSOCK(info.st_mode)) return path.string() + " is in the way: it is not a socket; move it";
  const int error = listener_error(path);
  if (error == 0) {
    return "somebody answers at " + path.string() + " already: is another omamorid running?";
  }
  if (error != ECONNREFUSED && error != ENOENT) return path.string() + ": " + words(error);
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
    return "cannot remove the old socket " + path.string() + ": " + words(errno);
  }
  return "";
}

std::string bind_error(const std::filesystem::path& path, int error) {
  const std::string directory = path.parent_path().string();
  switch (error) {
    case ENOENT:
      return "cannot make the control socket: the directory " + directory +
             " does not exist; make it, or choose another [control] socket";
    case EACCES:
      return "cannot make the control socket: uid " + std::to_string(::geteuid()) +
             " may not write in " + directory;
    default:
      return "cannot make the control socket " + path.string() + ": " + words(error);
  }
}

// Never open to more than the mode says, whatever the umask, and not narrower in the end.
std::string bind_socket(int file, const std::filesystem::path& path, const sockaddr_un& address) {
  if (::fchmod(file, kSocketMode) != 0 ||
      ::bind(file, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    return bind_error(path, errno);
  }
  if (::chmod(path.c_str(), kSocketMode) != 0 || ::listen(file, kQueue) != 0) {
    const int error = errno;
    ::unlink(path.c_str());
    return bind_error(path, error);
  }
  return "";
}

}  // namespace

struct ControlServer::State : ControlOwner, std::enable_shared_from_this<State> {
  State(asio::io_context& io, std::filesystem::path socket, Handler handle, ControlLimits bounds,
        MakeCountdown patience)
      : acceptor(io),
        again(io),
        path(std::move(socket)),
        handler(std::move(handle)),
        bounds_(bounds),
        make_countdown(std::move(patience)) {}

  std::string listen() {
    const auto address = unix_address(path);
    if (!address) {
      return "the path of the control socket has " + std::to_string(path.native().size()) +
             " bytes, the kernel allows " + std::to_string(sizeof(sockaddr_un::sun_path) - 1) +
             ": choose a shorter [control] socket than " + path.string();
    }
    if (std::string why = clear_the_way(path); !why.empty()) return why;
    const int file = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (file < 0) return bind_error(path, errno);
    if (std::string why = bind_socket(file, path, *address); !why.empty()) {
      ::close(file);
      return why;
    }
    acceptor.assign(Protocol(), file);
    ::lstat(path.c_str(), &made);
    accept();
    return "";
  }

  void accept() {
    if (accepting || !acceptor.is_open() || sessions.size() >= bounds_.clients) return;
    accepting = true;
    acceptor.async_accept([self = shared_from_this()](const boost::system::error_code& error,
                                                      Protocol::socket socket) {
      self->accepting = false;
      self->accepted(error, std::move(socket));
    });
  }

  void accepted(const boost::system::error_code& error, Protocol::socket socket) {
    if (!acceptor.is_open()) return;
    if (!error) {
      start_control_session(std::move(socket), shared_from_this());
      return accept();
    }
    again.expires_after(kAcceptAgain);
    again.async_wait([self = shared_from_this()](const boost::system::error_code& stopped) {
      if (!stopped) self->accept();
    });
  }

  // Removes the file only if it is the one we made.
  void stop() {
    if (!acceptor.is_open()) return;
    boost::system::error_code ignored;
    acceptor.close(ignored);
    again.cancel();
    struct stat info {};
    if (::lstat(path.c_str(), &info) == 0 && info.st_ino == made.st_ino &&
        info.st_dev == made.st_dev) {
      ::unlink(path.c_str());
    }
    end_sessions(false);
  }

  // `all`: also those whose answer is on its way.
  void end_sessions(bool all) {
    const auto present = sessions;
    for (ControlSession* session : present) session->stop(all);
  }

  // ControlOwner
  const ControlLimits& limits() const override { return bounds_; }
  Response answer(const Request& request) override { return handler(request); }
  std::unique_ptr<Countdown> countdown() override { return make_countdown(); }
  void opened(ControlSession& session) override { sessions.insert(&session); }
  void closed(ControlSession& session, bool by_itself) override {
    sessions.erase(&session);
    if (by_itself) accept();
  }

  Protocol::acceptor acceptor;
  asio::steady_timer again;
  std::filesystem::path path;
  Handler handler;
  ControlLimits bounds_;
  MakeCountdown make_countdown;
  struct stat made {};
  bool accepting = false;
  std::set<ControlSession*> sessions;  // each is kept alive by what it waits for
};

ControlServer::ControlServer(asio::io_context& io, std::filesystem::path socket, Handler handler,
                             ControlLimits limits, MakeCountdown patience)
    : state_(std::make_shared<State>(
          io, std::move(socket), std::move(handler), limits,
          patience ? std::move(patience) : [&io] { return steady_countdown(io); })) {}

ControlServer::~ControlServer() {
  state_->stop();
  state_->end_sessions(true);
}

std::string ControlServer::listen() { return state_->listen(); }

void ControlServer::stop() { state_->stop(); }

std::size_t ControlServer::open_connections() const { return state_->sessions.size(); }

}  // namespace omamori
