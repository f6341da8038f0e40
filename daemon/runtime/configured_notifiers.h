// The ways out as omamori.toml has them configured: the only place besides the mains that knows
// which notifiers there are. Linked into the programs alone.
#pragma once

#include <string>
#include <vector>

#include "config/config.h"
#include "daemon/delivery/sender_threads.h"
#include "daemon/model/time_zone.h"

namespace omamori {

struct Ways {
  std::vector<CourierThreads::Line> lines;
  // A way whose secret cannot be read now, and why. It fails until it can: its messages go another
  // way, as when a server is down.
  std::vector<std::string> problems;
};

// Reads the secrets now; opens nothing. `zone` dates mails and must outlive what is made of it.
Ways configured_ways(const Config& config, const Zone& zone);

// The line to the heartbeat's URL; none if none is configured. It keeps its connection, and what
// was read of the certificates, from beat to beat.
std::vector<CourierThreads::Line> heartbeat_lines(const Config& config);

// One notifier for each way, for those who send one message after the other: `--once`, and
// omamorictl while no daemon runs.
class OneByOne {
 public:
  explicit OneByOne(const Ways& ways);
  std::vector<InlineCouriers::Line> lines() const;

 private:
  std::vector<Peer> peers_;
  std::vector<std::unique_ptr<Notifier>> notifiers_;
};

}  // namespace omamori
