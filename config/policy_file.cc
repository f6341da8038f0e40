#include "config/policy_file.h"

#include <algorithm>
#include <functional>

#include "config/policy_tables.h"
#include "config/policy_words.h"
#include "config/text_file.h"
#include "config/toml_reader.h"

namespace omamori {
namespace {

void read_terms(TomlReader& root, Terms& terms) {
  root.integer("standard_interval_months", 1, 12, terms.standard_interval_months);
  root.integer("extended_interval_months", 1, 12, terms.extended_interval_months);
  root.integer("max_interval_months", 1, 12, terms.max_interval_months);
  root.integer("initial_months", 0, 12, terms.initial_months);
  root.word("start_month", start_month_words, terms.include_start_month);
  root.word("initial_starts", initial_starts_words, terms.initial_from_next_month);
}

void read_times(TomlReader& root, Policy& policy) {
  root.parsed("send_at", parse_time_of_day, "a time of day such as \"08:30\"", policy.send_at);
  root.word("weekly_on", weekday_words, policy.weekly_on);
  const std::string_view duration =
      "a duration such as \"30m\", \"4h\" or \"1d\", from 1 minute to 7 days";
  root.parsed("fallback_after", parse_duration, duration, policy.fallback_after);
  root.parsed("urgent_fallback_after", parse_duration, duration, policy.urgent_fallback_after);
  root.parsed("urgent_answer_after", parse_duration, duration, policy.urgent_answer_after);
  root.parsed("urgent_hours", parse_urgent_hours,
              "hours of one day such as \"07:00-21:00\", the end after the beginning",
              policy.urgent_hours);
  if (auto days = root.dates("closed_days")) {
    policy.closed_days = std::move(*days);
    std::sort(policy.closed_days.begin(), policy.closed_days.end());
  }
}

void read_days(TomlReader& root, Policy& policy) {
  root.integer("lapse_response_days", 1, 90, policy.lapse_response_days);
  root.integer("baseline_days", 1, 180, policy.baseline_days);
  root.integer("max_pause_days", 0, 90, policy.max_pause_days);
  if (auto days = root.integers("renewal_notice_days", 1, 365)) {
    policy.renewal_notice_days = std::move(*days);
    std::sort(policy.renewal_notice_days.begin(), policy.renewal_notice_days.end(),
              std::greater<>());
    if (policy.renewal_notice_days.empty()) {
      root.complain("renewal_notice_days", "must name at least one day");
    }
  }
}

}  // namespace

Parsed<Policy> parse_policy(std::string_view text, const std::string& file_name) {
  const Parsed<TomlValue> document = parse_toml(text, file_name);
  if (!document.value) return {std::nullopt, document.errors};

  FileErrors errors(file_name);
  TomlReader root(*document.value, "", errors);
  Policy policy;
  root.word("language", language_words, policy.language);
  root.text("contact", prose_rule, policy.contact);
  read_terms(root, policy.terms);
  read_times(root, policy);
  read_days(root, policy);
  read_offices(root, errors, policy);
  read_overrides(root, errors, policy);
  read_stages(root, errors, policy);
  root.finish();
  if (errors.size() > 0) return {std::nullopt, errors.take()};
  return {std::move(policy), {}};
}

LoadedPolicy load_policy(const std::filesystem::path& path) {
  Parsed<std::string> text = read_settings_file(path);
  if (!text.value) return {{std::nullopt, std::move(text.errors)}, ""};
  Parsed<Policy> parsed = parse_policy(*text.value, path.string());
  return {std::move(parsed), std::move(*text.value)};
}

bool says_nothing(std::string_view policy_text) {
  return policy_text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace omamori
