#include "daemon/import/csv/cells.h"

#include <algorithm>
#include <array>

#include "daemon/import/csv/text.h"
#include "daemon/model/mail_address.h"

namespace omamori {
namespace {

constexpr std::size_t kMostTextBytes = 6000;
constexpr int kMostDays = 3660;

bool is_letter_or_digit(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool is_code_character(char c) { return is_letter_or_digit(c) || c == '.' || c == '_' || c == '-'; }

// Repeating a cell helps to find it, but only what looks like a number or a date is repeated: any
// other cell may be a name that slipped into the wrong column (P7).
bool may_be_shown(std::string_view text) {
  std::string half = to_half_width(text);
  for (const std::string_view mark :
       {"令和", "平成", "昭和", "大正", "明治", "元", "年", "月", "日", "か", "、"}) {
    for (std::size_t at = 0; (at = half.find(mark, at)) != std::string::npos;) {
      half.replace(at, mark.size(), "0");
    }
  }
  return half.size() <= 40 &&
         half.find_first_not_of("0123456789/.-:+ ,RHSTMrhstmZ") == std::string::npos;
}

// The number at the front and what follows it; nothing if there is none or it has over six digits.
std::optional<int> take_number(std::string& text) {
  const auto end = std::min(text.find_first_not_of("0123456789"), text.size());
  if (end == 0 || end > 6) return {};
  const int number = std::stoi(text.substr(0, end));
  text.erase(0, end);
  return number;
}

template <std::size_t N>
Read<int> read_number(std::string_view text, int least, int most,
                      const std::array<std::string_view, N>& units) {
  std::string rest = to_half_width(text);
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
  const std::string_view text = trim(table_.field(*row_, place));
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

void RowReader::say_unreadable(std::size_t column, std::string_view text, const std::string& why) {
  say(column, may_be_shown(text) ? "\"" + std::string(text) + "\" " + why : why);
}

Read<std::string> read_code(std::string_view text) {
  if (text.size() <= 64 && std::all_of(text.begin(), text.end(), is_code_character)) {
    return {std::string(text), {}};
  }
  return unreadable<std::string>("is not a code: 1 to 64 of A-Z a-z 0-9 . _ -");
}

Read<std::string> read_text(std::string_view text) {
  if (text.size() <= kMostTextBytes) return {std::string(text), {}};
  return unreadable<std::string>("is too long: " + std::to_string(text.size()) +
                                 " bytes, at most " + std::to_string(kMostTextBytes));
}

Read<std::string> read_email(std::string_view text) {
  const auto problem = address_problem(text);
  if (!problem) return {std::string(text), {}};
  return unreadable<std::string>("is not one email address: " + *problem);
}

Read<int> read_interval(std::string_view text) {
  if (text == "毎月") return {1, {}};
  constexpr std::array<std::string_view, 6> kUnits{"か月", "ヶ月", "ヵ月", "カ月", "ケ月", "月"};
  return read_number(text, 1, 12, kUnits);
}

Read<int> read_days(std::string_view text, int least) {
  constexpr std::array<std::string_view, 1> kUnits{"日"};
  return read_number(text, least, kMostDays, kUnits);
}

}  // namespace omamori
