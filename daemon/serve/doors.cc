#include "daemon/serve/doors.h"

#include <utility>

#include "daemon/runtime/log.h"

namespace omamori {
namespace {

// An address may come up later, and who has the port may go.
constexpr std::chrono::minutes kAgain{1};

}  // namespace

Doors::Doors(boost::asio::io_context& io, Service& service, Daemon& daemon)
    : io_(io),
      service_(service),
      daemon_(daemon),
      context_{service, [&daemon] { return daemon.sound(); }},
      again_(io) {}

void Doors::open() {
  const HttpConfig& http = service_.config().http;
  if (http.listen.empty()) return;
  HttpOptions options;
  options.limits.body = most_body;
  options.problem = [](const std::string& what) { log_warning(what); };
  listener_ = std::make_unique<HttpListener>(
      io_, http, [this](const HttpRequest& request) { return answer(request); },
      std::move(options));
  try_to_open();
}

void Doors::try_to_open() {
  const std::string why = listener_->listen();
  DoorState& state = service_.doors;
  if (why.empty()) {
    const bool was_shut = !state.failing.empty();
    state = {listener_->place(), ""};
    log_info("doors: listening on " + state.place);
    if (was_shut) daemon_.turn();  // which says that all is well again
    return;
  }
  if (state.failing != why) log_error("doors: " + why + "; everybody is reminded all the same");
  state.failing = why;
  again_.expires_after(kAgain);
  again_.async_wait([this](const boost::system::error_code& stopped) {
    if (!stopped) try_to_open();
  });
}

HttpResponse Doors::answer(const HttpRequest& request) {
  HttpResponse response;
  daemon_.by_door([&](bool has_database) {
    context_.has_database = has_database;
    response = answer_http(request, context_);
  });
  return response;
}

void Doors::stop() {
  again_.cancel();
  if (listener_) listener_->stop();
}

void Doors::cut() {
  if (listener_) listener_->cut();
}

bool Doors::all_gone() const { return !listener_ || listener_->open_connections() == 0; }

}  // namespace omamori
