// What others of this machine may do with a file of ours: those who are neither its owner nor in
// its group. Asks the disk.
#pragma once

#include <filesystem>

namespace omamori {

struct OpenToOthers {
  bool read = false;
  bool write = false;  // also: put another file in its place
  bool any() const { return read || write; }
  bool operator==(const OpenToOthers&) const = default;
};

// As the modes of the file and of the directories above it together allow. A file that is not
// there, or behind a directory that others may not enter, is open to nobody.
OpenToOthers open_to_others(const std::filesystem::path& path);

}  // namespace omamori
