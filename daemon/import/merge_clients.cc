// Clients and their decision periods. A client may have several rows, one a period.
#include <algorithm>

#include "daemon/import/merge_parts.h"
#include "daemon/import/period_list.h"
#include "daemon/model/calendar.h"

namespace omamori {
namespace {

Difference difference(const ClientRecord& from, const ClientRecord& to) {
  Difference out;
  out.hidden("name", from.name, to.name);
  out.hidden("certificate_no", from.certificate_no, to.certificate_no);
  out.shown("office_code", from.office, to.office);
  out.shown("case_manager", from.case_manager, to.case_manager);
  out.shown("watched_from", to_string(from.watched_from), to_string(to.watched_from));
  out.hidden("short_stay", from.short_stay, to.short_stay);
  out.shown("emergency_list", from.emergency_list ? "yes" : "", to.emergency_list ? "yes" : "");
  return out;
}

Difference difference(const PeriodRecord& from, const PeriodRecord& to) {
  const Period& a = from.period;
  const Period& b = to.period;
  Difference out;
  out.shown("plan_kind", std::string(csv_word(a.plan_kind)), std::string(csv_word(b.plan_kind)));
  out.shown("decision_end", to_string(a.end), to_string(b.end));
  out.shown("decision_kind", std::string(csv_word(a.decision_kind)),
            std::string(csv_word(b.decision_kind)));
  out.shown("interval_months", text_of(a.interval_months), text_of(b.interval_months));
  out.shown("monitoring_months", text_of(a.monitoring_months), text_of(b.monitoring_months));
  return out;
}

std::string key_of(const std::string& client, Day start) { return client + " " + to_string(start); }

using Rows = std::vector<const ClientRow*>;  // of one client, whole, ascending start

class ClientMerge {
 public:
  explicit ClientMerge(Merge& merge)
      : merge_(merge),
        report_(CsvKind::clients, merge.files.clients, merge.result, merge.context.describe_rows) {}

  void run() {
    if (!merge_.files.clients.complete) merge_.overlay.clients.mention_all();
    for (const ClientRow& row : merge_.files.clients.rows) {
      check_references(row);
      take(row);
    }
    for (Rows& rows : groups_) settle(rows);
    if (merge_.files.clients.given) compare_with_known();
  }

 private:
  void check_references(const ClientRow& row) {
    if (!row.office.empty() && !merge_.overlay.offices.exists(row.office)) {
      report_.error(row.line, "office_code",
                    no_such("office", row.office, "offices.csv", merge_.overlay.office_codes));
    }
    const std::string& code = row.case_manager.value;
    // One warning a code: a list names the same person many times.
    if (code.empty() || warned_.before(code, row.line) != 0) return;
    const StaffRecord* staff = merge_.overlay.staff.find(code);
    if (staff == nullptr) {
      if (!merge_.overlay.staff.exists(code)) {
        report_.warn(row.line, "case_manager", "no staff " + code + " yet");
      }
    } else if (staff->role == Role::provider) {
      report_.error(row.line, "case_manager",
                    code + " has the role provider and cannot be a case manager");
    } else if (staff->role != Role::case_manager) {
      report_.warn(row.line, "case_manager",
                   code + " has the role " + std::string(csv_word(staff->role)));
    } else if (staff->until && *staff->until < merge_.context.today) {
      report_.warn(row.line, "case_manager", code + " left on " + to_string(*staff->until));
    }
  }

  // Sorts the row to its client.
  void take(const ClientRow& row) {
    if (row.code.empty()) return;
    if (!row.whole) {
      merge_.overlay.clients.mention(row.code);
      return;
    }
    const int earlier = doubles_.before(key_of(row.code, row.decision_start), row.line);
    if (earlier != 0) {
      report_.error(row.line, "decision_start",
                    key_of(row.code, row.decision_start) + " is on line " +
                        std::to_string(earlier) + " already");
      return;
    }
    const auto [at, is_new] = places_.try_emplace(row.code, groups_.size());
    if (is_new) groups_.emplace_back();
    groups_[at->second].push_back(&row);
  }

