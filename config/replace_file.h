// Writes a small file so that at no instant there is half of it under its name: written beside
// under a random name (".….partial"), which must be new and no link, synced, renamed, and the name
// synced, power cut included. A kill on the way leaves that file behind. Blocks for the disk.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace omamori {

// Nothing, or what could not be done, with the path. Only its owner may read the file. Nobody else
// may write the same one meanwhile.
std::optional<std::string> replace_file(const std::filesystem::path& path, std::string_view bytes);

// That a name in the directory of `path` was made or moved outlasts a power cut. False: errno.
bool sync_directory_of(const std::filesystem::path& path);

}  // namespace omamori
