// The second committed step of telling: what is owed becomes messages, one digest a person and
// slot, and one message for each thing that is urgent. Nothing leaves yet.
#pragma once

#include <string>
#include <vector>

#include "daemon/reminders/contact_channels.h"
#include "daemon/reminders/context.h"
#include "daemon/rules/recipients.h"
#include "daemon/text/templates.h"

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
  std::vector<Unreachable> spent;       // every way was refused; tried again at the next slot
  std::vector<std::string> unreadable;  // what is owed but cannot be read: "C-1/streak/2026-06"

  void add(const ComposeReport& other);
};

// The ways to `staff` that were refused or given up within the last day.
// `urgent_only`: by urgent messages.
std::vector<Way> spent_ways(Store& store, const std::string& staff, Instant now,
                            bool urgent_only = false);

// `digest` as the words of `message`, whose id is known.
void put_words(NewMessage& message, const Templates& templates, const Digest& digest);

// Composes everything owed and free at `act.now`, a digest in bounded parts. An older digest to the
// same person that has not left is closed and its items join the new one. With `only`, messages of
// that kind.
ComposeReport compose_due(Service& service, const Act& act, const Templates& templates,
                          std::optional<MessageKind> only = {});

// Words again, under the same id, for a pending message some of whose items have ended meanwhile.
// False if nothing is left to say; the message is then dropped with that reason.
bool recompose(Service& service, const Directory& directory, const StoredMessage& stale,
               const Act& act, const Templates& templates);

}  // namespace omamori
