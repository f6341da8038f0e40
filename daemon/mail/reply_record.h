// Writes down what a reply says, by the same rules as the page of a link: what its holder cannot do
// there cannot be done here. Loop thread; writes to the store.
#pragma once

#include <cstdint>
#include <vector>

#include "daemon/mail/answer_words.h"
#include "daemon/mail/reply_reading.h"
#include "daemon/mail/reply_sender.h"

namespace omamori {

struct RecordedReply {
  std::vector<ReplyOutcome> outcomes;  // in the order of the lines
  std::vector<std::int64_t> acts;      // what can be taken back, DoorAct::id
};

// `hears_at_once`: the sender is answered, and needs no receipt.
RecordedReply record_reply(const ReplySender& sender, const ReadReply& reply, bool hears_at_once,
                           Service& service);

}  // namespace omamori
