// What reading a file that people write gives: a value, or every reason why not.
//
// Plain values, no I/O. A file with one mistake gives no value at all: half of a policy is worse
// than the one before. The text of an error is for the person who edits the file; it holds no free
// text of the file (reasons, contacts, names), because it goes into logs and mail (promise P7).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "daemon/model/bilingual.h"

namespace omamori {

enum class FileErrorKind { setting, syntax, unknown_key, unreadable };

// `line` and `column` count from 1, columns in characters. Line 0: the file as a whole (missing,
// too large); column 0: the line as a whole.
struct FileError {
  std::string file;
  int line = 0;
  int column = 0;
  std::string message;
  FileErrorKind kind = FileErrorKind::setting;
  bool operator==(const FileError&) const = default;
};

// "policy.toml:12:8: message", which editors and terminals turn into a link.
std::string to_string(const FileError& error);
// Where and of which kind, and nothing of what stands in the file: what mail says of it.
Said place_and_kind(const FileError& error);

// `value` is there exactly if `errors` is empty. Errors ascend by position.
template <class T>
struct Parsed {
  std::optional<T> value;
  std::vector<FileError> errors;
};

}  // namespace omamori
