#include "daemon/control/unix_socket.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace omamori {
namespace {

constexpr mode_t kSocketMode = 0660;
constexpr int kQueue = 128;

std::string words(int error) { return std::strerror(error); }

// A socket file that nobody listens at is removed. "" or what is in the way.
std::string clear_the_way(const std::filesystem::path& path) {
  struct stat info {};
  if (::lstat(path.c_str(), &info) != 0) return "";  // bind() finds out whatever else is wrong
  if (!S_ISSOCK(info.st_mode)) return path.string() + " is in the way: it is not a socket; move it";
  const int error = listener_error(path);
  if (error == 0) {
    return "somebody answers at " + path.string() + " already: is another omamorid running?";
  }
  if (error != ECONNREFUSED && error != ENOENT) return path.string() + ": " + words(error);
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
    return "cannot remove the old socket " + path.string() + ": " + words(errno);
  }
  return "";
}

std::string bind_error(const std::filesystem::path& path, const std::string& what,
                       const std::string& setting, int error) {
  const std::string directory = path.parent_path().string();
  switch (error) {
    case ENOENT:
      return "cannot make " + what + ": the directory " + directory +
             " does not exist; make it, or choose another " + setting;
    case EACCES:
      return "cannot make " + what + ": uid " + std::to_string(::geteuid()) + " may not write in " +
             directory;
    default:
      return "cannot make " + what + " " + path.string() + ": " + words(error);
  }
}

// Never open to more than the mode says, whatever the umask, and not narrower in the end. 0 or the
// errno.
int bind_socket(int file, const std::filesystem::path& path, const sockaddr_un& address) {
  if (::fchmod(file, kSocketMode) != 0 ||
      ::bind(file, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    return errno;
  }
  if (::chmod(path.c_str(), kSocketMode) == 0 && ::listen(file, kQueue) == 0) return 0;
  const int error = errno;
  ::unlink(path.c_str());
  return error;
}

}  // namespace

std::optional<sockaddr_un> unix_address(const std::filesystem::path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string& text = path.native();
  if (text.empty() || text.size() >= sizeof address.sun_path) return std::nullopt;
  text.copy(address.sun_path, text.size());
  return address;
}

int listener_error(const std::filesystem::path& path) {
  const auto address = unix_address(path);
  if (!address) return ENAMETOOLONG;
  const int file = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (file < 0) return errno;
  const int result = ::connect(file, reinterpret_cast<const sockaddr*>(&*address), sizeof *address);
  const int error = result == 0 || errno == EAGAIN ? 0 : errno;
  ::close(file);
  return error;
}

UnixListening listen_at(const std::filesystem::path& path, const std::string& what,
                        const std::string& setting) {
  UnixListening listening;
  const auto address = unix_address(path);
  if (!address) {
    listening.why = "the path of " + what + " has " + std::to_string(path.native().size()) +
                    " bytes, the kernel allows " +
                    std::to_string(sizeof(sockaddr_un::sun_path) - 1) + ": choose a shorter " +
                    setting + " than " + path.string();
    return listening;
  }
  listening.why = clear_the_way(path);
  if (!listening.why.empty()) return listening;
  listening.file = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int error = listening.file < 0 ? errno : bind_socket(listening.file, path, *address);
  if (error != 0) {
    if (listening.file >= 0) ::close(listening.file);
    listening.file = -1;
    listening.why = bind_error(path, what, setting, error);
    return listening;
  }
  struct stat made {};
  ::lstat(path.c_str(), &made);
  listening.device = made.st_dev;
  listening.inode = made.st_ino;
  return listening;
}

void remove_socket(const std::filesystem::path& path, const UnixListening& ours) {
  struct stat info {};
  if (::lstat(path.c_str(), &info) == 0 && info.st_ino == ours.inode &&
      info.st_dev == ours.device) {
    ::unlink(path.c_str());
  }
}

}  // namespace omamori
