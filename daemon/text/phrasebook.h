// The sentences of a line, in one language: what a case manager wants to read first thing in the
// morning. Which client, when, why now, what to do. Those of the message as a whole stand in
// daemon/text/phrases_message.h. Pure; holds no layout (that is daemon/text/templates) and no
// names.
//
// Stages can be renamed and added in policy.toml, so no sentence depends on a stage's name: they
// follow from the kind of obligation, from the days before or after its due-by, and from the role
// of the reader.
#pragma once

#include <string>
#include <vector>

#include "daemon/model/digest.h"
#include "daemon/model/obligation.h"

namespace omamori {

// How pressing a line is on that day; lines are grouped by it, in this order. What is due today
// comes before what is late already: it can still be done in time.
enum class Tone { urgent, today, overdue, ahead, information, withdrawn };
Tone tone_of(const Line& line, Day today);
// Within a tone by the day on which it is due, then by kind; the most urgent ones by kind alone.
std::vector<Line> most_pressing_first(std::vector<Line> lines, Day today);
// Is it open although somebody should have acted?
bool nothing_has_moved(const Line& line, Day today);
// How many days a concern has been open on that day, its own day counted.
int day_of_concern(const Line& line, Day today);

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
};

// What its subject calls it: a receipt that does not wait for the digest is no emergency, and a
// concern is one on every day it is open.
MessageKind kind_by_subject(const Digest& digest, const std::vector<Line>& lines);

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
