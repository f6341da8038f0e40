#include "config/secret.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>

namespace omamori {
namespace {

std::filesystem::path place_of(const std::filesystem::path& path) {
  // Read once at start, before any thread exists.
  if (const char* directory = std::getenv("CREDENTIALS_DIRECTORY")) {  // NOLINT(concurrency-*)
    const std::filesystem::path credential = std::filesystem::path(directory) / path.filename();
    if (std::error_code gone; std::filesystem::exists(credential, gone)) return credential;
  }
  return path;
}

}  // namespace

Parsed<std::string> read_secret(const std::filesystem::path& path) {
  const std::filesystem::path place = place_of(path);
  std::ifstream file(place);
  std::string line;
  if (!file || !std::getline(file, line)) {
    const std::string why = file.is_open() ? "is empty" : std::strerror(errno);
    return {{}, {{place.string(), 0, 0, "cannot read the secret: " + why}}};
  }
  if (!line.empty() && line.back() == '\r') line.pop_back();
  if (line.empty()) return {{}, {{place.string(), 0, 0, "the first line is empty"}}};
  return {line, {}};
}

}  // namespace omamori
