#include "config/secret.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <utility>

#include "config/file_modes.h"

namespace omamori {
namespace {

// Far above any secret; keeps a path that leads to a device from filling the memory.
constexpr std::size_t kLongestFile = 64U * 1024;

Parsed<std::string> no_secret(const std::filesystem::path& place, const std::string& why) {
  return {{}, {{place.string(), 0, 0, why}}};
}

}  // namespace

std::filesystem::path secret_place(const std::filesystem::path& path) {
  // Nobody changes the environment while threads run.
  if (const char* directory = std::getenv("CREDENTIALS_DIRECTORY")) {  // NOLINT(concurrency-*)
    const std::filesystem::path credential = std::filesystem::path(directory) / path.filename();
    if (std::error_code gone; std::filesystem::exists(credential, gone)) return credential;
  }
  return path;
}

Parsed<std::string> read_secrets(const std::filesystem::path& path) {
  const std::filesystem::path place = secret_place(path);
  if (const OpenToOthers open = open_to_others(place); open.any()) {
    return no_secret(place, std::string(open.write ? "may be changed" : "may be read") +
                                " by anybody on this machine, so it is no secret: chmod o= " +
                                place.string() + ", and better replace it");
  }
  return read_certificates(path);
}

Parsed<std::string> read_certificates(const std::filesystem::path& path) {
  const std::filesystem::path place = secret_place(path);
  std::ifstream file(place, std::ios::binary);
  std::string text(kLongestFile + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!file.is_open() || file.bad()) {
    return no_secret(place, std::string("cannot read the secret: ") + std::strerror(errno));
  }
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (text.empty()) return no_secret(place, "cannot read the secret: is empty");
  if (text.size() > kLongestFile) return no_secret(place, "is too long for a secret");
  return {std::move(text), {}};
}

Parsed<std::string> read_secret(const std::filesystem::path& path) {
  Parsed<std::string> text = read_secrets(path);
  if (!text.value) return text;
  std::string line = text.value->substr(0, text.value->find('\n'));
  if (!line.empty() && line.back() == '\r') line.pop_back();
  if (line.empty()) return no_secret(secret_place(path), "the first line is empty");
  return {std::move(line), {}};
}

}  // namespace omamori
