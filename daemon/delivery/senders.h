// Who carries finished messages out: for each peer (the mail server, an endpoint, the file
// directory) some lines that work at the same time, so that a slow one keeps only its own waiting.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "daemon/model/peer.h"
#include "notifiers/notifier.h"

namespace omamori {

// Urgent messages have lines of their own: they wait for nothing but each other.
enum class Lane { ordinary, urgent };

struct Parcel {
  Message message;
  Address address;
  // Of this attempt; for an email that may have been accepted before, of that attempt: a repeated
  // mail is the same to its last byte.
  Instant date{};
  Lane lane = Lane::ordinary;
};

class Couriers {
 public:
  // Called once per parcel, on the loop's thread: within carry() or later.
  using Done = std::function<void(SendResult, std::chrono::milliseconds took)>;

  Couriers() = default;
  Couriers(const Couriers&) = delete;
  Couriers& operator=(const Couriers&) = delete;
  virtual ~Couriers() = default;

  // The peers that are configured.
  virtual std::vector<Peer> peers() const = 0;
  // How many parcels the peer takes at a time, those waiting for a free line included; 0 = it is
  // not configured.
  virtual std::size_t capacity(const Peer& peer, Lane lane) const = 0;
  virtual void carry(const Peer& peer, Parcel parcel, Done done) = 0;
  // This message has taken too long. One that waits for a line comes back untried, one under way is
  // broken off; `done` is called soon, with what is known then.
  virtual void abandon(const std::string& message) = 0;
};

// Carries at once, in the calling thread, one after the other: `omamorid --once`, and tests.
class InlineCouriers final : public Couriers {
 public:
  struct Line {
    Peer peer;
    Notifier* notifier = nullptr;
  };
  explicit InlineCouriers(std::vector<Line> lines) : lines_(std::move(lines)) {}

  std::vector<Peer> peers() const override;
  std::size_t capacity(const Peer& peer, Lane lane) const override;
  void carry(const Peer& peer, Parcel parcel, Done done) override;
  void abandon(const std::string&) override {}  // nothing is ever under way

 private:
  const Line* line(const Peer& peer) const;
  std::vector<Line> lines_;
};

}  // namespace omamori
