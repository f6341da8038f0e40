// The sentences of a message as a whole, in the reader's language: its subject, its groups, its
// date, why it is late. Pure; codes only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "daemon/text/phrasebook.h"

namespace omamori {

std::string_view group_title(Tone tone, Language language);
std::string long_date(Day day, Language language);
// Fits a lock screen; codes only, never a name. `lines` as they will be shown.
std::string subject_of(const Digest& digest, const std::vector<Line>& lines, Day today);
// "This is the second of three messages", where there are several.
std::string part_of(const Digest& digest);
// A sentence before the lines, for messages whose lines do not say enough; may be empty.
std::string introduction_of(const Digest& digest);
// The word for it in a reply: "訪問", "visited"; "" = it cannot be said so.
std::string_view reply_word(DoorActKind act, Language language);
// "番号 訪問 月/日": how a line of a reply looks. No example is one itself: whoever quotes it has
// recorded nothing.
std::string reply_example(DoorActKind act, bool numbered, Language language);
// How to reply by mail, on one line; "" where replies are not read or nothing is asked for.
std::string reply_of(const Digest& digest, const std::vector<Line>& lines);
// Said when the slot is days in the past; empty when it is not.
std::string lateness_of(const Digest& digest);

}  // namespace omamori
