// The statements that write records, shared by store_import.cc and store_records.cc. Private to
// db/.
#pragma once

#include <string>

#include "db/sqlite/database.h"
#include "db/store.h"

namespace omamori {

struct Store::Records {
  explicit Records(Database& database) : db(database) {}
  Database& db;

  Statement put_office{
      db,
      "INSERT INTO office VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (code) DO UPDATE SET"
      " name = ?2, supervisor = ?3, core_center = ?4, journal = ?5, line = ?6"};
  Statement put_staff{
      db,
      "INSERT INTO staff VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"
      " ON CONFLICT (code) DO UPDATE SET name = ?2, role = ?3, office = ?4, email = ?5,"
      " webhook = ?6, channels = ?7, language = ?8, until_day = ?9, journal = ?10, line = ?11,"
      " phone = ?12"};
  // An import never takes back the end of a service.
  Statement put_client{
      db,
      "INSERT INTO client VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
      " ON CONFLICT (code) DO UPDATE SET name = ?2, certificate_no = ?3, watched_from = ?4,"
      " ended_on = coalesce(?5, ended_on), journal = ?6, line = ?7, short_stay = ?8,"
      " emergency_list = ?9"};
  Statement new_schedule{
      db,
      "INSERT INTO client_schedule VALUES (?1, NULL, '', 1, ?2) ON CONFLICT (client) DO NOTHING"};
  Statement last_client{db,
                        "SELECT known_from, office, case_manager FROM client_version"
                        " WHERE client = ?1 ORDER BY known_from DESC, id DESC LIMIT 1"};
  Statement put_client_row{db,
                           "INSERT INTO client_version (client, known_from, office, case_manager,"
                           " journal, line) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"};
  Statement last_period{db,
                        "SELECT known_from FROM period_version WHERE client = ?1 AND"
                        " start_day = ?2 ORDER BY known_from DESC LIMIT 1"};
  Statement put_period{
      db,
      "INSERT INTO period_version (client, start_day, known_from, end_day, plan_kind,"
      " decision_kind, interval_months, monitoring_months, cut, journal, line)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"};
  Statement put_check{db,
                      "INSERT INTO safety_check (code, client, watched_from, method, agreed_by,"
                      " provider_ref, fail_means, get_allowed)"
                      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
                      " ON CONFLICT (code) DO UPDATE SET watched_from = ?3, method = ?4,"
                      " agreed_by = ?5, provider_ref = ?6, fail_means = ?7, get_allowed = ?8"};
  Statement last_check{db,
                       "SELECT known_from FROM check_version WHERE client = ?1 AND"
                       " check_code = ?2 ORDER BY known_from DESC LIMIT 1"};
  Statement put_check_version{
      db,
      "INSERT INTO check_version (client, check_code, known_from, from_day, until_day, every_days,"
      " grace_days, extends_to, agreed_on, provider, journal, line)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"};
  Statement check_client{db, "SELECT client FROM safety_check WHERE code = ?1"};
  Statement put_check_in{
      db,
      "INSERT INTO check_in (client, check_code, at, on_day, outcome, by, note, recorded_at,"
      " journal, line, day_alone) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"};
  Statement set_voided_on{db, "UPDATE check_in SET voided_on = ?2 WHERE id = ?1"};
  Statement put_monitoring{db,
                           "INSERT INTO monitoring (client, on_day, for_month, by, note,"
                           " recorded_at, journal, line) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"};
  Statement put_repetition{db,
                           "INSERT INTO repetition (kind, record, at, by, note, recorded_at,"
                           " journal, line) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
                           " ON CONFLICT DO NOTHING"};
  Statement put_contact{db,
                        "INSERT INTO contact (client, on_day, by, note, recorded_at, journal)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"};
  Statement put_suspension{
      db,
      "INSERT INTO suspension (client, from_day, until_day, reason, by, recorded_at, journal)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"};
  // Suspensions of a client that share a day with ?2..?3 (NULL = open).
  Statement overlapping{db,
                        "SELECT id, from_day FROM suspension WHERE client = ?1 AND voided = 0"
                        " AND (?3 IS NULL OR from_day <= ?3)"
                        " AND (until_day IS NULL OR until_day >= ?2) ORDER BY from_day LIMIT 1"};
  Statement running{db,
                    "SELECT id, from_day FROM suspension WHERE client = ?1 AND voided = 0 AND"
                    " (until_day IS NULL OR until_day >= ?2) ORDER BY from_day LIMIT 1"};
  Statement set_until{db, "UPDATE suspension SET until_day = ?2 WHERE id = ?1"};
  Statement set_ended{db, "UPDATE client SET ended_on = ?2, journal = ?3 WHERE code = ?1"};
  Statement put_absence{db,
                        "INSERT INTO absence (staff, from_day, until_day, delegate, recorded_at,"
                        " journal) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"};
  Statement replace_absence{
      db, "UPDATE absence SET voided = ?2, void_reason = 'replaced by an import' WHERE id = ?1"};
  Statement put_acknowledgement{
      db,
      "INSERT INTO acknowledgement (client, obligation, staff, made_on, visit_on, recorded_at,"
      " journal) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"};

  // The client of a safety check; "" if there is no such check.
  std::string client_of_check(const std::string& check) {
    Cursor rows = check_client.query(check);
    return rows.next() ? rows.text(0) : std::string();
  }

  // The day of the newest version. A version written while the clock was behind must still be the
  // newest: it takes this day if today is earlier.
  template <class Key>
  static Day last_known(Statement& last, const std::string& client, const Key& key) {
    Cursor rows = last.query(client, key);
    return rows.next() ? rows.day(0) : Day::min();
  }

  // Appends a version if office or case manager differ from the newest one.
  void put_client_version(const std::string& client, const std::string& office,
                          const std::string& case_manager, Day today, std::int64_t journal,
                          int line);
};

}  // namespace omamori
