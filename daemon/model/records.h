// What the six CSV kinds carry, names and free text included: the rows as people write them. Used
// where rows go in and out (daemon/import, db/store); the decisions use
// daemon/model/facts.h, which has no names.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "daemon/model/facts.h"

namespace omamori {

// `line` is the line of the CSV file a row came from, 0 if none.
struct OfficeRecord {
  std::string code, name, supervisor, core_center;
  int line = 0;
};

struct StaffRecord {
  std::string code, name;
  Role role = Role::case_manager;
  std::string office, email, webhook;
  std::vector<Channel> channels;
  std::optional<Language> language;
  std::optional<Day> until;
  int line = 0;
};

struct ClientRecord {
  std::string code, name, certificate_no, office, case_manager;
  Day watched_from{};
  std::optional<Day> ended_on;
  int line = 0;
};

// A period of a client. `cut`: shortened because a later decision began inside it (R11).
struct PeriodRecord {
  std::string client;
  Period period;
  bool cut = false;
  int line = 0;
};

struct CheckRecord {
  std::string code, client;
  CheckTerms terms;
  std::string method, agreed_by;
  Day watched_from{};
  int line = 0;
};

struct CheckInRecord {
  std::int64_t id = 0;
  std::string check;
  Instant at{};
  Day on{};  // local day of `at`
  Outcome outcome = Outcome::ok;
  std::string by, note;
  bool voided = false;
  int line = 0;
};

struct MonitoringRecord {
  std::int64_t id = 0;
  std::string client;
  Day on{};
  std::optional<Month> for_month;
  std::string by, note;
  bool voided = false;
  int line = 0;
};

// What an import would change, in the order it is applied. Rows that equal what is stored are not
// in it.
struct ImportChanges {
  std::vector<OfficeRecord> offices;
  std::vector<StaffRecord> staff;
  std::vector<ClientRecord> clients;
  std::vector<PeriodRecord> periods;
  std::vector<CheckRecord> checks;
  std::vector<CheckInRecord> check_ins;
  std::vector<MonitoringRecord> monitorings;
};

// What is known already, one row at a time: the importer's view of the store. An unknown code is
// nothing.
class Registry {
 public:
  Registry() = default;
  Registry(const Registry&) = delete;
  Registry& operator=(const Registry&) = delete;
  virtual ~Registry() = default;
  virtual std::optional<OfficeRecord> office(const std::string& code) = 0;
  virtual std::optional<StaffRecord> staff(const std::string& code) = 0;
  virtual std::optional<ClientRecord> client(const std::string& code) = 0;
  // Current content of the client's periods, ascending start.
  virtual std::vector<PeriodRecord> periods(const std::string& client) = 0;
  virtual std::optional<CheckRecord> check(const std::string& code) = 0;
  // All with that check and instant, voided ones included.
  virtual std::vector<CheckInRecord> check_ins(const std::string& check, Instant at) = 0;
  // All with that client and day, voided ones included.
  virtual std::vector<MonitoringRecord> monitorings(const std::string& client, Day on) = 0;
  virtual std::size_t client_count() = 0;
};

}  // namespace omamori
