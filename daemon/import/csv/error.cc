#include "daemon/import/csv/error.h"

namespace omamori {

std::string to_string(const CsvError& error) {
  std::string out = error.file;
  if (error.line > 0) out += ":" + std::to_string(error.line);
  if (!error.column.empty()) out += ": " + error.column;
  return out + ": " + error.message;
}

}  // namespace omamori
