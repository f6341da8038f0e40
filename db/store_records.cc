// One record at a time: what people report, and taking it back.
#include "db/store_records.h"

#include <algorithm>

#include "daemon/model/calendar.h"
#include "daemon/model/record_days.h"
#include "db/detail.h"
#include "db/file_words.h"

namespace omamori {
namespace {

Recorded refuse(std::string why) { return {0, 0, std::move(why)}; }

std::string day_or_nothing(const std::optional<Day>& day) { return day ? to_string(*day) : ""; }

std::string table_of(RecordKind kind) { return std::string(file_word(kind)); }

}  // namespace

// Who is said to have done it: a code of staff as it is, anything else is free text.
std::string code_or_hash(Store& store, TextKeys& keys, const std::string& client,
                         const std::string& by) {
  return store.staff(by) ? by : keys.hash(client, by);
}

Recorded committed(Transaction& transaction, Recorded done) {
  transaction.commit();
  return done;
}

// "" or why nothing of that day is recorded of the client.
std::string why_too_early(Store& store, const std::string& client, Day on) {
  const auto periods = store.periods(client);
  if (periods.empty()) return "";
  const auto first = std::min_element(periods.begin(), periods.end(),
                                      [](const PeriodRecord& one, const PeriodRecord& other) {
                                        return one.period.start < other.period.start;
                                      });
  return why_before_records(first->period.start, on);
}

std::shared_ptr<Store::Records> Store::make_records() {
  return std::make_shared<Records>(database_);
}

void Store::Records::put_client_version(const std::string& client, const std::string& office,
                                        const std::string& case_manager, Day today,
                                        std::int64_t journal, int line) {
  Day from = today;
  {
    Cursor rows = last_client.query(client);
    if (rows.next()) {
      if (rows.view(1) == office && rows.view(2) == case_manager) return;
      from = std::max(from, rows.day(0));
    }
  }
  put_client_row.run(client, from, office, case_manager, journal, line);
}

// The row is inserted with the number its journal row will get, so that the journal row can name
// the record.
Recorded Store::write_record(const Act& act, const RecordJournal& about,
                             const std::function<void(std::int64_t)>& insert) {
  Transaction transaction(database_);
  const std::int64_t journal = journal_.head().seq + 1;
  insert(journal);
  const std::int64_t id = database_.last_id();
  journal_.append({act.now, act.actor, about.kind, about.client,
                   about.subject.empty() ? about.table + "/" + std::to_string(id) : about.subject,
                   about.detail});
  if (about.client.empty()) {
    ++settings_written_;
    mark_all_dirty(act.now);
  } else {
    mark_dirty(about.client, act.now);
  }
  transaction.commit();
  return {id, journal, {}};
}

Recorded Store::record_monitoring(const MonitoringRecord& record, const Act& act) {
  if (!client(record.client)) return refuse("no client " + record.client);
  if (std::string why = why_too_early(*this, record.client, record.on); !why.empty())
    return refuse(why);
  const std::string month = record.for_month ? to_string(*record.for_month) : "";
  Transaction transaction(database_);
  const RecordJournal about{
      "record.monitoring", "monitoring", record.client, "",
      detail_json({{"on", to_string(record.on)},
                   {"for_month", month},
                   {"by", code_or_hash(*this, text_keys_, record.client, record.by)},
                   {"note", text_keys_.hash(record.client, record.note)}})};
  return committed(transaction, write_record(act, about, [&](std::int64_t journal) {
                     records_->put_monitoring.run(record.client, record.on, record.for_month,
                                                  record.by, record.note, act.now, journal, 0);
                   }));
}

Recorded Store::record_check_in(const CheckInRecord& record, const Act& act) {
  const std::string client = records_->client_of_check(record.check);
  if (client.empty()) return refuse("no safety check " + record.check);
  if (std::string why = why_too_early(*this, client, record.on); !why.empty()) return refuse(why);
  Transaction transaction(database_);
  const RecordJournal about{"record.check_in", "check_in", client, "",
                            detail_json({{"check", record.check},
                                         {"at", to_string(record.at)},
                                         {"outcome", std::string(file_word(record.outcome))},
                                         {"by", code_or_hash(*this, text_keys_, client, record.by)},
                                         {"note", text_keys_.hash(client, record.note)}})};
  return committed(transaction, write_record(act, about, [&](std::int64_t journal) {
                     records_->put_check_in.run(client, record.check, record.at, record.on,
                                                file_word(record.outcome), record.by, record.note,
                                                act.now, journal, 0, record.day_alone);
                   }));
}

Recorded Store::record_contact(const ContactRecord& record, const Act& act) {
  if (!client(record.client)) return refuse("no client " + record.client);
  if (std::string why = why_too_early(*this, record.client, record.on); !why.empty())
    return refuse(why);
  Transaction transaction(database_);
  const RecordJournal about{
      "record.contact", "contact", record.client, "",
      detail_json({{"on", to_string(record.on)},
                   {"by", code_or_hash(*this, text_keys_, record.client, record.by)},
                   {"note", text_keys_.hash(record.client, record.note)}})};
  return committed(transaction, write_record(act, about, [&](std::int64_t journal) {
                     records_->put_contact.run(record.client, record.on, record.by, record.note,
                                               act.now, journal);
                   }));
}

Recorded Store::suspend(const SuspensionRecord& record, const Act& act) {
  if (!client(record.client)) return refuse("no client " + record.client);
  if (std::string why = why_too_early(*this, record.client, record.from); !why.empty())
    return refuse(why);
  if (record.until && *record.until < record.from) return refuse("it ends before it begins");
  {
    Cursor rows = records_->overlapping.query(record.client, record.from, record.until);
    if (rows.next()) {
      return refuse("suspended already from " + rows.text(1) + " (suspension " +
                    std::to_string(rows.integer(0)) + "): resume or void that first");
    }
  }
  Transaction transaction(database_);
  const RecordJournal about{
      "suspend", "suspension", record.client, "",
      detail_json({{"from", to_string(record.from)},
                   {"until", day_or_nothing(record.until)},
                   {"reason", text_keys_.hash(record.client, record.reason)},
                   {"by", code_or_hash(*this, text_keys_, record.client, record.by)}})};
  return committed(transaction, write_record(act, about, [&](std::int64_t journal) {
                     records_->put_suspension.run(record.client, record.from, record.until,
                                                  record.reason, record.by, act.now, journal);
                   }));
}

Recorded Store::resume(const std::string& code, Day until, const Act& act) {
  std::int64_t id = 0;
  {
    Cursor rows = records_->running.query(code, until);
    if (!rows.next()) return refuse("not suspended on " + to_string(until) + " or later");
    id = rows.integer(0);
    if (rows.day(1) > until) {
      return refuse("the suspension begins only on " + rows.text(1) +
                    ": void it if it was never true");
    }
  }
  const RecordJournal about{"resume", "suspension", code, "suspension/" + std::to_string(id),
                            detail_json({{"until", to_string(until)}})};
  Recorded done =
      write_record(act, about, [&](std::int64_t) { records_->set_until.run(id, until); });
  done.id = id;
  return done;
}

Recorded Store::assign(const std::string& code, const std::string& case_manager, const Act& act) {
  const auto known = client(code);
  if (!known) return refuse("no client " + code);
  if (!case_manager.empty()) {
    const auto person = staff(case_manager);
    if (!person) return refuse("no staff " + case_manager);
    if (person->role == Role::provider) return refuse(case_manager + " is a provider");
  }
  if (known->case_manager == case_manager) return refuse("is assigned so already");
  const RecordJournal about{"assign", "client", code, "client/" + code,
                            detail_json({{"from", known->case_manager}, {"to", case_manager}})};
  return write_record(act, about, [&](std::int64_t journal) {
    records_->put_client_version(code, known->office, case_manager, act.today, journal, 0);
  });
}

Recorded Store::end_service(const std::string& code, std::optional<Day> last_day, const Act& act) {
  const auto known = client(code);
  if (!known) return refuse("no client " + code);
  if (known->ended_on == last_day) return refuse("it is so already");
  const RecordJournal about{"end", "client", code, "client/" + code,
                            detail_json({{"last_day", day_or_nothing(last_day)}})};
  return write_record(
      act, about, [&](std::int64_t journal) { records_->set_ended.run(code, last_day, journal); });
}

Recorded Store::add_absence(const Absence& absence, const Act& act) {
  if (!staff(absence.staff)) return refuse("no staff " + absence.staff);
  if (!absence.delegate.empty()) {
    const auto delegate = staff(absence.delegate);
    if (!delegate) return refuse("no staff " + absence.delegate);
    if (delegate->role == Role::provider) return refuse(absence.delegate + " is a provider");
  }
  if (absence.until && *absence.until < absence.from) return refuse("it ends before it begins");
  const RecordJournal about{"absence", "absence", "", "",
                            detail_json({{"staff", absence.staff},
                                         {"from", to_string(absence.from)},
                                         {"until", day_or_nothing(absence.until)},
                                         {"delegate", absence.delegate}})};
  return write_record(act, about, [&](std::int64_t journal) {
    records_->put_absence.run(absence.staff, absence.from, absence.until, absence.delegate, act.now,
                              journal);
  });
}

Recorded Store::acknowledge(const std::string& key, const std::string& person,
                            std::optional<Day> visit_on, const Act& act) {
  const auto known = obligation(key);
  if (!known) return refuse("no obligation " + key);
  if (known->state != ObligationState::live)
    return refuse("it is " + std::string(file_word(known->state)) + " already");
  if (!staff(person)) return refuse("no staff " + person);
  const std::string code = known->obligation.client;
  if (code.empty()) return refuse("it is about no client: nobody can visit");
  const RecordJournal about{
      "ack", "acknowledgement", code, "",
      detail_json(
          {{"obligation", key}, {"staff", person}, {"visit_on", day_or_nothing(visit_on)}})};
  return write_record(act, about, [&](std::int64_t journal) {
    records_->put_acknowledgement.run(code, key, person, act.today, visit_on, act.now, journal);
  });
}

Recorded Store::void_record(RecordKind kind, std::int64_t id, const std::string& reason,
                            const Act& act) {
  if (reason.empty()) return refuse("a reason is needed");
  const std::string table = table_of(kind);
  const std::string record = table + "/" + std::to_string(id);
  std::string code;
  {
    const std::string client_column = kind == RecordKind::absence ? "''" : "client";
    Statement find(database_,
                   "SELECT voided, " + client_column + " FROM " + table + " WHERE id = ?1");
    Cursor rows = find.query(id);
    if (!rows.next()) return refuse("no record " + record);
    if (rows.flag(0)) return refuse(record + " is void already");
    code = rows.text(1);
  }
  Transaction transaction(database_);
  const RecordJournal about{"void", table, code, record,
                            detail_json({{"reason", text_keys_.hash(code, reason)}})};
  Recorded done = write_record(act, about, [&](std::int64_t journal) {
    Statement mark(database_,
                   "UPDATE " + table + " SET voided = ?2, void_reason = ?3 WHERE id = ?1");
    mark.run(id, journal, reason);
    if (kind == RecordKind::check_in) records_->set_voided_on.run(id, act.today);
    // The same form again is a person's new entry, and not answered from what was kept (P8).
    Statement forget(database_,
                     "UPDATE door_act SET undone_at = ?3 WHERE record_kind = replace(?1, '_', '-')"
                     " AND record_id = ?2 AND undone_at IS NULL");
    forget.run(table, id, act.now);
  });
  done.id = id;
  transaction.commit();
  return done;
}

}  // namespace omamori
