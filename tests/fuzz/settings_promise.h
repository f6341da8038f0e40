// What holds of both settings files, omamori.toml and policy.toml.
#pragma once

#include <string>
#include <string_view>

#include "config/parsed.h"
#include "tests/fuzz/promise.h"

namespace omamori {

inline constexpr const char* kSettings = "settings.toml";

// A basic string of TOML. Settings hold no control characters.
inline std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    promise(static_cast<unsigned char>(c) >= 0x20 && c != 0x7F,
            "no setting has a control character");
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

inline void promise_of_errors(const std::vector<FileError>& errors, std::string_view text) {
  constexpr std::size_t kMost = 1000;  // with all the keys that are possible at a place
  const FileError* before = nullptr;
  for (const FileError& error : errors) {
    promise_of_message(error.message, kMost);
    promise(error.line >= 0 && error.line <= lines_of(text), "a mistake is on a line of the file");
    promise(before == nullptr || before->line <= error.line, "mistakes ascend");
    promise(error.file == kSettings, "a mistake names its file");
    const Said mailed = place_and_kind(error);
    promise(mailed.en.starts_with(kSettings) && mailed.ja.starts_with(kSettings) &&
                mailed.en.find('`') == std::string::npos &&
                mailed.en.find('"') == std::string::npos,
            "mail has the place and the kind of a mistake, and nothing of the file");
    before = &error;
  }
}

// `parse` gives Parsed<T> of a text. Nothing is promised of the value itself.
template <class Parse>
auto promise_of_parsing(std::string_view text, Parse parse) {
  auto parsed = parse(text);
  promise(parsed.value.has_value() == parsed.errors.empty(), "a file is taken or refused");
  promise_of_errors(parsed.errors, text);
  if (text.starts_with("\xEF\xBB\xBF")) return parsed;  // its mark must come first
  const auto lower = parse("# one line more\n" + std::string(text));
  promise(lower.value == parsed.value, "a comment changes nothing");
  promise(lower.errors.size() == parsed.errors.size(), "a comment mends nothing");
  for (std::size_t i = 0; i < parsed.errors.size(); ++i) {
    const int line = parsed.errors[i].line;
    promise(lower.errors[i].line == (line == 0 ? 0 : line + 1), "a mistake is where it is");
  }
  return parsed;
}

}  // namespace omamori
