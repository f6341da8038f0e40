// The facts: what the city, the offices and the case managers have told us, as plain values.
//
// Everything else is derived from these. They hold no behaviour and no pointers; they are copied
// freely between threads. Names follow the field's standard terms:
//
//   client 利用者 · case manager 相談支援専門員 · office 指定特定相談支援事業所
//   supervisor 管理者 (of the city 市担当者) · core centre 基幹相談支援センター · decision period
//   支給決定の有効期間 certificate 受給者証 · monitoring モニタリング · safety check 安否確認 ·
//   check-in 確認記録
//
// Settings change over time, and a month that has passed is judged by the settings of its own
// time (rule R7). Therefore everything an import or a policy file can change is kept as a list of
// versions, each with the local day from which we knew it: `known_from`. Facts with a date of
// their own (check-ins, visits, contacts, suspensions) need no versions; they are judged by it.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace omamori {

// A calendar day where the office is. Never an instant: "due by 30 June" is a day everywhere.
using Day = std::chrono::local_days;
// A calendar month where the office is.
using Month = std::chrono::year_month;
// A point in time, UTC, in whole seconds.
using Instant = std::chrono::sys_seconds;

// 計画区分. Lives on the decision period: a renewal imported early may change it.
enum class PlanKind { standby_short_stay, regular, self_plan };
// 決定区分. `new_decision` is written `new` in files; new and changed start with monthly visits
// (R3).
enum class DecisionKind { renewal, new_decision, changed };
// 結果 of a safety check. `unreachable` confirms nothing, in either direction.
enum class Outcome { ok, concern, unreachable };
// 役割.
// coordinator: 地域生活支援拠点コーディネーター.
enum class Role { case_manager, supervisor, core_center, operator_, provider, coordinator };
// 通知方法, in the order a person lists them.
enum class Channel { email, webhook, file };
enum class Language { ja, en };

// Where a fact came from: the journal row that recorded it and, for an import, the line of the
// file. Shown by `explain`. Zero means unknown (facts made up in tests).
struct Source {
  std::int64_t journal = 0;
  int line = 0;
  bool operator==(const Source&) const = default;
};

// One decision period (支給決定の有効期間) as its certificate states it.
struct Period {
  Day start{};
  Day end{};  // inclusive
  PlanKind plan_kind = PlanKind::standby_short_stay;
  DecisionKind decision_kind = DecisionKind::renewal;
  std::optional<int> interval_months;    // モニタリング期間 of the certificate, 1–12
  std::vector<Month> monitoring_months;  // explicit list (R4), ascending; empty = none
  bool operator==(const Period&) const = default;
};

// A period's content as known from a day on. Versions of one period share `period.start`.
// `cut` marks a version written because a later decision began inside the period (R11); the months
// that fell away then are "superseded".
struct PeriodVersion {
  Day known_from{};
  Period period;
  bool cut = false;
  Source source;
  bool operator==(const PeriodVersion&) const = default;
};

// What an import says of a client beyond the periods.
struct ClientVersion {
  Day known_from{};
  std::string office;        // office code
  std::string case_manager;  // staff code; empty = unassigned
  Source source;
  bool operator==(const ClientVersion&) const = default;
};

// What was agreed about a safety check (安否確認).
struct CheckTerms {
  Day from{};
  std::optional<Day> until;       // last day; nothing = open
  int every_days = 30;            // >= 1
  int grace_days = 0;             // >= 0
  std::optional<int> extends_to;  // months; nothing = the policy decides
  std::optional<Day> agreed_on;   // the city's agreement; nothing = extends nothing
  std::string provider;           // staff code, or text
  bool operator==(const CheckTerms&) const = default;
};

struct CheckVersion {
  Day known_from{};
  CheckTerms terms;
  Source source;
  bool operator==(const CheckVersion&) const = default;
};

// One time that somebody looked (確認記録).
struct CheckIn {
  std::int64_t id = 0;
  Instant at{};  // orders check-ins of one day
  Day on{};      // local day of `at`, fixed when recorded
  Outcome outcome = Outcome::ok;
  // A concern that goes on with an earlier one: the id of that. While that one is open nobody is
  // told a second time. 0 = none.
  std::int64_t joins = 0;
  // Only a day was written: `at` is its noon, and says nothing of the order on that day.
  bool day_alone = false;
  bool operator==(const CheckIn&) const = default;
};

