// Webhooks: a signed JSON document POSTed to an endpoint of omamori.toml, as Standard Webhooks
// 1.0.0 has it (libcurl, HTTP/1.1). One object is one endpoint and one connection, kept between
// messages.
//
// https with a verified certificate, TLS 1.2 or later; http to this machine only. Redirects are not
// followed, proxies of the environment not used. At most 64 KiB of the answer are read and thrown
// away. An attempt takes 30 s at most, 10 s of them to connect.
#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <variant>

#include "config/config.h"
#include "notifiers/notifier.h"
#include "notifiers/time_limits.h"
#include "notifiers/webhook_signature.h"

namespace omamori {

struct WebhookBody {
  std::string bytes;
};
// What cannot be sent, and why.
struct BadWebhook {
  std::string why;
};

// {"type","timestamp","data"}. `data` is Message.json; `timestamp` is its `slot`, when the matter
// came up, and so the same however often the message is tried. Pure.
std::variant<WebhookBody, BadWebhook> webhook_body(const Message& message);

inline constexpr TimeLimits kWebhookLimits{.connect = std::chrono::seconds{10},
                                           .reply = std::chrono::seconds{30},
                                           .whole = std::chrono::seconds{30}};

class WebhookNotifier final : public Notifier {
 public:
  // `endpoint.secret_file` is not read here. When `stop` is requested an attempt under way is
  // broken off within about two seconds: TryAgain, `unknown` if all of it had left; so is every
  // later one. Throws std::runtime_error if libcurl cannot be set up at all.
  WebhookNotifier(const WebhookEndpoint& endpoint, WebhookSecrets secrets,
                  std::stop_token stop = {}, TimeLimits limits = kWebhookLimits);
  ~WebhookNotifier() override;

  // `address.to` must be the endpoint's name. `now` becomes webhook-timestamp: it must be the time
  // of this attempt also for a message that is repeated, because receivers refuse what is more than
  // some minutes old. An endpoint whose address is private, where that is not allowed, and a URL
  // that would send plain text to another machine are TryAgain, `peer_down`: a person mends them.
  SendResult send(const Message& message, const Address& address, Instant now) override;

 private:
  class Connection;  // the libcurl handle

  std::string name_;
  WebhookSecrets secrets_;
  std::unique_ptr<Connection> connection_;
};

}  // namespace omamori
