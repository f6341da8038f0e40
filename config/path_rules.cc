#include "config/path_rules.h"

namespace omamori {

std::string path_rule(std::string_view text) {
  return text.size() <= 1000 ? "" : "is longer than any path";
}

std::string needed_path_rule(std::string_view text) {
  return text.empty() ? "must not be empty" : path_rule(text);
}

std::filesystem::path resolved(const std::filesystem::path& directory,
                               const std::filesystem::path& path) {
  return path.empty() ? path : (directory / path).lexically_normal();
}

}  // namespace omamori
