// The last step before bytes leave: where a message has placeholders, links are put in their place
// (daemon/doors/act_links.h), and the store learns that they were carried. So is, in a message to a
// provider, what they call the person.
#pragma once

#include "daemon/reminders/context.h"

namespace omamori {

// The words of `message` for whoever it goes to, as they are to leave at `now`. What is stored
// stays without links. Loop thread; writes to the store.
void put_links(NewMessage& message, Service& service, Instant now);

}  // namespace omamori
