// Reading records back: the importer's view (Registry), `list` and `export`.
//
// Each record has one query text, limited to codes from ?1 to ?2, so that one code and all codes
// are the same statement with other bounds.
#include "db/file_words.h"
#include "db/store.h"

namespace omamori {
namespace {

// Codes are ASCII letters, digits, '.', '_' and '-'; this sorts after all of them.
constexpr const char* kAfterAll = "\x7f";

constexpr const char* kOffices =
    "SELECT code, name, supervisor, core_center, line FROM office"
    " WHERE code >= ?1 AND code <= ?2 ORDER BY code";
constexpr const char* kStaff =
    "SELECT code, name, role, office, email, webhook, channels, language, until_day, line,"
    " phone FROM staff WHERE code >= ?1 AND code <= ?2 ORDER BY code";
constexpr const char* kClients =
    "SELECT c.code, c.name, c.certificate_no, v.office, v.case_manager, c.watched_from,"
    " c.ended_on, c.line, c.short_stay, c.emergency_list FROM client c JOIN client_version v ON "
    "v.id ="
    " (SELECT id FROM client_version WHERE client = c.code"
    "  ORDER BY known_from DESC, id DESC LIMIT 1)"
    " WHERE c.code >= ?1 AND c.code <= ?2 ORDER BY c.code";
constexpr const char* kPeriods =
    "SELECT client, start_day, end_day, plan_kind, decision_kind, interval_months,"
    " monitoring_months, cut, line FROM period_version p"
    " WHERE client >= ?1 AND client <= ?2 AND id ="
    " (SELECT id FROM period_version WHERE client = p.client AND start_day = p.start_day"
    "  ORDER BY known_from DESC, id DESC LIMIT 1)"
    " ORDER BY client, start_day";
constexpr const char* kChecks =
    "SELECT c.code, c.client, v.from_day, v.until_day, v.every_days, v.grace_days, v.extends_to,"
    " v.agreed_on, v.provider, c.method, c.agreed_by, c.watched_from, v.line, c.provider_ref,"
    " c.fail_means, c.get_allowed"
    " FROM safety_check c JOIN check_version v ON v.id ="
    " (SELECT id FROM check_version WHERE client = c.client AND check_code = c.code"
    "  ORDER BY known_from DESC, id DESC LIMIT 1)"
    " WHERE c.code >= ?1 AND c.code <= ?2 ORDER BY c.code";
const std::string kCheckInColumns =
    "SELECT id, check_code, at, on_day, outcome, by, note, voided, line, joins, p.first_at,"
    " p.last_at, p.times, day_alone FROM check_in LEFT JOIN ping p ON p.check_in = id";
const std::string kMonitoringColumns =
    "SELECT id, client, on_day, for_month, by, note, voided, line FROM monitoring";

OfficeRecord office_of(const Cursor& row) {
  return {row.text(0), row.text(1), row.text(2), row.text(3), row.number(4)};
}

StaffRecord staff_of(const Cursor& row) {
  StaffRecord staff;
  staff.code = row.view(0);
  staff.name = row.view(1);
  staff.role = from_file_word<Role>(row.view(2));
  staff.office = row.view(3);
  staff.email = row.view(4);
  staff.webhook = row.view(5);
  staff.channels = split_channels(row.view(6));
  if (!row.is_null(7)) staff.language = from_file_word<Language>(row.view(7));
  staff.until = row.optional_day(8);
  staff.line = row.number(9);
  staff.phone = row.view(10);
  return staff;
}

ClientRecord client_of(const Cursor& row) {
  ClientRecord client;
  client.code = row.view(0);
  client.name = row.view(1);
  client.certificate_no = row.view(2);
  client.office = row.view(3);
  client.case_manager = row.view(4);
  client.watched_from = row.day(5);
  client.ended_on = row.optional_day(6);
  client.line = row.number(7);
  client.short_stay = row.view(8);
  client.emergency_list = row.flag(9);
  return client;
}

PeriodRecord period_of(const Cursor& row) {
  PeriodRecord record;
  record.client = row.view(0);
  record.period.start = row.day(1);
  record.period.end = row.day(2);
  record.period.plan_kind = from_file_word<PlanKind>(row.view(3));
  record.period.decision_kind = from_file_word<DecisionKind>(row.view(4));
  record.period.interval_months = row.optional_number(5);
  record.period.monitoring_months = split_months(row.view(6));
  record.cut = row.flag(7);
  record.line = row.number(8);
  return record;
}

CheckRecord check_of(const Cursor& row) {
  CheckRecord check;
  check.code = row.view(0);
  check.client = row.view(1);
  check.terms.from = row.day(2);
  check.terms.until = row.optional_day(3);
  check.terms.every_days = row.number(4);
  check.terms.grace_days = row.number(5);
  check.terms.extends_to = row.optional_number(6);
  check.terms.agreed_on = row.optional_day(7);
  check.terms.provider = row.view(8);
  check.method = row.view(9);
  check.agreed_by = row.view(10);
  check.watched_from = row.day(11);
  check.line = row.number(12);
  check.provider_ref = row.view(13);
  if (!row.is_null(14)) check.fail_means = from_file_word<Outcome>(row.view(14));
  check.get_allowed = row.flag(15);
  return check;
}

CheckInRecord check_in_of(const Cursor& row) {
  CheckInRecord record;
  record.id = row.integer(0);
  record.check = row.view(1);
  record.at = row.instant(2);
  record.on = row.day(3);
  record.outcome = from_file_word<Outcome>(row.view(4));
  record.by = row.view(5);
  record.note = row.view(6);
  record.voided = row.flag(7);
  record.line = row.number(8);
  record.joins = row.integer(9);
  if (!row.is_null(12)) record.pings = {row.instant(10), row.instant(11), row.integer(12)};
  record.day_alone = row.flag(13);
  return record;
}

MonitoringRecord monitoring_of(const Cursor& row) {
  MonitoringRecord record;
  record.id = row.integer(0);
  record.client = row.view(1);
  record.on = row.day(2);
  record.for_month = row.optional_month(3);
  record.by = row.view(4);
  record.note = row.view(5);
  record.voided = row.flag(6);
  record.line = row.number(7);
  return record;
}

}  // namespace

struct Store::Lists {
  explicit Lists(Database& database) : db(database) {}
  Database& db;
  Statement office{db, kOffices};
  Statement staff{db, kStaff};
  Statement client{db, kClients};
  Statement periods{db, kPeriods};
  Statement check{db, kChecks};
  // The day in UTC and one around it hold the day of every zone.
  Statement check_ins{db, kCheckInColumns +
                              " WHERE check_code = ?1 AND on_day = ?2 AND at >= ?3 AND at < ?4"
                              " AND client = (SELECT client FROM safety_check WHERE code = ?1)"
                              " ORDER BY at, id"};
  Statement monitorings{db, kMonitoringColumns + " WHERE client = ?1 AND on_day = ?2 ORDER BY id"};
  Statement client_count{db, "SELECT count(*) FROM client"};
  Statement counts{db,
                   "SELECT (SELECT count(*) FROM client),"
                   " (SELECT count(*) FROM client WHERE ended_on IS NOT NULL),"
                   " (SELECT count(*) FROM client_schedule WHERE dirty = 1),"
                   " (SELECT count(*) FROM obligation WHERE state = 'live'),"
                   " (SELECT count(*) FROM item WHERE state = 'owed'),"
                   " (SELECT count(*) FROM message WHERE state = 'pending'),"
                   " (SELECT count(*) FROM message WHERE state IN ('refused', 'expired')"
                   " AND kind <> 'test'),"
                   " (SELECT min(first_owed_at) FROM item WHERE state = 'owed'),"
                   " (SELECT count(*) FROM client_schedule WHERE reason = ?1),"
                   " (SELECT count(*) FROM client WHERE NOT EXISTS"
                   " (SELECT 1 FROM client_schedule s WHERE s.client = client.code))"};
  Statement names{
      db, "SELECT name, certificate_no, short_stay, emergency_list FROM client WHERE code = ?1"};
};

std::shared_ptr<Store::Lists> Store::make_lists() { return std::make_shared<Lists>(database_); }

std::optional<OfficeRecord> Store::office(const std::string& code) {
  Cursor rows = lists_->office.query(code, code);
  if (!rows.next()) return std::nullopt;
  return office_of(rows);
}

std::optional<StaffRecord> Store::staff(const std::string& code) {
  Cursor rows = lists_->staff.query(code, code);
  if (!rows.next()) return std::nullopt;
  return staff_of(rows);
}

std::optional<ClientRecord> Store::client(const std::string& code) {
  Cursor rows = lists_->client.query(code, code);
  if (!rows.next()) return std::nullopt;
  return client_of(rows);
}

std::vector<PeriodRecord> Store::periods(const std::string& client) {
  std::vector<PeriodRecord> found;
  for (Cursor rows = lists_->periods.query(client, client); rows.next();) {
    found.push_back(period_of(rows));
  }
  return found;
}

std::optional<CheckRecord> Store::check(const std::string& code) {
  Cursor rows = lists_->check.query(code, code);
  if (!rows.next()) return std::nullopt;
  return check_of(rows);
}

std::vector<CheckInRecord> Store::check_ins(const std::string& check, Day on) {
  std::vector<CheckInRecord> found;
  const Instant in_utc{on.time_since_epoch()};
  const Instant from = in_utc - std::chrono::days{1};
  const Instant until = in_utc + std::chrono::days{2};
  for (Cursor rows = lists_->check_ins.query(check, on, from, until); rows.next();) {
    found.push_back(check_in_of(rows));
  }
  return found;
}

std::vector<MonitoringRecord> Store::monitorings(const std::string& client, Day on) {
  std::vector<MonitoringRecord> found;
  for (Cursor rows = lists_->monitorings.query(client, on); rows.next();) {
    found.push_back(monitoring_of(rows));
  }
  return found;
}

std::size_t Store::client_count() {
  Cursor rows = lists_->client_count.query();
  return rows.next() ? static_cast<std::size_t>(rows.integer(0)) : 0;
}

std::vector<std::string> Store::codes(Coded what) {
  const char* table = "office";
  if (what == Coded::staff) table = "staff";
  if (what == Coded::client) table = "client";
  if (what == Coded::check) table = "safety_check";
  Statement all(database_, std::string("SELECT code FROM ") + table + " ORDER BY code");
  std::vector<std::string> found;
  for (Cursor rows = all.query(); rows.next();) found.push_back(rows.text(0));
  return found;
}

std::vector<LiveClient> Store::live_clients(Day today) {
  Statement all(database_,
                "SELECT code, certificate_no FROM client WHERE ended_on IS NULL OR ended_on >= ?1"
                " ORDER BY code");
  std::vector<LiveClient> found;
  for (Cursor rows = all.query(today); rows.next();) found.push_back({rows.text(0), rows.text(1)});
  return found;
}

StoreCounts Store::counts() {
  Cursor rows = lists_->counts.query(kCouldNotBePlanned);
  rows.next();
  StoreCounts counts;
  counts.clients = rows.integer(0);
  counts.ended_clients = rows.integer(1);
  counts.dirty_clients = rows.integer(2);
  counts.live_obligations = rows.integer(3);
  counts.owed_items = rows.integer(4);
  counts.pending_messages = rows.integer(5);
  counts.dead_messages = rows.integer(6);
  counts.oldest_owed_at = rows.optional_instant(7);
  counts.unplanned_clients = rows.integer(8);
  counts.unscheduled_clients = rows.integer(9);
  return counts;
}

std::optional<ClientNames> Store::names(const std::string& client) {
  Cursor rows = lists_->names.query(client);
  if (!rows.next()) return std::nullopt;
  return ClientNames{rows.text(0), rows.text(1), rows.text(2), rows.flag(3)};
}

void Store::each_office(const std::function<void(const OfficeRecord&)>& each) {
  Statement all(database_, kOffices);
  for (Cursor rows = all.query("", kAfterAll); rows.next();) each(office_of(rows));
}

void Store::each_staff(const std::function<void(const StaffRecord&)>& each,
                       const std::function<void(const std::string&)>& unreadable) {
  Statement all(database_, kStaff);
  for (Cursor rows = all.query("", kAfterAll); rows.next();) {
    std::optional<StaffRecord> staff;
    try {
      staff = staff_of(rows);
    } catch (const BadRow&) {
      if (!unreadable) throw;
      unreadable(rows.text(0));
      continue;
    }
    each(*staff);
  }
}

void Store::each_client(const std::function<void(const ClientRecord&)>& each) {
  Statement all(database_, kClients);
  for (Cursor rows = all.query("", kAfterAll); rows.next();) each(client_of(rows));
}

void Store::each_period(const std::function<void(const PeriodRecord&)>& each) {
  Statement all(database_, kPeriods);
  for (Cursor rows = all.query("", kAfterAll); rows.next();) each(period_of(rows));
}

void Store::each_check(const std::function<void(const CheckRecord&)>& each) {
  Statement all(database_, kChecks);
  for (Cursor rows = all.query("", kAfterAll); rows.next();) each(check_of(rows));
}

void Store::each_check_in(const std::function<void(const CheckInRecord&)>& each) {
  Statement all(database_,
                kCheckInColumns + " WHERE voided = 0 ORDER BY client, check_code, at, id");
  for (Cursor rows = all.query(); rows.next();) each(check_in_of(rows));
}

void Store::each_monitoring(const std::function<void(const MonitoringRecord&)>& each) {
  Statement all(database_, kMonitoringColumns + " WHERE voided = 0 ORDER BY client, on_day, id");
  for (Cursor rows = all.query(); rows.next();) each(monitoring_of(rows));
}

}  // namespace omamori
