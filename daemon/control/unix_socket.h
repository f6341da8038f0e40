// Unix sockets as both sides of the control socket need them, and whoever else listens at one.
#pragma once

#include <sys/types.h>
#include <sys/un.h>

#include <filesystem>
#include <optional>
#include <string>

namespace omamori {

// Nothing if the path is too long for the kernel (107 bytes).
std::optional<sockaddr_un> unix_address(const std::filesystem::path& path);

// 0 if somebody listens there, else the errno of trying: ENOENT and ECONNREFUSED mean that nobody
// does, EACCES that we may not ask. Never waits; a full queue of connections counts as somebody.
int listener_error(const std::filesystem::path& path);

// A socket of ours that listens at a path, open to its owner and group (mode 0660).
struct UnixListening {
  std::string why;  // not listening, and what to do; "" = it is, and `file` is the caller's
  int file = -1;
  dev_t device = 0;  // the file that we made
  ino_t inode = 0;
};
// A socket file at which nobody answers is left over from a crash and replaced; anything else in
// the way stays. `what` is how the socket is called ("the control socket"), `setting` where its
// path stands ("[control] socket").
UnixListening listen_at(const std::filesystem::path& path, const std::string& what,
                        const std::string& setting);
// Removes the file only if it is the one we made.
void remove_socket(const std::filesystem::path& path, const UnixListening& ours);

}  // namespace omamori
