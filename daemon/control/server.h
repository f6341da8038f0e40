// The control socket: omamorictl asks here while the daemon owns the database. HTTP/1.1 with JSON
// on a unix socket, one request a connection:
//
//   POST /v1/command   {"command","options":{},"files":[{"name","base64"}],"json"}
//   200                {"exit","out","err"}      the command's own answer, refusals included
//   4xx, 5xx           {"error"}                 it was not carried out, or 500: it broke off;
//                                                503: too many or too much at once, try again
//
// Who may ask is decided by the socket file (mode 0660), and for what by the handler with
// daemon/control/rights.h; who asked by SO_PEERCRED, never by what the request says: Request.actor
// is "uid:N".
//
// A client that is slow, wrong, too big or gone harms only itself. Requests are handled one after
// another on the io_context's thread; while the handler runs nothing else does. An exception of the
// handler is answered with 500 and its text.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "daemon/control/countdown.h"
#include "daemon/control/request.h"

namespace boost::asio {
class io_context;
}

namespace omamori {

struct ControlLimits {
  // A request must be there, and an answer taken, within this. A loop that was busy elsewhere
  // counts for a tenth of it at most.
  std::chrono::milliseconds patience = std::chrono::seconds(10);
  // Files travel in base64: this is an import of 90 MB, a city's records of many years.
  std::uint64_t body = std::uint64_t{128} << 20;
  // Of a request that does not say how long it is.
  std::uint64_t body_unsaid = std::uint64_t{1} << 20;
  // What is being received, of one user and of all (daemon/control/admission.h).
  std::uint64_t bodies_of_user = std::uint64_t{128} << 20;
  std::uint64_t bodies = std::uint64_t{256} << 20;
  // Connections that are read and answered. For root and the user that omamorid runs as there is
  // always room beside `clients`.
  std::size_t clients = 64;
  std::size_t clients_of_user = 16;
  // Accepted and left unread until there is room; further ones are answered with 503.
  std::size_t waiting = 512;
  std::size_t waiting_of_user = 128;
};

class ControlServer {
 public:
  using Handler = std::function<Response(const Request&)>;

  // Patience is counted by what `patience` makes; nothing = the monotonic clock.
  ControlServer(boost::asio::io_context& io, std::filesystem::path socket, Handler handler,
                ControlLimits limits = {}, MakeCountdown patience = {});
  // Connections that are still there are cut. The handler is not called again.
  ~ControlServer();
  ControlServer(const ControlServer&) = delete;
  ControlServer& operator=(const ControlServer&) = delete;

  // Makes the socket and begins to answer. "" or why not, with what to do: the path is too long or
  // taken by something else, its directory is missing or not ours, somebody answers there already.
  // A socket file at which nobody answers is left over from a crash and replaced.
  std::string listen();

  // For the orderly stop: removes the socket file, takes no further connection, ends those whose
  // request has not come yet; answers that are being sent are finished. When the last one is done
  // nothing of it keeps the io_context running: let run() return, then destroy.
  void stop();

  std::size_t open_connections() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace omamori
