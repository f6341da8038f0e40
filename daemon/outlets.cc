#include "daemon/outlets.h"

#include <stdexcept>
#include <utility>

#include "config/secret.h"
#include "notifiers/email.h"
#include "notifiers/file.h"
#include "notifiers/webhook.h"
#include "notifiers/webhook_signature.h"

namespace omamori {
namespace {

// An endpoint that is slow keeps one of its own lines waiting, never another endpoint's.
constexpr std::size_t kLinesOfAnEndpoint = 2;

void add_email(const Config& config, const UtcOffset& offset, Ways& ways) {
  if (config.smtp.host.empty()) return;
  std::string password;
  if (!config.smtp.password_file.empty()) {
    auto secret = read_secret(config.smtp.password_file);
    if (!secret.value) {
      ways.problems.push_back("email: " + to_string(secret.errors.front()));
      return;
    }
    password = std::move(*secret.value);
  }
  ways.lines.push_back({{Channel::email, ""},
                        static_cast<std::size_t>(config.smtp.connections),
                        [smtp = config.smtp, password, offset](std::stop_token stop) {
                          return std::make_unique<EmailNotifier>(smtp, password, offset, stop);
                        }});
}

void add_webhook(const WebhookEndpoint& endpoint, Ways& ways) {
  const auto text = read_secrets(endpoint.secret_file);
  if (!text.value) {
    ways.problems.push_back("webhook " + endpoint.name + ": " + to_string(text.errors.front()));
    return;
  }
  auto secrets = parse_webhook_secrets(*text.value);
  if (const auto* bad = std::get_if<BadWebhookSecrets>(&secrets)) {
    ways.problems.push_back("webhook " + endpoint.name + ": " + endpoint.secret_file + ": " +
                            bad->why);
    return;
  }
  ways.lines.push_back(
      {{Channel::webhook, endpoint.name},
       kLinesOfAnEndpoint,
       [endpoint, keys = std::get<WebhookSecrets>(std::move(secrets))](std::stop_token stop) {
         return std::make_unique<WebhookNotifier>(endpoint, keys, stop);
       }});
}

void add_files(const Config& config, const UtcOffset& offset, Ways& ways) {
  if (config.file_directory.empty()) return;
  const std::string from =
      config.smtp.from.empty() ? "omamori@localhost.invalid" : config.smtp.from;
  ways.lines.push_back(
      {{Channel::file, ""}, 1, [directory = config.file_directory, from, offset](std::stop_token) {
         return std::make_unique<FileNotifier>(directory, from, offset);
       }});
}

}  // namespace

Ways configured_ways(const Config& config, const Zone& zone) {
  Ways ways;
  const UtcOffset offset = [&zone](Instant at) { return zone.offset_at(at); };
  add_email(config, offset, ways);
  for (const WebhookEndpoint& endpoint : config.webhooks) add_webhook(endpoint, ways);
  add_files(config, offset, ways);
  return ways;
}

OneByOne::OneByOne(const Ways& ways) {
  for (const CourierThreads::Line& line : ways.lines) {
    peers_.push_back(line.peer);
    notifiers_.push_back(line.make({}));
  }
}

std::vector<InlineCouriers::Line> OneByOne::lines() const {
  std::vector<InlineCouriers::Line> found;
  for (std::size_t i = 0; i < peers_.size(); ++i) {
    found.push_back({peers_[i], notifiers_[i].get()});
  }
  return found;
}

}  // namespace omamori
