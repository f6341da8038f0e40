#include "config/parsed.h"

namespace omamori {
namespace {

std::string place(const FileError& error) {
  std::string text = error.file;
  if (error.line > 0) text += ":" + std::to_string(error.line);
  if (error.line > 0 && error.column > 0) text += ":" + std::to_string(error.column);
  return text + ": ";
}

Said kind_text(FileErrorKind kind) {
  switch (kind) {
    case FileErrorKind::syntax:
      return {"TOML として読めません", "cannot be read as TOML"};
    case FileErrorKind::unknown_key:
      return {"知らない設定です", "an unknown setting"};
    case FileErrorKind::unreadable:
      return {"ファイルを読めません", "the file cannot be read"};
    case FileErrorKind::setting:
      break;
  }
  return {"設定の値が正しくありません", "a setting is wrong"};
}

}  // namespace

std::string to_string(const FileError& error) { return place(error) + error.message; }

Said place_and_kind(const FileError& error) {
  const Said kind = kind_text(error.kind);
  return {place(error) + kind.ja, place(error) + kind.en};
}

}  // namespace omamori
