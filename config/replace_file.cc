#include "config/replace_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <random>
#include <system_error>
#include <utility>

#include "config/file_descriptor.h"

namespace omamori {
namespace {

std::string failure(std::string_view doing, const std::filesystem::path& path) {
  const std::error_code error(errno, std::generic_category());
  return "cannot " + std::string(doing) + " " + path.string() + ": " + error.message();
}

bool write_all(int number, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(number, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

std::optional<std::string> write_synced(const std::filesystem::path& path, std::string_view bytes) {
  constexpr int kNew = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
  FileDescriptor file(::open(path.c_str(), kNew, 0600));
  if (!file.is_open()) return failure("create", path);
  if (!write_all(file.number(), bytes)) return failure("write", path);
  if (::fsync(file.number()) != 0 || !file.close()) return failure("write", path);
  return std::nullopt;
}

// Whoever may write in the directory cannot know the name and put something else there before.
std::filesystem::path partial_name(const std::filesystem::path& path) {
  std::random_device random;
  char text[64];
  std::snprintf(text, sizeof text, ".%08x%08x.partial", random(), random());
  return std::filesystem::path(path) += text;
}

}  // namespace

std::optional<std::string> replace_file(const std::filesystem::path& path, std::string_view bytes) {
  const std::filesystem::path partial = partial_name(path);
  std::optional<std::string> problem = write_synced(partial, bytes);
  if (!problem && std::rename(partial.c_str(), path.c_str()) != 0) problem = failure("name", path);
  if (!problem && !sync_directory_of(path)) problem = failure("sync the directory of", path);
  std::error_code ignored;
  if (problem) std::filesystem::remove(partial, ignored);
  return problem;
}

bool sync_directory_of(const std::filesystem::path& path) {
  const auto directory = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  const FileDescriptor names(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return names.is_open() && ::fsync(names.number()) == 0;
}

}  // namespace omamori
