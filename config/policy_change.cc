#include "config/policy_change.h"

#include <algorithm>
#include <map>
#include <utility>

#include "config/policy_words.h"
#include "daemon/calendar.h"

namespace omamori {
namespace {

using Lines = std::vector<std::string>;

std::string months_text(int months) {
  return std::to_string(months) + (months == 1 ? " month" : " months");
}

std::string day_text(const std::optional<Day>& day) { return day ? to_string(*day) : "none"; }

void compare(const std::string& name, const std::string& before, const std::string& after,
             Lines& lines) {
  if (before != after) lines.push_back(name + ": " + before + " -> " + after);
}

void compare(const std::string& name, int before, int after, Lines& lines) {
  compare(name, std::to_string(before), std::to_string(after), lines);
}

std::string join(const Lines& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

std::string roles_text(const std::vector<Role>& roles) {
  Lines words;
  for (const Role role : roles) words.push_back(word_of(stage_role_words, role));
  return join(words);
}

std::string until_text(const std::optional<Day>& until) {
  return until ? "until " + to_string(*until) : "without end";
}

std::string repeat_text(int days) {
  return days == 0 ? "once" : "every " + std::to_string(days) + " days";
}

std::string content(const OfficeInterval& office) { return months_text(office.interval_months); }

std::string content(const Override& item) {
  return months_text(item.interval_months) + " " + until_text(item.until);
}

std::string content(const Stage& stage) {
  return "day " + std::to_string(stage.days) + " to " + roles_text(stage.to) + ", " +
         repeat_text(stage.repeat_days);
}

void compare_fields(const std::string& name, const OfficeInterval& before,
                    const OfficeInterval& after, Lines& lines) {
  compare(name, content(before), content(after), lines);
}

void compare_fields(const std::string& name, const Override& before, const Override& after,
                    Lines& lines) {
  compare(name, content(before), content(after), lines);
  compare(name + ": agreed_on", day_text(before.agreed_on), day_text(after.agreed_on), lines);
  if (before.reason != after.reason) lines.push_back(name + ": reason changed");
}

void compare_fields(const std::string& name, const Stage& before, const Stage& after,
                    Lines& lines) {
  compare(name, content(before), content(after), lines);
}

std::string name_of(const OfficeInterval& office) { return "office " + office.office; }
std::string name_of(const Override& item) {
  return "override " + item.client + " from " + to_string(item.from);
}
std::string name_of(const Stage& stage) { return "stage " + stage.name; }

// Added, removed and changed items of two lists, ascending by name.
template <class T>
void compare_lists(const std::vector<T>& before, const std::vector<T>& after, Lines& lines) {
  std::map<std::string, std::pair<const T*, const T*>> items;
  for (const T& item : before) items[name_of(item)].first = &item;
  for (const T& item : after) items[name_of(item)].second = &item;
  for (const auto& [name, pair] : items) {
    const auto& [old_item, new_item] = pair;
    if (!old_item) {
      lines.push_back(name + ": added (" + content(*new_item) + ")");
    } else if (!new_item) {
      lines.push_back(name + ": removed (" + content(*old_item) + ")");
    } else {
      compare_fields(name, *old_item, *new_item, lines);
    }
  }
}

void compare_closed_days(const std::vector<Day>& before, const std::vector<Day>& after,
                         Lines& lines) {
  const auto holds = [](const std::vector<Day>& days, Day day) {
    return std::find(days.begin(), days.end(), day) != days.end();
  };
  for (const Day day : before) {
    if (!holds(after, day)) lines.push_back("closed_days: removed " + to_string(day));
  }
  for (const Day day : after) {
    if (!holds(before, day)) lines.push_back("closed_days: added " + to_string(day));
  }
}

std::string numbers_text(const std::vector<int>& numbers) {
  Lines parts;
  for (const int number : numbers) parts.push_back(std::to_string(number));
  return join(parts);
}

void compare_terms(const Terms& before, const Terms& after, Lines& lines) {
  compare("standard_interval_months", before.standard_interval_months,
          after.standard_interval_months, lines);
  compare("extended_interval_months", before.extended_interval_months,
          after.extended_interval_months, lines);
  compare("max_interval_months", before.max_interval_months, after.max_interval_months, lines);
  compare("initial_months", before.initial_months, after.initial_months, lines);
  compare("start_month", word_of(start_month_words, before.include_start_month),
          word_of(start_month_words, after.include_start_month), lines);
  compare("initial_starts", word_of(initial_starts_words, before.initial_from_next_month),
          word_of(initial_starts_words, after.initial_from_next_month), lines);
}

void compare_telling(const Policy& before, const Policy& after, Lines& lines) {
  compare("send_at", time_text(before.send_at), time_text(after.send_at), lines);
  compare("language", word_of(language_words, before.language),
          word_of(language_words, after.language), lines);
  compare_closed_days(before.closed_days, after.closed_days, lines);
  compare("renewal_notice_days", numbers_text(before.renewal_notice_days),
          numbers_text(after.renewal_notice_days), lines);
  compare("lapse_response_days", before.lapse_response_days, after.lapse_response_days, lines);
  compare("baseline_days", before.baseline_days, after.baseline_days, lines);
  compare("max_pause_days", before.max_pause_days, after.max_pause_days, lines);
  compare("fallback_after", duration_text(before.fallback_after),
          duration_text(after.fallback_after), lines);
  compare("urgent_fallback_after", duration_text(before.urgent_fallback_after),
          duration_text(after.urgent_fallback_after), lines);
  compare("urgent_hours", hours_text(before.urgent_hours), hours_text(after.urgent_hours), lines);
  compare("weekly_on", word_of(weekday_words, before.weekly_on),
          word_of(weekday_words, after.weekly_on), lines);
  if (before.contact != after.contact) lines.push_back("contact: changed");
}

}  // namespace

std::vector<std::string> describe_change(const Policy& before, const Policy& after) {
  Lines lines;
  compare_terms(before.terms, after.terms, lines);
  compare_telling(before, after, lines);
  compare_lists(before.terms.offices, after.terms.offices, lines);
  compare_lists(before.terms.overrides, after.terms.overrides, lines);
  compare_lists(before.stages, after.stages, lines);
  return lines;
}

}  // namespace omamori
