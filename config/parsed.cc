#include "config/parsed.h"

namespace omamori {

std::string to_string(const FileError& error) {
  std::string text = error.file;
  if (error.line > 0) text += ":" + std::to_string(error.line);
  if (error.line > 0 && error.column > 0) text += ":" + std::to_string(error.column);
  return text + ": " + error.message;
}

}  // namespace omamori
