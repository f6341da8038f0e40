#include "notifiers/secrets.h"

#include <utility>

#include "config/secret.h"

namespace omamori {

std::variant<std::string, NoSecret> smtp_password(const SmtpConfig& smtp) {
  if (smtp.password_file.empty()) return std::string();
  auto secret = read_secret(smtp.password_file);
  if (!secret.value) return NoSecret{to_string(secret.errors.front())};
  return std::move(*secret.value);
}

std::variant<WebhookSecrets, NoSecret> webhook_secrets(const WebhookEndpoint& endpoint) {
  const auto text = read_secrets(endpoint.secret_file);
  if (!text.value) return NoSecret{to_string(text.errors.front())};
  auto secrets = parse_webhook_secrets(*text.value);
  if (const auto* bad = std::get_if<BadWebhookSecrets>(&secrets)) {
    return NoSecret{endpoint.secret_file + ": " + bad->why};
  }
  return std::get<WebhookSecrets>(std::move(secrets));
}

}  // namespace omamori
