#include "daemon/doctor/reachable.h"

#include <algorithm>

#include "daemon/model/mail_address.h"

namespace omamori {
namespace {

std::string email_fault(const Config& config, const Staff& person, const Tongue& tongue) {
  if (person.email.empty()) return tongue("メールアドレスがない", "no email address");
  if (const auto problem = address_problem(person.email)) {  // let in by an earlier version
    return tongue("メールアドレスが使えない: ", "the email address cannot be used: ") + *problem;
  }
  if (config.smtp.host.empty()) {
    return tongue("omamori.toml に [smtp] host がない", "email needs [smtp] host in omamori.toml");
  }
  if (!domain_allowed(person.email, config.smtp.allowed_domains)) {
    return tongue("アドレスが allowed_domains の外にある", "the address is not in allowed_domains");
  }
  return "";
}

std::string webhook_fault(const Config& config, const Staff& person, const Tongue& tongue) {
  if (person.webhook.empty()) return tongue("webhook の宛先がない", "no webhook endpoint");
  const bool known =
      std::any_of(config.webhooks.begin(), config.webhooks.end(),
                  [&](const WebhookEndpoint& e) { return e.name == person.webhook; });
  if (known) return "";
  const std::string section = "[webhook.endpoint." + person.webhook + "]";
  return tongue("omamori.toml に " + section + " がない", "omamori.toml has no " + section);
}

}  // namespace

std::string channel_fault(const Config& config, const Staff& person, Channel channel,
                          const Tongue& tongue) {
  switch (channel) {
    case Channel::email:
      return email_fault(config, person, tongue);
    case Channel::webhook:
      return webhook_fault(config, person, tongue);
    case Channel::file:
      return !config.file_directory.empty() ? ""
                                            : tongue("omamori.toml に [file] directory がない",
                                                     "file needs [file] directory in omamori.toml");
  }
  return "";
}

std::string why_unreachable(const Config& config, const Staff& person, const Tongue& tongue) {
  std::vector<Channel> channels = person.channels;
  if (channels.empty() && !person.email.empty()) channels.push_back(Channel::email);
  if (channels.empty()) return tongue("通知方法がない", "no channel");
  std::string why;
  for (const Channel channel : channels) {
    const std::string found = channel_fault(config, person, channel, tongue);
    if (found.empty()) return "";
    why += (why.empty() ? "" : tongue("、", "; ")) + found;
  }
  return why;
}

}  // namespace omamori
