// What comes by a link is receipted to whom it is attributed, so that nobody silences a reminder in
// somebody's name unnoticed (P8, RULES.md section 4, `receipt`). Loop thread; writes to the store.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "daemon/model/receipt.h"
#include "daemon/reminders/context.h"
#include "db/door_records.h"

namespace omamori {

// Does it stop somebody's reminders, so that they must know at once: the end of a concern or a
// lapse, an absence, the end of service?
bool silences(const DoorAct& recorded);

// Owes the word about `recorded`, whose id is the store's, in the transaction that recorded it: to
// whom the link was made for in the next digest, or at once if it silences; then to their
// supervisor as well, at the next send_at. Where they are the supervisor, to the next in the chain.
// `hears_at_once`: the first of them is answered another way.
void owe_receipt(Service& service, const DoorAct& recorded, const Act& act, bool hears_at_once);

// The same of a page of attendance, about the check-ins that it recorded: one word for the
// provider, and one for the supervisor of each client of whom a lapse has ended. Nothing for none.
void owe_receipt_of_attendance(Service& service, const std::vector<DoorAct>& recorded,
                               const Act& act);

// It was undone: nobody is told of it any more, and who was told already, or may have been, hears
// that too (解消).
void withdraw_receipt(Service& service, const DoorAct& undone, const Act& act);

// Ends some of those of which everybody has been told. To be called now and then: nobody waits for
// it. True: there may be more.
bool settle_receipts(Service& service, const Act& act);

// What `obligation` is the receipt of, as `reader` is to have it: whoever sent a page of attendance
// reads of all of it. Nothing: of nothing that is known.
std::optional<Receipt> receipt_of(Service& service, const Obligation& obligation,
                                  const std::string& reader);

}  // namespace omamori
