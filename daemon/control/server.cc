#include "daemon/control/server.h"

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

// Out of file descriptors, most likely: a later try may find some.
constexpr auto kAcceptAgain = std::chrono::seconds(1);

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
    made = listen_at(path, "the control socket", "[control] socket");
    if (!made.why.empty()) return made.why;
    acceptor.assign(Protocol(), made.file);
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

  void stop() {
    if (!acceptor.is_open()) return;
    boost::system::error_code ignored;
    acceptor.close(ignored);
    again.cancel();
    remove_socket(path, made);
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
  UnixListening made;
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
