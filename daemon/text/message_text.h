// Puts a digest into words: what one person is told at one slot, for any channel. Pure.
//
// Nothing in the result says more than the digest holds, and a digest holds codes: a client's name
// appears (in text and HTML, never in the subject or the JSON) only where Line.client_name is set,
// and text that people typed (a check's provider, reasons, notes) nowhere (P7).
#pragma once

#include <string>

#include "daemon/model/digest.h"
#include "daemon/model/message.h"
#include "daemon/text/templates.h"

namespace omamori {

// `id` becomes Message.id. Lines are shown in groups, most pressing group first; inside a group
// they keep the digest's order.
Message compose(const Digest& digest, const std::string& id,
                const Templates& templates = builtin_templates());

// "This is a test; nothing to do", to somebody over one of their channels. `language` is for those
// who have none of their own. `slot` is now.
Digest test_digest(const Staff& to, Channel over, Language language, Instant slot, Day slot_day);

// The webhook's `data`, on one line; daemon/text/templates/webhook-example.json shows and explains
// it by example. `reason` is the sentence "why now" in the reader's language, for showing to
// people, after the one why it comes to somebody who stands in; programs use kind, stage and the
// dates. A line that is withdrawn has the stage "withdrawn", one that says whom nothing has reached
// "not_reached". What is too long for one message has `part` and `parts` (numbers). Only where
// there is something to say an item also has instead_of, handed_over_from (codes), maybe_repeat
// (true), act_url (a page on which people answer; it signs nobody in), attendance_url (the page on
// which a provider answers for everybody of theirs) and, of trouble, subject and detail.
std::string webhook_data(const Digest& digest);

}  // namespace omamori
