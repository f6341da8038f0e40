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
constexpr std::array<Replacement, 9> kSpellings{{{"令和", "R"},
                                                 {"平成", "H"},
                                                 {"昭和", "S"},
                                                 {"大正", "T"},
                                                 {"明治", "M"},
                                                 {"元年", "1y"},
                                                 {"年", "y"},
                                                 {"月", "m"},
                                                 {"日", "d"}}};

constexpr std::chrono::year_month_day date(int year, unsigned month, unsigned day) {
  return std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day};
}

struct Era {
  char letter;
  std::string_view name;
  int before;  // the western year before its first
  std::chrono::year_month_day begins;
};
constexpr std::array<Era, 5> kEras{{{'R', "令和", 2018, date(2019, 5, 1)},
                                    {'H', "平成", 1988, date(1989, 1, 8)},
                                    {'S', "昭和", 1925, date(1926, 12, 25)},
                                    {'T', "大正", 1911, date(1912, 7, 30)},
                                    {'M', "明治", 1867, date(1868, 1, 1)}}};

std::string one_spelling(std::string_view text) {
  const std::string half = with_ascii_hyphens(text);
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

std::string if_a_slip(int year) {
  if (year >= kFirstYear && year <= kLastYear) return {};
  return "is in the year " + std::to_string(year) + "; is that a slip?";
}

struct YearRead {
  int year = 0;
  const Era* era = nullptr;  // null: a western year
};

// The year at the front, or why there is none.
Read<YearRead> take_year(Scanner& scanner, std::string_view forms) {
  char letter = scanner.take("RHSTMrhstm");
  if (letter >= 'a') letter = static_cast<char>(letter - 'a' + 'A');
  const auto written = scanner.number(4);
  if (!written) return unreadable<YearRead>(std::string(forms));
  if (letter == 0 && scanner.digits() != 4) {
    return unreadable<YearRead>("needs the year with four digits or with its era (R8, 令和8年)");
  }
  YearRead out{*written, nullptr};
  if (letter != 0) {
    if (out.year < 1 || scanner.digits() > 2) {
      return unreadable<YearRead>("has a year that no era has; the first year is 1 or 元");
    }
    out.era =
        std::find_if(kEras.begin(), kEras.end(), [&](const Era& e) { return e.letter == letter; });
    out.year += out.era->before;
  }
  if (std::string why = if_a_slip(out.year); !why.empty()) {
    return unreadable<YearRead>(std::move(why));
  }
  return {out, {}};
}

struct MonthRead {
  Month month{};
  const Era* era = nullptr;
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
  const Month read =
      std::chrono::year{year.value->year} / std::chrono::month{static_cast<unsigned>(*month)};
  return {MonthRead{read, year.value->era, separator}, {}};
}

// R1.4.30: that year had begun under the era before. `last` is the last day that is meant.
std::string before_its_era(const Era* era, Day last, bool is_month) {
  if (era == nullptr || last >= std::chrono::local_days{era->begins}) return {};
  const Era* earlier = era + 1;
  if (earlier == kEras.data() + kEras.size()) return {};
  const std::chrono::year_month_day meant{last};
  const auto number = [](unsigned part) { return "." + std::to_string(part); };
  return "is before " + std::string(era->name) + " began (" +
         to_string(Day{std::chrono::local_days{era->begins}}) + "); taken for " +
         std::string(1, earlier->letter) +
         std::to_string(static_cast<int>(meant.year()) - earlier->before) +
         number(static_cast<unsigned>(meant.month())) +
         (is_month ? "" : number(static_cast<unsigned>(meant.day()))) + ", " +
         (is_month ? to_string(month_of(last)) : to_string(last));
}

std::string no_such_day(Month month) {
  return "is not a day: " + to_string(month) + " ends on " + to_string(last_day(month));
}

// What a spreadsheet keeps of a date is the count of days since the end of 1899. Five digits are
// the years from 1927 to 2173.
std::string if_days_are_counted(std::string_view text) {
  const bool digits = text.size() == 5 && std::all_of(text.begin(), text.end(),
                                                      [](char c) { return c >= '0' && c <= '9'; });
  if (!digits) return {};
  const Day counted = Day{std::chrono::local_days{date(1899, 12, 30)}} +
                      std::chrono::days{std::stoi(std::string(text))};
  return "is the number that a spreadsheet keeps for a date, " + to_string(counted) +
         " perhaps; format the column as a date there and save it again";
}

Read<Day> day_in_one_spelling(std::string_view text) {
  if (std::string why = if_days_are_counted(text); !why.empty()) {
    return unreadable<Day>(std::move(why));
  }
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
  const Day read{std::chrono::local_days{ymd}};
  return {read, {}, before_its_era(month.value->era, read, false)};
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

// What a program has written: any year can stand there, and only some are meant.
Read<InstantText> believable(Instant at, const Zone& zone) {
  const int year = static_cast<int>(std::chrono::year_month_day{zone.day_of(at)}.year());
  if (std::string why = if_a_slip(year); !why.empty()) {
    return unreadable<InstantText>(std::move(why));
  }
  return {InstantText{at, false}, {}};
}

// A date that a spreadsheet shows with an hour has midnight: 0:00, or 00:00:00 from a database.
std::string_view without_midnight(std::string_view spelled) {
  const auto gap = spelled.find_last_of(' ');
  if (gap == std::string_view::npos) return spelled;
  const auto time = read_time(spelled.substr(gap + 1));
  return time && *time == std::chrono::seconds{0} ? trim(spelled.substr(0, gap)) : spelled;
}

}  // namespace

Read<Day> read_day(std::string_view text) {
  const std::string spelled = one_spelling(trim(text));
  return day_in_one_spelling(without_midnight(spelled));
}

Read<InstantText> read_instant(std::string_view text, const Zone& zone) {
  const std::string_view trimmed = trim(text);
  if (const auto instant = parse_instant(trimmed)) return believable(*instant, zone);
  const std::string spelled = one_spelling(trimmed);
  const auto colon = spelled.find(':');
  // As a spreadsheet writes it of a cell that has no hour; somebody who means midnight writes
  // 00:00.
  const bool no_hour = spelled.ends_with(" 0:00") || spelled.ends_with(" 0:00:00");
  if (colon == std::string::npos || no_hour) {
    const auto day = day_in_one_spelling(without_midnight(spelled));
    if (!day.value) return unreadable<InstantText>(day.error);
    return {InstantText{local_instant(*day.value, std::chrono::hours{12}, zone), true},
            {},
            day.warning};
  }
  const auto gap = spelled.find_last_of(" T", colon);
  const auto time = gap == std::string::npos ? std::nullopt
                                             : read_time(std::string_view(spelled).substr(gap + 1));
  if (!time) return unreadable<InstantText>(std::string(kInstantForms));
  const auto day = day_in_one_spelling(std::string_view(spelled).substr(0, gap));
  if (!day.value) return unreadable<InstantText>(day.error);
  return {InstantText{local_instant(*day.value, *time, zone), false}, {}, day.warning};
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
  return {
      month.value->month, {}, before_its_era(month.value->era, last_day(month.value->month), true)};
}

Read<std::vector<Month>> read_months(std::string_view text) {
  std::string half = plain(text);
  for (std::size_t at = 0; (at = half.find("、", at)) != std::string::npos;) {
    half.replace(at, std::string_view("、").size(), " ");
  }
  std::replace(half.begin(), half.end(), ',', ' ');
  std::vector<Month> months;
  std::string warning;
  std::string_view rest = trim(half);
  while (!rest.empty()) {
    const auto end = std::min(rest.find_first_of(" \n\r"), rest.size());
    const auto month = read_month(rest.substr(0, end));
    if (!month.value) return unreadable<std::vector<Month>>(month.error);
    if (warning.empty()) warning = month.warning;
    months.push_back(*month.value);
    rest = trim(rest.substr(end));
  }
  std::sort(months.begin(), months.end());
  if (const auto twice = std::adjacent_find(months.begin(), months.end()); twice != months.end()) {
    return unreadable<std::vector<Month>>("names " + to_string(*twice) + " twice");
  }
  return {std::move(months), {}, std::move(warning)};
}

}  // namespace omamori
