// A timeline: a text file that says what happened to an office and what must have been told, and
// what really was. tests/stories/README.md explains the format; nobody needs C++ to read or to
// write one.
//
// Throws std::runtime_error naming the line for what cannot be understood.
#pragma once

#include <string>
#include <vector>

#include "daemon/model/facts.h"
#include "daemon/model/time_zone.h"

namespace omamori {

// Something that happens, as written.
struct TimelineEvent {
  Instant at{};
  std::string text;
  int line = 0;
};

// One message (or, with `--`, one silence) that is expected, or was seen. Expected ones may come
// until `latest`, where no rule says the minute (a retry, a probe).
struct TimelineTold {
  Instant at{};
  Instant latest{};
  bool silence = false;
  std::vector<std::string> lines;
  auto operator<=>(const TimelineTold&) const = default;
};

struct Timeline {
  std::string title;                   // of the first comment
  std::vector<TimelineEvent> setting;  // what the office is like; `at` means nothing
  std::string policy;                  // as policy.toml
  Zone zone{"Asia/Tokyo"};             // that all of its instants are written in
  bool silences = false;               // compare these too
  Instant begin{}, end{};
  std::vector<TimelineEvent> events;
  std::vector<TimelineTold> told;
};

Timeline read_timeline(const std::string& text);

// Plays the setting and the events; what was told.
std::vector<TimelineTold> play(const Timeline& timeline);

// "" if both say the same. Else the whole timeline, with "-" before what was expected and did not
// come, "+" before what came and was not expected.
std::string difference(const Timeline& timeline, const std::vector<TimelineTold>& seen);

}  // namespace omamori
