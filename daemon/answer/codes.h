// Codes in an answer that speaks of them. Pure.
#pragma once

#include <string>
#include <vector>

namespace omamori {

// A code as somebody gave it, itself. What cannot be one (with a slash, a blank, a line break,
// without measure) is not repeated, because a terminal or a log would have to bear it: the rule is
// named instead.
std::string as_code(const std::string& given);

// "C-1 C-2 … (12)": at most ten of them, and how many there are if that is not all.
std::string some_of(const std::vector<std::string>& codes);

}  // namespace omamori
