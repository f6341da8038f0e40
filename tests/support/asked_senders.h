// Couriers that carry nothing: a test looks at what they were handed and answers when it likes.
#pragma once

#include <algorithm>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "daemon/delivery/senders.h"

namespace omamori {

inline Peer smtp() { return {Channel::email, ""}; }
inline Peer endpoint(const std::string& name) { return {Channel::webhook, name}; }

inline SendResult accepted() { return Sent{"250 ok"}; }
// It says something of this message, and nothing of the next.
inline SendResult not_now(std::optional<std::chrono::seconds> after = {}) {
  return TryAgain{"451 later", after};
}
inline SendResult no_way(std::optional<std::chrono::seconds> after = {}) {
  return TryAgain{"connection refused", after, false, true};
}
inline SendResult lost_after_the_data() { return TryAgain{"lost after the data", {}, true, false}; }
inline SendResult refused() { return Refused{"550 no such user"}; }
inline SendResult gone() { return Refused{"410", true}; }

class AskedCouriers final : public Couriers {
 public:
  struct Carried {
    Peer peer;
    Parcel parcel;
    Done done;
  };

  explicit AskedCouriers(const std::vector<Peer>& peers, std::size_t at_a_time = 5) {
    for (const Peer& peer : peers) capacity_.emplace_back(peer, at_a_time);
  }

  std::vector<Peer> peers() const override {
    std::vector<Peer> found;
    for (const auto& [peer, capacity] : capacity_) found.push_back(peer);
    return found;
  }
  std::size_t capacity(const Peer& peer, Lane) const override {
    for (const auto& [known, capacity] : capacity_) {
      if (known == peer) return capacity;
    }
    return 0;
  }
  void carry(const Peer& peer, Parcel parcel, Done done) override {
    if (on_carry) on_carry(parcel);
    carrying.push_back({peer, std::move(parcel), std::move(done)});
  }

  void abandon(const std::string& message) override { abandoned.push_back(message); }

  // Answers the oldest parcel to that peer.
  void answer(SendResult result, const Peer& peer = smtp()) {
    const auto first = std::find_if(carrying.begin(), carrying.end(),
                                    [&](const Carried& one) { return one.peer == peer; });
    if (first == carrying.end()) throw std::logic_error("nothing goes to " + name_of(peer));
    const Done done = std::move(first->done);
    carrying.erase(first);
    done(std::move(result), std::chrono::milliseconds{20});
  }
  // Answers everything alike.
  void answer_all(const SendResult& result) {
    for (Carried& one : std::exchange(carrying, {})) {
      one.done(result, std::chrono::milliseconds{20});
    }
  }
  std::vector<std::string> ids() const {
    std::vector<std::string> found;
    for (const Carried& one : carrying) found.push_back(one.parcel.message.id);
    return found;
  }

  std::vector<Carried> carrying;  // not answered yet, oldest first
  std::vector<std::string> abandoned;
  std::function<void(const Parcel&)> on_carry;

 private:
  std::vector<std::pair<Peer, std::size_t>> capacity_;
};

}  // namespace omamori
