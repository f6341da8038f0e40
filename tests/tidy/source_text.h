// Takes a file apart into code, comments and literals, as far as a reader's eye does: no
// preprocessing, no parsing.
#pragma once

#include "tests/tidy/source_tree.h"

namespace omamori::tidy {

// Fills code, comments and literals from `lines` of C++.
void split_cpp(File& file);
// Fills code and comments from `lines` of what has comments behind a `#`: CMake, Python, shell,
// TOML, stories.
void split_hash_comments(File& file);

// Words: letters, digits and `_`.
bool is_word(char c);
// Where `word` stands in `text` at or after `from` with no letter, digit or `_` at its sides where
// it has one itself; npos when it does not.
std::size_t find_word(std::string_view text, std::string_view word, std::size_t from = 0);
std::string_view trimmed(std::string_view text);

}  // namespace omamori::tidy
