#include "daemon/import/csv/printed_interval.h"

#include <algorithm>
#include <array>
#include <string>

#include "daemon/import/csv/date_text.h"
#include "daemon/import/csv/text.h"

namespace omamori {
namespace {

constexpr const char* kNoInterval = "is not a number from 1 to 12";

struct Named {
  std::string_view text;
  int months;
};
constexpr std::array<Named, 4> kNamed{{{"毎月", 1}, {"半年", 6}, {"1年", 12}, {"毎年", 12}}};
constexpr std::array<std::string_view, 9> kUnits{"か月", "ヶ月", "ヵ月", "カ月", "ケ月",
                                                 "ヵ月", "個月", "箇月", "月"};

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
}

void cut_end(std::string_view& text, std::string_view end) {
  if (text.ends_with(end)) text = trim(text.substr(0, text.size() - end.size()));
}

// "R8.7~R9.4", "令和8年7月から令和9年4月まで".
Read<MonthRange> read_range(std::string text) {
  replace_all(text, "〜", "~");
  replace_all(text, "から", "~");
  std::string_view rest = trim(text);
  cut_end(rest, "まで");
  auto middle = rest.find('~');
  if (middle == std::string_view::npos) {
    text = with_ascii_hyphens(rest);
    rest = text;
    if (std::count(rest.begin(), rest.end(), '-') == 1) middle = rest.find('-');
  }
  if (middle == std::string_view::npos) {
    return unreadable<MonthRange>(
        "has no range of months behind the interval; write it like "
        "3月ごと(R8.7～R9.4), or only 3");
  }
  const auto first = read_month(rest.substr(0, middle));
  if (!first.value) return unreadable<MonthRange>(first.error);
  const auto last = read_month(rest.substr(middle + 1));
  if (!last.value) return unreadable<MonthRange>(last.error);
  if (*last.value < *first.value) {
    return unreadable<MonthRange>("has a range that ends before it begins");
  }
  return {MonthRange{*first.value, *last.value}, {}};
}

}  // namespace

Read<int> read_interval(std::string_view text) {
  const std::string half = plain(text);
  std::string_view rest = trim(half);
  for (const std::string_view every : {"ごと", "毎", "に1回", "1回"}) cut_end(rest, every);
  const auto* named = std::find_if(kNamed.begin(), kNamed.end(),
                                   [&](const Named& known) { return known.text == rest; });
  if (named != kNamed.end()) return {named->months, {}};
  const auto digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
  const std::string_view unit = trim(rest.substr(digits));
  const bool known_unit =
      unit.empty() || std::find(kUnits.begin(), kUnits.end(), unit) != kUnits.end();
  if (digits == 0 || digits > 2 || !known_unit) return unreadable<int>(kNoInterval);
  const int months = std::stoi(std::string(rest.substr(0, digits)));
  if (months < 1 || months > 12) return unreadable<int>(kNoInterval);
  return {months, {}};
}

Read<PrintedInterval> read_printed_interval(std::string_view text) {
  const std::string half = plain(text);
  const auto open = half.find('(');
  const auto months = read_interval(std::string_view(half).substr(0, open));
  if (!months.value) return unreadable<PrintedInterval>(months.error);
  if (open == std::string::npos) return {PrintedInterval{*months.value, {}}, {}};
  const auto close = half.find(')', open);
  if (close == std::string::npos) {
    return unreadable<PrintedInterval>("opens a bracket and does not close it");
  }
  if (!trim(std::string_view(half).substr(close + 1)).empty()) {
    return unreadable<PrintedInterval>(
        "names more than one interval; write the one that holds after the first months, which "
        "follow "
        "from decision_kind");
  }
  const auto range = read_range(half.substr(open + 1, close - open - 1));
  if (!range.value) return unreadable<PrintedInterval>(range.error);
  return {PrintedInterval{*months.value, *range.value}, {}};
}

}  // namespace omamori
