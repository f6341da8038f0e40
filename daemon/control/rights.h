// Who may use which command over the control socket. Whom the socket file lets in is the kernel's
// to say; what they may do there, that of [control] in omamori.toml.
//
// Root and the user that omamorid runs as may do everything: they can read the database itself. So
// can whoever runs omamorictl while no omamorid runs, which is therefore not asked.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "config/config.h"

namespace omamori {

// What a command does, and so who may use it.
enum class CommandDoes {
  reads,          // leaves the database as it is, but for who looked at whom: recorders, operators
  records,        // writes down what happened to people: recorders, operators
  hands_in_mail,  // a mail that came: mailers, operators
  operates,       // everything else: operators
};

// At the other end of a unix socket, by the kernel: numbers only, so that nobody is asked for
// names where no list needs one.
struct PeerIds {
  std::uint32_t uid = 0;
  std::vector<std::uint32_t> groups;  // that of the process first
  bool operator==(const PeerIds&) const = default;
};
// Nothing: the kernel does not say.
std::optional<PeerIds> peer_of(int socket);

// Root, or whom this process runs as.
bool is_owner(const PeerIds& peer);

struct Asker {
  std::uint32_t uid = 0;
  bool owner = false;
  std::string user;  // "": the machine has no name for the uid
  std::vector<std::string> groups;
};
// Looks the names up in the user and group database of the machine, which may take a while where
// that is on the network.
Asker named(const PeerIds& peer);

// Pure. The names of a list are those of users and groups. With no operators all are whom the
// socket file lets in, but for those whom `recorders` or `mailers` names. Whoever stands in several
// lists may do what any of them allows. "" or why not, and who may; `command` is named in it.
std::string may_not(const Asker& asker, const ControlLists& lists, CommandDoes what,
                    const std::string& command);

// Do these lists ask for names at all? Without, everybody whom the socket lets in may do
// everything.
inline bool are_set(const ControlLists& lists) { return lists != ControlLists{}; }

}  // namespace omamori
