// The secrets that omamori.toml names, read and understood: for those who send and for who looks
// whether they could. Never part of an error.
#pragma once

#include <string>
#include <variant>

#include "config/config.h"
#include "notifiers/webhook_signature.h"

namespace omamori {

// Why a secret cannot be used: which file and why, not what is in it.
struct NoSecret {
  std::string why;
};

// "" if the mail server needs none.
std::variant<std::string, NoSecret> smtp_password(const SmtpConfig& smtp);
std::variant<WebhookSecrets, NoSecret> webhook_secrets(const WebhookEndpoint& endpoint);

}  // namespace omamori
