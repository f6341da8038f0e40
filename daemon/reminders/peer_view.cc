#include "daemon/reminders/peer_view.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "daemon/model/peer.h"

namespace omamori {
std::vector<PeerView> peers_of(Service& service) {
  std::map<std::string, PeerState> known = service.store().peers();
  std::vector<PeerView> found;
  const auto add = [&](const Peer& peer) {
    const std::string name = name_of(peer);
    found.push_back({name, known[name], true});
    known.erase(name);
  };
  const Config& config = service.config();
  if (!config.smtp.host.empty()) add({Channel::email, ""});
  for (const WebhookEndpoint& endpoint : config.webhooks) add({Channel::webhook, endpoint.name});
  if (!config.file_directory.empty()) add({Channel::file, ""});
  for (auto& [name, state] : known) {
    if (state.reach != Reach::sound) found.push_back({name, std::move(state), false});
  }
  return found;
}

std::string short_name(const std::string& peer) {
  constexpr std::string_view kWebhook = "webhook:";
  return peer.starts_with(kWebhook) ? peer.substr(kWebhook.size()) : peer;
}

}  // namespace omamori
