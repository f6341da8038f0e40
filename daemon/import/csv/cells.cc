#include "daemon/import/csv/cells.h"

#include <algorithm>
#include <array>

#include "daemon/import/csv/date_text.h"
#include "daemon/import/csv/row_writer.h"
#include "daemon/import/csv/text.h"
#include "daemon/model/mail_address.h"
#include "daemon/model/obligation_key.h"

namespace omamori {
namespace {

constexpr std::size_t kMostTextBytes = 6000;
constexpr int kMostDays = 3660;

bool is_letter_or_digit(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool is_code_character(char c) { return is_letter_or_digit(c) || c == '.' || c == '_' || c == '-'; }

bool is_code(std::string_view text) {
  return !text.empty() && text.size() <= 64 &&
         std::all_of(text.begin(), text.end(), is_code_character);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool all_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

// 9.9E+09: what is left of a long number in a cell that is no text.
bool is_shortened_number(std::string_view half) {
  const auto e = half.find_first_of("Ee");
  if (e == std::string_view::npos || e == 0 || e + 2 >= half.size() || half[e + 1] != '+') {
    return false;
  }
  const auto dot = half.find('.');
  const bool whole = dot == std::string_view::npos && all_digits(half.substr(0, e));
  const bool broken = dot == 1 && is_digit(half[0]) && all_digits(half.substr(2, e - 2));
  return (whole || broken) && all_digits(half.substr(e + 2));
}

// Repeating a cell helps to find it, but only what looks like a number or a date is repeated: any
// other cell may be a name that slipped into the wrong column (P7).
bool may_be_shown(std::string_view text) {
  std::string half = with_ascii_hyphens(text);
  for (const std::string_view mark : {"令和", "平成", "昭和", "大正", "明治", "元", "年", "月",
                                      "日", "か", "ヶ", "ごと", "毎", "、", "〜"}) {
    for (std::size_t at = 0; (at = half.find(mark, at)) != std::string::npos;) {
      half.replace(at, mark.size(), "0");
    }
  }
  return half.size() <= 40 &&
         (is_shortened_number(half) ||
          half.find_first_not_of("0123456789/.-:+ ,~()RHSTMrhstmZ") == std::string::npos);
}

// The number at the front and what follows it; nothing if there is none or it has over six digits.
std::optional<int> take_number(std::string& text) {
  const auto end = std::min(text.find_first_not_of("0123456789"), text.size());
  if (end == 0 || end > 6) return {};
  const int number = std::stoi(text.substr(0, end));
  text.erase(0, end);
  return number;
}

constexpr const char* kShortened =
    "is a number that the spreadsheet has shortened; format the column as text (文字列) there and "
    "type it again";

// 1月2日, 2026/1/2: what a spreadsheet makes of 1-2. "" = nothing of the kind.
std::string what_became_of_a_code(std::string_view half) {
  if (is_shortened_number(half)) return kShortened;
  if (!half.ends_with("日") && !read_day(half).value) return {};
  return "is a date; if the spreadsheet has made one of a code, format the column as text (文字列) "
         "there and type it again";
}

// #REF!, #N/A, #VALUE! and, where a column was too narrow, ####.
std::string what_a_spreadsheet_left(std::string_view text) {
  if (text.size() < 3 || text.front() != '#') return {};
  if (text.find_first_not_of('#') == std::string_view::npos) {
    return "is " + std::string(text.substr(0, 3)) +
           "…: the column was too narrow when the spreadsheet was saved; widen it and save again";
  }
  constexpr std::array<std::string_view, 10> kErrors{"#REF!",   "#N/A",   "#VALUE!", "#NAME?",
                                                     "#DIV/0!", "#NUM!",  "#NULL!",  "#SPILL!",
                                                     "#CALC!",  "#FIELD!"};
  if (std::find(kErrors.begin(), kErrors.end(), text) == kErrors.end()) return {};
  return "is an error of the spreadsheet, " + std::string(text) + "; mend it there";
}

bool is_free_text(ColumnValue value) {
  return value == ColumnValue::text || value == ColumnValue::short_text ||
         value == ColumnValue::provider;
}

template <std::size_t N>
Read<int> read_number(std::string_view text, int least, int most,
                      const std::array<std::string_view, N>& units) {
  std::string rest = plain(text);
  const auto number = take_number(rest);
  const bool known_unit =
      rest.empty() || std::find(units.begin(), units.end(), trim(rest)) != units.end();
  if (!number || !known_unit || *number < least || *number > most) {
    return unreadable<int>("is not a number from " + std::to_string(least) + " to " +
                           std::to_string(most));
  }
  return {*number, {}};
}

}  // namespace

std::string_view RowReader::cell(std::size_t column) {
  refused_ = false;
  const std::size_t place = header_.places[column];
  if (place == Header::kAbsent) return {};
  // An apostrophe that keeps a spreadsheet from taking a text for a formula is not part of it.
  std::string_view text = without_guard(trim(table_.field(*row_, place)));
  if (is_free_text(header_.columns[column].value) &&
      text.find_first_of("\r\n\t\v\xE2") != std::string_view::npos) {
    one_line_ = on_one_line(text);
    text = trim(one_line_);  // a break at an edge is a blank now
  }
  if (const std::string left = what_a_spreadsheet_left(text); !left.empty()) {
    say(column, left);
    refused_ = true;
    return {};
  }
  if (const std::string_view problem = text_problem(text); !problem.empty()) {
    say(column, "has " + std::string(problem));
    refused_ = true;
    return {};
  }
  return text;
}

void RowReader::say(std::size_t column, std::string message) {
  errors_.push_back({file_, row_->line, header_.titles[column], std::move(message)});
  whole_ = false;
}

void RowReader::warn(std::size_t column, std::string_view text, const std::string& why) {
  const bool shown =
      may_be_shown(text) && header_.columns[column].value != ColumnValue::certificate;
  warnings_.push_back({file_, row_->line, header_.titles[column],
                       shown ? "\"" + std::string(text) + "\" " + why : why});
}

void RowReader::say_unreadable(std::size_t column, std::string_view text, const std::string& why) {
  say(column, may_be_shown(text) ? "\"" + std::string(text) + "\" " + why : why);
}

Read<std::string> read_code(std::string_view text) {
  std::string code = with_ascii_hyphens(text);
  if (is_code(code)) return {std::move(code), {}};
  if (std::string made = what_became_of_a_code(code); !made.empty()) {
    return unreadable<std::string>(std::move(made));
  }
  return unreadable<std::string>("is not a code: 1 to 64 of A-Z a-z 0-9 . _ -");
}

Read<std::string> read_text(std::string_view text) {
  if (text.size() <= kMostTextBytes) return {std::string(text), {}};
  return unreadable<std::string>("is too long: " + std::to_string(text.size()) +
                                 " bytes, at most " + std::to_string(kMostTextBytes));
}

Read<std::string> read_provider(std::string_view text) {
  std::string code = with_ascii_hyphens(text);
  return is_code(code) ? Read<std::string>{std::move(code), {}} : read_text(text);
}

Read<std::string> read_obligation(std::string_view text) {
  constexpr std::size_t kLongest = 200;
  std::string written = with_ascii_hyphens(text);
  const bool printable =
      std::all_of(written.begin(), written.end(), [](char c) { return c > ' ' && c < 0x7F; });
  const auto read = key_of_client(written);
  if (read && is_code(read->client) && printable && written.size() <= kLongest) {
    return {std::move(written), {}};
  }
  return unreadable<std::string>("is not the key of an obligation, as show and explain print it");
}

Read<std::string> read_certificate(std::string_view text) {
  constexpr std::size_t kDigits = 10;
  std::string number = with_ascii_hyphens(text);
  if (is_shortened_number(number)) return unreadable<std::string>(kShortened);
  Read<std::string> read = read_text(number);
  if (!read.value) return read;
  if (!all_digits(number)) {
    read.warning = "is not the number of a certificate: that has ten digits";
  } else if (number.size() != kDigits) {
    read.warning = "has " + std::to_string(number.size()) +
                   " digits, and the number of a certificate ten" +
                   (number.size() < kDigits ? "; did the spreadsheet cut zeros in front?" : "");
  }
  return read;
}

Read<std::string> read_short_text(std::string_view text) {
  const auto length = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
  if (length <= kMostShortText) return {std::string(text), {}};
  return unreadable<std::string>("is too long: " + std::to_string(length) +
                                 " characters, at most " + std::to_string(kMostShortText));
}

Read<std::string> read_phone(std::string_view text) {
  constexpr std::size_t kFewestDigits = 3;  // 110, 119
  constexpr std::size_t kMostBytes = 40;
  const std::string half = with_ascii_hyphens(text);
  std::string rest = half;
  for (const std::string_view word : {"内線", "ext."}) {
    if (const std::size_t at = rest.find(word); at != std::string::npos)
      rest.erase(at, word.size());
  }
  const auto digits = static_cast<std::size_t>(
      std::count_if(rest.begin(), rest.end(), [](char c) { return c >= '0' && c <= '9'; }));
  const bool only_known = rest.find_first_not_of("0123456789+-() ") == std::string::npos;
  if (only_known && digits >= kFewestDigits && half.size() <= kMostBytes) return {half, {}};
  return unreadable<std::string>(
      "is no telephone number: digits, blanks and +-(), and 内線 or ext. before an extension");
}

Read<std::string> read_email(std::string_view text) {
  std::string address = plain(text);
  const auto problem = address_problem(address);
  if (!problem) return {std::move(address), {}};
  return unreadable<std::string>("is not one email address: " + *problem);
}

Read<int> read_days(std::string_view text, int least) {
  constexpr std::array<std::string_view, 1> kUnits{"日"};
  return read_number(text, least, kMostDays, kUnits);
}

}  // namespace omamori
