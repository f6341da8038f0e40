#include "config/text_file.h"

#include <cerrno>
#include <fstream>
#include <system_error>

namespace omamori {
namespace {

Parsed<std::string> refused(const std::filesystem::path& path, std::string message) {
  return {std::nullopt, {{path.string(), 0, 0, std::move(message), FileErrorKind::unreadable}}};
}

}  // namespace

Parsed<std::string> read_settings_file(const std::filesystem::path& path) {
  std::error_code failure;
  const auto status = std::filesystem::status(path, failure);
  if (status.type() == std::filesystem::file_type::not_found) {
    return refused(path, "there is no such file");
  }
  if (failure) return refused(path, "cannot be read: " + failure.message());
  if (!std::filesystem::is_regular_file(status)) return refused(path, "is not a plain file");

  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) return refused(path, "cannot be read: " + std::generic_category().message(errno));
  // One byte more than allowed shows that it is too large, however large it has grown meanwhile.
  std::string text(max_settings_bytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (file.bad()) return refused(path, "cannot be read: " + std::generic_category().message(errno));
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (text.size() > max_settings_bytes) {
    return refused(path, "is larger than 1 MiB; this cannot be a settings file");
  }
  return {std::move(text), {}};
}

}  // namespace omamori
