// Everything known of one client on one day, gathered once: what `show` prints as tables and
// `explain` as sentences. Facts are those known now; those dated after the day do not count. What
// was told is quoted from the store up to the end of that day.
//
// Holds names and free text: for the person at this machine only (P7).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "daemon/months.h"
#include "daemon/requirements.h"
#include "daemon/safety.h"
#include "daemon/snapshot.h"
#include "daemon/stages.h"

namespace omamori {

struct CheckView {
  const Check& check;
  const CheckVersion& version;  // as known on the day
  CheckStanding standing;
  CheckRecord record;                 // method, agreed_by
  std::vector<CheckInRecord> latest;  // the last few on or before the day, newest last
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
  const Override* override_in_force = nullptr;  // where it is what was asked for
  std::vector<CheckView> checks;
  std::vector<VisitView> visits;
  std::vector<ContactRecord> contacts;
  std::vector<SuspensionRecord> suspensions;
  std::vector<LiveView> live;
  std::vector<StoredItem> items;              // whose slot had come by the end of the day
  std::vector<StoredObligation> obligations;  // all there ever were, opened by that day
  std::vector<Reminder> owed_now;             // today: what the next tick will owe
  std::optional<Instant> next;                // today: when anything could change next…
  std::string why_no_next;                    // …or why nothing will
  std::optional<ClientSchedule> schedule;
  std::optional<KeptPolicy> policy;

 private:
  void judge();
  void read_checks(Store& store);
  void read_visits(Store& store);
  void read_rare(Store& store);
  void read_obligations(Service& service);
  void plan_on(Service& service, Instant now);
  const Terms& terms_as_of(Day day) const;
  // Now, or the end of a day that is not today.
  Instant moment(const Service& service) const;
};

}  // namespace omamori
