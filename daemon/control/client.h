// omamorictl's side of the control socket. Blocking; needs no event loop of the caller.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <variant>

#include "daemon/control/request.h"

namespace omamori {

// Why there is no answer, in words that say what to do.
struct NoAnswer {
  enum class Why {
    nobody_there,        // no socket, or nobody listens: no daemon runs. Nothing was done
    refused_permission,  // we may not use the socket. Nothing was done
    refused_request,     // the daemon did not understand it. Nothing was done
    failed,              // the daemon's handler broke off; `text` is its own
    broken,              // no answer in time, or not a whole one: it may have been done
  };
  Why why = Why::broken;
  std::string text;
};

// Asks the daemon at `socket`. `timeout` counts from the connection to the whole answer; an import
// of a city takes many seconds, and others may be before us. Does not throw for anything a peer or
// the system can do.
std::variant<Response, NoAnswer> ask_daemon(const std::filesystem::path& socket,
                                            const Request& request,
                                            std::chrono::milliseconds timeout);

// Whether somebody listens there, without asking for anything.
bool daemon_listens(const std::filesystem::path& socket);

}  // namespace omamori
