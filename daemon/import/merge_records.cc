// Check-ins and monitorings: records, which are added or skipped, never changed.
//
// Both work alike. A record's place is what it is about: a check, an instant and what was found
// (two people may find different things at one time, and a concern outranks an ok: RULES.md section
// 3), or a client, a day and the month it closes. Rows are looked at place by place, against each
// other and against what is stored there.
#include <algorithm>
#include <numeric>
#include <tuple>

#include "daemon/import/merge_parts.h"
#include "daemon/model/calendar.h"

namespace omamori {
namespace {

auto place_of(const CheckInRow& row) { return std::tie(row.check, row.at, row.outcome); }
auto place_of(const MonitoringRow& row) { return std::tie(row.client, row.on, row.for_month); }

bool same(const CheckInRow& a, const CheckInRow& b) { return a.by == b.by && a.note == b.note; }
bool same(const MonitoringRow& a, const MonitoringRow& b) {
  return a.by == b.by && a.note == b.note;
}
// Precondition: same place.
bool same(const CheckInRecord& a, const CheckInRow& b) { return a.by == b.by && a.note == b.note; }
bool same(const MonitoringRecord& a, const MonitoringRow& b) {
  return a.by == b.by && a.note == b.note;
}

constexpr std::string_view column_of(const CheckInRow*) { return "at"; }
constexpr std::string_view column_of(const MonitoringRow*) { return "on"; }

// Indices of the whole rows, by place, then line.
template <typename Row>
std::vector<std::size_t> by_place(const std::vector<Row>& rows) {
  std::vector<std::size_t> order;
  order.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].whole) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return place_of(rows[a]) < place_of(rows[b]);
  });
  return order;
}

// Says of rows with an earlier one at their place whether they repeat or contradict it; gives the
// others, in the order of the file.
template <typename Row>
std::vector<std::size_t> without_doubles(const std::vector<Row>& rows, FileReport<Row>& report) {
  std::vector<std::size_t> first_of_place;
  for (const std::size_t i : by_place(rows)) {
    const bool is_first =
        first_of_place.empty() || place_of(rows[first_of_place.back()]) != place_of(rows[i]);
    if (is_first) {
      first_of_place.push_back(i);
    } else if (same(rows[first_of_place.back()], rows[i])) {
      report.skipped();
    } else {
      report.error(rows[i].line, column_of(&rows[i]),
                   "line " + std::to_string(rows[first_of_place.back()].line) +
                       " says something else of the same time");
    }
  }
  std::sort(first_of_place.begin(), first_of_place.end());
  return first_of_place;
}

// What to do with a row, given the records stored at its place.
template <typename Row, typename Record>
bool is_new(const Row& row, const std::vector<Record>& stored, FileReport<Row>& report) {
  const auto find = [&](bool voided, bool equal) {
    return std::find_if(stored.begin(), stored.end(), [&](const Record& record) {
      return record.voided == voided && same(record, row) == equal;
    });
  };
  if (find(false, true) != stored.end()) {
    report.skipped();
    return false;
  }
  if (find(true, true) != stored.end()) {
    report.skipped();
    report.warn(row.line, column_of(&row), "was recorded and voided; it is not recorded again");
    return false;
  }
  if (const auto other = find(false, false); other != stored.end()) {
    const std::string line =
        other->line > 0 ? " (line " + std::to_string(other->line) + " of its import)" : "";
    report.error(row.line, column_of(&row),
                 "record " + std::to_string(other->id) + line +
                     " says something else of the same time; if it is wrong, void it first");
    return false;
  }
  return true;
}

class CheckInMerge {
 public:
  explicit CheckInMerge(Merge& merge)
      : merge_(merge),
        report_(CsvKind::check_ins, merge.files.check_ins, merge.result,
                merge.context.describe_rows) {}

  void run() {
    const auto& rows = merge_.files.check_ins.rows;
    for (const CheckInRow& row : rows) check_reference(row);
    auto& kept = merge_.result.changes.check_ins;
    kept.reserve(rows.size());
    for (const std::size_t i : without_doubles(rows, report_)) take(rows[i], kept);
  }

 private:
  void check_reference(const CheckInRow& row) {
    if (row.check.empty() || merge_.overlay.checks.exists(row.check)) return;
    report_.error(row.line, "check_code",
                  "no safety check " + row.check + "; import it in safety_checks.csv");
  }

  void take(const CheckInRow& row, std::vector<CheckInRecord>& kept) {
    std::vector<CheckInRecord> stored;
    if (!merge_.overlay.new_checks.contains(row.check)) {
      stored = merge_.known.check_ins(row.check, row.at);
    }
    std::erase_if(stored, [&](const CheckInRecord& other) { return other.outcome != row.outcome; });
    if (!is_new(row, stored, report_)) return;
    const Day on = merge_.context.zone.day_of(row.at);
    // A day alone stands for its 12:00; in the morning of that day it is no mistake.
    if (row.at > merge_.context.now && !(row.day_only && on <= merge_.context.today)) {
      report_.error(row.line, "at", merge_.context.zone.local_text(row.at) + " is in the future");
      return;
    }
    if (merge_.context.describe_rows) {
      report_.describe(row.check + " " + to_string(row.at), std::string(csv_word(row.outcome)));
    }
    report_.added();
    kept.push_back({0, row.check, row.at, on, row.outcome, row.by, row.note, false, row.line});
  }

  Merge& merge_;
  FileReport<CheckInRow> report_;
};

class MonitoringMerge {
 public:
  explicit MonitoringMerge(Merge& merge)
      : merge_(merge),
        report_(CsvKind::monitorings, merge.files.monitorings, merge.result,
                merge.context.describe_rows) {}

  void run() {
    const auto& rows = merge_.files.monitorings.rows;
    for (const MonitoringRow& row : rows) {
      if (row.client.empty() || merge_.overlay.clients.exists(row.client)) continue;
      report_.error(row.line, "client_code",
                    "no client " + row.client + "; import it in clients.csv");
    }
    auto& kept = merge_.result.changes.monitorings;
    kept.reserve(rows.size());
    for (const std::size_t i : without_doubles(rows, report_)) take(rows[i], kept);
  }

 private:
  void take(const MonitoringRow& row, std::vector<MonitoringRecord>& kept) {
    std::vector<MonitoringRecord> stored;
    if (!merge_.overlay.new_clients.contains(row.client)) {
      stored = merge_.known.monitorings(row.client, row.on);
    }
    std::erase_if(stored,
                  [&](const MonitoringRecord& other) { return other.for_month != row.for_month; });
    if (!is_new(row, stored, report_)) return;
    if (row.on > merge_.context.today) {
      report_.error(row.line, "on", to_string(row.on) + " is in the future");
      return;
    }
    if (merge_.context.describe_rows) {
      report_.describe(row.client + " " + to_string(row.on), "new");
    }
    report_.added();
    kept.push_back({0, row.client, row.on, row.for_month, row.by, row.note, false, row.line});
  }

  Merge& merge_;
  FileReport<MonitoringRow> report_;
};

}  // namespace

void merge_check_ins(Merge& merge) { CheckInMerge(merge).run(); }
void merge_monitorings(Merge& merge) { MonitoringMerge(merge).run(); }

}  // namespace omamori
