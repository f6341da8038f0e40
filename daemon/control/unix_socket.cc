#include "daemon/control/unix_socket.h"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <string>

namespace omamori {

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

}  // namespace omamori
