// The sentences of a message, in one language: what a case manager wants to read first thing in
// the morning. Which client, when, why now, what to do. Pure; holds no layout (that is
// daemon/text/templates) and no names.
//
// Stages can be renamed and added in policy.toml, so no sentence depends on a stage's name: they
// follow from the kind of obligation, from the days before or after its due-by, and from the role
// of the reader.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "daemon/model/digest.h"
#include "daemon/model/obligation.h"

namespace omamori {

// How pressing a line is; lines are grouped by it, in this order.
enum class Tone { urgent, overdue, ahead, information, withdrawn };
Tone tone_of(const Line& line);
// Lines of one tone keep their order.
std::vector<Line> most_pressing_first(std::vector<Line> lines);

// One line in words. None is empty, but `notes` may be.
struct Phrases {
  std::string headline;  // what it is about
  std::string window;    // 「9/1〜9/30に実施」
  std::string why;       // why now
  std::string action;    // what the reader should do
  std::vector<std::string> notes;
};

// `today` is the day the message is written for: the slot's, or later after a downtime.
class Phrasebook {
 public:
  Phrasebook() = default;
  Phrasebook(const Phrasebook&) = delete;
  Phrasebook& operator=(const Phrasebook&) = delete;
  virtual ~Phrasebook() = default;

  virtual Phrases line(const Line& line, Day today) const = 0;
  // Why the reader hears it in somebody's place, one of the notes; empty if it is theirs to hear.
  virtual std::string standing_in(const Line& line) const = 0;
  virtual std::string_view group_title(Tone tone) const = 0;
  virtual std::string long_date(Day day) const = 0;
  // Fits a lock screen; codes only, never a name. `lines` as they will be shown.
  // "This is the second of three messages", where there are several.
  virtual std::string part_of(const Digest& digest) const = 0;
  virtual std::string subject(const Digest& digest, const std::vector<Line>& lines,
                              Day today) const = 0;
  // A sentence before the lines, for messages whose lines do not say enough; may be empty.
  virtual std::string introduction(const Digest& digest) const = 0;
  // Said when the slot is days in the past; empty when it is not.
  virtual std::string lateness(const Digest& digest) const = 0;
};

const Phrasebook& japanese_phrasebook();
const Phrasebook& english_phrasebook();
const Phrasebook& phrasebook(Language language);

// What a `trouble` obligation is about: the part of its key between the kind and the day.
std::string trouble_subject(const Obligation& about);

// The window somebody should act in now: a streak's is that of the month open now, if there is one.
struct Window {
  Day from{};
  std::optional<Day> until;
};
Window window_of(const Line& line);

}  // namespace omamori
