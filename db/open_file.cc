#include "db/open_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace omamori {

OpenFile::OpenFile(std::filesystem::path path)
    : path_(std::move(path)), file_(::open(path_.c_str(), O_PATH | O_CLOEXEC)) {}

OpenFile::~OpenFile() {
  if (file_ >= 0) ::close(file_);
}

FileFate OpenFile::look() const {
  struct stat ours {};
  struct stat there {};
  FileFate fate;
  if (file_ < 0 || ::fstat(file_, &ours) != 0) return fate;
  fate.has_a_name = ours.st_nlink > 0;
  if (::stat(path_.c_str(), &there) != 0) {
    const bool missing = errno == ENOENT || errno == ENOTDIR;
    fate.name = missing ? FileFate::Name::leads_nowhere : FileFate::Name::unseen;
    fate.why = missing ? "" : std::strerror(errno);
  } else if (there.st_dev != ours.st_dev || there.st_ino != ours.st_ino) {
    fate.name = FileFate::Name::leads_to_another;
  }
  return fate;
}

}  // namespace omamori
