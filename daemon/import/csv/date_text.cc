#include "daemon/import/csv/date_text.h"

#include <algorithm>
#include <array>

#include "daemon/import/csv/text.h"
#include "daemon/model/calendar.h"

namespace omamori {
namespace {

constexpr std::string_view kDayForms =
    "is not a date; write 2026-04-01, 2026/4/1, 令和8年4月1日 or R8.4.1";
constexpr std::string_view kInstantForms =
    "is not a time; write 2026-04-01 09:30, 2026-04-01T09:30:00+09:00 or a date alone";
constexpr std::string_view kMonthForms = "is not a month; write 2026-06, 2026/6 or 令和8年6月";
// Outside these a date is a slip of the finger.
constexpr int kFirstYear = 1868;
constexpr int kLastYear = 2299;

struct Replacement {
  std::string_view from;
  std::string_view to;
};
// One spelling for all: eras as letters, the marks 年月日 as separators of their own.
constexpr std::array<Replacement, 16> kSpellings{{{"令和", "R"},
                                                  {"平成", "H"},
                                                  {"昭和", "S"},
                                                  {"大正", "T"},
                                                  {"明治", "M"},
                                                  {"㋿", "R"},
                                                  {"㍻", "H"},
                                                  {"㍼", "S"},
                                                  {"㍽", "T"},
                                                  {"㍾", "M"},
                                                  {"元年", "1y"},
                                                  {"年", "y"},
                                                  {"月", "m"},
                                                  {"日", "d"},
                                                  {"−", "-"},
                                                  {"‐", "-"}}};

struct Era {
  char letter;
  int before;  // the western year before its first
};
constexpr std::array<Era, 5> kEras{
    {{'R', 2018}, {'H', 1988}, {'S', 1925}, {'T', 1911}, {'M', 1867}}};

std::string one_spelling(std::string_view text) {
  std::string half = to_half_width(text);
  std::string out;
  for (std::size_t i = 0; i < half.size();) {
    if (static_cast<unsigned char>(half[i]) < 0x80) {
      out += half[i++];
      continue;
    }
    const auto at = std::string_view(half).substr(i);
    const auto* found = std::find_if(kSpellings.begin(), kSpellings.end(),
                                     [&](const Replacement& r) { return at.starts_with(r.from); });
    if (found == kSpellings.end()) {
      out += half[i++];
    } else {
      out += found->to;
      i += found->from.size();
    }
  }
  return out;
}

// Reads numbers and separators off the front of a text in one spelling.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool at_end() {
    skip_blanks();
    return rest_.empty();
  }
  // The next character if it is one of `any`, else 0.
  char take(std::string_view any) {
    skip_blanks();
    if (rest_.empty() || any.find(rest_.front()) == std::string_view::npos) return 0;
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }
  // A number of up to `most` digits; nothing if there is none or it is longer.
  std::optional<int> number(std::size_t most) {
    skip_blanks();
    digits_ = 0;
    int value = 0;
    while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
      if (++digits_ > most) return {};
      value = value * 10 + (rest_.front() - '0');
      rest_.remove_prefix(1);
    }
    return digits_ == 0 ? std::nullopt : std::optional(value);
  }
  std::size_t digits() const { return digits_; }  // of the last number

 private:
  void skip_blanks() {
    while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
  }
  std::string_view rest_;
  std::size_t digits_ = 0;
};

// The western year at the front, or why there is none.
Read<int> take_year(Scanner& scanner, std::string_view forms) {
  char letter = scanner.take("RHSTMrhstm");
  if (letter >= 'a') letter = static_cast<char>(letter - 'a' + 'A');
  const auto written = scanner.number(4);
  if (!written) return unreadable<int>(std::string(forms));
  if (letter == 0 && scanner.digits() != 4) {
    return unreadable<int>("needs the year with four digits or with its era (R8, 令和8年)");
  }
  int year = *written;
  if (letter != 0) {
    if (year < 1 || scanner.digits() > 2) {
      return unreadable<int>("has a year that no era has; the first year is 1 or 元");
    }
    const auto* era =
        std::find_if(kEras.begin(), kEras.end(), [&](const Era& e) { return e.letter == letter; });
    year += era->before;
  }
  if (year < kFirstYear || year > kLastYear) {
    return unreadable<int>("is in the year " + std::to_string(year) + "; is that a slip?");
  }
  return {year, {}};
}

struct MonthRead {
  Month month{};
  char separator = 0;  // between year and month
};

Read<MonthRead> take_month(Scanner& scanner, std::string_view forms) {
  const auto year = take_year(scanner, forms);
  if (!year.value) return unreadable<MonthRead>(year.error);
  const char separator = scanner.take("y/.-");
  const auto month = separator == 0 ? std::nullopt : scanner.number(2);
  if (!month) return unreadable<MonthRead>(std::string(forms));
  if (*month < 1 || *month > 12) {
    return unreadable<MonthRead>("has no month: " + std::to_string(*month) + " is not 1 to 12");
  }
  return {
      MonthRead{std::chrono::year{*year.value} / std::chrono::month{static_cast<unsigned>(*month)},
                separator},
      {}};
}

