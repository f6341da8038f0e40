// When a client came to the case manager of today, and how often before. Pure.
#pragma once

#include <optional>

#include "daemon/model/facts.h"
#include "daemon/model/reminder.h"
#include "daemon/model/time_zone.h"

namespace omamori {

struct HandingOver {
  Day on{};         // known from that day
  Instant since{};  // what is told from then on is told to the new one
  int times = 1;    // how often this person got the client; 1 = never before
};

// `now` is one of the versions of `facts`. `changed_at` is the last instant at which anything
// changed: of a hand-over of that day the hour. Nothing: the client was theirs from the beginning.
std::optional<HandingOver> handing_over(const ClientFacts& facts, const ClientVersion& now,
                                        const Zone& zone, Instant changed_at);

// The rank of the stage "handed_back": below all others, so that it counts as none of them.
constexpr int handed_back_rank(int times) { return -2000 - times; }

}  // namespace omamori
