#include "daemon/delivery/outgoing_links.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "daemon/doors/act_links.h"
#include "db/door_records.h"

namespace omamori {
namespace {

constexpr const char* kAct = "act";

class Links {
 public:
  Links(const NewMessage& message, Service& service, Instant now)
      : message_(message), service_(service), now_(now) {}

  // Nothing: links were given up since the message was composed.
  std::optional<std::string> to(const std::string& obligation) {
    const std::string& url = service_.config().http.public_url;
    if (!service_.token_key() || url.empty()) return {};
    const auto [token, fresh] = tokens_.try_emplace(obligation);
    if (fresh) token->second = carried(obligation);
    return url + "/a/" + token->second;
  }

 private:
  std::string carried(const std::string& obligation) {
    DoorRecords& doors = service_.store().doors();
    const int generation = doors.generation(message_.staff);
    const std::string token =
        make_token(*service_.token_key(), message_.staff, obligation, kAct, generation);
    doors.carry({hash_of(token), message_.staff, obligation, kAct, generation, now_});
    return token;
  }

  const NewMessage& message_;
  Service& service_;
  Instant now_;
  std::map<std::string, std::string> tokens_;  // by obligation
};

std::vector<std::string> obligations_of(const NewMessage& message, Store& store) {
  std::vector<std::string> keys;
  for (const std::int64_t id : message.items) {
    if (const auto item = store.item(id)) keys.push_back(item->reminder.obligation);
  }
  return keys;
}

}  // namespace

void put_links(NewMessage& message, Service& service, Instant now) {
  const bool has_links = has_act_placeholder(message.text) || has_act_placeholder(message.html) ||
                         has_act_placeholder(message.json);
  if (!has_links) return;
  service.store().doors().forget(now - kLinkLives);
  const auto obligations = obligations_of(message, service.store());
  Links links(message, service, now);
  const auto link = [&](const std::string& key) { return links.to(key); };
  message.text = with_links(message.text, obligations, link);
  message.html = with_links(message.html, obligations, link);
  // JSON stands on one line, which must not go with a link that is none any more.
  message.json = with_links(message.json, obligations, [&](const std::string& key) {
    return std::optional(links.to(key).value_or(""));
  });
}

}  // namespace omamori
