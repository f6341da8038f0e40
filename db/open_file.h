// The database file as it was opened, and whether its name still leads to it. A file that was
// deleted, moved away or replaced goes on being read and written through the open descriptors:
// everything that is recorded in it then is lost to whoever opens the name.
//
// Looks with stat only. The file itself is never opened a second time: closing such a descriptor
// would let go of SQLite's locks.
#pragma once

#include <filesystem>
#include <string>

namespace omamori {

struct FileFate {
  enum class Name {
    leads_here,     // all is well
    leads_nowhere,  // no such file any more
    leads_to_another,
    unseen,  // it cannot be looked at
  };
  Name name = Name::leads_here;
  bool has_a_name = true;  // the open file; false: it is gone for good when it is closed
  std::string why;         // of unseen: the system's words

  bool well() const { return name == Name::leads_here; }
};

class OpenFile {
 public:
  // Of a file that this process has just opened. One that is not there is not watched.
  explicit OpenFile(std::filesystem::path path);
  ~OpenFile();
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  const std::filesystem::path& path() const { return path_; }
  FileFate look() const;

 private:
  std::filesystem::path path_;
  int file_;  // O_PATH: it names the file, and can neither read nor lock it
};

}  // namespace omamori
