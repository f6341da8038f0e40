#include "daemon/delivery/delivery_loop.h"

#include <algorithm>
#include <array>
#include <utility>

#include "daemon/delivery/circuit_breaker.h"
#include "daemon/delivery/outgoing_links.h"
#include "daemon/delivery/outgoing_reply.h"
#include "daemon/delivery/retry_times.h"
#include "daemon/model/mail_address.h"
#include "daemon/model/time_math.h"
#include "daemon/reminders/compose.h"

namespace omamori {
namespace {

// After a failure on the way: the breaker decides when the peer is called again, this only keeps
// one message from being the first of every probe.
constexpr std::chrono::seconds kAfterFailureOnTheWay{5};
// What was composed this long ago is looked at again before it leaves.
constexpr std::chrono::minutes kWordsAreFresh{5};
// At most so many begin in one transaction, however many lines there are.
constexpr std::size_t kBeginAtOnce = 64;

std::chrono::seconds life_after(const StoredMessage& message, int tries) {
  return message.life_used + wait_after(tries, message.content.id);
}

// A wish (Retry-After) holds for its message, whatever becomes of others.
Instant after_failure_on_the_way(Instant now, std::optional<std::chrono::seconds> wish) {
  constexpr std::chrono::seconds kLongestWish = std::chrono::hours{24};
  const std::chrono::seconds least = kAfterFailureOnTheWay;
  return now + (wish ? std::clamp(*wish, least, kLongestWish) : least);
}

// What the store keeps of an outcome, and when to try again.
AttemptEnd end_of(const SendResult& result, Fault fault, const StoredMessage& message,
                  Instant now) {
  AttemptEnd end;
  end.life_used = message.life_used;
  if (const auto* sent = std::get_if<Sent>(&result)) {
    end.outcome = AttemptOutcome::sent;
    end.reply = sent->reply;
    return end;
  }
  const auto* no = std::get_if<Refused>(&result);
  if (no && fault != Fault::peer) {
    end.outcome = AttemptOutcome::refused;
    end.reply = no->why;
    return end;
  }
  const TryAgain again = no ? TryAgain{no->why} : std::get<TryAgain>(result);
  end.outcome = again.unknown ? AttemptOutcome::unknown : AttemptOutcome::try_again;
  end.reply = again.why;
  end.counts = fault != Fault::peer;
  if (fault == Fault::peer) {
    end.next_attempt_at = after_failure_on_the_way(now, again.after);
    return end;
  }
  const int tries = message.tries + 1;
  end.life_used = life_after(message, tries);
  if (end.life_used <= kMessageLife) {
    end.next_attempt_at = now + wait_after(tries, message.content.id, again.after);
  }
  return end;
}

// A mail that may have been accepted keeps the Date of the attempt that may have delivered it.
Instant date_of(Store& store, const StoredMessage& message, Instant now) {
  if (!message.frozen || message.content.channel == Channel::webhook) return now;
  for (const StoredAttempt& attempt : store.attempts(message.content.id)) {
    if (attempt.outcome == AttemptOutcome::unknown) return attempt.at;
  }
  return now;
}

// What is broken off as we stop says nothing of the message.
Fault as_we_stop(const SendResult& result) {
  if (std::holds_alternative<Sent>(result)) return Fault::none;
  const auto* no = std::get_if<Refused>(&result);
  const bool of_its_own = no && no->alike.empty() && !no->gone;
  return of_its_own ? Fault::message : Fault::peer;
}

Lane lane_of(MessageKind kind) {
  return kind == MessageKind::urgent ? Lane::urgent : Lane::ordinary;
}

constexpr std::array<Lane, 2> kLanes{Lane::urgent, Lane::ordinary};

}  // namespace

DeliveryLoop::DeliveryLoop(Service& service, Couriers& couriers, Hooks hooks)
    : service_(service),
      store_(service.store()),
      couriers_(couriers),
      hooks_(std::move(hooks)),
      peers_(store_.peers()) {}

std::optional<Instant> DeliveryLoop::step(Begin what) {
  const Act act = service_.act("omamorid");
  const bool begin = what != Begin::nothing && !service_.held();
  ending_ = what == Begin::nothing;
  only_.reset();
  if (what == Begin::trouble_only) only_ = MessageKind::trouble;
  if (what == Begin::test_only) only_ = MessageKind::test;
  planning_.reset();
  unreadable_.clear();
  const auto peers_before = peers_;
  const auto flights_before = in_flight_;
  const auto blame_before = blame_;
  std::vector<Delivered> ended;
  std::vector<Parting> partings;
  try {
    const auto batch = store_.batch();
    ended = record(act);
    if (begin) partings = begin_due(act);
    batch->commit();
  } catch (...) {
    peers_ = peers_before;  // nothing was written, so nothing has happened
    in_flight_ = flights_before;
    blame_ = blame_before;
    throw;
  }
  answers_.clear();  // all were recorded; new ones come while carrying
  for (Parting& parting : partings) carry(std::move(parting));
  if (hooks_.told) std::for_each(ended.begin(), ended.end(), hooks_.told);
  if (!answers_.empty()) return act.now;
  return begin ? next(act) : std::nullopt;
}

std::vector<Delivered> DeliveryLoop::record(const Act& act) {
  std::vector<Delivered> ended;
  for (const Answer& answer : answers_) {
    try {
      ended.push_back(record_one(answer, act));
    } catch (const BadRow&) {
      // A row damaged while its message was on its way must not hold up everybody else's.
      in_flight_.erase(answer.message);
      store_.set_aside_message(answer.message, act);
      unreadable_.push_back("message " + answer.message);
    }
  }
  return ended;
}

Delivered DeliveryLoop::record_one(const Answer& answer, const Act& act) {
  const auto message = store_.message_outline(answer.message);
  if (!message) throw BadRow("no message " + answer.message);
  const NewMessage& content = message->content;
  const auto flight = in_flight_.find(answer.message);
  const Fault fault =
      ending_ ? as_we_stop(answer.result) : judge(flight->second.peer, answer, content.staff, act);
  AttemptEnd end = end_of(answer.result, fault, *message, act.now);
  end.latency_ms = static_cast<int>(answer.took.count());
  in_flight_.erase(flight);
  store_.record_attempt(answer.message, end, act);
  if (end.outcome == AttemptOutcome::sent) {
    for (const std::int64_t id : content.items) {
      skip_substitutes(id, act);
    }
  }
  return {content.id,    content.staff, content.channel, content.kind,
          content.items, end.outcome,   end.reply};
}

// It is told whatever its row says; only whom it was told instead of is then not known.
void DeliveryLoop::skip_substitutes(std::int64_t id, const Act& act) {
  try {
    if (const auto item = store_.item(id)) store_.skip_substitutes(item->reminder, act);
  } catch (const BadRow&) {
    unreadable_.push_back("item " + std::to_string(id));
  }
}

Fault DeliveryLoop::judge(const Peer& peer, const Answer& answer, const std::string& staff,
                          const Act& act) {
  const PeerState before = state_of(peer);
  const auto* again = std::get_if<TryAgain>(&answer.result);
  const auto* no = std::get_if<Refused>(&answer.result);
  if (again && again->ours) return Fault::peer;  // and so it costs the message nothing
  const Blame blame = blame_[name_of(peer)].judge(answer.result, staff, answer.message,
                                                  before.reach == Reach::down);
  for (const std::string& message : blame.cleared) revive(message, act);
  if (no && no->gone) {
    note_state(peer, after_gone(before, act.now, no->why), act);
  } else if (blame.fault == Fault::peer && no) {
    note_state(peer, after_outage(before, act.now, no->why, true), act);
  } else if (blame.fault == Fault::peer) {
    note_state(peer, after_failure(before, act.now, again->why, again->after, again->until_mended),
               act);
  } else if (!again || !again->unclear) {  // else it says nothing good of the peer either
    note_state(peer, after_answer(before, act.now), act);
  }
  return blame.fault;
}

// A row damaged meanwhile harms its own message only.
void DeliveryLoop::revive(const std::string& message, const Act& act) {
  try {
    store_.revive_message(message, act);
  } catch (const BadRow&) {
    unreadable_.push_back("message " + message);
  }
}

void DeliveryLoop::note_state(const Peer& peer, const PeerState& after, const Act& act) {
  const PeerState before = state_of(peer);
  if (after == before) return;
  peers_[name_of(peer)] = after;
  // A failure or two are not worth the disk's time, and a restart may begin to count anew.
  if (after.reach != Reach::sound || before.reach != Reach::sound) {
    store_.put_peer(name_of(peer), after, act);
  }
}

void DeliveryLoop::abandon(const std::vector<std::string>& messages) {
  for (const std::string& message : messages) couriers_.abandon(message);
}

std::vector<DeliveryLoop::Parting> DeliveryLoop::begin_due(const Act& act) {
  std::vector<Parting> partings;
  for (const Peer& peer : couriers_.peers()) {
    for (const Lane lane : lanes_at(peer)) begin_at(peer, lane, act, partings);
  }
  return partings;
}

// Urgent first. But what probes a peer that is down is whatever waits longest: one urgent message
// that fails for its own sake must not be the only one that is ever tried.
std::array<Lane, 2> DeliveryLoop::lanes_at(const Peer& peer) {
  if (state_of(peer).reach == Reach::down) {
    const auto urgent = store_.next_message_instant(way_out(peer, Lane::urgent));
    const auto ordinary = store_.next_message_instant(way_out(peer, Lane::ordinary));
    if (urgent && ordinary && *ordinary < *urgent) return {Lane::ordinary, Lane::urgent};
  }
  return kLanes;
}

// "smtp" has one address for all; an endpoint is the address.
WayOut DeliveryLoop::way_out(const Peer& peer, Lane lane) const {
  return {peer.channel, peer.endpoint, lane == Lane::urgent, only_};
}

void DeliveryLoop::begin_at(const Peer& peer, Lane lane, const Act& act,
                            std::vector<Parting>& into) {
  const std::size_t room = std::min(room_at(peer, lane, act.now), kBeginAtOnce);
  if (room == 0) return;
  std::vector<std::string> unreadable;
  auto due = store_.due_messages(act.now, way_out(peer, lane), static_cast<int>(room), unreadable);
  for (const std::string& id : unreadable) {
    store_.set_aside_message(id, act);
    unreadable_.push_back("message " + id);
  }
  for (StoredMessage& message : due) {
    const std::string id = message.content.id;
    try {
      auto parcel = parcel_of(std::move(message), act);
      if (!parcel) continue;
      store_.begin_attempt(id, act.now, parcel->message.id_domain);
      in_flight_[id] = {peer, lane};
      into.push_back({peer, std::move(*parcel)});
    } catch (const BadRow&) {
      store_.set_aside_message(id, act);
      unreadable_.push_back("message " + id);
    }
  }
}

// Words of another day speak of the wrong day and lateness, older ones perhaps of a client whom
// somebody else has now; while no peer can have accepted them
// they are written again under the same id. Nothing: there is nothing left to say.
std::optional<Parcel> DeliveryLoop::parcel_of(StoredMessage message, const Act& act) {
  const bool of_another_day = service_.zone().day_of(message.created_at) != act.today;
  // The words of an answer are about what somebody wrote, and hold as long as it waits.
  const bool holds = message.content.kind == MessageKind::answer;
  if (message.content.kind == MessageKind::test) {
    // Whoever asked for it does not wait for it any more.
    if (of_another_day && store_.drop_message(message.content.id, "a test of another day", act)) {
      return {};
    }
  } else if (!holds &&
             (message.stale || of_another_day || act.now - message.created_at >= kWordsAreFresh)) {
    if (!planning_) planning_ = service_.planning();
    if (close_of_leaver(message, act)) return {};
    if (!message.frozen) {
      if (!recompose(service_, planning_->directory, message, act, service_.templates())) return {};
      message = *store_.message(message.content.id);
    }
  }
  NewMessage& content = message.content;
  if (content.id_domain.empty()) content.id_domain = domain_of(service_.config().smtp.from);
  put_links(content, service_, act.now);
  put_reply_code(content, service_, act.now);
  const Instant date = date_of(store_, message, act.now);
  return Parcel{
      {content.id, std::move(content.subject), std::move(content.text), std::move(content.html),
       std::move(content.json), std::move(content.type), std::move(content.id_domain),
       std::move(content.reply_to), std::move(content.in_reply_to)},
      {content.channel, std::move(content.address)},
      date,
      lane_of(content.kind)};
}

// Nothing goes to somebody who has left, nor what a peer may have had on their last day.
bool DeliveryLoop::close_of_leaver(const StoredMessage& message, const Act& act) {
  const std::string& staff = message.content.staff;
  if (!planning_->directory.has_left(staff, act.today)) return false;
  const std::string why = staff + " has left";
  for (const std::int64_t id : message.content.items) {
    if (const auto item = store_.item(id)) store_.silence(item->reminder, why, act);
  }
  return bool{store_.drop_message(message.content.id, why, act)};
}

void DeliveryLoop::carry(Parting parting) {
  const std::string id = parting.parcel.message.id;
  const Peer peer = parting.peer;
  couriers_.carry(peer, std::move(parting.parcel),
                  [this, id](SendResult result, std::chrono::milliseconds took) {
                    answers_.push_back({id, std::move(result), took});
                    if (hooks_.changed) hooks_.changed();
                  });
}

std::optional<Instant> DeliveryLoop::next(const Act& act) const {
  std::optional<Instant> earliest;
  for (const Peer& peer : couriers_.peers()) {
    const PeerState state = state_of(peer);
    if (state.reach == Reach::disabled) continue;
    for (const Lane lane : kLanes) {
      if (room_at(peer, lane, Instant::max()) == 0) continue;  // an answer brings the next step
      auto at = store_.next_message_instant(way_out(peer, lane));
      if (!at) continue;
      if (state.next_probe_at) at = std::max(*at, *state.next_probe_at);
      at = std::max(*at, act.now);
      no_later(earliest, at);
    }
  }
  return earliest;
}

// Nothing = of both lanes.
std::size_t DeliveryLoop::flying_to(const Peer& peer, std::optional<Lane> lane) const {
  return static_cast<std::size_t>(
      std::count_if(in_flight_.begin(), in_flight_.end(), [&](const auto& flight) {
        return flight.second.peer == peer && (!lane || flight.second.lane == *lane);
      }));
}

// While only troubles or tests may leave, the lane of urgent messages is closed.
std::size_t DeliveryLoop::room_at(const Peer& peer, Lane lane, Instant now) const {
  const PeerState state = state_of(peer);
  if (!may_carry(state, now) || (only_ && lane == Lane::urgent)) return 0;
  const bool down = state.reach == Reach::down;
  const std::size_t capacity = down ? std::size_t{1} : couriers_.capacity(peer, lane);
  const std::size_t flying = down ? flying_to(peer, {}) : flying_to(peer, lane);
  return capacity > flying ? capacity - flying : 0;
}

PeerState DeliveryLoop::state_of(const Peer& peer) const {
  const auto known = peers_.find(name_of(peer));
  return known == peers_.end() ? PeerState{} : known->second;
}

}  // namespace omamori
