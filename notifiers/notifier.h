// The way out. A notifier takes one finished message to one recipient and says how it went.
//
// send() may block for minutes (it is called on a worker thread) and does not throw for anything a
// peer or a network can do: that is an Outcome. It must be safe to call from one thread at a time;
// two notifiers are independent.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <variant>

#include "daemon/model/facts.h"
#include "daemon/model/message.h"

namespace omamori {

// A peer has accepted the message: it is told.
struct Sent {
  std::string reply;  // the peer's own words, for the journal
};
// Not now. `after` is the peer's wish (Retry-After), if it named one. `unknown`: the peer may have
// accepted it (the connection was lost after the end of the data). `peer_down`: it says nothing of
// this message but of the way to the peer (no connection, login, certificate, a refused sender):
// every other message would fare alike, so the breaker counts it. `unclear`: it may be the peer or
// this message (the connection was lost in the middle of it): how others fare will tell.
struct TryAgain {
  std::string why;
  std::optional<std::chrono::seconds> after = std::nullopt;
  bool unknown = false;
  bool peer_down = false;
  bool unclear = false;
  bool until_mended = false;  // the peer has said no, and will until a person has mended something
  bool ours = false;          // we have broken it off or not begun: it says nothing of anybody
};
// Never, like this. `gone`: the peer asks never to be called again (410), by any message. `alike`:
// what was said, shortly ("RCPT 554 5.7.1"), where it may be meant for everybody: the same to three
// people in a row is the peer's fault. "" = it is this person's or this message's.
struct Refused {
  std::string why;
  bool gone = false;
  std::string alike = {};
};
using SendResult = std::variant<Sent, TryAgain, Refused>;

class Notifier {
 public:
  Notifier() = default;
  Notifier(const Notifier&) = delete;
  Notifier& operator=(const Notifier&) = delete;
  virtual ~Notifier() = default;
  // `now` dates the attempt (Date header, webhook-timestamp).
  virtual SendResult send(const Message& message, const Address& address, Instant now) = 0;
};

}  // namespace omamori
