// An import: many rows, one transaction. What the rows mean and whether they are right has been
// decided by the importer; here they become versions, and clients to be planned again.
#include <algorithm>
#include <array>
#include <map>
#include <stdexcept>
#include <unordered_set>
#include <utility>

#include "daemon/model/calendar.h"
#include "db/detail.h"
#include "db/file_words.h"
#include "db/store.h"
#include "db/store_records.h"

namespace omamori {
namespace {

constexpr std::array<std::string_view, 10> kKinds = {
    "offices",     "staff",    "clients",     "safety_checks", "check_ins",
    "monitorings", "contacts", "suspensions", "absences",      "acknowledgements"};

std::size_t rows_of(const ImportChanges& changes, std::string_view kind) {
  if (kind == "offices") return changes.offices.size();
  if (kind == "staff") return changes.staff.size();
  if (kind == "clients") return std::max(changes.clients.size(), changes.periods.size());
  if (kind == "safety_checks") return changes.checks.size();
  if (kind == "check_ins") return changes.check_ins.size();
  if (kind == "monitorings") return changes.monitorings.size();
  if (kind == "contacts") return changes.contacts.size();
  if (kind == "suspensions") return changes.suspensions.size();
  if (kind == "absences") return changes.absences.size();
  return changes.acknowledgements.size();
}

}  // namespace

// Writes the rows of one import under the journal row of their kind.
class ImportWriter {
 public:
  ImportWriter(Store::Records& records, TextKeys& keys, const std::vector<RepeatedRow>& repeated,
               const Act& act)
      : records_(records), keys_(keys), act_(act) {
    for (const RepeatedRow& row : repeated) {
      if (row.record == 0) added_.try_emplace({row.of, row.first_line}, 0);
    }
  }

  void write(std::string_view kind, const ImportChanges& changes, std::int64_t journal) {
    journal_ = journal;
    if (kind == "offices") each(changes.offices);
    if (kind == "staff") each(changes.staff);
    if (kind == "clients") each(changes.clients);
    if (kind == "clients") each(changes.periods);
    if (kind == "safety_checks") each(changes.checks);
    if (kind == "check_ins") each(changes.check_ins);
    if (kind == "monitorings") each(changes.monitorings);
    if (kind == "contacts") each(changes.contacts);
    if (kind == "suspensions") each(changes.suspensions);
    if (kind == "absences") each(changes.absences);
    if (kind == "acknowledgements") each(changes.acknowledgements);
  }

  // Kept beside its record, with a journal row of its own; nothing where it was kept before.
  std::optional<JournalEntry> keep(const RepeatedRow& row, std::int64_t journal) {
    const std::string table = row.of == RepeatedRow::Of::check_in ? "check_in" : "monitoring";
    const std::int64_t id = row.record != 0 ? row.record : added_.at({row.of, row.first_line});
    records_.put_repetition.run(table, id, row.at.value_or(Instant{}), row.by, row.note, act_.now,
                                journal, row.line);
    if (records_.db.changes() == 0) return {};
    Statement find(records_.db, "SELECT client FROM " + table + " WHERE id = ?1");
    Cursor rows = find.query(id);
    const std::string client = rows.next() ? rows.text(0) : std::string();
    return JournalEntry{act_.now,
                        act_.actor,
                        "record.repeated",
                        client,
                        table + "/" + std::to_string(id),
                        detail_json({{"at", row.at ? to_string(*row.at) : std::string()},
                                     {"by", keys_.hash(client, row.by)},
                                     {"note", keys_.hash(client, row.note)}})};
  }

  // A change in people or places can change whom any client's reminders go to.
  bool touched_all() const { return touched_all_; }
  const std::unordered_set<std::string>& touched() const { return touched_; }

