#include "daemon/serve/http_listener.h"

#include <exception>
#include <list>
#include <utility>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "daemon/serve/http_peer.h"
#include "daemon/serve/http_place.h"
#include "daemon/serve/http_session.h"
#include "daemon/serve/http_stream.h"
#include "daemon/serve/tls_files.h"

namespace omamori {
namespace {

namespace asio = boost::asio;
using Protocol = asio::generic::stream_protocol;
using Acceptor = asio::basic_socket_acceptor<Protocol>;
using boost::system::error_code;

// Out of file descriptors, most likely: a later try may find some.
constexpr auto kAcceptAgain = std::chrono::seconds(1);

}  // namespace

struct HttpListener::State : HttpOwner, std::enable_shared_from_this<State> {
  State(asio::io_context& loop, HttpConfig config, Handler handle, HttpOptions given)
      : io(loop),
        acceptor(loop),
        again(loop),
        http(std::move(config)),
        handler(std::move(handle)),
        options(std::move(given)) {
    if (!options.patience) options.patience = [this] { return steady_countdown(io); };
    if (http.certificate_file.empty()) return;
    tls.emplace(io, http.certificate_file, http.key_file, options.problem);
  }

  std::string listen() {
    const TrustedProxies proxies = trusted_proxies(http.trusted_proxies);
    if (!proxies.why.empty()) return proxies.why;
    trusted = proxies.names;
    if (tls) {
      if (std::string why = tls->begin(); !why.empty()) return why;
    }
    place = listen_for_http(http.listen);
    if (!place.why.empty()) return place.why;
    acceptor.assign(Protocol(family(), 0), place.file);
    accept();
    return "";
  }

  int family() const {
    if (place.socket) return AF_UNIX;
    return place.name.starts_with('[') ? AF_INET6 : AF_INET;
  }

  void accept() {
    if (!acceptor.is_open()) return;
    acceptor.async_accept([self = shared_from_this()](const error_code& error, HttpSocket socket) {
      self->accepted(error, std::move(socket));
    });
  }

  void accepted(const error_code& error, HttpSocket socket) {
    if (!acceptor.is_open()) return;
    if (!error || error == asio::error::connection_aborted) {
      if (!error) welcome(std::move(socket));
      return accept();
    }
    again.expires_after(kAcceptAgain);
    again.async_wait([self = shared_from_this()](const error_code& stopped) {
      if (!stopped) self->accept();
    });
  }

  // Whom there is no place for is cut without a word.
  void welcome(HttpSocket socket) {
    auto peer = peer_at(socket.native_handle(), trusted);
    if (!peer || !has_place_for(*peer)) return;
    auto stream =
        tls ? tls_stream(std::move(socket), tls->current()) : plain_stream(std::move(socket));
    start_http_session(std::move(stream), std::move(*peer), shared_from_this());
  }

  bool has_place_for(const HttpPeer& peer) {
    const std::string counted = counted_as(peer.name);
    const auto same = [&](const HttpSession& session) {
      return !session.peer().trusted && counted_as(session.peer().name) == counted;
    };
    std::size_t of_peer = 0;
    for (const HttpSession* session : sessions) of_peer += same(*session) ? 1 : 0;
    if (!peer.trusted && of_peer >= options.limits.per_peer && !cut_oldest(same)) return false;
    if (sessions.size() < options.limits.connections) return true;
    return cut_oldest([](const HttpSession&) { return true; });
  }

  // The one that has waited for longest, then the one that has been reading or parting for longest;
  // an answer is not broken off. False: there is none.
  template <typename Which>
  bool cut_oldest(const Which& which) {
    using Phase = HttpSession::Phase;
    for (const Phase phase : {Phase::waiting, Phase::parting, Phase::reading}) {
      for (HttpSession* session : sessions) {
        if (session->phase() != phase || !which(*session)) continue;
        session->cut();
        return true;
      }
    }
    return false;
  }

  void stop() {
    error_code ignored;
    acceptor.close(ignored);
    again.cancel();
    if (tls) tls->stop();
    if (place.socket) remove_socket(place.name.substr(place.name.find(':') + 1), *place.socket);
    const auto present = sessions;
    for (HttpSession* session : present) session->stop();
  }

  void cut() {
    const auto present = sessions;
    for (HttpSession* session : present) session->cut();
  }

  // HttpOwner
  const HttpLimits& limits() const override { return options.limits; }
  bool has_tls() const override { return tls.has_value(); }
  std::unique_ptr<Countdown> countdown() override { return options.patience(); }
  void opened(HttpSession& session) override { sessions.push_back(&session); }
  void closed(HttpSession& session) override { sessions.remove(&session); }
  void moved(HttpSession& session) override {
    sessions.remove(&session);
    sessions.push_back(&session);
  }

  // The exception's own words may hold what was sent, so they go nowhere.
  HttpResponse answer(const HttpRequest& request) override {
    try {
      return handler(request);
    } catch (const std::exception&) {
      options.problem("a request at the doors could not be answered: an exception in its handler");
    } catch (...) {
      options.problem("a request at the doors could not be answered: an unknown exception");
    }
    return plain_text(500, "internal error\n");
  }

  asio::io_context& io;
  Acceptor acceptor;
  asio::steady_timer again;
  const HttpConfig http;
  Handler handler;
  HttpOptions options;
  std::optional<TlsFiles> tls;
  std::set<std::string> trusted;
  HttpPlace place;
  // In the order in which each came into its phase. Each is kept alive by what it waits for.
  std::list<HttpSession*> sessions;
};

HttpListener::HttpListener(asio::io_context& io, HttpConfig http, Handler handler,
                           HttpOptions options)
    : state_(std::make_shared<State>(io, std::move(http), std::move(handler), std::move(options))) {
}

HttpListener::~HttpListener() {
  state_->stop();
  state_->cut();
}

std::string HttpListener::listen() { return state_->listen(); }

std::string HttpListener::place() const { return state_->place.name; }

void HttpListener::stop() { state_->stop(); }

void HttpListener::cut() { state_->cut(); }

std::size_t HttpListener::open_connections() const { return state_->sessions.size(); }

void HttpListener::reread_certificate() {
  if (state_->tls) state_->tls->reread();
}

}  // namespace omamori
