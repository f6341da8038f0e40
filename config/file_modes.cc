#include "config/file_modes.h"

#include <sys/stat.h>

namespace omamori {

OpenToOthers open_to_others(const std::filesystem::path& path) {
  std::error_code unknown;
  // Symbolic links followed: what counts is the way to the file itself.
  const std::filesystem::path file = std::filesystem::canonical(path, unknown);
  struct stat info {};
  if (unknown || ::stat(file.c_str(), &info) != 0) return {};
  OpenToOthers open{(info.st_mode & S_IROTH) != 0, (info.st_mode & S_IWOTH) != 0};
  bool nearest = true;
  for (std::filesystem::path at = file; at.has_relative_path();) {
    at = at.parent_path();
    if (::stat(at.c_str(), &info) != 0 || (info.st_mode & S_IXOTH) == 0) return {};
    // In a directory with the sticky bit (/tmp) only a file's owner may remove it.
    const bool replaceable = (info.st_mode & S_IWOTH) != 0 && (info.st_mode & S_ISVTX) == 0;
    if (nearest && replaceable) open.write = true;
    nearest = false;
  }
  return open;
}

}  // namespace omamori
