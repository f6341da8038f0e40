#include "daemon/model/peer.h"

namespace omamori {

std::string name_of(const Peer& peer) {
  switch (peer.channel) {
    case Channel::email:
      return "smtp";
    case Channel::webhook:
      return "webhook:" + peer.endpoint;
    case Channel::file:
      return "file";
  }
  return {};
}

Peer peer_of(Channel channel, const std::string& address) {
  return {channel, channel == Channel::webhook ? address : std::string()};
}

std::string_view to_word(Reach reach) {
  switch (reach) {
    case Reach::sound:
      return "sound";
    case Reach::down:
      return "down";
    case Reach::disabled:
      return "disabled";
  }
  return "sound";
}

}  // namespace omamori
