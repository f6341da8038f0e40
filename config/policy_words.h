// The words and small notations of policy.toml, in both directions, so that what is read and what
// the journal says of a change are written alike. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "config/policy.h"
#include "config/toml_reader.h"

namespace omamori {

// Whom a stage may name. A provider records check-ins; monitoring is not theirs to do.
inline constexpr Word<Role> stage_role_words[] = {{"case_manager", Role::case_manager},
                                                  {"supervisor", Role::supervisor},
                                                  {"core_center", Role::core_center},
                                                  {"coordinator", Role::coordinator},
                                                  {"operator", Role::operator_}};
inline constexpr Word<bool> start_month_words[] = {{"skip", false}, {"include", true}};
inline constexpr Word<bool> initial_starts_words[] = {{"decision_month", false},
                                                      {"next_month", true}};
inline constexpr Word<Language> language_words[] = {{"ja", Language::ja}, {"en", Language::en}};
inline constexpr Word<std::optional<std::chrono::weekday>> weekday_words[] = {
    {"monday", std::chrono::Monday},       {"tuesday", std::chrono::Tuesday},
    {"wednesday", std::chrono::Wednesday}, {"thursday", std::chrono::Thursday},
    {"friday", std::chrono::Friday},       {"saturday", std::chrono::Saturday},
    {"sunday", std::chrono::Sunday},       {"never", std::nullopt}};

// The text of `value`, which is one of `words`.
template <class T, std::size_t N>
std::string word_of(const Word<T> (&words)[N], const T& value) {
  for (const Word<T>& word : words) {
    if (word.value == value) return std::string(word.text);
  }
  return "?";
}

// "08:30", 00:00 to 23:59.
std::optional<TimeOfDay> parse_time_of_day(std::string_view text);
std::string time_text(TimeOfDay time);

// "07:00-21:00"; the end is later than the beginning, and may be 24:00.
std::optional<UrgentHours> parse_urgent_hours(std::string_view text);
std::string hours_text(const UrgentHours& hours);

// "30m", "4h", "1d": a whole number of one unit, at least 1 minute and at most 7 days.
std::optional<std::chrono::minutes> parse_duration(std::string_view text);
std::string duration_text(std::chrono::minutes duration);

// 1–64 of A-Za-z0-9._-: what clients, offices, staff and checks are called.
bool is_code(std::string_view text);
// The same as a rule for TomlReader. It does not repeat the text: it may be somebody's name.
std::string code_rule(std::string_view text);

}  // namespace omamori
