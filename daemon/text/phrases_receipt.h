// The sentences about what came by a link: of a receipt, which says what was recorded in somebody's
// name, and of an end of service that waits to be confirmed. Codes and days only
// (P7). Pure.
#pragma once

#include "daemon/text/phrasebook.h"

namespace omamori {

// What a provider says of somebody on the page of attendance: 来た, 気になる, 来ていない.
std::string_view attendance_word(Outcome outcome, Language language);

// REQUIRES: line.receipt.
Phrases receipt_phrases(const Line& line, Day today, Language language);

// A case manager has said by a link that service has ended: what the supervisor is asked.
Phrases end_report_phrases(const Line& line, Day today, Language language);

}  // namespace omamori
