// The columns of every kind of file as a table for people: part of daemon/import/README.md, held to
// it by a test. Pure.
#pragma once

#include <string>

namespace omamori {

// Markdown, a table a kind, in the order in which an import reads them.
std::string columns_table();

}  // namespace omamori
