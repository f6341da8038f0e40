// Unix sockets as both sides of the control socket need them.
#pragma once

#include <sys/un.h>

#include <filesystem>
#include <optional>

namespace omamori {

// Nothing if the path is too long for the kernel (107 bytes).
std::optional<sockaddr_un> unix_address(const std::filesystem::path& path);

// 0 if somebody listens there, else the errno of trying: ENOENT and ECONNREFUSED mean that nobody
// does, EACCES that we may not ask. Never waits; a full queue of connections counts as somebody.
int listener_error(const std::filesystem::path& path);

}  // namespace omamori
