#include "daemon/web/ping_keys.h"

#include "daemon/doors/ping_key.h"
#include "db/door_records.h"

namespace omamori {

std::optional<std::string> PingKeys::check_of(std::string_view uuid, Service& service) {
  const auto key = read_ping_key(uuid);
  if (!key || !service.token_key()) return {};
  take_over(service);
  const auto found = checks_.find(hash_of(*key));
  if (found == checks_.end()) return {};
  return found->second;
}

// About 2 µs for each check that is new. Checks are never taken away.
void PingKeys::take_over(Service& service) {
  const TokenKey& token_key = *service.token_key();
  PingRecords& pings = service.store().doors().pings();
  const std::int64_t now = pings.changes();
  if (now == changes_ && made_with_ == token_key.bytes) return;
  if (made_with_ != token_key.bytes) {
    checks_.clear();
    keys_.clear();
    made_with_ = token_key.bytes;
  }
  pings.each_check([&](const std::string& check, int generation) {
    OfCheck& key = keys_[check];
    if (key.generation == generation) return;
    checks_.erase(key.hash);
    key = {generation, hash_of(make_ping_key(token_key, check, generation))};
    checks_[key.hash] = check;
  });
  changes_ = now;
}

}  // namespace omamori
