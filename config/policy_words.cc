#include "config/policy_words.h"

#include <algorithm>
#include <charconv>

namespace omamori {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

// Decimal digits only: no sign, no space.
std::optional<int> digits(std::string_view text) {
  const bool all_digits =
      std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (text.empty() || text.size() > 6 || !all_digits) return std::nullopt;
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// "HH:MM" up to and including `latest`.
std::optional<TimeOfDay> time_until(std::string_view text, minutes latest) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hour = digits(text.substr(0, 2));
  const auto minute = digits(text.substr(3));
  if (!hour || !minute || *minute > 59) return std::nullopt;
  const TimeOfDay time{hours{*hour} + minutes{*minute}};
  return time.since_midnight <= latest ? std::optional(time) : std::nullopt;
}

std::string two_digits(minutes::rep number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

}  // namespace

std::optional<TimeOfDay> parse_time_of_day(std::string_view text) {
  return time_until(text, hours{24} - minutes{1});
}

std::string time_text(TimeOfDay time) {
  const auto count = time.since_midnight.count();
  return two_digits(count / 60) + ":" + two_digits(count % 60);
}

std::optional<UrgentHours> parse_urgent_hours(std::string_view text) {
  if (text.size() != 11 || text[5] != '-') return std::nullopt;
  const auto from = parse_time_of_day(text.substr(0, 5));
  const auto until = time_until(text.substr(6), hours{24});
  if (!from || !until || until->since_midnight <= from->since_midnight) return std::nullopt;
  return UrgentHours{*from, *until};
}

std::string hours_text(const UrgentHours& hours) {
  return time_text(hours.from) + "-" + time_text(hours.until);
}

std::optional<minutes> parse_duration(std::string_view text) {
  if (text.empty()) return std::nullopt;
  const auto number = digits(text.substr(0, text.size() - 1));
  const char unit = text.back();
  if (!number || (unit != 'm' && unit != 'h' && unit != 'd')) return std::nullopt;
  const minutes duration{*number * (unit == 'm' ? 1 : unit == 'h' ? 60 : 24 * 60)};
  if (duration < minutes{1} || duration > std::chrono::days{7}) return std::nullopt;
  return duration;
}

std::string duration_text(minutes duration) {
  const auto count = duration.count();
  if (count % (24 * 60) == 0) return std::to_string(count / (24 * 60)) + "d";
  if (count % 60 == 0) return std::to_string(count / 60) + "h";
  return std::to_string(count) + "m";
}

bool is_code(std::string_view text) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  };
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), allowed);
}

std::string code_rule(std::string_view text) {
  return is_code(text) ? "" : "must be a code: 1 to 64 of the characters A-Z a-z 0-9 . _ -";
}

}  // namespace omamori
