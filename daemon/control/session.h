// One connection to the control socket: reads one request, has it answered, sends the answer, ends.
// Internal to daemon/control/server.cc.
#pragma once

#include <memory>

#include <boost/asio/local/stream_protocol.hpp>

#include "daemon/control/server.h"

namespace omamori {

class ControlSession {
 public:
  virtual ~ControlSession() = default;
  virtual std::uint32_t uid() const = 0;
  // Ends it, but for an answer that is being sent unless `all`. It may be gone on return.
  virtual void stop(bool all) = 0;
};

// The server, to its sessions.
class ControlOwner {
 public:
  virtual ~ControlOwner() = default;
  virtual const ControlLimits& limits() const = 0;
  // Room for a request of so many bytes, until the session is closed. False: there is none now.
  virtual bool take_room(ControlSession& session, std::uint64_t bytes) = 0;
  // May throw whatever the handler throws.
  virtual Response answer(const Request& request) = 0;
  virtual void opened(ControlSession& session) = 0;
  // For the patience of one session.
  virtual std::unique_ptr<Countdown> countdown() = 0;
  // Once for each that was opened. Not `by_itself`: the io_context is being destroyed.
  virtual void closed(ControlSession& session, bool by_itself) = 0;
};

// `peer`: who is at the other end.
void start_control_session(boost::asio::local::stream_protocol::socket socket, PeerIds peer,
                           std::shared_ptr<ControlOwner> owner);

}  // namespace omamori
