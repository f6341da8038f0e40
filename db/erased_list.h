// Who was erased, in a file beside the database ("omamori.db.erased") and one beside its copies:
// copies that were made before still hold them, so every restore applies it. It holds codes and
// instants only, and is of one database.
#pragma once

#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "daemon/model/facts.h"

namespace omamori {

struct ErasedClient {
  std::string client;
  Instant at{};
  bool operator==(const ErasedClient&) const = default;
};

struct ErasedList {
  std::string identity;  // of the database
  std::vector<ErasedClient> erased;
};

std::filesystem::path erased_list_beside(const std::filesystem::path& database);
std::filesystem::path erased_list_in(const std::filesystem::path& directory_of_copies);

// No file: an empty list. A string: why it cannot be read.
std::variant<ErasedList, std::string> read_erased_list(const std::filesystem::path& file);
// On disk when it returns. "" or why it could not be written.
std::string write_erased_list(const std::filesystem::path& file, const ErasedList& list);

}  // namespace omamori
