// Digests to put into words: one of everything, as the planner would make them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "daemon/model/calendar.h"
#include "daemon/model/digest.h"
#include "daemon/model/obligation.h"

namespace omamori {

struct LineBuilder {
  Line line;

  LineBuilder(ObligationKind kind, const std::string& client, const std::string& from,
              const std::string& due_by = "") {
    line.about.kind = kind;
    line.about.client = client;
    line.about.window_from = line.about.opened = *parse_day(from);
    if (!due_by.empty()) line.about.due_by = *parse_day(due_by);
    line.about.key = client + "/" + std::string(to_word(kind)) + "/" + from;
    line.reminder.stage = "opened";
    const bool has_case_manager =
        kind != ObligationKind::unassigned && kind != ObligationKind::trouble;
    if (has_case_manager) line.case_manager = "CM-1";
  }
  LineBuilder& months(const std::vector<std::string>& months) {
    for (const auto& month : months) line.about.months.push_back(*parse_month(month));
    return *this;
  }
  LineBuilder& also(const std::string& month, const std::string& due_by) {
    line.also_open = *parse_month(month);
    line.also_due_by = *parse_day(due_by);
    return *this;
  }
  LineBuilder& check(const std::string& code, const std::string& last_ok = "") {
    line.about.check = code;
    if (!last_ok.empty()) line.about.last_ok = *parse_day(last_ok);
    return *this;
  }
  LineBuilder& basis(Basis basis, int interval, bool refused = false,
                     const std::string& waiving_check = "") {
    line.about.basis = {basis, refused};
    line.about.interval_months = interval;
    line.about.waiving_check = waiving_check;
    return *this;
  }
  LineBuilder& stage(const std::string& name, int days, int repeat = 0) {
    line.reminder.stage = name;
    line.reminder.days = days;
    line.reminder.repeat = repeat;
    line.told_before = repeat;
    return *this;
  }
  LineBuilder& late(int days) {
    line.days_late = days;
    return *this;
  }
  LineBuilder& as(Role role) {
    line.reminder.as = role;
    return *this;
  }
  LineBuilder& visit_on(const std::string& day) {
    line.visit_on = *parse_day(day);
    return *this;
  }
  LineBuilder& withdrawn() {
    line.withdrawn = true;
    return *this;
  }
  operator Line() const { return line; }
};

inline Digest digest_of(std::vector<Line> lines, Language language = Language::ja) {
  Digest digest;
  digest.to = "CM-1";
  digest.slot_day = *parse_day("2026-06-15");
  digest.slot = *parse_instant("2026-06-14T23:30:00Z");
  digest.language = language;
  digest.contact = "基幹センター 042-000-0000";
  digest.lines = std::move(lines);
  return digest;
}

// What a case manager may find on a bad morning, in no particular order.
inline std::vector<Line> case_manager_lines() {
  return {
      LineBuilder(ObligationKind::monitoring, "C-0003", "2026-06-01", "2026-06-30")
          .months({"2026-06"})
          .basis(Basis::safety_check, 6, false, "S-3")
          .stage("due_soon", -7),
      LineBuilder(ObligationKind::lapse, "C-0007", "2026-06-13", "2026-06-27")
          .check("S-7", "2026-05-09"),
      LineBuilder(ObligationKind::streak, "C-0012", "2026-05-01", "2026-05-31")
          .months({"2026-04", "2026-05"})
          .also("2026-06", "2026-06-30")
          .basis(Basis::initial, 1)
          .stage("escalated", 14, 1)
          .late(15)
          .visit_on("2026-06-18"),
      LineBuilder(ObligationKind::renewal, "C-0020", "2026-05-16", "2026-07-15")
          .stage("renewal", -30),
      LineBuilder(ObligationKind::lapse, "C-0031", "2026-06-01", "2026-06-15")
          .check("S-31", "2026-06-02")
          .withdrawn(),
  };
}

// What a supervisor is told of.
inline std::vector<Line> supervisor_lines() {
  return {
      LineBuilder(ObligationKind::streak, "C-0012", "2026-05-01", "2026-05-31")
          .months({"2026-05"})
          .basis(Basis::override_, 3, true)
          .stage("overdue", 1)
          .late(15)
          .as(Role::supervisor)
          .visit_on("2026-06-18"),
      LineBuilder(ObligationKind::concern, "C-0044", "2026-06-14", "2026-06-17")
          .check("S-44")
          .as(Role::supervisor),
      LineBuilder(ObligationKind::expired, "C-0050", "2026-05-31", "2026-05-31")
          .late(15)
          .as(Role::supervisor),
      LineBuilder(ObligationKind::unassigned, "C-0051", "2026-06-12", "2026-06-19")
          .as(Role::supervisor),
      LineBuilder(ObligationKind::suspension_standing, "C-0060", "2026-03-02").as(Role::supervisor),
      LineBuilder(ObligationKind::return_, "C-0061", "2026-05-30", "2026-06-13")
          .late(2)
          .as(Role::supervisor),
      LineBuilder(ObligationKind::baseline, "C-0062", "2026-03-01", "2026-07-01")
          .months({"2026-03"})
          .as(Role::supervisor),
  };
}

// What the operator is told of a trouble with that subject.
inline Digest trouble(const std::string& subject, Language language) {
  Line line = LineBuilder(ObligationKind::trouble, "", "2026-06-14").as(Role::operator_);
  line.about.key = "/trouble/" + subject + "/2026-06-14";
  Digest digest = digest_of({line}, language);
  digest.kind = MessageKind::trouble;
  return digest;
}

}  // namespace omamori
