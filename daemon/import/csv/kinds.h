// The kinds of CSV file as typed rows. Only what one row can say by itself is judged here;
// what rows mean together, and to what is stored, is daemon/import/merge.h.
//
// Every mistake becomes an error with file, line and column; a row with a mistake is kept with
// `whole = false`, its unreadable cells at their defaults (codes empty), so that the rest of it can
// still be checked. Pure; about a million rows a second.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/import/csv/cells.h"
#include "daemon/import/csv/encoding.h"
#include "daemon/import/csv/error.h"
#include "daemon/import/csv/printed_interval.h"
#include "daemon/import/csv/words.h"
#include "daemon/model/facts.h"
#include "daemon/model/time_zone.h"

namespace omamori {

struct OfficeRow {
  int line = 0;
  bool whole = false;
  std::string code, name;
  Cell<std::string> supervisor, core_center;
};

struct StaffRow {
  int line = 0;
  bool whole = false;
  std::string code, name;
  Role role = Role::case_manager;
  Cell<std::string> office, email, webhook;
  Cell<std::vector<Channel>> channels;
  Cell<std::optional<Language>> language;
  Cell<std::optional<Day>> until;
  Cell<std::string> phone;
};

struct ClientRow {
  int line = 0;
  bool whole = false;
  std::string code;
  Cell<std::string> name, certificate_no;
  std::string office;
  Cell<std::string> case_manager;
  PlanKind plan_kind = PlanKind::standby_short_stay;
  Day decision_start{}, decision_end{};
  Cell<DecisionKind> decision_kind;
  Cell<std::optional<int>> interval_months;
  std::optional<MonthRange> printed_range;  // behind the interval, on the certificate
  Cell<std::vector<Month>> monitoring_months;
  Cell<std::optional<Day>> watched_from;
  Cell<std::string> short_stay;
  Cell<bool> emergency_list;
};

struct CheckRow {
  int line = 0;
  bool whole = false;
  std::string code, client;
  Cell<std::string> provider, method;
  Day from{};
  Cell<std::optional<Day>> until;
  int every_days = 1;
  Cell<int> grace_days;
  Cell<std::optional<int>> extends_to_months;
  Cell<std::optional<Day>> agreed_on;
  Cell<std::string> agreed_by;
  Cell<std::optional<Day>> watched_from;
  Cell<std::string> provider_ref;
  Cell<std::optional<Outcome>> fail_means;
  Cell<bool> get_allowed;
};

// Records are never changed by a later import, so an absent column and an empty cell are the same.
struct CheckInRow {
  int line = 0;
  bool whole = false;
  bool day_only = false;  // `at` was a date alone
  Outcome outcome = Outcome::ok;
  Instant at{};
  std::string check, by, note;
};

struct MonitoringRow {
  int line = 0;
  bool whole = false;
  std::string client;
  Day on{};
  std::optional<Month> for_month;
  std::string by, note;
};

struct ContactRow {
  int line = 0;
  bool whole = false;
  std::string client;
  Day on{};
  std::string by, note;
};

struct SuspensionRow {
  int line = 0;
  bool whole = false;
  std::string client;
  Day from{};
  Cell<std::optional<Day>> until;
  std::string reason, by;
};

struct AbsenceRow {
  int line = 0;
  bool whole = false;
  std::string staff;
  Day from{};
  Cell<std::optional<Day>> until;
  Cell<std::string> delegate;
};

struct AcknowledgementRow {
  int line = 0;
  bool whole = false;
  std::string obligation, staff;
  Day made_on{};
  std::optional<Day> visit_on;
};

// One file. `given` tells an empty file from none. Not `complete`: rows were so broken that not
// even their codes could be read, so a code that is missing here need not be a mistake elsewhere.
template <typename Row>
struct CsvRows {
  bool given = false;
  bool complete = true;
  std::string file;
  Encoding encoding = Encoding::ascii;
  bool either_encoding = false;  // as DecodedText::either
  // Headers as this file writes them, in the order of columns_of(kind), for messages.
  std::vector<std::string> titles;
  std::vector<Row> rows;
};

// The files of one import; any may be absent.
struct CsvImport {
  CsvRows<OfficeRow> offices;
  CsvRows<StaffRow> staff;
  CsvRows<ClientRow> clients;
  CsvRows<CheckRow> safety_checks;
  CsvRows<CheckInRow> check_ins;
  CsvRows<MonitoringRow> monitorings;
  CsvRows<ContactRow> contacts;
  CsvRows<SuspensionRow> suspensions;
  CsvRows<AbsenceRow> absences;
  CsvRows<AcknowledgementRow> acknowledgements;
  // Of single rows, in the order of the files.
  std::vector<CsvError> errors;
  std::vector<CsvError> warnings;
};

// `each(kind, rows)` for every kind, in the order in which they are read, given or not.
template <typename Each>
void each_kind(const CsvImport& files, Each each) {
  each(CsvKind::offices, files.offices);
  each(CsvKind::staff, files.staff);
  each(CsvKind::clients, files.clients);
  each(CsvKind::safety_checks, files.safety_checks);
  each(CsvKind::check_ins, files.check_ins);
  each(CsvKind::monitorings, files.monitorings);
  each(CsvKind::contacts, files.contacts);
  each(CsvKind::suspensions, files.suspensions);
  each(CsvKind::absences, files.absences);
  each(CsvKind::acknowledgements, files.acknowledgements);
}

// Adds one file to the import. `file` is its name for messages; `bytes` its content as it is on
// disk. Reading the same kind twice replaces the first. `encoding` is what somebody says it is.
void read_csv(CsvKind kind, const std::string& file, std::string_view bytes, const Zone& zone,
              CsvImport& into, std::optional<Encoding> encoding = {});

}  // namespace omamori
