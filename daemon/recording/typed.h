// What somebody typed into a field of a form, read as the pages of all doors read it. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "daemon/model/bilingual.h"
#include "daemon/model/facts.h"
#include "daemon/recording/form_fields.h"

namespace omamori {

inline constexpr std::size_t kLongestNote = 500;    // characters
inline constexpr std::chrono::days kFarthest{400};  // no day is further away from today

// Without the blanks around it; "" if there is no such field.
std::string typed_text(const FormFields& fields, const std::string& name);

std::size_t characters(std::string_view utf8);

// Of a day that was typed and cannot be read.
inline const Said kUnreadDay{"日付が読み取れません。2027-01-05 や 1/5 のように入力してください",
                             "the day cannot be read; write it as 2027-01-05 or 1/5"};

// A day as in CSV files, in half or full width, and "1/5" or "1.5": the nearest such day of the
// past or ahead; one within 60 days on the other side is a slip, and is given as it is, to be
// refused.
std::optional<Day> typed_day(const std::string& typed, bool ahead, Day today);

}  // namespace omamori
