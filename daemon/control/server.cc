#include "daemon/control/server.h"

#include <list>
#include <map>
#include <set>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>

#include "daemon/control/admission.h"
#include "daemon/control/protocol.h"
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
    if (accepting || !acceptor.is_open()) return;
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
      receive(std::move(socket));
      return accept();
    }
    again.expires_after(kAcceptAgain);
    again.async_wait([self = shared_from_this()](const boost::system::error_code& stopped) {
      if (!stopped) self->accept();
    });
  }

  void receive(Protocol::socket socket) {
    auto peer = peer_of(socket.native_handle());
    if (!peer) return send_away(socket, "the kernel does not say who asks");
    const bool owner = is_owner(*peer);
    switch (admission.come(peer->uid, owner)) {
      case Admission::Place::in:
        return start_control_session(std::move(socket), std::move(*peer), shared_from_this());
      case Admission::Place::outside:
        waiting.push_back({std::move(socket), std::move(*peer)});
        return;
      case Admission::Place::nowhere:
        return send_away(socket, "too many connections at once; try again in a moment");
    }
  }

  // A short answer, which the kernel takes at once; whoever does not wait for it misses it.
  static void send_away(Protocol::socket& socket, const std::string& why) {
    const std::string body = encode_error(why);
    const std::string text =
        "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nConnection: "
        "close\r\nContent-Length: " +
        std::to_string(body.size()) + "\r\n\r\n" + body;
    boost::system::error_code ignored;
    socket.non_blocking(true, ignored);
    socket.write_some(asio::buffer(text), ignored);
  }

  // The first of those who wait for whom there is room now.
  void let_in() {
    for (auto one = waiting.begin(); one != waiting.end(); ++one) {
      if (!admission.may_come_in(one->peer.uid, is_owner(one->peer))) continue;
      Outside next = std::move(*one);
      waiting.erase(one);
      admission.waits_no_more(next.peer.uid);
      return start_control_session(std::move(next.socket), std::move(next.peer),
                                   shared_from_this());
    }
  }

  void stop() {
    if (!acceptor.is_open()) return;
    boost::system::error_code ignored;
    acceptor.close(ignored);
    again.cancel();
    waiting.clear();
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
  bool take_room(ControlSession& session, std::uint64_t bytes) override {
    if (!admission.take(session.uid(), bytes)) return false;
    room[&session] += bytes;
    return true;
  }
  void closed(ControlSession& session, bool by_itself) override {
    if (const auto taken = room.find(&session); taken != room.end()) {
      admission.give_back(session.uid(), taken->second);
      room.erase(taken);
    }
    admission.left(session.uid(), is_owner({session.uid(), {}}));
    sessions.erase(&session);
    if (by_itself && acceptor.is_open()) let_in();
  }

  Protocol::acceptor acceptor;
  asio::steady_timer again;
  std::filesystem::path path;
  Handler handler;
  ControlLimits bounds_;
  MakeCountdown make_countdown;
  UnixListening made;
  bool accepting = false;
  struct Outside {
    Protocol::socket socket;
    PeerIds peer;
  };
  Admission admission{bounds_};
  std::list<Outside> waiting;
  std::map<ControlSession*, std::uint64_t> room;  // bytes that each has taken
  std::set<ControlSession*> sessions;             // each is kept alive by what it waits for
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
