// The second committed step of telling: what is owed becomes messages, one digest a person and
// slot, and one message for each thing that is urgent. Nothing leaves yet.
#pragma once

#include <string>
#include <vector>

#include "daemon/people.h"
#include "daemon/service.h"
#include "daemon/templates.h"

namespace omamori {

// Something owed that has no way to its person. It stays owed.
struct Unreachable {
  std::string staff;
  std::size_t items = 0;
  std::string why;  // what to do about it
};

struct ComposeReport {
  std::vector<std::string> messages;  // ids
  std::vector<Unreachable> unreachable;
  std::vector<std::string> unreadable;  // what is owed but cannot be read: "C-1/streak/2026-06"
};

// Which way a message to `staff` goes: the first of their channels that is configured here and that
// has an address, past those in `refused` (a peer said no for good) while there is another. Nothing
// and the reason in `why` if there is none.
struct Way {
  Channel channel = Channel::email;
  std::string address;
  bool operator==(const Way&) const = default;
};
std::optional<Way> way_to(const Staff& staff, const Config& config, std::string& why,
                          const std::vector<Way>& refused = {});

// Composes everything owed and free at `act.now`. An older digest to the same person that has not
// left is closed and its items join the new one.
ComposeReport compose_due(Service& service, const Act& act, const Templates& templates);

// Words again, under the same id, for a pending message some of whose items have ended meanwhile.
// False if nothing is left to say; the message is then dropped with that reason.
bool recompose(Service& service, const StoredMessage& stale, const Act& act,
               const Templates& templates);

}  // namespace omamori
