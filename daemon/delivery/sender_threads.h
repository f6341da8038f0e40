// The couriers of the daemon: for each peer up to `lines` threads, each with a notifier and so a
// connection of its own. libcurl blocks its thread while a mail server thinks about a message (up
// to ten minutes); a thread of its own makes that nobody else's wait.
//
// Threads start when there is something to carry and end, with their connection, some seconds
// after the last parcel: an idle daemon has none.
#pragma once

#include <memory>
#include <stop_token>

#include "daemon/delivery/senders.h"

namespace omamori {

class CourierThreads final : public Couriers {
 public:
  // Makes a notifier for one line; called on the line's thread. What it throws is answered as a
  // failure on the way. `stop` is requested when the program must end now: a transfer that heeds it
  // ends with what it knows.
  using MakeNotifier = std::function<std::unique_ptr<Notifier>(const std::stop_token& stop)>;
  struct Line {
    Peer peer;
    std::size_t lines = 1;  // for what is not urgent; there is one more for what is
    MakeNotifier make;
    // A connection that nobody needs is given back to the server after this.
    std::chrono::milliseconds idle{10'000};
  };
  // `post` runs a function soon, on the loop's thread; it must be callable from any thread until
  // this object is gone.
  using Post = std::function<void(std::function<void()>)>;
  CourierThreads(std::vector<Line> lines, const Post& post);
  // stop_now(), and waits for the threads that were not let go.
  ~CourierThreads() override;

  std::vector<Peer> peers() const override;
  std::size_t capacity(const Peer& peer, Lane lane) const override;
  void carry(const Peer& peer, Parcel parcel, Done done) override;
  void abandon(const std::string& message) override;

  // Parcels not yet answered.
  std::size_t carrying() const;
  // Parcels that wait for a line come back untried, transfers under way are told to end. Every
  // `done` is still called.
  void stop_now();
  // stop_now(), and waits for the threads, together no longer than `patience`. False: some hang in
  // what nothing calls back (a name server, a network share that is gone) and were let go. What
  // they use (`post`, and what `make` refers to) must then outlive the process.
  bool end_by(std::chrono::steady_clock::time_point deadline);

 private:
  class Pool;
  const std::shared_ptr<Pool>* pool_of(const Peer& peer, Lane lane) const;
  std::vector<std::shared_ptr<Pool>> pools_;  // two for each peer
};

}  // namespace omamori
