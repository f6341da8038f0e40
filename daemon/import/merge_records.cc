// Check-ins and monitorings: records, which are added or skipped, never changed.
//
// The same by two doors is one record, whatever its `by` and note (P8): of a check, a day and what
// was found, or of a client and a day. The record that is known stays as it is; what a row says in
// other words is kept beside it. A day's rows are looked at together, against each other and
// against what is stored of that day, and told of in the order of the file.
#include <algorithm>
#include <tuple>
#include <utility>

#include "daemon/import/merge_parts.h"
#include "daemon/model/calendar.h"

namespace omamori {
namespace {

enum class Fate { left_out, added, known, voided };

// What becomes of one row of the file.
struct Decision {
  Fate fate = Fate::left_out;
  std::optional<RepeatedRow> repeated;  // known, and said in other words
};

// Indices of the whole rows, by `key`, which puts those of one day side by side.
template <typename Row, typename Key>
std::vector<std::size_t> by_key(const std::vector<Row>& rows, Key key) {
  std::vector<std::size_t> order;
  order.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].whole) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return key(rows[a]) < key(rows[b]); });
  return order;
}

// Nothing where the row says no more than the record.
template <typename Record, typename Row>
std::optional<RepeatedRow> said_differently(RepeatedRow::Of of, const Record& known, const Row& row,
                                            std::optional<Instant> other_hour) {
  const bool other_by = !row.by.empty() && row.by != known.by;
  const bool other_note = !row.note.empty() && row.note != known.note;
  if (!other_by && !other_note && !other_hour) return {};
  return RepeatedRow{of, known.id, known.line, other_hour, row.by, row.note, row.line};
}

class CheckInMerge {
 public:
  explicit CheckInMerge(Merge& merge)
      : merge_(merge),
        rows_(merge.files.check_ins.rows),
        report_(CsvKind::check_ins, merge.files.check_ins, merge.result,
                merge.context.describe_rows) {}

  void run() {
    for (const CheckInRow& row : rows_) check_reference(row);
    decide();
    auto& kept = merge_.result.changes.check_ins;
    kept.reserve(rows_.size());
    for (std::size_t i = 0; i < rows_.size(); ++i) carry_out(rows_[i], decisions_[i], kept);
  }

 private:
  Day day_of(const CheckInRow& row) const { return merge_.context.zone.day_of(row.at); }

  void check_reference(const CheckInRow& row) {
    if (row.check.empty() || merge_.overlay.checks.exists(row.check)) return;
    report_.error(
        row.line, "check_code",
        no_such("safety check", row.check, "safety_checks.csv", merge_.overlay.check_codes));
  }

  void decide() {
    decisions_.resize(rows_.size());
    const auto order = by_key(rows_, [](const CheckInRow& row) {
      return std::tuple(std::string_view(row.check), row.at, row.line);
    });
    for (auto first = order.begin(); first != order.end();) {
      const CheckInRow& row = rows_[*first];
      const Day on = day_of(row);
      const auto last = std::find_if(first, order.end(), [&](std::size_t i) {
        return rows_[i].check != row.check || day_of(rows_[i]) != on;
      });
      decide_day(on, {first, last});
      first = last;
    }
  }

  void decide_day(Day on, const std::vector<std::size_t>& of_day) {
    const std::string& check = rows_[of_day.front()].check;
    known_.clear();
    if (!merge_.overlay.new_checks.contains(check)) known_ = merge_.known.check_ins(check, on);
    words_.clear();
    for (const CheckInRecord& record : known_) {
      if (!record.voided) words_.emplace_back(record.at, record.outcome);
    }
    for (const std::size_t i : of_day) words_.emplace_back(rows_[i].at, rows_[i].outcome);
    for (const std::size_t i : of_day) decisions_[i] = decision_of(rows_[i], on);
  }

  Decision decision_of(const CheckInRow& row, Day on) {
    if (const CheckInRecord* same = known_as(row)) {
      const bool other_hour = !row.day_only && row.at != same->at;
      return {Fate::known, said_differently(RepeatedRow::Of::check_in, *same, row,
                                            other_hour ? std::optional(row.at) : std::nullopt)};
    }
    const bool voided = std::any_of(known_.begin(), known_.end(), [&](const CheckInRecord& other) {
      return other.voided && other.outcome == row.outcome && (row.day_only || row.at == other.at);
    });
    if (voided) return {Fate::voided, {}};
    known_.push_back(record_of(row, on));
    return {Fate::added, {}};
  }

  // The one of the same instant, else the first of the day.
  const CheckInRecord* known_as(const CheckInRow& row) const {
    const CheckInRecord* found = nullptr;
    for (const CheckInRecord& other : known_) {
      if (other.voided || other.outcome != row.outcome) continue;
      if (other.at == row.at) return &other;
      const bool same = row.day_only || !something_else_between(other.at, row.at, row.outcome);
      if (found == nullptr && same) found = &other;
    }
    return found;
  }

  // An ok after a concern says something new, and a concern after an ok. At one instant a concern
  // outranks an ok (RULES.md, section 3).
  bool something_else_between(Instant one, Instant other, Outcome outcome) const {
    const Instant first = std::min(one, other);
    const Instant last = std::max(one, other);
    return std::any_of(words_.begin(), words_.end(), [&](const auto& word) {
      const auto& [at, said] = word;
      if (outcome == Outcome::ok) return said == Outcome::concern && first <= at && at < last;
      return outcome == Outcome::concern && said == Outcome::ok && first < at && at < last;
    });
  }

  static CheckInRecord record_of(const CheckInRow& row, Day on) {
    CheckInRecord record;
    record.check = row.check;
    record.at = row.at;
    record.on = on;
    record.outcome = row.outcome;
    record.by = row.by;
    record.note = row.note;
    record.line = row.line;
    record.day_alone = row.day_only;
    return record;
  }

