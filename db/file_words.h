// The words for enumerations in the database file. They are a contract with every file ever
// written, so they are here and not shared with the words people read, which may be improved.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "daemon/model/facts.h"

namespace omamori {

// Defined for PlanKind, DecisionKind, Outcome, Role, Channel, Language, ObligationKind, Basis,
// Urgency, MessageKind, and the states of db/store_values.h.
template <class E>
std::string_view file_word(E value);
// Throws BadRow for a word no version ever wrote.
template <class E>
E from_file_word(std::string_view word);

// Lists are words separated by one blank.
std::string join_months(const std::vector<Month>& months);
std::vector<Month> split_months(std::string_view text);
std::string join_channels(const std::vector<Channel>& channels);
std::vector<Channel> split_channels(std::string_view text);

}  // namespace omamori
