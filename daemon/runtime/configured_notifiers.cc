#include "daemon/runtime/configured_notifiers.h"

#include <stdexcept>
#include <utility>

#include "notifiers/email.h"
#include "notifiers/file.h"
#include "notifiers/heartbeat.h"
#include "notifiers/secrets.h"
#include "notifiers/webhook.h"

namespace omamori {
namespace {

// An endpoint that is slow keeps one of its own lines waiting, never another endpoint's.
constexpr std::size_t kLinesOfAnEndpoint = 2;

// Throws std::runtime_error with the reason if there is none.
template <class Secret>
Secret needed(std::variant<Secret, NoSecret> read) {
  if (const auto* none = std::get_if<NoSecret>(&read)) throw std::runtime_error(none->why);
  return std::get<Secret>(std::move(read));
}

// What cannot be read now is a problem to be shown; the way stays, fails on the way like a server
// that is down, and works once the file does.
template <class Read>
void note_problem(const std::string& way, const Read& read, Ways& ways) {
  try {
    read();
  } catch (const std::runtime_error& error) {
    ways.problems.push_back(way + ": " + error.what());
  }
}

void add_email(const Config& config, const UtcOffset& offset, Ways& ways) {
  if (config.smtp.host.empty()) return;
  note_problem(
      "email", [&] { needed(smtp_password(config.smtp)); }, ways);
  ways.lines.push_back({{Channel::email, ""},
                        static_cast<std::size_t>(config.smtp.connections),
                        [smtp = config.smtp, offset](const std::stop_token& stop) {
                          return std::make_unique<EmailNotifier>(smtp, needed(smtp_password(smtp)),
                                                                 offset, stop);
                        }});
}

void add_webhook(const WebhookEndpoint& endpoint, Ways& ways) {
  note_problem(
      "webhook " + endpoint.name, [&] { needed(webhook_secrets(endpoint)); }, ways);
  ways.lines.push_back({{Channel::webhook, endpoint.name},
                        kLinesOfAnEndpoint,
                        [endpoint](const std::stop_token& stop) {
                          return std::make_unique<WebhookNotifier>(
                              endpoint, needed(webhook_secrets(endpoint)), stop);
                        }});
}

void add_files(const Config& config, const UtcOffset& offset, Ways& ways) {
  if (config.file_directory.empty()) return;
  const std::string from =
      config.smtp.from.empty() ? "omamori@localhost.invalid" : config.smtp.from;
  ways.lines.push_back({{Channel::file, ""},
                        1,
                        [directory = config.file_directory, from, offset,
                         name = config.smtp.from_name](const std::stop_token&) {
                          return std::make_unique<FileNotifier>(directory, from, offset, name);
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

std::vector<CourierThreads::Line> heartbeat_lines(const Config& config) {
  const HeartbeatConfig& heartbeat = config.heartbeat;
  if (heartbeat.url.empty()) return {};
  return {{{Channel::webhook, "heartbeat"},
           1,
           [heartbeat](const std::stop_token& stop) {
             return std::make_unique<HeartbeatNotifier>(heartbeat, stop);
           },
           2 * heartbeat.period}};
}

OneByOne::OneByOne(const Ways& ways) {
  for (const CourierThreads::Line& line : ways.lines) {
    try {
      notifiers_.push_back(line.make({}));
      peers_.push_back(line.peer);
    } catch (const std::runtime_error&) {
      continue;  // named among the problems
    }
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
