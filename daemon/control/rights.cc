#include "daemon/control/rights.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include <grp.h>
#include <pwd.h>

namespace omamori {
namespace {

// More than any entry of a directory of a city's staff needs.
constexpr std::size_t kLargestEntry = 1 << 20;

// Calls a function of the kind of getpwuid_r with a buffer that is large enough.
template <typename Entry, typename Get>
std::string name_by(Get get, char* Entry::*name) {
  Entry entry{};
  Entry* found = nullptr;
  for (std::vector<char> buffer(4096); buffer.size() <= kLargestEntry;
       buffer.resize(buffer.size() * 4)) {
    const int error = get(&entry, buffer.data(), buffer.size(), &found);
    if (error == ERANGE || error == EINTR) continue;
    return error == 0 && found ? found->*name : std::string();
  }
  return "";
}

std::string user_name(uid_t uid) {
  return name_by<passwd>(
      [&](passwd* entry, char* buffer, std::size_t size, passwd** found) {
        return ::getpwuid_r(uid, entry, buffer, size, found);
      },
      &passwd::pw_name);
}

std::string group_name(gid_t gid) {
  return name_by<group>(
      [&](group* entry, char* buffer, std::size_t size, group** found) {
        return ::getgrgid_r(gid, entry, buffer, size, found);
      },
      &group::gr_name);
}

bool names(const std::vector<std::string>& list, const Asker& asker) {
  return std::any_of(list.begin(), list.end(), [&](const std::string& name) {
    return (name == asker.user && !name.empty()) ||
           std::find(asker.groups.begin(), asker.groups.end(), name) != asker.groups.end();
  });
}

// " operators (sato, welfare)"
std::string in_words(const std::string& word, const std::vector<std::string>& list) {
  std::string text = word + " (";
  for (const std::string& name : list) text += (&name == &list.front() ? "" : ", ") + name;
  return text + (list.empty() ? "nobody)" : ")");
}

std::string who_may(const ControlLists& lists, CommandDoes what) {
  std::string text = lists.operators.empty()
                         ? "operators (whoever [control] names neither recorder nor mailer)"
                         : in_words("operators", lists.operators);
  if (what == CommandDoes::reads || what == CommandDoes::records) {
    text += " and " + in_words("recorders", lists.recorders);
  }
  if (what == CommandDoes::hands_in_mail) text += " and " + in_words("mailers", lists.mailers);
  return text;
}

bool may(const Asker& asker, const ControlLists& lists, CommandDoes what) {
  if (asker.owner) return true;
  const bool recorder = names(lists.recorders, asker);
  const bool mailer = names(lists.mailers, asker);
  if (lists.operators.empty() ? !recorder && !mailer : names(lists.operators, asker)) return true;
  switch (what) {
    case CommandDoes::reads:
    case CommandDoes::records:
      return recorder;
    case CommandDoes::hands_in_mail:
      return mailer;
    case CommandDoes::operates:
      return false;
  }
  return false;
}

}  // namespace

std::optional<PeerIds> peer_of(int socket) {
  ucred process{};
  socklen_t size = sizeof process;
  if (::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &process, &size) != 0) return std::nullopt;
  PeerIds peer{process.uid, {process.gid}};
  size = 0;
  if (::getsockopt(socket, SOL_SOCKET, SO_PEERGROUPS, nullptr, &size) == 0) return peer;
  std::vector<gid_t> more(size / sizeof(gid_t));
  if (::getsockopt(socket, SOL_SOCKET, SO_PEERGROUPS, more.data(), &size) != 0) return std::nullopt;
  peer.groups.insert(peer.groups.end(), more.begin(), more.end());
  return peer;
}

bool is_owner(const PeerIds& peer) { return peer.uid == 0 || peer.uid == ::geteuid(); }

Asker named(const PeerIds& peer) {
  Asker asker{peer.uid, is_owner(peer), user_name(peer.uid), {}};
  for (const std::uint32_t gid : peer.groups) {
    if (std::string name = group_name(gid); !name.empty()) asker.groups.push_back(std::move(name));
  }
  return asker;
}

std::string may_not(const Asker& asker, const ControlLists& lists, CommandDoes what,
                    const std::string& command) {
  if (may(asker, lists, what)) return "";
  return "uid " + std::to_string(asker.uid) + (asker.user.empty() ? "" : " (" + asker.user + ")") +
         " may not use \"" + command + "\"; who may: " + who_may(lists, what) +
         ", by [control] in omamori.toml";
}

}  // namespace omamori