  void carry_out(const CheckInRow& row, Decision& decision, std::vector<CheckInRecord>& kept) {
    if (decision.fate == Fate::left_out) return;
    const bool says_when =
        decision.fate == Fate::added || (decision.repeated && decision.repeated->at.has_value());
    if (says_when && is_in_the_future(row)) {
      report_.error(row.line, "at", merge_.context.zone.local_text(row.at) + " is in the future");
      return;
    }
    const CheckRecord* check = merge_.overlay.checks.find(row.check);
    if (decision.fate == Fate::added && check != nullptr) {
      const std::string why = merge_.first_days.why_too_early(check->client, day_of(row));
      if (!why.empty()) return report_.error(row.line, "at", why);
    }
    if (decision.fate != Fate::added) {
      report_.skipped();
      if (decision.fate == Fate::voided) report_.warn(row.line, "at", kVoided);
      if (decision.repeated) {
        merge_.result.changes.repeated.push_back(std::move(*decision.repeated));
      }
      return;
    }
    if (merge_.context.describe_rows) {
      report_.describe(row.check + " " + to_string(row.at), std::string(csv_word(row.outcome)));
    }
    report_.added();
    kept.push_back(record_of(row, day_of(row)));
  }

  // A day alone stands for its 12:00; in the morning of that day it is no mistake.
  bool is_in_the_future(const CheckInRow& row) const {
    if (row.day_only && day_of(row) <= merge_.context.today) return false;
    return row.at > merge_.context.now;
  }

  Merge& merge_;
  const std::vector<CheckInRow>& rows_;
  FileReport<CheckInRow> report_;
  std::vector<Decision> decisions_;  // of the rows, by index
  // Of the check and day in hand: what is stored, then what is added; and what was said when.
  std::vector<CheckInRecord> known_;
  std::vector<std::pair<Instant, Outcome>> words_;
};

class MonitoringMerge {
 public:
  explicit MonitoringMerge(Merge& merge)
      : merge_(merge),
        rows_(merge.files.monitorings.rows),
        report_(CsvKind::monitorings, merge.files.monitorings, merge.result,
                merge.context.describe_rows) {}

  void run() {
    for (const MonitoringRow& row : rows_) {
      if (row.client.empty() || merge_.overlay.clients.exists(row.client)) continue;
      report_.error(row.line, "client_code",
                    no_such("client", row.client, "clients.csv", merge_.overlay.client_codes));
    }
    decide();
    auto& kept = merge_.result.changes.monitorings;
    kept.reserve(rows_.size());
    for (std::size_t i = 0; i < rows_.size(); ++i) carry_out(rows_[i], decisions_[i], kept);
  }

 private:
  // Of one day those that name a month come first: one that names none says no more.
  void decide() {
    decisions_.resize(rows_.size());
    const auto order = by_key(rows_, [](const MonitoringRow& row) {
      return std::tuple(std::string_view(row.client), row.on, !row.for_month, row.line);
    });
    const MonitoringRow* before = nullptr;
    for (const std::size_t i : order) {
      const MonitoringRow& row = rows_[i];
      if (before == nullptr || before->client != row.client || before->on != row.on) {
        known_.clear();
        if (!merge_.overlay.new_clients.contains(row.client)) {
          known_ = merge_.known.monitorings(row.client, row.on);
        }
      }
      before = &row;
      decisions_[i] = decision_of(row);
    }
  }

  Decision decision_of(const MonitoringRow& row) {
    const auto find = [&](bool voided) {
      return std::find_if(known_.begin(), known_.end(), [&](const MonitoringRecord& other) {
        return other.voided == voided && (!row.for_month || other.for_month == row.for_month);
      });
    };
    if (const auto same = find(false); same != known_.end()) {
      return {Fate::known, said_differently(RepeatedRow::Of::monitoring, *same, row, {})};
    }
    if (find(true) != known_.end()) return {Fate::voided, {}};
    known_.push_back(record_of(row));
    return {Fate::added, {}};
  }

  static MonitoringRecord record_of(const MonitoringRow& row) {
    return {0, row.client, row.on, row.for_month, row.by, row.note, false, row.line};
  }

  void carry_out(const MonitoringRow& row, Decision& decision,
                 std::vector<MonitoringRecord>& kept) {
    if (decision.fate == Fate::left_out) return;
    if (decision.fate != Fate::added) {
      report_.skipped();
      if (decision.fate == Fate::voided) report_.warn(row.line, "on", kVoided);
      if (decision.repeated) {
        merge_.result.changes.repeated.push_back(std::move(*decision.repeated));
      }
      return;
    }
    if (row.on > merge_.context.today) {
      report_.error(row.line, "on", to_string(row.on) + " is in the future");
      return;
    }
    if (const std::string why = merge_.first_days.why_too_early(row.client, row.on); !why.empty()) {
      report_.error(row.line, "on", why);
      return;
    }
    if (merge_.context.describe_rows) {
      report_.describe(row.client + " " + to_string(row.on), "new");
    }
    report_.added();
    kept.push_back(record_of(row));
  }

  Merge& merge_;
  const std::vector<MonitoringRow>& rows_;
  FileReport<MonitoringRow> report_;
  std::vector<Decision> decisions_;      // of the rows, by index
  std::vector<MonitoringRecord> known_;  // of the client and day in hand: stored, then added
};

}  // namespace

void merge_check_ins(Merge& merge) { CheckInMerge(merge).run(); }
void merge_monitorings(Merge& merge) { MonitoringMerge(merge).run(); }

}  // namespace omamori
