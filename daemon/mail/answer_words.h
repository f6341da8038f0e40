// What we answer to a reply: what was recorded, what was not and why, how to take it back. Pure.
// Holds codes and days, and nothing of what somebody wrote (P7).
#pragma once

#include <string>
#include <vector>

#include "daemon/mail/reply_words.h"
#include "daemon/model/bilingual.h"

namespace omamori {

// One line of a reply, and what became of it.
struct ReplyOutcome {
  bool done = false;
  int number = 0;      // of the message's lines; 0 = of none
  std::string client;  // "" = of none
  Said what{""};       // "訪問した（2026-09-14）"
  Said means{""};      // what follows from it, or why it was not recorded
};

struct ReplyAnswer {
  std::vector<ReplyOutcome> outcomes;
  std::string undo_until;  // local time, "11:30"; "" = nothing can be taken back
  bool numbered = false;   // the message that was answered has several lines
  bool too_large = false;  // the mail was not read to its end
  int unread = 0;          // lines of it that speak of something and record nothing
  bool is_last = false;    // of the day
  // What can be replied to it; none: the message asks for nothing.
  std::vector<DoorActKind> replies;
  std::string to;  // staff code
};

// Why a line was not understood.
Said why_unclear(const UnclearLine& line);

struct AnswerWords {
  std::string subject, text;
};
AnswerWords answer_words(const ReplyAnswer& answer, Language language);

}  // namespace omamori
