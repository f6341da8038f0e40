// A whole reply, read: which of its lines record something, and which must be asked back. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "daemon/mail/reply_text.h"
#include "daemon/mail/reply_words.h"

namespace omamori {

struct ReadReply {
  std::vector<ReplyCommand> commands;
  std::vector<UnclearLine> unclear;
  // Lines above any quotation that speak of something and are none of the above.
  int unread = 0;
  bool operator==(const ReadReply&) const = default;
};

// `lines`: how many the message that is answered has. Where it has one, a command needs no number;
// else one without is asked back, as is one of a line that is not there.
ReadReply read_reply(std::string_view text, const QuotedWords& ours, int lines);

}  // namespace omamori
