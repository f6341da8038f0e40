// What an obligation's key says of itself to who has nothing but the key, as a file has.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "daemon/model/obligation.h"

namespace omamori {

struct KeyOfClient {
  std::string client;
  ObligationKind kind = ObligationKind::monitoring;
};

// The client and kind of "C-12/monitoring/2026-04-01/2026-09"; nothing: it is no key of a client's.
std::optional<KeyOfClient> key_of_client(std::string_view text);

// "C-1/lapse/S-1/2026-07-03".
std::string key_of_lapse(const std::string& client, const std::string& check, Day opened);

// The day in "C-1/renewal/2027-03-31" and "C-1/expired/2027-03-31"; nothing: no such key.
std::optional<Day> decision_end_of(std::string_view text);

}  // namespace omamori
