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

struct Parcel {
  Message message;
  Address address;
  // Of this attempt; for an email that may have been accepted before, of that attempt: a repeated
  // mail is the same to its last byte.
  Instant date{};
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
  virtual std::size_t capacity(const Peer& peer) const = 0;
  virtual void carry(const Peer& peer, Parcel parcel, Done done) = 0;
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
  std::size_t capacity(const Peer& peer) const override;
  void carry(const Peer& peer, Parcel parcel, Done done) override;

 private:
  const Line* line(const Peer& peer) const;
  std::vector<Line> lines_;
};

}  // namespace omamori
