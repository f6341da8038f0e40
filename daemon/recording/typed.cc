#include "daemon/recording/typed.h"

#include <algorithm>
#include <charconv>

#include "daemon/import/csv/date_text.h"
#include "daemon/import/csv/text.h"

namespace omamori {
namespace {

// A day without a year that is as near as that is meant, also where it cannot be.
constexpr std::chrono::days kSlip{60};

// "1/5": month and day without a year, the nearest in the direction of the act.
std::optional<Day> day_without_year(std::string_view text, bool ahead, Day today) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos || text.find('/', slash + 1) != std::string_view::npos) {
    return {};
  }
  unsigned month = 0;
  unsigned day = 0;
  const char* const middle = text.data() + slash;
  const char* const end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), middle, month);
  const auto second = std::from_chars(middle + 1, end, day);
  if (first.ec != std::errc{} || first.ptr != middle) return {};
  if (second.ec != std::errc{} || second.ptr != end) return {};
  if (month > 12 || day > 31) return {};
  const std::chrono::year_month_day now{today};
  std::optional<Day> nearest;   // of all years
  std::optional<Day> directed;  // the nearest of those that are meant
  for (const int years : {-1, 0, 1}) {
    const std::chrono::year_month_day date{now.year() + std::chrono::years{years},
                                           std::chrono::month{month}, std::chrono::day{day}};
    if (!date.ok()) continue;
    const Day found{date};
    const auto closer = [&](const std::optional<Day>& than) {
      return !than || std::chrono::abs(found - today) < std::chrono::abs(*than - today);
    };
    if (closer(nearest)) nearest = found;
    if ((ahead ? found >= today : found <= today) && closer(directed)) directed = found;
  }
  // Tomorrow is a slip, and not a day of last year.
  const bool slip = nearest && std::chrono::abs(*nearest - today) <= kSlip;
  return slip ? nearest : directed;
}

// "12月9日", "12.9" and "12-9" as "12/9"; whatever has a year is left to who reads days of files.
std::string with_slash(std::string text) {
  const std::size_t mark = text.find_first_of(".-");
  const bool two_parts = mark != std::string::npos && mark > 0 && mark <= 2 &&
                         text.find_first_not_of("0123456789", mark + 1) == std::string::npos;
  if (two_parts) text[mark] = '/';
  constexpr std::string_view kMonth = "月";
  constexpr std::string_view kDay = "日";
  const std::size_t month = text.find(kMonth);
  if (month == std::string::npos || month > 2 || !text.ends_with(kDay)) return text;
  text.replace(month, kMonth.size(), "/");
  text.resize(text.size() - kDay.size());
  return text;
}

}  // namespace

std::string typed_text(const FormFields& fields, const std::string& name) {
  const auto found = fields.find(name);
  if (found == fields.end()) return {};
  const std::string& text = found->second;
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

std::optional<Day> typed_day(const std::string& typed, bool ahead, Day today) {
  const std::string text = with_slash(plain(typed));
  if (const auto near = day_without_year(text, ahead, today)) return near;
  const auto read = read_day(text);
  return read.value;
}

}  // namespace omamori
