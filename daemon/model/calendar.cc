#include "daemon/model/calendar.h"

#include <array>
#include <cstdlib>

namespace omamori {
namespace {

using std::chrono::day;
using std::chrono::local_days;
using std::chrono::month;
using std::chrono::year;
using std::chrono::year_month_day;

void append_digits(std::string& out, int value, int width) {
  std::array<char, 12> digits{};
  for (int i = width - 1; i >= 0; --i) {
    digits[static_cast<std::size_t>(i)] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
  out.append(digits.data(), static_cast<std::size_t>(width));
}

// The number in text[at, at+width), or -1.
int digits_at(std::string_view text, std::size_t at, std::size_t width) {
  if (at + width > text.size()) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + width; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

// "+09:00", "-03:30" or "Z" as seconds; nothing if it is none of them.
std::optional<std::chrono::seconds> parse_offset(std::string_view text) {
  if (text == "Z" || text == "z") return std::chrono::seconds{0};
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return {};
  const int hours = digits_at(text, 1, 2);
  const int minutes = digits_at(text, 4, 2);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return {};
  const std::chrono::seconds offset = std::chrono::hours{hours} + std::chrono::minutes{minutes};
  return text[0] == '+' ? offset : -offset;
}

}  // namespace

Month month_of(Day day) {
  const year_month_day ymd{day};
  return ymd.year() / ymd.month();
}

Day first_day(Month month) { return local_days{month / day{1}}; }

Day last_day(Month month) { return local_days{month / std::chrono::last}; }

int months_between(Month from, Month to) { return static_cast<int>((to - from).count()); }

std::string to_string(Day day) {
  const year_month_day ymd{day};
  std::string out;
  out.reserve(10);
  append_digits(out, static_cast<int>(ymd.year()), 4);
  out += '-';
  append_digits(out, static_cast<int>(static_cast<unsigned>(ymd.month())), 2);
  out += '-';
  append_digits(out, static_cast<int>(static_cast<unsigned>(ymd.day())), 2);
  return out;
}

std::string to_string(Month month) {
  std::string out;
  out.reserve(7);
  append_digits(out, static_cast<int>(month.year()), 4);
  out += '-';
  append_digits(out, static_cast<int>(static_cast<unsigned>(month.month())), 2);
  return out;
}

std::string to_string(Instant instant) {
  const auto days = std::chrono::floor<std::chrono::days>(instant);
  const int seconds = static_cast<int>((instant - days).count());
  std::string out = to_string(Day{days.time_since_epoch()});
  out += 'T';
  append_digits(out, seconds / 3600, 2);
  out += ':';
  append_digits(out, seconds / 60 % 60, 2);
  out += ':';
  append_digits(out, seconds % 60, 2);
  out += 'Z';
  return out;
}

std::optional<Month> parse_month(std::string_view text) {
  if (text.size() != 7 || text[4] != '-') return {};
  const int y = digits_at(text, 0, 4);
  const int m = digits_at(text, 5, 2);
  if (y < 1 || m < 1 || m > 12) return {};
  return year{y} / month{static_cast<unsigned>(m)};
}

std::optional<Day> parse_day(std::string_view text) {
  if (text.size() != 10 || text[7] != '-') return {};
  const auto ym = parse_month(text.substr(0, 7));
  const int d = digits_at(text, 8, 2);
  if (!ym || d < 1) return {};
  const year_month_day ymd = *ym / day{static_cast<unsigned>(d)};
  if (!ymd.ok()) return {};
  return local_days{ymd};
}

std::optional<Instant> parse_instant(std::string_view text) {
  if (text.size() < 20 || (text[10] != 'T' && text[10] != 't' && text[10] != ' ')) return {};
  const auto date = parse_day(text.substr(0, 10));
  const int h = digits_at(text, 11, 2);
  const int m = digits_at(text, 14, 2);
  const int s = digits_at(text, 17, 2);
  if (!date || text[13] != ':' || text[16] != ':' || h < 0 || h > 23 || m < 0 || m > 59) return {};
  if (s < 0 || s > 59) return {};
  std::size_t zone_at = 19;
  if (text[zone_at] == '.') {
    ++zone_at;
    const std::size_t fraction_at = zone_at;
    while (zone_at < text.size() && digits_at(text, zone_at, 1) >= 0) ++zone_at;
    if (zone_at == fraction_at) return {};
  }
  const auto offset = parse_offset(text.substr(zone_at));
  if (!offset) return {};
  const std::chrono::seconds time =
      std::chrono::hours{h} + std::chrono::minutes{m} + std::chrono::seconds{s};
  return Instant{date->time_since_epoch()} + time - *offset;
}

}  // namespace omamori
