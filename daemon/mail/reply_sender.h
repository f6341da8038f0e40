// Who replies, and to which message (P8): code and address must be those of one message that was
// sent. Loop thread; reads the store.
#pragma once

#include <optional>
#include <string>

#include "daemon/mail/incoming_mail.h"
#include "daemon/reminders/context.h"

namespace omamori {

struct ReplySender {
  Staff staff;
  StoredMessage message;  // which the code is of
  std::string answers;    // id of our answer that is replied to; "" = of none
};

// Nothing: no code, an unknown one, one of another key or generation, not carried for 90 days, of
// somebody else's message or of somebody who has left. From outside all of these look alike.
std::optional<ReplySender> reply_sender(const IncomingMail& mail, Service& service);

}  // namespace omamori