  void settle(Rows& rows) {
    std::sort(rows.begin(), rows.end(), [](const ClientRow* a, const ClientRow* b) {
      return a->decision_start < b->decision_start;
    });
    const std::string& code = rows.front()->code;
    const ClientRecord* before = merge_.overlay.clients.find(code);
    PeriodList periods(before == nullptr ? std::vector<PeriodRecord>{}
                                         : merge_.known.periods(code));
    affected_ = false;
    report_.compare(rows.front()->line, "client_code", code, before == nullptr,
                    merge_.overlay.client_codes);
    apply(rows, periods);
    const Difference changed = settle_client(rows, before);
    count(rows, periods, before == nullptr, changed);
    keep_periods(rows, periods);
    if (affected_ && before != nullptr) ++merge_.result.clients_affected;
  }

  void apply(const Rows& rows, PeriodList& periods) {
    for (const ClientRow* row : rows) {
      const bool known_start = periods.at(row->decision_start) != nullptr;
      const bool follows = !known_start && !periods.periods().empty();
      if (follows && periods.periods().back().period.plan_kind != row->plan_kind) affected_ = true;
      const PeriodStep step = periods.apply(*row);
      if (step.error) {
        report_.error(row->line, step.error->column, row->code + ": " + step.error->message);
      }
      if (step.warning) {
        report_.warn(row->line, step.warning->column, row->code + ": " + step.warning->message);
      }
      if (step.error) continue;
      Period certificate = periods.at(row->decision_start)->period;
      certificate.end = row->decision_end;  // a later decision may have cut it here
      warn_of_missing_end(*row, certificate);
      compare_printed_range(*row, certificate);
    }
  }

  void warn_of_missing_end(const ClientRow& row, const Period& certificate) {
    const std::vector<Month>& listed = row.monitoring_months.value;
    const Month end = month_of(certificate.end);
    if (listed.empty() || certificate.plan_kind == PlanKind::self_plan || listed.back() == end)
      return;
    report_.warn(
        row.line, "monitoring_months",
        row.code + ": " + to_string(end) +
            ", the last month of the decision, is not listed; it is always to be monitored: "
            "does the certificate list it?");
  }

  void compare_printed_range(const ClientRow& row, const Period& certificate) {
    if (!row.printed_range || !merge_.context.certificate_months) return;
    const auto computed = merge_.context.certificate_months(certificate);
    if (!computed) return;
    const MonthRange& printed = *row.printed_range;
    const bool same_first = printed.first == computed->first ||
                            printed.first == computed->first_of_grid ||
                            printed.first == computed->first_after_initial;
    if (same_first && printed.last == computed->last) return;
    report_.warn(row.line, "interval_months",
                 row.code + ": the certificate prints " + to_string(printed.first) + " to " +
                     to_string(printed.last) + ", and computed from it are " +
                     to_string(computed->first) + " to " + to_string(computed->last) +
                     "; is the interval, the decision or its kind another?");
  }

  // What is said of the client itself: the row of the latest period has the last word.
  Difference settle_client(const Rows& rows, const ClientRecord* before) {
    ClientRecord after = before == nullptr ? ClientRecord{} : *before;
    if (before == nullptr) after.watched_from = merge_.context.today;
    const ClientRow& latest = *rows.back();
    warn_if_rows_disagree(rows);
    after.code = latest.code;
    after.office = latest.office;
    after.line = latest.line;
    latest.name.apply_to(after.name);
    latest.certificate_no.apply_to(after.certificate_no);
    latest.case_manager.apply_to(after.case_manager);
    latest.short_stay.apply_to(after.short_stay);
    latest.emergency_list.apply_to(after.emergency_list);
    if (latest.watched_from.given()) after.watched_from = *latest.watched_from.value;
    Difference changed;
    if (before != nullptr) {
      changed = difference(*before, after);
      if (before->case_manager != after.case_manager) affected_ = true;
    }
    if (before == nullptr) merge_.overlay.new_clients.insert(after.code);
    if (before == nullptr || changed.any()) merge_.result.changes.clients.push_back(after);
    merge_.overlay.clients.put(after);
    return changed;
  }

