// Which files `import` takes: those of a directory that are named like a kind, in whatever case, or
// the one that was named.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "daemon/control/request.h"

namespace omamori {

// Reads them into `files`. A directory that holds anything else is refused, with what that is,
// unless `ignore_others`: a file under another name is one that somebody believes to be imported.
// "" or what is wrong.
std::string read_import_directory(const std::filesystem::path& directory, bool ignore_others,
                                  std::vector<CommandFile>& files);
std::string read_import_file(const std::filesystem::path& path, std::vector<CommandFile>& files);

}  // namespace omamori
