// Text that people typed, for a terminal. Pure.
#pragma once

#include <string>
#include <string_view>

namespace omamori {

// What would command a terminal, or let it show something else than is written, is named instead:
// control characters but line ends and tabs, marks of writing direction (<U+202E>), separators of
// lines, and bytes that are no UTF-8 (<0x9B>). Everything else as it is.
std::string terminal_text(std::string_view text);

}  // namespace omamori
