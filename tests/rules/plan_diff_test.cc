// Two policies and one client: what a supervisor would call a change, and what not.
#include "daemon/rules/plan_diff.h"

#include <functional>

#include <gtest/gtest.h>

#include "daemon/rules/message_diff.h"
#include "tests/support/facts.h"

namespace omamori {
namespace {

using testing_facts::check;
using testing_facts::check_in;
using testing_facts::client;
using testing_facts::day;
using testing_facts::directory;
using testing_facts::visit;

std::string text_of(const PlanChange& c) {
  std::string out = std::to_string(c.interval_before.months) + " " +
                    to_word(c.interval_before.basis) + " -> " +
                    std::to_string(c.interval_after.months) + " " + to_word(c.interval_after.basis);
  for (const MonthRow& row : c.months_added) out += " +" + to_string(row.month);
  for (const MonthRow& row : c.months_removed) out += " -" + to_string(row.month);
  for (const Obligation& o : c.opened) out += " opened:" + o.key.substr(4);
  for (const Obligation& o : c.ended) out += " ended:" + o.key.substr(4);
  for (const MovedObligation& m : c.moved) {
    out += " moved:" + to_string(*m.before.due_by) + "/" + to_string(*m.after.due_by);
  }
  return out + (c.alters() ? "" : " (same)");
}

// C-1 of OF-1, fiscal year 2026, seen in April; today is 2026-05-10.
std::string change_by(const std::function<void(Policy&)>& edit,
                      const std::function<void(ClientFacts&)>& with = {}) {
  ClientFacts facts = client();
  visit(facts, "2026-04-10");
  if (with) with(facts);
  const Directory people = directory();
  const Policy before;
  Policy after;
  edit(after);
  const std::vector<TermsVersion> old_terms{{Day::min(), before.terms}};
  const std::vector<TermsVersion> new_terms{{Day::min(), before.terms},
                                            {day("2026-05-10"), after.terms}};
  return text_of(compare_plans(plan_of(facts, {old_terms, before, people}, day("2026-05-10")),
                               plan_of(facts, {new_terms, after, people}, day("2026-05-10"))));
}

void checked(ClientFacts& facts) { check_in(check(facts), "2026-05-01"); }
void lapsed(ClientFacts& facts) {
  check(facts, "S-1", "2026-04-01").versions[0].terms.every_days = 5;
}
void ending(ClientFacts& facts) { facts.periods[0].period.end = day("2026-08-05"); }

// An edit of the policy, of a client with what, and how the plan changes.
const struct {
  const char* what;
  std::function<void(Policy&)> edit;
  std::function<void(ClientFacts&)> with;
  const char* change;
} kRows[] = {
    {"nothing", [](Policy&) {}, {}, "3 standard -> 3 standard (same)"},
    {"words",
     [](Policy& p) {
       p.contact = "0120";
       p.send_at = {std::chrono::hours{9}};
     },
     {},
     "3 standard -> 3 standard (same)"},
    {"a stage comes earlier",
     [](Policy& p) { p.stages[0].days = -80; },
     {},
     "3 standard -> 3 standard (same)"},
    {"the standard",
     [](Policy& p) { p.terms.standard_interval_months = 6; },
     {},
     "3 standard -> 6 standard -2026-06 -2026-12"},
    {"another office",
     [](Policy& p) {
       p.terms.offices = {{"OF-2", 1}};
     },
     {},
     "3 standard -> 3 standard (same)"},
    {"its office",
     [](Policy& p) {
       p.terms.offices = {{"OF-1", 2}};
     },
     {},
     "3 standard -> 2 office +2026-05 +2026-07 +2026-11 +2027-01 -2026-06 -2026-12 "
     "opened:monitoring/2026-04-01/2026-05"},
    {"its office, as standard",
     [](Policy& p) {
       p.terms.offices = {{"OF-1", 3}};
     },
     {},
     "3 standard -> 3 office (same)"},
    {"an override ahead",
     [](Policy& p) {
       p.terms.overrides = {{"C-1", 1, day("2026-10-01"), day("2026-11-30"), "", {}}};
     },
     {},
     "3 standard -> 3 standard +2026-10 +2026-11"},
    {"an extension, without a check",
     [](Policy& p) { p.terms.extended_interval_months = 12; },
     {},
     "3 standard -> 3 standard (same)"},
    {"an extension, with one", [](Policy& p) { p.terms.extended_interval_months = 12; }, checked,
     "6 safety_check -> 12 safety_check -2026-09"},
    {"more time after a lapse", [](Policy& p) { p.lapse_response_days = 21; }, lapsed,
     "3 standard -> 3 standard moved:2026-05-05/2026-05-12"},
    {"earlier notice of renewal, not yet",
     [](Policy& p) {
       p.renewal_notice_days = {72, 30};
     },
     ending, "3 standard -> 3 standard (same)"},
    {"earlier notice of renewal",
     [](Policy& p) {
       p.renewal_notice_days = {73, 30};
     },
     ending, "3 standard -> 3 standard opened:renewal/2026-08-05"},
};

TEST(PlanChange, WhatAltersAPlanAndWhatDoesNot) {
  for (const auto& row : kRows) EXPECT_EQ(change_by(row.edit, row.with), row.change) << row.what;
}

TEST(PlanChange, WhatCannotAlterAPlanIsKnownBeforehand) {
  const auto may = [](const std::function<void(Policy&)>& edit) {
    Policy after;
    edit(after);
    return may_alter_plans(Policy{}, after);
  };
  EXPECT_FALSE(may([](Policy& p) {
    p.stages.pop_back();
    p.closed_days = {day("2026-05-11")};
  }));
  EXPECT_FALSE(may([](Policy& p) {
    p.max_pause_days = 1;
    p.contact = "x";
  }));
  EXPECT_TRUE(may([](Policy& p) { p.terms.include_start_month = true; }));
  EXPECT_TRUE(may([](Policy& p) { p.lapse_response_days = 13; }));
  EXPECT_TRUE(may([](Policy& p) { p.baseline_days = 29; }));
  EXPECT_TRUE(may([](Policy& p) { p.renewal_notice_days = {60}; }));
}

TEST(PlanChange, TheTermsAboutAClientAreThoseOfItsOfficesAndItself) {
  ClientFacts facts = client();
  facts.versions.push_back({day("2026-05-01"), "OF-2", "CM-2", {}});
  Terms all;
  all.standard_interval_months = 4;
  all.offices = {{"OF-1", 1}, {"OF-2", 2}, {"OF-3", 3}};
  for (const char* code : {"C-0", "C-1", "C-1", "C-10"}) {
    all.overrides.push_back({code, 1, day("2026-05-01"), {}, "", {}});
  }
  const Terms own = terms_about(all, facts);
  EXPECT_EQ(own.standard_interval_months, 4);
  ASSERT_EQ(own.offices.size(), 2U);
  EXPECT_EQ(own.offices[1].office, "OF-2");
  ASSERT_EQ(own.overrides.size(), 2U);
  EXPECT_EQ(own.overrides[0].client, "C-1");
}

// "upcoming 2026-06-01": one message about one obligation to CM-1.
Foretold told(const std::string& stage, int rank, const std::string& on, int repeat = 0,
              const std::string& staff = "CM-1", const std::string& hour = "T08:30:00+09:00") {
  Foretold f;
  f.at = parse_instant(on + hour).value();
  f.reminder.obligation = "C-1/x";
  f.reminder.stage = stage;
  f.reminder.days = rank;
  f.reminder.repeat = repeat;
  f.reminder.staff = staff;
  return f;
}

std::string text_of(const std::vector<MessageChange>& changes) {
  const Zone zone("Asia/Tokyo");
  std::string out;
  for (const MessageChange& c : changes) {
    const auto day_of = [&](const std::optional<Foretold>& f) {
      return f ? to_string(zone.day_of(f->at)) : std::string("-");
    };
    const Foretold& any = c.after ? *c.after : *c.before;
    out += any.reminder.stage + " " + any.reminder.staff + " " + day_of(c.before) + " " +
           day_of(c.after) + "; ";
  }
  return out;
}

TEST(MessageChange, AdditionalNoLongerAndOnAnotherDay) {
  const Foretold first = told("upcoming", -30, "2026-06-01");
  const struct {
    const char* what;
    std::vector<Foretold> before, after;
    const char* change;
  } rows[] = {
      {"the same", {first}, {first}, ""},
      {"another hour",
       {first},
       {told("upcoming", -30, "2026-06-01", 0, "CM-1", "T23:59:59+09:00")},
       ""},
      {"past midnight",
       {first},
       {told("upcoming", -30, "2026-06-02", 0, "CM-1", "T00:00:00+09:00")},
       "upcoming CM-1 2026-06-01 2026-06-02; "},
      {"renamed", {first}, {told("soon", -30, "2026-06-01")}, ""},
      {"the stage moved",
       {first},
       {told("upcoming", -20, "2026-06-10")},
       "upcoming CM-1 2026-06-01 2026-06-10; "},
      {"moved and renamed",
       {first},
       {told("soon", -20, "2026-06-10")},
       "upcoming CM-1 2026-06-01 -; soon CM-1 - 2026-06-10; "},
      {"somebody else",
       {first},
       {told("upcoming", -30, "2026-06-01", 0, "SV-1")},
       "upcoming CM-1 2026-06-01 -; upcoming SV-1 - 2026-06-01; "},
      {"one of two of a rank", {first, first}, {first}, "upcoming CM-1 2026-06-01 -; "},
      {"another repetition",
       {told("late", 14, "2026-07-14")},
       {told("late", 14, "2026-07-14"), told("late", 21, "2026-07-21", 1)},
       "late CM-1 - 2026-07-21; "},
      {"none", {}, {}, ""},
  };
  const Zone zone("Asia/Tokyo");
  for (const auto& row : rows) {
    EXPECT_EQ(text_of(compare_messages(row.before, row.after, zone)), row.change) << row.what;
  }
}

}  // namespace
}  // namespace omamori
