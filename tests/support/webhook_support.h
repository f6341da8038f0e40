// What the tests of webhooks have in common: a message, and sending it.
#pragma once

#include <chrono>
#include <string>

#include "notifiers/webhook.h"
#include "tests/support/patience.h"
#include "tests/support/results.h"

namespace omamori {

inline constexpr const char* kSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
inline constexpr const char* kOther = "whsec_QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY=";

inline WebhookSecrets secrets(const std::string& text = kSecret) {
  return std::get<WebhookSecrets>(parse_webhook_secrets(text));
}

inline Message message(const std::string& id = "m-1") {
  const std::string data =
      R"({"to":"CM-1","slot":"2026-08-31T23:30:00Z","items":[{"reason":"期限まであと15日です。"}]})";
  return {id, "【お守り】1件", "訪問してください。\n", "", data, "omamori.digest"};
}

inline Instant now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

// Calls a server of a test, however slow that is.
inline WebhookNotifier caller(const WebhookEndpoint& endpoint, WebhookSecrets keys = secrets(),
                              std::stop_token stop = {}) {
  return {endpoint, std::move(keys), std::move(stop), kPatient};
}

inline SendResult send(WebhookNotifier& notifier, const std::string& id = "m-1") {
  return notifier.send(message(id), {Channel::webhook, "case-tool"}, now());
}

inline SendResult send_to(const WebhookEndpoint& endpoint) {
  WebhookNotifier notifier = caller(endpoint);
  return send(notifier);
}

inline std::string said(const SendResult& result) { return to_text(result); }

}  // namespace omamori
