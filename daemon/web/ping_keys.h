// Whose key is it? The keys of all checks, worked out again when there are others: none is stored,
// so whoever reads the database or a copy can ping for nobody, and an older database that was put
// back knows the keys of all its checks. Loop thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

#include "daemon/reminders/context.h"

namespace omamori {

class PingKeys {
 public:
  // The code of the check; nothing for what is no key, unknown, or of a lower generation.
  std::optional<std::string> check_of(std::string_view uuid, Service& service);

 private:
  struct OfCheck {
    int generation = -1;
    std::string hash;
  };
  void take_over(Service& service);

  // By hash: how long a look-up takes says nothing of a key.
  std::unordered_map<std::string, std::string> checks_;  // by hash of their key
  std::unordered_map<std::string, OfCheck> keys_;        // by check
  std::string made_with_;                                // the key of keys
  std::int64_t changes_ = -1;                            // PingRecords::changes() of then
};

}  // namespace omamori
