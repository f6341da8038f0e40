#include "daemon/reminders/contact_channels.h"

#include <algorithm>

namespace omamori {
namespace {

bool has_endpoint(const Config& config, const std::string& name) {
  return std::any_of(config.webhooks.begin(), config.webhooks.end(),
                     [&](const WebhookEndpoint& endpoint) { return endpoint.name == name; });
}

std::optional<Way> way_by_email(const Staff& staff, const Config& config, std::string& why) {
  if (config.smtp.host.empty()) {
    why = "wants email, but omamori.toml has no [smtp] host";
  } else if (staff.email.empty()) {
    why = "wants email, but has no address in the staff file";
  } else {
    return Way{Channel::email, staff.email};
  }
  return {};
}

std::optional<Way> way_by_webhook(const Staff& staff, const Config& config, std::string& why) {
  if (staff.webhook.empty()) {
    why = "wants a webhook, but has no endpoint in the staff file";
  } else if (!has_endpoint(config, staff.webhook)) {
    why = "wants a webhook, but omamori.toml has no [webhook.endpoint." + staff.webhook + "]";
  } else {
    return Way{Channel::webhook, staff.webhook};
  }
  return {};
}

std::optional<Way> way_by_file(const Staff& staff, const Config& config, std::string& why) {
  if (!config.file_directory.empty()) return Way{Channel::file, staff.code};
  why = "wants files, but omamori.toml has no [file] directory";
  return {};
}

std::optional<Way> way_by(Channel channel, const Staff& staff, const Config& config,
                          std::string& why) {
  switch (channel) {
    case Channel::email:
      return way_by_email(staff, config, why);
    case Channel::webhook:
      return way_by_webhook(staff, config, why);
    case Channel::file:
      return way_by_file(staff, config, why);
  }
  return {};
}

}  // namespace

std::vector<Way> ways_of(const Staff& staff, const Config& config, std::string& why) {
  std::vector<Channel> channels = staff.channels;
  if (channels.empty() && !staff.email.empty()) channels = {Channel::email};
  if (channels.empty()) why = "has neither channels nor an email address in the staff file";
  std::vector<Way> found;
  for (const Channel channel : channels) {
    if (auto way = way_by(channel, staff, config, why)) found.push_back(std::move(*way));
  }
  return found;
}

std::optional<Way> way_to(const Staff& staff, const Config& config, std::string& why) {
  return first_open(ways_of(staff, config, why), {});
}

std::optional<Way> first_open(const std::vector<Way>& ways, const std::vector<Way>& spent) {
  for (const Way& way : ways) {
    if (std::find(spent.begin(), spent.end(), way) == spent.end()) return way;
  }
  return {};
}

}  // namespace omamori
