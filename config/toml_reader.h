// Reads the settings of one TOML table strictly, and collects every mistake on the way.
//
// Each reading function names a key that is allowed in the table. If it is there and right, the
// target is set; if it is absent the target keeps its default; if it is wrong an error is noted and
// the target keeps its default too, so that reading goes on. finish() then reports every key that
// nobody has asked for, with the nearest one that exists. Pure; one thread.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/parsed.h"
#include "config/toml_value.h"

namespace omamori {

// The mistakes of one file.
class FileErrors {
 public:
  explicit FileErrors(std::string file) : file_(std::move(file)) {}
  void add(FilePosition where, std::string message, FileErrorKind kind = FileErrorKind::setting);
  std::size_t size() const { return errors_.size(); }
  // Ascending by position.
  std::vector<FileError> take();

 private:
  std::string file_;
  std::vector<FileError> errors_;
};

// A word of the file and what it means: {"skip", false}.
template <class T>
struct Word {
  std::string_view text;
  T value;
};

// What is wrong with a text, to be read after the key: "must be …". Empty = nothing.
using TextRule = std::string (*)(std::string_view);

class TomlReader {
 public:
  // `title` is how the table is written: "[smtp]", "[[stage]]", "" for the root. `outer` is where
  // a key may have been meant that stands in the wrong table. All arguments outlive the reader.
  TomlReader(const TomlValue& table, std::string title, FileErrors& errors,
             const TomlReader* outer = nullptr);

  // Each returns whether `target` was set.
  bool boolean(std::string_view key, bool& target);
  bool integer(std::string_view key, int least, int most, int& target);
  bool date(std::string_view key, Day& target);
  bool date(std::string_view key, std::optional<Day>& target);
  bool text(std::string_view key, TextRule rule, std::string& target);
  template <class T, std::size_t N>
  bool word(std::string_view key, const Word<T> (&words)[N], T& target);
  // `parse` turns the text into a value or nothing; `expected` describes what it accepts:
  // "a time of day such as \"08:30\"".
  template <class T>
  bool parsed(std::string_view key, std::optional<T> (*parse)(std::string_view),
              std::string_view expected, T& target);

  // The items of an array whose items all have the wanted type and satisfy the rule; nothing if the
  // key is absent or anything in it is wrong. An item twice is wrong.
  std::optional<std::vector<int>> integers(std::string_view key, int least, int most);
  std::optional<std::vector<Day>> dates(std::string_view key);
  std::optional<std::vector<std::string>> texts(std::string_view key, TextRule rule);

  // `[key]`, or null if it is absent or wrong.
  const TomlValue* table(std::string_view key);
  // Each `[[key]]`; nothing if the key is absent or wrong.
  std::optional<std::vector<const TomlValue*>> tables(std::string_view key);

  // An error for each key that is absent.
  void require(std::initializer_list<std::string_view> keys);
  // An error for each key that was not asked for.
  void finish();

  const TomlValue* find(std::string_view key) const;
  FilePosition position() const { return table_.position; }
  // Where the value of `key` stands; the table itself if it is absent.
  FilePosition position_of(std::string_view key) const;
  // "`key` <complaint>".
  void complain(std::string_view key, const std::string& complaint);

 private:
  const TomlValue* known(std::string_view key, TomlValue::Type wanted);
  const std::string* text_of(std::string_view key);
  bool right_type(std::string_view name, const TomlValue& value, TomlValue::Type wanted);
  bool right_text(std::string_view name, const TomlValue& value, TextRule rule);
  bool in_range(std::string_view name, const TomlValue& value, int least, int most);
  bool plausible(std::string_view name, const TomlValue& value);
  void not_a_word(std::string_view key, std::span<const std::string_view> words);
  void not_parsed(std::string_view key, std::string_view expected);
  std::string suggestion(const std::string& key) const;

  const TomlValue& table_;
  std::string title_;
  FileErrors& errors_;
  const TomlReader* outer_;
  std::set<std::string, std::less<>> known_keys_;
};

// The one of `known` with the smallest edit distance to `word`, if it is near enough to be meant.
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> known);

// A rule that accepts everything (control characters are refused before any rule).
std::string any_text(std::string_view text);

template <class T, std::size_t N>
bool TomlReader::word(std::string_view key, const Word<T> (&words)[N], T& target) {
  const std::string* text = text_of(key);
  if (!text) return false;
  std::vector<std::string_view> known_words;
  for (const Word<T>& word : words) {
    if (word.text == *text) {
      target = word.value;
      return true;
    }
    known_words.push_back(word.text);
  }
  not_a_word(key, known_words);
  return false;
}

template <class T>
bool TomlReader::parsed(std::string_view key, std::optional<T> (*parse)(std::string_view),
                        std::string_view expected, T& target) {
  const std::string* text = text_of(key);
  if (!text) return false;
  const std::optional<T> value = parse(*text);
  if (value) {
    target = *value;
  } else {
    not_parsed(key, expected);
  }
  return value.has_value();
}

}  // namespace omamori
