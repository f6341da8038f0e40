#include "daemon/delivery/senders.h"

#include <algorithm>
#include <stdexcept>

namespace omamori {

std::vector<Peer> InlineCouriers::peers() const {
  std::vector<Peer> found;
  for (const Line& line : lines_) found.push_back(line.peer);
  return found;
}

std::size_t InlineCouriers::capacity(const Peer& peer, Lane) const { return line(peer) ? 1 : 0; }

void InlineCouriers::carry(const Peer& peer, Parcel parcel, Done done) {
  const Line* to = line(peer);
  if (!to) throw std::logic_error("nobody carries to " + name_of(peer));
  SendResult result = to->notifier->send(parcel.message, parcel.address, parcel.date);
  done(std::move(result), std::chrono::milliseconds{0});
}

const InlineCouriers::Line* InlineCouriers::line(const Peer& peer) const {
  const auto found = std::find_if(lines_.begin(), lines_.end(),
                                  [&](const Line& line) { return line.peer == peer; });
  return found == lines_.end() || !found->notifier ? nullptr : &*found;
}

}  // namespace omamori
