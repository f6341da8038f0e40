// Mail server, webhook endpoint and file directory in memory: Couriers for tests in which days pass
// in a moment. They keep the contract of daemon/delivery/senders.h: the answer comes once, on the
// caller's thread, within carry() or later; as many parcels are taken at a time as capacity() says.
//
// What they accept is remembered as the receiver got it: this is what "told" is measured by, and
// not what the program believes of itself.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "daemon/delivery/senders.h"
#include "daemon/model/clock.h"

namespace omamori::sim {

// A message that a server took.
struct Accepted {
  Instant at{};
  Channel channel = Channel::email;
  std::string to;    // address
  std::string id;    // of the message
  std::string type;  // "omamori.digest"
  std::string json;  // what is in it
  std::string text;
  std::string reply_to;
  bool answered = true;  // false: the answer was lost, the sender cannot know
};

// What a mail server does with one message.
struct Manner {
  SendResult result;  // Sent: it takes it
  std::chrono::seconds takes{0};
};

class SimulatedPeers final : public Couriers {
 public:
  explicit SimulatedPeers(const Clock& clock) : clock_(clock) {}

  // --- what happens to them ------------------------------------------------------------------
  // No connection to anybody of this channel.
  void set_down(Channel channel, bool down);
  // The server says of this address: 550, no such user.
  void set_refused(const std::string& address, bool refused);
  // The answer comes so much later.
  void set_delay(std::chrono::seconds delay) { delay_ = delay; }
  // The next so many messages are taken, but the answer gets lost.
  void lose_answers(int count) { answers_to_lose_ += count; }
  // From now on the mail server treats each message so, and there is one line for urgent messages
  // and some for all others, as with real senders: what waits behind another has not begun.
  using Manners = std::function<Manner(const Parcel&)>;
  void set_manners(Manners manners) { manners_ = std::move(manners); }
  int attempts() const { return attempts_; }
  // The sender is gone: what is on its way arrives, and nobody hears the answer.
  void sender_died();

  // --- time ----------------------------------------------------------------------------------
  std::optional<Instant> next_answer() const;
  // Gives every answer that has come. True if there was one.
  bool answer();

  // Everything accepted since the last call, in order.
  std::vector<Accepted> take_accepted();

  std::vector<Peer> peers() const override;
  std::size_t capacity(const Peer& peer, Lane lane) const override;
  void carry(const Peer& peer, Parcel parcel, Done done) override;
  void abandon(const std::string& message) override;

 private:
  struct Waiting {
    Instant at{};
    Parcel parcel;
    Done done;
    bool abandoned = false;
    bool in_line = false;  // behind others of its lane, where there are manners
    std::optional<Manner> begun = std::nullopt;
    bool on_its_way() const { return !in_line || begun; }
  };
  SendResult receive(const Parcel& parcel);
  SendResult ending(const Waiting& waiting);
  void begin_next();

  static constexpr int kMailLines = 4;

  const Clock& clock_;
  std::set<Channel> down_;
  std::set<std::string> refused_;
  std::chrono::seconds delay_{0};
  int answers_to_lose_ = 0;
  int attempts_ = 0;
  Manners manners_;
  std::vector<Waiting> waiting_;
  std::vector<Accepted> accepted_;
};

}  // namespace omamori::sim
