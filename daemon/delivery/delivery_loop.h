// Sends what is composed and records what became of it: the last two committed steps of telling.
// An attempt is written down before its first byte leaves, so that a kill in between is known to be
// of unknown outcome.
//
// It does not wait: step() does everything that can be done at this instant and says when there may
// be more; whoever drives it calls it again then, or when a courier has answered. Everything that
// became known since the last step, and everything that is begun, is one transaction: one write to
// the disk for many messages. Used from the loop's thread.
#pragma once

#include <array>
#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "daemon/delivery/blame.h"
#include "daemon/delivery/senders.h"
#include "daemon/reminders/context.h"

namespace omamori {

// One attempt that has ended, for the log and for whoever ran `--once`.
struct Delivered {
  std::string message;
  std::string staff;
  Channel channel = Channel::email;
  MessageKind kind = MessageKind::digest;
  std::vector<std::int64_t> items;
  AttemptOutcome outcome = AttemptOutcome::sent;
  std::string reply;
};

class DeliveryLoop {
 public:
  // `told` hears of every attempt that ended, after it was recorded. `changed` is called when a
  // courier has answered: step() has something to record.
  struct Hooks {
    std::function<void(const Delivered&)> told;
    std::function<void()> changed;
  };
  DeliveryLoop(Service& service, Couriers& couriers, Hooks hooks);

  // Records, begins, and says when to call again by itself: `service.now()` if there is more to do
  // at once, nothing if only an answer can bring something. Throws SqliteError if the store cannot
  // write; what was to be recorded is kept for the next step.
  enum class Begin {
    everything,
    trouble_only,  // the clock is held: only what tells the operator so
    test_only,     // no daemon runs: omamorictl sends what it was asked to, nothing else
    nothing        // the service is stopping
  };
  std::optional<Instant> step(Begin begin = Begin::everything);

  // Have taken too long, and may be told another way: they are in flight a moment longer.
  void abandon(const std::vector<std::string>& messages);

  std::size_t in_flight() const { return in_flight_.size(); }
  // Rows that could not be read, at the last step. Their messages are set aside, and what they
  // carried is owed and free: whoever drives the loop lets it be composed again.
  const std::vector<std::string>& unreadable() const { return unreadable_; }
  // By name, those that do not work or have not always worked.
  const std::map<std::string, PeerState>& peers() const { return peers_; }
  // A command may have changed what the store knows of them ("endpoint enable").
  void reread_peers() { peers_ = store_.peers(); }

 private:
  struct Answer {
    std::string message;
    SendResult result;
    std::chrono::milliseconds took{0};
  };
  struct Parting {
    Peer peer;
    Parcel parcel;
  };
  struct Flight {
    Peer peer;
    Lane lane = Lane::ordinary;
  };

  std::vector<Delivered> record(const Act& act);
  Delivered record_one(const Answer& answer, const Act& act);
  void skip_substitutes(std::int64_t item, const Act& act);
  Fault judge(const Peer& peer, const Answer& answer, const std::string& staff, const Act& act);
  void note_state(const Peer& peer, const PeerState& after, const Act& act);
  std::vector<Parting> begin_due(const Act& act);
  void begin_at(const Peer& peer, Lane lane, const Act& act, std::vector<Parting>& into);
  std::optional<Parcel> parcel_of(StoredMessage message, const Act& act);
  bool close_of_leaver(const StoredMessage& message, const Act& act);
  void carry(Parting parting);
  std::optional<Instant> next(const Act& act) const;
  std::size_t flying_to(const Peer& peer, std::optional<Lane> lane) const;
  std::size_t room_at(const Peer& peer, Lane lane, Instant now) const;
  std::array<Lane, 2> lanes_at(const Peer& peer);
  void revive(const std::string& message, const Act& act);
  WayOut way_out(const Peer& peer, Lane lane) const;
  PeerState state_of(const Peer& peer) const;

  Service& service_;
  Store& store_;
  Couriers& couriers_;
  Hooks hooks_;
  std::map<std::string, PeerState> peers_;
  std::map<std::string, BlameBook> blame_;   // by name of peer
  std::map<std::string, Flight> in_flight_;  // by message
  std::vector<Answer> answers_;
  bool ending_ = false;                       // the service is stopping
  std::optional<MessageKind> only_;           // of the step
  std::shared_ptr<const Planning> planning_;  // of the step, read when first needed
  std::vector<std::string> unreadable_;
};

}  // namespace omamori
