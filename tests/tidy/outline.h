// The types and functions of a C++ file, found by its braces: enough to count lines and to compare
// names. It reads what clang-format writes: a body's brace has a blank before it, an initialiser's
// has none.
#pragma once

#include "tests/tidy/source_tree.h"

namespace omamori::tidy {

enum class PieceKind { type, function };

struct Piece {
  PieceKind kind{};
  std::string name;     // "Plan"; of a function what stands before its first parenthesis
  std::string space;    // "omamori::sim"; an unnamed one is "(unnamed)"
  bool nested = false;  // inside a type
  int first = 0;        // its first line, from 1
  int last = 0;         // the line of its closing brace
};

// By the place where they end.
std::vector<Piece> outline(const File& file);

}  // namespace omamori::tidy
