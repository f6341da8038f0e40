// What goes into the store and comes out of it, besides the facts (daemon/model/facts.h), the rows
// of the CSV kinds (daemon/model/records.h) and the obligations (daemon/model/reminder.h). Plain
// values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "daemon/model/digest.h"
#include "daemon/model/facts.h"
#include "daemon/model/obligation.h"
#include "daemon/model/records.h"
#include "daemon/model/reminder.h"

namespace omamori {

struct OpenOptions {
  bool create = false;  // a new file; an existing one is refused
  bool demo = false;    // with create: a database for a made-up clock
  Instant now{};        // with create: when
};

// Who does something, and when. The store never looks at a clock. `actor` is a code or a uid
// ("uid:1000", "omamorid"), never a person's name: it is journalled.
struct Act {
  std::string actor;
  Instant now{};
  Day today{};  // local day of `now`
};

// What became of a record: its id and its journal row, or why it was refused (then both are 0 and
// nothing was written).
struct Recorded {
  std::int64_t id = 0;
  std::int64_t journal = 0;
  std::string refused;
  explicit operator bool() const { return refused.empty(); }
};

enum class RecordKind { monitoring, check_in, contact, suspension, acknowledgement, absence };

// One file of an import. `kind` is the CSV kind ("clients", "check_ins", …); `sha256` of its bytes.
struct ImportFile {
  std::string kind;
  std::string name;
  std::string sha256;
};

// Where reminders can go.
struct StoredDirectory {
  std::vector<Office> offices;    // ascending code
  std::vector<Staff> staff;       // ascending code
  std::vector<Absence> absences;  // ascending staff, from
  // Rows left out because they cannot be read: "staff CM-9", "absence of CM-9".
  std::vector<std::string> unreadable;
};

struct KeptPolicy {
  std::int64_t version = 0;
  Instant accepted_at{};
  std::string text;
};

// A policy and the days that are judged by it (R7).
struct PolicyOfDays {
  KeptPolicy policy;
  Day from{};
  std::optional<Day> until;  // last day; nothing = it is the one in force
};

// For local display only, never sent (P7).
struct ClientNames {
  std::string name;
  std::string certificate_no;
  std::string short_stay;
  bool emergency_list = false;
};

// P1a: the instant a client must be looked at again, or why not.
inline constexpr const char* kCouldNotBePlanned = "could not be planned";

struct ClientSchedule {
  std::optional<Instant> next_at;
  std::string reason;
  Instant changed_at{};
  bool dirty = false;  // its facts or the policy changed since it was planned
};

// What the planner left behind about one client: what its next plan is compared with.
struct ClientMemory {
  std::vector<KnownObligation> known;  // the live ones, ascending key
  // A skipped item is left out: its stage is told once the reason for the silence (a suspension, an
  // acknowledgement) is gone, unless a later one was told meanwhile.
  std::vector<Telling> told;
  std::optional<ClientSchedule> schedule;  // nothing: not a client
};

enum class ObligationState { live, met, withdrawn, ended };

struct StoredObligation {
  Obligation obligation;
  ObligationState state = ObligationState::live;
  std::optional<Instant> ended_at;
  std::string reason;  // why it ended
};

// One obligation's stage for one person.
//   owed     to be told; `next_attempt_at` says when it is tried next
//   told     a peer accepted a message with it
//   skipped  its slot came and it was not told, for `reason`; may become owed again
//   dropped  will not be told, for `reason`
enum class ItemState { owed, told, skipped, dropped };

struct StoredItem {
  std::int64_t id = 0;
  std::string client;
  Reminder reminder;
  ItemState state = ItemState::owed;
  std::string reason;              // owed: of the silence that went before, if there was one
  std::string message;             // the message it is in or was told by; may be empty
  std::optional<Channel> channel;  // told: over which
  std::optional<Instant> told_at;
  std::optional<Instant> first_owed_at;
  std::optional<Instant> next_attempt_at;
  // A message that carried it ended without our knowing whether a peer accepted it: telling it
  // again must say so (P3).
  bool maybe_told = false;
};
// Of an item that concerns no client: trouble, weekly or a receipt; nothing for any other.
inline std::optional<ObligationKind> kind_without_client(const StoredItem& item) {
  return item.client.empty() ? kind_without_client(item.reminder.obligation) : std::nullopt;
}

// pending: to be sent at next_attempt_at. refused: for good. expired: its life is over.
// superseded: a newer one took its items. dropped: by hand.
enum class MessageState { pending, sent, refused, expired, superseded, dropped };

// A message as composed. `id` is fixed for ever; it appears in Message-ID and webhook-id.
struct NewMessage {
  std::string id;
  MessageKind kind = MessageKind::digest;
  std::string type;  // "omamori.digest"
  std::string staff;
  Channel channel = Channel::email;
  std::string address;
  Day slot_day{};
  Instant slot{};
  std::string subject, text, html, json;
  // What stands behind the @ of its Message-ID; "" = not known, the sender's of the day it leaves.
  std::string id_domain;
  int part = 1;  // of `parts` messages that carry what one person is owed at one slot
  int parts = 1;
  Instant first_attempt_at{};
  std::vector<std::int64_t> items;
  // What its lines are about, in the order of their numbers: a reply names them by those.
  std::vector<std::string> numbered = {};
  // Not stored, put in as the bytes leave: where replies go, and which mail this answers.
  std::string reply_to = {};
  std::string in_reply_to = {};
};

// Which messages one peer carries next: either the urgent ones or all others.
struct WayOut {
  Channel channel = Channel::email;
  std::string address;  // "" = any
  bool urgent = false;
  std::optional<MessageKind> only;  // of those that are not urgent
};

struct StoredMessage {
  NewMessage content;  // `items` are those bound to it now
  MessageState state = MessageState::pending;
  bool frozen = false;     // a peer may have accepted it: its bytes must not change
  bool in_flight = false;  // an attempt has begun and its end is not recorded
  // Fewer items are bound to it than its words speak of, because something ended meanwhile:
  // recompose it before sending, unless it is frozen.
  bool stale = false;
  int attempts = 0;
  int tries = 0;  // attempts that failed for a reason in the message itself, not on the way
  std::optional<Instant> next_attempt_at;
  std::chrono::seconds life_used{0};
  Instant created_at{};
  std::optional<Instant> ended_at;
  // Its texts went (db/old_rows.h): SHA-256 of what they were, or "erased". "" = they are here.
  std::string body_hash;
};

// begun is only ever read: an attempt whose end is not recorded.
enum class AttemptOutcome { begun, sent, try_again, unknown, refused };

// How an attempt ended. try_again and unknown need `next_attempt_at`; without it the message's
// life is over and its items are owed again.
struct AttemptEnd {
  AttemptOutcome outcome = AttemptOutcome::sent;
  std::string reply;  // the peer's own words; the store keeps the first 500 bytes
  int latency_ms = 0;
  std::optional<Instant> next_attempt_at;
  std::chrono::seconds life_used{0};  // total so far, by the caller's count
  bool counts = true;  // a try of the message; false: it failed on the way to the peer
};

// A message that an item was in, then or now.
struct CarriedBy {
  std::string message;
  Channel channel = Channel::email;
  std::string address;
  MessageState state = MessageState::pending;
  bool frozen = false;
  bool in_flight = false;
  std::optional<Instant> ended_at;
  std::optional<Instant> first_attempt_at;
  std::optional<Instant> last_attempt_at;
};

// Something of ours that does not work; its obligation is live until it works again.
struct StoredTrouble {
  std::string subject;       // "peer smtp", "policy", "client C-1"
  std::string obligation;    // key
  std::string detail;        // technical words, no names
  bool supervisors = false;  // they hear of it too
  Instant since{};
};

struct StoredAttempt {
  int n = 0;
  Instant at{};
  std::optional<Instant> ended_at;
  AttemptOutcome outcome = AttemptOutcome::begun;
  std::string reply;
  int latency_ms = 0;
};

struct StoreCounts {
  std::int64_t clients = 0;
  std::int64_t ended_clients = 0;
  std::int64_t dirty_clients = 0;
  std::int64_t unplanned_clients = 0;    // could not be planned when they were last looked at
  std::int64_t unscheduled_clients = 0;  // have no place in the schedule: nobody would look
  std::int64_t live_obligations = 0;
  std::int64_t owed_items = 0;
  std::int64_t pending_messages = 0;
  std::int64_t dead_messages = 0;  // refused or expired, tests aside
  std::optional<Instant> oldest_owed_at;
};

}  // namespace omamori
