// A store in a directory of its own, and short words for building what goes into it.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <stdlib.h>

#include "daemon/model/calendar.h"
#include "daemon/model/reminder.h"
#include "db/store.h"

namespace omamori {

class TempDirectory {
 public:
  explicit TempDirectory(
      const std::filesystem::path& parent = std::filesystem::temp_directory_path()) {
    std::string pattern = (parent / "omamori-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~TempDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempDirectory(const TempDirectory&) = delete;
  TempDirectory& operator=(const TempDirectory&) = delete;
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

inline Day day(const std::string& text) { return parse_day(text).value(); }
inline Month month(const std::string& text) { return parse_month(text).value(); }
inline Instant instant(const std::string& text) { return parse_instant(text).value(); }
// 09:00 in Tokyo on that day, by "tester".
inline Act on(const std::string& text) {
  return {"tester", instant(text + "T00:00:00Z"), day(text)};
}

inline MonitoringRecord visit(const std::string& client, Day on,
                              std::optional<Month> for_month = {}, const std::string& by = "",
                              const std::string& note = "") {
  return {0, client, on, for_month, by, note, false, 0};
}
// On the day of `at` in Tokyo.
inline CheckInRecord seen(const std::string& check, Instant at, Outcome outcome = Outcome::ok,
                          const std::string& by = "", const std::string& note = "") {
  const auto local = std::chrono::floor<std::chrono::days>(at + std::chrono::hours{9});
  return {0, check, at, Day{local.time_since_epoch()}, outcome, by, note, false, 0};
}
inline ContactRecord call(const std::string& client, Day on, const std::string& by = "",
                          const std::string& note = "") {
  return {0, client, on, by, note, false};
}
inline SuspensionRecord pause(const std::string& client, Day from, std::optional<Day> until = {},
                              const std::string& reason = "") {
  return {0, client, from, until, reason, "", false};
}
inline Absence away(const std::string& staff, Day from, std::optional<Day> until = {},
                    const std::string& delegate = "") {
  return {0, staff, from, until, delegate};
}

class StoreTest : public testing::Test {
 protected:
  StoreTest() : path(directory / "omamori.db") { store = create(); }

  std::unique_ptr<Store> create() {
    OpenOptions options;
    options.create = true;
    options.now = instant("2026-04-01T00:00:00Z");
    return std::make_unique<Store>(path, options);
  }
  void reopen() {
    store.reset();
    store = std::make_unique<Store>(path, OpenOptions{});
  }
  // A look behind the store's back. Closes the store; reopen() afterwards.
  std::unique_ptr<Database> raw() {
    store.reset();
    return std::make_unique<Database>(path, false);
  }

  static ClientRecord client(const std::string& code) {
    ClientRecord record;
    record.code = code;
    record.name = "Name of " + code;
    record.certificate_no = "1234567890";
    record.office = "OF-1";
    record.case_manager = "S-1";
    record.watched_from = day("2026-04-01");
    record.line = 2;
    return record;
  }
  static PeriodRecord period(const std::string& client, const std::string& start,
                             const std::string& end) {
    PeriodRecord record;
    record.client = client;
    record.period.start = day(start);
    record.period.end = day(end);
    record.line = 2;
    return record;
  }
  static CheckRecord check(const std::string& code, const std::string& client) {
    CheckRecord record;
    record.code = code;
    record.client = client;
    record.terms.from = day("2026-04-01");
    record.terms.provider = "P-1";
    record.method = "phone";
    record.watched_from = day("2026-04-01");
    return record;
  }
  static StaffRecord person(const std::string& code, Role role = Role::case_manager) {
    StaffRecord record;
    record.code = code;
    record.name = "Name of " + code;
    record.role = role;
    record.office = "OF-1";
    record.email = code + "@example.jp";
    record.channels = {Channel::email, Channel::webhook};
    return record;
  }
  // Client C-1 with one period, one check S-1, two case managers.
  static ImportChanges small_city() {
    ImportChanges changes;
    changes.offices = {{"OF-1", "Office", "SV-1", "", 2}};
    changes.staff = {person("S-1"), person("S-2"), person("SV-1", Role::supervisor)};
    changes.clients = {client("C-1")};
    changes.periods = {period("C-1", "2026-04-01", "2027-03-31")};
    changes.checks = {check("K-1", "C-1")};
    return changes;
  }
  void import(const ImportChanges& changes, const std::string& today = "2026-04-01") {
    store->apply_import(changes, {}, on(today));
  }
  void settle() {
    for (const std::string& code : store->clients_due(Instant::max())) {
      store->set_next(code, instant("2026-05-01T00:00:00Z"), "");
    }
  }

  static Obligation monitoring_of(const std::string& client, const std::string& text) {
    Obligation obligation;
    obligation.client = client;
    obligation.key = client + "/monitoring/2026-04-01/" + text;
    obligation.opened = first_day(month(text));
    obligation.window_from = first_day(month(text));
    obligation.due_by = last_day(month(text));
    obligation.count_from = *obligation.due_by;
    obligation.months = {month(text)};
    obligation.interval_months = 3;
    return obligation;
  }
  static Reminder reminder(const std::string& obligation, const std::string& staff = "S-1",
                           int days = -7) {
    Reminder reminder;
    reminder.obligation = obligation;
    reminder.stage = "stage" + std::to_string(days);
    reminder.days = days;
    reminder.slot_day = day("2026-06-23");
    reminder.slot = instant("2026-06-22T23:30:00Z");
    reminder.staff = staff;
    return reminder;
  }

  std::vector<std::string> journal_kinds(const std::string& client = "") {
    std::vector<std::string> kinds;
    JournalFilter filter;
    filter.client = client;
    store->journal().read(filter, [&](const JournalRow& row) { kinds.push_back(row.entry.kind); });
    return kinds;
  }

  TempDirectory directory;
  std::filesystem::path path;
  std::unique_ptr<Store> store;
};

}  // namespace omamori