// A check-in that was taken back: until that day it was believed.
struct VoidedCheckIn {
  CheckIn check_in;
  Day voided_on{};
  bool operator==(const VoidedCheckIn&) const = default;
};

// A safety check and its history. `versions` is never empty and ascends by known_from; `check_ins`
// ascends as they were said (daemon/model/check_in_order.h), without voided ones.
struct Check {
  std::string code;
  Day watched_from{};  // R12
  std::vector<CheckVersion> versions;
  std::vector<CheckIn> check_ins;
  std::vector<VoidedCheckIn> voided = {};
  bool operator==(const Check&) const = default;
};

// A monitoring visit (モニタリング実施). `for_month` only where the city agreed which month it
// closes.
struct Visit {
  std::int64_t id = 0;
  Day on{};
  std::optional<Month> for_month;
  Instant recorded_at = Instant::max();  // of its day, what was known when
  bool operator==(const Visit&) const = default;
};

// A contact with the client that is not a monitoring: a call after a lapse, somebody who looked in
// after a concern.
struct Contact {
  std::int64_t id = 0;
  Day on{};
  Instant recorded_at = Instant::max();
  bool operator==(const Contact&) const = default;
};

// Hospital, long absence (R10). `until` is the last suspended day; nothing = open.
struct Suspension {
  std::int64_t id = 0;
  Day from{};
  std::optional<Day> until;
  bool operator==(const Suspension&) const = default;
};

// "I am going there on `visit_on`": pauses the stages of one obligation for the one who said it.
// Without a day it is a word only, "I see to it" (対応します): nobody further is told that a
// concern or a lapse has no answer.
struct Acknowledgement {
  std::int64_t id = 0;
  std::string obligation;  // obligation key
  std::string staff;
  Day made_on{};
  std::optional<Day> visit_on;
  Instant made_at{};
  bool operator==(const Acknowledgement&) const = default;
};

// A case manager has said by a link that service ended on `on` (利用終了・死亡・転出). Service goes
// on until a supervisor confirms it.
struct EndReport {
  std::int64_t id = 0;
  Day on{};
  std::string staff;
  Day made_on{};
  bool operator==(const EndReport&) const = default;
};

// Everything known of one client. All lists ascend by their day, then id. Holds no name, no
// certificate number, no free text: what is not here cannot leak (promise P7).
struct ClientFacts {
  std::string code;
  Day watched_from{};                   // R12
  std::vector<ClientVersion> versions;  // never empty
  std::vector<PeriodVersion> periods;   // ascending (start, known_from)
  std::vector<Check> checks;            // ascending code
  std::vector<Visit> visits;
  std::vector<Contact> contacts;
  std::vector<Suspension> suspensions;
  std::vector<Acknowledgement> acknowledgements;
  std::vector<EndReport> end_reports;
  std::optional<Day> ended_on;  // last day of service (`omamorictl end`)
  bool operator==(const ClientFacts&) const = default;
};

// Somebody who can be told.
struct Staff {
  std::string code;
  Role role = Role::case_manager;
  std::string office;  // empty for a supervisor: city-wide
  std::string email;
  std::string webhook;  // endpoint name in omamori.toml
  std::vector<Channel> channels;
  std::optional<Language> language;
  std::optional<Day> until;  // 退職日, last day
  std::string phone;         // 電話: what to call in an emergency; empty = none known
};

// A supervisor without an office is one of the city (市担当者).
inline bool is_of_city(const Staff& staff) {
  return staff.role == Role::supervisor && staff.office.empty();
}

struct Office {
  std::string code;
  std::string supervisor;   // staff code, may be unknown
  std::string core_center;  // staff code, may be unknown
};

// A case manager is away; `delegate` is told instead. No delegate = the supervisor.
struct Absence {
  std::int64_t id = 0;
  std::string staff;
  Day from{};
  std::optional<Day> until;
  std::string delegate;
};

}  // namespace omamori
