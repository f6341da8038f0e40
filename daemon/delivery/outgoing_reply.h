// How a message can be replied to, put in as its bytes leave: Reply-To, and the code in its subject
// and words. Nothing of it is stored but a hash (P8).
#pragma once

#include "daemon/reminders/context.h"

namespace omamori {

// A message that does not go by mail loses the line that says how to reply. Loop thread; writes
// which code leads where.
void put_reply_code(NewMessage& message, Service& service, Instant now);

}  // namespace omamori
