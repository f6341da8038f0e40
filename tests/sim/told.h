// What was told and what was not, in lines that people read: the right side of a timeline.
//
//   2026-07-01 Wed 08:30                          -> CM-1: C-1 streak 2026-06 overdue
//                                                     and: C-2 monitoring 2026-07 upcoming
//   2026-07-01 Wed 08:30                          -- CM-1: C-1 streak 2026-06 overdue: suspended
#pragma once

#include <string>
#include <vector>

#include "daemon/model/time_zone.h"
#include "db/store.h"
#include "tests/sim/peers.h"

namespace omamori::sim {

// "2026-07-01 Wed 08:30", with seconds where there are any.
std::string when_text(Instant instant, const Zone& zone);
// "C-1 streak 2026-06": the key without what only programs need.
std::string obligation_text(const std::string& key, const Zone& zone);

// One line of a message as the receiver got it.
struct ToldLine {
  std::string obligation;  // key; of a trouble its subject
  std::string stage;
  int repeat = 0;
  std::string remarks;    // "instead of CM-1"; "" = none
  std::string link = {};  // by which it can be answered; "" = by none
};
// A message as the receiver got it, read from its JSON; lines that its words fold into another (an
// open month into its streak) come from the store.
struct ToldMessage {
  Accepted accepted;
  std::string staff;
  std::vector<ToldLine> lines;
  std::vector<std::string> figures;  // of a weekly message: "overdue C-1 2026-06 by 29 days"
};
ToldMessage told_message(const Accepted& accepted, Store& store);

// The lines of one message, the first with its person, each without instant.
std::vector<std::string> told_text(const ToldMessage& message, const Zone& zone);
// What the journal has written down since row `after` about not telling: "CM-1: C-1 … : reason" and
// "C-1 streak 2026-06 ends: met: visit on 2026-07-02". `after` moves on.
struct Silence {
  Instant at{};
  std::string text;
};
std::vector<Silence> silences_after(std::int64_t& after, Store& store, const Zone& zone);

}  // namespace omamori::sim
