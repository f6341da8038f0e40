// policy.toml as a plain value: what supervisors decide. Reading it: config/policy_file.h.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "daemon/model/facts.h"
#include "daemon/model/time_of_day.h"

namespace omamori {

// `[[office]]`: an office with an interval of its own.
struct OfficeInterval {
  std::string office;
  int interval_months = 3;
  bool operator==(const OfficeInterval&) const = default;
};

// `[[override]]`: one client, from..until (inclusive, nothing = open). Two of one client never
// overlap.
struct Override {
  std::string client;
  int interval_months = 3;
  Day from{};
  std::optional<Day> until;
  std::string reason;  // free text, never sent
  std::optional<Day> agreed_on;
  bool operator==(const Override&) const = default;
};

// The settings that decide which months are required (R1–R6). Kept as a history, because a month
// that has passed is judged by the terms of its time (R7).
struct Terms {
  int standard_interval_months = 3;
  int extended_interval_months = 6;
  int max_interval_months = 12;
  int initial_months = 3;                // 0–12
  bool include_start_month = false;      // start_month = "include" (R2)
  bool initial_from_next_month = false;  // initial_starts = "next_month" (R3)
  std::vector<OfficeInterval> offices;   // ascending office
  std::vector<Override> overrides;       // ascending (client, from)
  bool operator==(const Terms&) const = default;
};

// Terms as accepted on a day.
struct TermsVersion {
  Day known_from{};
  Terms terms;
};

// `[[stage]]`: when, relative to due-by, and whom. `repeat_days` 0 = once.
struct Stage {
  std::string name;
  int days = 0;
  std::vector<Role> to;
  int repeat_days = 0;
  bool operator==(const Stage&) const = default;
};

// `urgent_hours = "07:00-21:00"`: when a concern may be told.
struct UrgentHours {
  TimeOfDay from{std::chrono::hours{7}};
  TimeOfDay until{std::chrono::hours{21}};
  bool operator==(const UrgentHours&) const = default;
};

// RULES.md section 4: the default stages. A list in the file replaces it as a whole.
std::vector<Stage> default_stages();

struct Policy {
  Terms terms;
  TimeOfDay send_at{std::chrono::hours{8} + std::chrono::minutes{30}};
  Language language = Language::ja;
  std::vector<Day> closed_days;  // the office's own, besides holidays and 12/29–1/3
  std::vector<Stage> stages = default_stages();
  std::vector<int> renewal_notice_days = {60, 30, 7};  // before the period's end, descending
  int lapse_response_days = 14;
  int baseline_days = 30;
  int max_pause_days = 30;
  std::chrono::minutes fallback_after{240};
  std::chrono::minutes urgent_fallback_after{30};
  UrgentHours urgent_hours;
  // Of urgent_hours: a concern that nobody has answered for so long is told to the next one.
  std::chrono::minutes urgent_answer_after{120};
  std::optional<std::chrono::weekday> weekly_on = std::chrono::Monday;  // nothing = never
  std::string contact;  // whom to tell if it is done already; free text shown in every message
  bool operator==(const Policy&) const = default;
};

}  // namespace omamori