std::string no_such_day(Month month) {
  return "is not a day: " + to_string(month) + " ends on " + to_string(last_day(month));
}

Read<Day> day_in_one_spelling(std::string_view text) {
  Scanner scanner(text);
  const auto month = take_month(scanner, kDayForms);
  if (!month.value) return unreadable<Day>(month.error);
  const bool marks = month.value->separator == 'y';
  const char separator = scanner.take("m/.-");
  if (separator != (marks ? 'm' : month.value->separator)) {
    return unreadable<Day>(std::string(kDayForms));
  }
  const auto number = scanner.number(2);
  if (!number || (scanner.take("d") != 0) != marks || !scanner.at_end()) {
    return unreadable<Day>(std::string(kDayForms));
  }
  const std::chrono::day day{static_cast<unsigned>(*number)};
  const std::chrono::year_month_day ymd = month.value->month / day;
  if (!ymd.ok()) return unreadable<Day>(no_such_day(month.value->month));
  return {Day{std::chrono::local_days{ymd}}, {}};
}

// "9:30" or "09:30:15" as seconds since midnight.
std::optional<std::chrono::seconds> read_time(std::string_view text) {
  Scanner scanner(text);
  const auto hours = scanner.number(2);
  if (!hours || scanner.take(":") == 0) return {};
  const auto minutes = scanner.number(2);
  if (!minutes || scanner.digits() != 2) return {};
  std::optional<int> seconds = 0;
  if (scanner.take(":") != 0) {
    seconds = scanner.number(2);
    if (!seconds || scanner.digits() != 2) return {};
  }
  if (!scanner.at_end() || *hours > 23 || *minutes > 59 || *seconds > 59) return {};
  return std::chrono::hours{*hours} + std::chrono::minutes{*minutes} +
         std::chrono::seconds{*seconds};
}

Instant local_instant(Day day, std::chrono::seconds time, const Zone& zone) {
  const auto minutes = std::chrono::floor<std::chrono::minutes>(time);
  return zone.at(day, TimeOfDay{minutes}) + (time - minutes);
}

}  // namespace

Read<Day> read_day(std::string_view text) { return day_in_one_spelling(one_spelling(trim(text))); }

Read<InstantText> read_instant(std::string_view text, const Zone& zone) {
  const std::string_view trimmed = trim(text);
  if (const auto instant = parse_instant(trimmed)) return {InstantText{*instant, false}, {}};
  const std::string spelled = one_spelling(trimmed);
  const auto colon = spelled.find(':');
  if (colon == std::string::npos) {
    const auto day = day_in_one_spelling(spelled);
    if (!day.value) return unreadable<InstantText>(day.error);
    return {InstantText{local_instant(*day.value, std::chrono::hours{12}, zone), true}, {}};
  }
  const auto gap = spelled.find_last_of(" T", colon);
  const auto time = gap == std::string::npos ? std::nullopt
                                             : read_time(std::string_view(spelled).substr(gap + 1));
  if (!time) return unreadable<InstantText>(std::string(kInstantForms));
  const auto day = day_in_one_spelling(std::string_view(spelled).substr(0, gap));
  if (!day.value) return unreadable<InstantText>(day.error);
  return {InstantText{local_instant(*day.value, *time, zone), false}, {}};
}

Read<Month> read_month(std::string_view text) {
  const std::string spelled = one_spelling(trim(text));
  Scanner scanner(spelled);
  const auto month = take_month(scanner, kMonthForms);
  if (!month.value) return unreadable<Month>(month.error);
  const bool marks = month.value->separator == 'y';
  if ((scanner.take("m") != 0) != marks || !scanner.at_end()) {
    return unreadable<Month>(std::string(kMonthForms));
  }
  return {month.value->month, {}};
}

Read<std::vector<Month>> read_months(std::string_view text) {
  std::string half = to_half_width(text);
  for (std::size_t at = 0; (at = half.find("、", at)) != std::string::npos;) {
    half.replace(at, std::string_view("、").size(), " ");
  }
  std::replace(half.begin(), half.end(), ',', ' ');
  std::vector<Month> months;
  std::string_view rest = trim(half);
  while (!rest.empty()) {
    const auto end = std::min(rest.find(' '), rest.size());
    const auto month = read_month(rest.substr(0, end));
    if (!month.value) return unreadable<std::vector<Month>>(month.error);
    months.push_back(*month.value);
    rest = trim(rest.substr(end));
  }
  std::sort(months.begin(), months.end());
  if (const auto twice = std::adjacent_find(months.begin(), months.end()); twice != months.end()) {
    return unreadable<std::vector<Month>>("names " + to_string(*twice) + " twice");
  }
  return {std::move(months), {}};
}

}  // namespace omamori