  // Who is known and has no row, and whose certificate's number somebody else has as well.
  void compare_with_known() {
    std::unordered_map<std::string, std::string> holders;  // by number
    for (const LiveClient& known : merge_.known.live_clients(merge_.context.today)) {
      if (places_.contains(known.code)) continue;
      if (!known.certificate_no.empty()) holders.try_emplace(known.certificate_no, known.code);
      if (!merge_.overlay.clients.is_mentioned(known.code)) {
        merge_.result.clients_not_in_file.push_back(known.code);
      }
    }
    for (const Rows& rows : groups_) {
      const ClientRecord* client = merge_.overlay.clients.find(rows.front()->code);
      if (client->certificate_no.empty()) continue;
      if (client->ended_on && *client->ended_on < merge_.context.today) continue;
      const auto [holder, is_first] = holders.try_emplace(client->certificate_no, client->code);
      if (is_first) continue;
      report_.warn(rows.back()->line, "certificate_no",
                   client->code + " has the number of " + holder->second +
                       "; a certificate is one person's");
    }
  }

  void warn_if_rows_disagree(const Rows& rows) {
    const ClientRow& latest = *rows.back();
    for (const ClientRow* row : rows) {
      if (row->office == latest.office && row->case_manager == latest.case_manager &&
          row->name == latest.name && row->certificate_no == latest.certificate_no &&
          row->watched_from == latest.watched_from && row->short_stay == latest.short_stay &&
          row->emergency_list == latest.emergency_list) {
        continue;
      }
      report_.warn(row->line, "client_code",
                   row->code + " is described differently on line " + std::to_string(latest.line) +
                       ", which counts because its decision_start is later");
    }
  }

  // One count a row; what changed of the client itself belongs to the row that said it.
  void count(const Rows& rows, const PeriodList& periods, bool is_new, const Difference& client) {
    for (const ClientRow* row : rows) {
      const PeriodRecord* now = periods.at(row->decision_start);
      if (now == nullptr) continue;  // refused
      const std::string key = key_of(row->code, row->decision_start);
      const PeriodRecord* stored = periods.stored_at(row->decision_start);
      std::string what = row == rows.back() ? client.text() : "";
      if (stored == nullptr) {
        report_.added(key);
        if (!is_new && !what.empty()) report_.describe(row->code, what);
        continue;
      }
      const Difference changed = difference(*stored, *now);
      if (changed.any()) what += (what.empty() ? "" : ", ") + changed.text();
      if (what.empty()) {
        report_.unchanged();
      } else {
        report_.changed(key, what);
      }
    }
  }

  // Keeps every period that differs from what is stored, those that were cut included.
  void keep_periods(const Rows& rows, const PeriodList& periods) {
    for (const PeriodRecord& record : periods.periods()) {
      const PeriodRecord* stored = periods.stored_at(record.period.start);
      if (stored != nullptr) {
        if (stored->period == record.period && stored->cut == record.cut) continue;
        if (stored->period.end != record.period.end) affected_ = true;
        if (stored->period.plan_kind != record.period.plan_kind) affected_ = true;
        if (!has_row(rows, record.period.start)) describe_cut(*stored, record);
      }
      merge_.result.changes.periods.push_back(record);
    }
  }

  static bool has_row(const Rows& rows, Day start) {
    return std::any_of(rows.begin(), rows.end(),
                       [&](const ClientRow* row) { return row->decision_start == start; });
  }

  void describe_cut(const PeriodRecord& stored, const PeriodRecord& cut) {
    report_.describe(key_of(cut.client, cut.period.start),
                     difference(stored, cut).text() + " (a later decision begins)");
  }

  Merge& merge_;
  FileReport<ClientRow> report_;
  Seen warned_;
  Seen doubles_;
  std::unordered_map<std::string, std::size_t> places_;
  std::vector<Rows> groups_;  // in the order in which the file first names each client
  bool affected_ = false;
};

}  // namespace

void merge_clients(Merge& merge) { ClientMerge(merge).run(); }

}  // namespace omamori
