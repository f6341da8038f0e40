// One client, whole, as commands read it that ask of many what will be told.
#pragma once

#include <optional>
#include <string>

#include "db/store.h"

namespace omamori {

struct ReadClient {
  ClientFacts facts;
  ClientMemory memory;
};

// Nothing: no client of that code. Throws BadRow.
inline std::optional<ReadClient> read_client(Store& store, const std::string& code) {
  auto facts = store.facts(code);
  if (!facts) return {};
  return ReadClient{std::move(*facts), store.memory(code)};
}

}  // namespace omamori
