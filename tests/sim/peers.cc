#include "tests/sim/peers.h"

#include <algorithm>
#include <utility>

namespace omamori::sim {

void SimulatedPeers::set_down(Channel channel, bool down) {
  if (down) {
    down_.insert(channel);
  } else {
    down_.erase(channel);
  }
}

void SimulatedPeers::set_refused(const std::string& address, bool refused) {
  if (refused) {
    refused_.insert(address);
  } else {
    refused_.erase(address);
  }
}

void SimulatedPeers::sender_died() {
  for (Waiting& waiting : std::exchange(waiting_, {})) {
    const std::size_t before = accepted_.size();
    receive(waiting.parcel);
    if (accepted_.size() > before) accepted_.back().answered = false;
  }
}

std::optional<Instant> SimulatedPeers::next_answer() const {
  std::optional<Instant> next;
  for (const Waiting& waiting : waiting_) {
    if (!waiting.abandoned && !waiting.on_its_way()) continue;
    const Instant at = waiting.abandoned ? std::min(waiting.at, clock_.now()) : waiting.at;
    if (!next || at < *next) next = at;
  }
  return next;
}

bool SimulatedPeers::answer() {
  std::vector<Waiting> due;
  std::vector<Waiting> later;
  for (Waiting& waiting : waiting_) {
    const bool over = waiting.on_its_way() && waiting.at <= clock_.now();
    (over || waiting.abandoned ? due : later).push_back(std::move(waiting));
  }
  waiting_ = std::move(later);
  for (Waiting& waiting : due) {
    waiting.done(ending(waiting), std::chrono::duration_cast<std::chrono::milliseconds>(delay_));
  }
  begin_next();
  return !due.empty();
}

SendResult SimulatedPeers::ending(const Waiting& waiting) {
  if (waiting.abandoned && !waiting.on_its_way()) return TryAgain{.why = "not tried", .ours = true};
  if (waiting.abandoned) return TryAgain{.why = "broken off", .unknown = true, .unclear = true};
  if (waiting.begun && !std::holds_alternative<Sent>(waiting.begun->result)) {
    return waiting.begun->result;
  }
  return receive(waiting.parcel);
}

// The first of each lane, as many as it has lines.
void SimulatedPeers::begin_next() {
  std::map<Lane, int> free{{Lane::urgent, 1}, {Lane::ordinary, kMailLines}};
  for (Waiting& waiting : waiting_) {
    if (!waiting.in_line || free[waiting.parcel.lane]-- <= 0 || waiting.begun) continue;
    waiting.begun = manners_(waiting.parcel);
    waiting.at = clock_.now() + waiting.begun->takes;
    ++attempts_;
  }
}

std::vector<Accepted> SimulatedPeers::take_accepted() { return std::exchange(accepted_, {}); }

std::vector<Peer> SimulatedPeers::peers() const {
  return {{Channel::email, ""}, {Channel::webhook, "case-tool"}, {Channel::file, ""}};
}

std::size_t SimulatedPeers::capacity(const Peer& peer, Lane) const {
  return peer.channel == Channel::email ? kMailLines : 1;
}

void SimulatedPeers::abandon(const std::string& message) {
  for (Waiting& waiting : waiting_) {
    if (waiting.parcel.message.id == message) waiting.abandoned = true;
  }
}

void SimulatedPeers::carry(const Peer& peer, Parcel parcel, Done done) {
  Waiting waiting{clock_.now() + delay_, std::move(parcel), std::move(done)};
  waiting.in_line = manners_ && peer.channel == Channel::email;
  waiting_.push_back(std::move(waiting));
  begin_next();
}

SendResult SimulatedPeers::receive(const Parcel& parcel) {
  if (down_.count(parcel.address.channel) != 0) {
    TryAgain again;
    again.why = "no connection";
    again.peer_down = true;
    return again;
  }
  if (refused_.count(parcel.address.to) != 0) return Refused{"550 no such user"};
  accepted_.push_back({clock_.now(), parcel.address.channel, parcel.address.to, parcel.message.id,
                       parcel.message.type, parcel.message.json, parcel.message.text,
                       parcel.message.reply_to, true});
  if (answers_to_lose_ == 0) return Sent{"250 ok"};
  --answers_to_lose_;
  accepted_.back().answered = false;
  TryAgain again;
  again.why = "the connection was lost after the end of the data";
  again.unknown = true;
  return again;
}

}  // namespace omamori::sim
