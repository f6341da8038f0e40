// The signature of a webhook, as Standard Webhooks 1.0.0 has it (standardwebhooks.com): HMAC-SHA256
// over "ID.SECONDS.BODY", so that the receiver knows who spoke, that nothing was changed and that
// it is not an old request played again. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace omamori {

// One key, or two while the receiver changes from one to the other. Bytes, not text: never shown.
struct WebhookSecrets {
  std::vector<std::string> keys;
};
// "line 2: …": which line of the secret file and what is wrong with it, never what it says.
struct BadWebhookSecrets {
  std::string why;
};

// The text of a secret file: whsec_ + base64 of 24–64 bytes on each line, one or two of them. Blank
// lines, lines that begin with '#' and spaces around a secret do not count. The first mistake is
// named.
std::variant<WebhookSecrets, BadWebhookSecrets> parse_webhook_secrets(std::string_view text);

// The header `webhook-signature`: "v1,BASE64", one for each key with a space between. `id` must
// hold no dot, or another message could have the same signature.
std::string webhook_signature(const WebhookSecrets& secrets, std::string_view id,
                              std::int64_t unix_seconds, std::string_view body);

}  // namespace omamori
