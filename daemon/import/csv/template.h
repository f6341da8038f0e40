// A file to fill in: what `omamorictl template` writes. Made from the columns that are read, so
// that it has whatever they have. Pure.
#pragma once

#include <string>
#include <string_view>

#include "daemon/import/csv/words.h"

namespace omamori {

// Headers in Japanese and one row that says what stands in each column. That row may stay: it is
// passed over by who reads the file.
std::string csv_template(CsvKind kind);

// Is it the first cell of such a row? No code begins so.
bool is_explanation(std::string_view first_cell);

}  // namespace omamori
