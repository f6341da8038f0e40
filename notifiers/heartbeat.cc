#include "notifiers/heartbeat.h"

#include <utility>

#include "notifiers/curl_handle.h"
#include "notifiers/http_target.h"
#include "notifiers/verdict.h"

namespace omamori {
namespace {

constexpr std::size_t kMostAnswer = 64U * 1024;

// Thrown away; an answer that does not end is broken off.
std::size_t hear_body(char*, std::size_t size, std::size_t count, void* user) {
  auto& heard = *static_cast<std::size_t*>(user);
  heard += size * count;
  return heard > kMostAnswer ? 0 : size * count;
}

}  // namespace

class HeartbeatNotifier::Connection {
 public:
  Connection(const HeartbeatConfig& heartbeat, std::stop_token stop, const TimeLimits& limits)
      : curl_(std::move(stop)), target_(heartbeat.url, heartbeat.allow_private) {
    target_.set_up(curl_);
    curl_.set(CURLOPT_HTTPGET, 1L);
    curl_.trust(heartbeat.ca_file);
    curl_.limit(limits);
    curl_.set(CURLOPT_WRITEFUNCTION, &hear_body);
    curl_.set(CURLOPT_WRITEDATA, &heard_);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() = default;

  HttpOutcome get() {
    HttpOutcome out;
    out.words = curl_.stop_requested() ? "stopping" : target_.refusal();
    out.stopped = curl_.stop_requested();
    if (!out.words.empty()) return out;
    target_.forget();
    heard_ = 0;
    const CURLcode code = curl_.perform();
    out.stopped = curl_.was_stopped(code);
    out.status = target_.status(curl_);
    out.words =
        out.status > 0 ? "HTTP " + std::to_string(out.status) : target_.why_no_status(curl_, code);
    return out;
  }

 private:
  CurlHandle curl_;
  HttpTarget target_;
  std::size_t heard_ = 0;
};

HeartbeatNotifier::HeartbeatNotifier(const HeartbeatConfig& heartbeat, std::stop_token stop,
                                     TimeLimits limits)
    : connection_(std::make_unique<Connection>(heartbeat, std::move(stop), limits)) {}

HeartbeatNotifier::~HeartbeatNotifier() = default;

SendResult HeartbeatNotifier::send(const Message&, const Address&, Instant) {
  return http_verdict(connection_->get());
}

}  // namespace omamori
