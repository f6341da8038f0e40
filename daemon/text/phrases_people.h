// The sentences about who acts for whom: why a message comes to a stand-in, and who is in charge of
// a client while the case manager of the record is not. Codes only, never a name (P7). Pure.
#pragma once

#include <string>

#include "daemon/model/digest.h"

namespace omamori {

// Why the reader hears it in somebody's place: 「担当の CM-1 が不在のため、代わりにお知らせして
// います。」. Empty if it is theirs to hear.
std::string standing_in(const Line& line, Language language);

// Whom to call about an urgent thing, one after the other, and who is away; empty: no number is
// known.
std::string whom_to_call(const Line& line, Language language);

// 「担当: SV-1（CM-1 が不在のため）」: who acts as case manager, and how it stands with the one of
// the record. Empty for a reader who is told as the case manager, or if nobody is named.
std::string in_charge(const Line& line, Language language);

}  // namespace omamori