 private:
  // In the order of their indexes: a large file in the order of its days would touch every page of
  // an index again and again. Rows with the same key keep their order.
  template <class Row>
  void each(const std::vector<Row>& rows) {
    std::vector<const Row*> sorted;
    sorted.reserve(rows.size());
    for (const Row& row : rows) sorted.push_back(&row);
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const Row* a, const Row* b) { return key(*a) < key(*b); });
    for (const Row* row : sorted) write_row(*row);
  }
  static const std::string& key(const CheckInRecord& row) { return row.check; }
  static const std::string& key(const Absence& row) { return row.staff; }
  template <class Row>
  static const std::string& key(const Row& row) {
    if constexpr (requires { row.client; }) {
      return row.client;
    } else {
      return row.code;
    }
  }
  void write_row(const OfficeRecord& row) {
    records_.put_office.run(row.code, row.name, row.supervisor, row.core_center, journal_,
                            row.line);
    touched_all_ = true;
  }
  void write_row(const StaffRecord& row) {
    std::optional<std::string_view> language;
    if (row.language) language = file_word(*row.language);
    records_.put_staff.run(row.code, row.name, file_word(row.role), row.office, row.email,
                           row.webhook, join_channels(row.channels), language, row.until, journal_,
                           row.line, row.phone);
    touched_all_ = true;
  }
  void write_row(const ClientRecord& row) {
    records_.put_client.run(row.code, row.name, row.certificate_no, row.watched_from, row.ended_on,
                            journal_, row.line, row.short_stay, row.emergency_list);
    records_.new_schedule.run(row.code, act_.now);
    records_.put_client_version(row.code, row.office, row.case_manager, act_.today, journal_,
                                row.line);
    touched_.insert(row.code);
  }
  void write_row(const PeriodRecord& row) {
    const Day from = std::max(
        act_.today, records_.last_known(records_.last_period, row.client, row.period.start));
    records_.put_period.run(row.client, row.period.start, from, row.period.end,
                            file_word(row.period.plan_kind), file_word(row.period.decision_kind),
                            row.period.interval_months, join_months(row.period.monitoring_months),
                            row.cut, journal_, row.line);
    touched_.insert(row.client);
  }
  void write_row(const CheckRecord& row) {
    std::optional<std::string_view> fail_means;
    if (row.fail_means) fail_means = file_word(*row.fail_means);
    records_.put_check.run(row.code, row.client, row.watched_from, row.method, row.agreed_by,
                           row.provider_ref, fail_means, row.get_allowed);
    if (records_.client_of_check(row.code) != row.client) {
      throw std::logic_error("safety check " + row.code + " belongs to another client");
    }
    const Day from =
        std::max(act_.today, records_.last_known(records_.last_check, row.client, row.code));
    const CheckTerms& terms = row.terms;
    records_.put_check_version.run(row.client, row.code, from, terms.from, terms.until,
                                   terms.every_days, terms.grace_days, terms.extends_to,
                                   terms.agreed_on, terms.provider, journal_, row.line);
    touched_.insert(row.client);
  }
  void write_row(const CheckInRecord& row) {
    if (row.check != check_) {
      check_ = row.check;
      client_ = records_.client_of_check(row.check);
      if (client_.empty()) throw std::logic_error("check-in of an unknown check " + row.check);
      touched_.insert(client_);
    }
    records_.put_check_in.run(client_, row.check, row.at, row.on, file_word(row.outcome), row.by,
                              row.note, act_.now, journal_, row.line, row.day_alone);
    note_added(RepeatedRow::Of::check_in, row.line);
  }
  void write_row(const MonitoringRecord& row) {
    records_.put_monitoring.run(row.client, row.on, row.for_month, row.by, row.note, act_.now,
                                journal_, row.line);
    note_added(RepeatedRow::Of::monitoring, row.line);
    touched_.insert(row.client);
  }

  void write_row(const ContactRecord& row) {
    records_.put_contact.run(row.client, row.on, row.by, row.note, act_.now, journal_);
    touched_.insert(row.client);
  }
  void write_row(const SuspensionRecord& row) {
    if (row.id != 0) {
      records_.set_until.run(row.id, row.until);
    } else {
      records_.put_suspension.run(row.client, row.from, row.until, row.reason, row.by, act_.now,
                                  journal_);
    }
    touched_.insert(row.client);
  }
  void write_row(const Absence& row) {
    if (row.id != 0) records_.replace_absence.run(row.id, journal_);
    records_.put_absence.run(row.staff, row.from, row.until, row.delegate, act_.now, journal_);
    touched_all_ = true;
  }
  void write_row(const AcknowledgementRecord& row) {
    records_.put_acknowledgement.run(row.client, row.said.obligation, row.said.staff,
                                     row.said.made_on, row.said.visit_on, act_.now, journal_);
    touched_.insert(row.client);
  }

  void note_added(RepeatedRow::Of of, int line) {
    const auto wanted = added_.find({of, line});
    if (wanted != added_.end()) wanted->second = records_.db.last_id();
  }

  Store::Records& records_;
  TextKeys& keys_;
  const Act& act_;
  std::int64_t journal_ = 0;
  bool touched_all_ = false;
  std::unordered_set<std::string> touched_;
  std::string check_, client_;  // of the last check-in
  // The ids of those records of this import that a later row of it repeats.
  std::map<std::pair<RepeatedRow::Of, int>, std::int64_t> added_;
};

std::vector<std::int64_t> Store::apply_import(const ImportChanges& changes,
                                              const std::vector<ImportFile>& files,
                                              const Act& act) {
  Transaction transaction(database_);
  ImportWriter writer(*records_, text_keys_, changes.repeated, act);
  std::vector<std::int64_t> rows;
  for (const std::string_view kind : kKinds) {
    const std::size_t count = rows_of(changes, kind);
    const auto file = std::find_if(files.begin(), files.end(),
                                   [&](const ImportFile& f) { return f.kind == kind; });
    if (count == 0 && file == files.end()) continue;
    const ImportFile none;
    const ImportFile& source = file == files.end() ? none : *file;
    rows.push_back(journal_.append({act.now, act.actor, "import", "", std::string(kind),
                                    detail_json({{"rows", static_cast<std::int64_t>(count)},
                                                 {"sha256", source.sha256},
                                                 {"name", text_hash(source.name)}})}));
    writer.write(kind, changes, rows.back());
  }
  for (const RepeatedRow& row : changes.repeated) {
    const std::int64_t under = journal_.head().seq + 1;
    if (const auto entry = writer.keep(row, under)) journal_.append(*entry);
  }
  if (writer.touched_all()) {
    ++settings_written_;
    mark_all_dirty(act.now);
  } else {
    for (const std::string& client : writer.touched()) mark_dirty(client, act.now);
  }
  transaction.commit();
  return rows;
}

}  // namespace omamori
