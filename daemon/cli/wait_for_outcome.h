// What omamorictl does after some commands were taken: it looks on until the thing has happened.
// Asks like anybody else, so it is the same with a daemon and without.
#pragma once

#include <chrono>
#include <functional>
#include <optional>

#include "daemon/control/request.h"

namespace omamori {

// Answers a request; nothing: nobody is there any more.
using AskOwner = std::function<std::optional<Response>(const Request&)>;

struct FollowPace {
  std::chrono::milliseconds look_every{200};
  std::chrono::milliseconds give_up_after{std::chrono::seconds{60}};
};

// `composed` is what test-message answered under --json. How it ended, with every reply; exit 0 if
// a peer accepted it. When it is neither accepted nor refused in time, that is said: it stays in
// the outbox for the rest of the day.
Response follow_test_message(const Request& request, const Response& composed, const AskOwner& ask,
                             FollowPace pace = {});

// `begun` is what `clock run-to` answered. Until the daemon's clock has come there; gives up only
// when it has stood still for so long.
Response follow_clock(const Request& request, const Response& begun, const AskOwner& ask,
                      FollowPace pace = {});

// `begun` is what `backup` answered. Until the copy is made and checked.
Response follow_backup(const Request& request, const Response& begun, const AskOwner& ask,
                       FollowPace pace = {});

}  // namespace omamori
