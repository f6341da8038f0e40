// Everything known of one client on one day, gathered once: what `show` prints as tables and
// `explain` as sentences. Facts are those known now; those dated after the day do not count. What
// was told is quoted from the store up to the end of that day.
//
// Holds names and free text: for the person at this machine only (P7).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "daemon/model/reminder.h"
#include "daemon/reminders/client_plan.h"
#include "daemon/rules/check_state.h"
#include "daemon/rules/known_requirements.h"
#include "daemon/rules/month_states.h"
#include "daemon/rules/reminder_times.h"
#include "db/door_records.h"

namespace omamori {

struct CheckView {
  const Check& check;
  const CheckVersion& version;  // as known on the day
  CheckStanding standing;
  CheckRecord record;                 // method, agreed_by
  std::vector<CheckInRecord> latest;  // the last few on or before the day, newest last
  std::optional<RefusedPing> refused;
};

struct VisitView {
  VisitVerdict verdict;
  MonitoringRecord record;
};

// A stage that comes next if nobody does anything.
struct NextStage {
  Occurrence stage;
  std::vector<Recipient> to;
};

struct LiveView {
  Obligation obligation;
  std::optional<NextStage> next;  // only where the day is today
};

// A policy that something here goes back to.
struct PolicyView {
  PolicyOfDays kept;
  Day as_of{};                // a day that was judged by it
  bool interval = false;      // the interval of the day
  std::vector<Month> months;  // months shown whose interval is by its terms
  bool stages = false;        // the day's reminders
  bool in_force() const { return !kept.until; }
};

class ClientView {
 public:
  // `day` is the day looked at.
  ClientView(Service& service, ClientFacts client, Day day);
  // Parts point into each other.
  ClientView(const ClientView&) = delete;
  ClientView& operator=(const ClientView&) = delete;

  bool is_today() const { return day == today; }
  // The settings that a month was judged by (R7).
  const Terms& terms_of(const MonthRow& row) const;
  // Is the month one of the period shown, or still owed from before it?
  bool shows(const MonthRow& row) const;
  // The day as of which a month was judged: its due-by, or when its period was first known.
  Day judged_as_of(const MonthRow& row) const;
  // The terms in force on a day; before the first, the first.
  const Terms& terms_as_of(Day day) const;
  // The version of the period that starts on that day; null if it is not known.
  const PeriodVersion* period_of(Day start) const;
  // Does a concern stop every extension?
  const CheckView* concern() const;

  const ClientFacts facts;
  const Day day;
  const Day today;
  const Zone& zone;
  const Planning planning;
  ClientRecord record;
  ClientNames names;
  const ClientVersion& version;           // office and case manager on the day
  const PeriodVersion* period = nullptr;  // the one shown; null if there is none
  ClientMonths months;                    // of all periods
  Interval interval;                      // of `period`
  AskedFor asked;
  Day asked_as_of{};                            // the day by whose policy `asked` is
  const Override* override_in_force = nullptr;  // where it is what was asked for
  std::vector<CheckView> checks;
  std::vector<VisitView> visits;
  std::vector<ContactRecord> contacts;
  std::vector<Repetition> repetitions;
  std::vector<SuspensionRecord> suspensions;  // those still to come too, unless the day has passed
  std::vector<LiveView> live;
  std::vector<StoredItem> items;              // whose slot had come by the end of the day
  std::vector<StoredObligation> obligations;  // all there ever were, opened by that day
  std::vector<Reminder> owed_now;             // today: what the next tick will owe
  std::optional<Instant> next;                // today: when anything could change next…
  std::string why_no_next;                    // …or why nothing will
  std::optional<ClientSchedule> schedule;
  std::optional<KeptPolicy> policy;  // in force today
  std::vector<PolicyView> policies;  // newest first; those that cannot be read are left out

 private:
  void judge();
  void read_checks(Store& store);
  void read_visits(Store& store);
  void read_rare(Store& store);
  void read_obligations(Service& service);
  void read_policies(Store& store);
  PolicyView* policy_of(Store& store, Day as_of);
  void plan_on(Service& service, Instant now);
  // Now, or the end of a day that is not today.
  Instant moment(const Service& service) const;
};

}  // namespace omamori
