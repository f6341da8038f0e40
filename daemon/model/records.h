// What the CSV kinds carry, names and free text included: the rows as people write them. Used
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
  std::string phone = {};
};

struct ClientRecord {
  std::string code, name, certificate_no, office, case_manager;
  Day watched_from{};
  std::optional<Day> ended_on;
  int line = 0;
  std::string short_stay = {};  // 短期入所先: where it is booked; never leaves the machine
  bool emergency_list = false;  // 緊急時登録: registered for emergencies with the city
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
  std::string provider_ref = {};  // the provider's own name for the person; for that provider only
  // Of the check's pings (P8): what a script's exit status other than 0 says, unreachable or
  // concern; nothing = unreachable. And whether a GET counts, too.
  std::optional<Outcome> fail_means = std::nullopt;
  bool get_allowed = false;
};

// The calls of a sensor that are one record.
struct PingTimes {
  Instant first{};
  Instant last{};
  std::int64_t times = 0;
  bool operator==(const PingTimes&) const = default;
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
  std::int64_t joins = 0;  // as CheckIn::joins
  std::optional<PingTimes> pings = std::nullopt;
  bool day_alone = false;  // as CheckIn::day_alone
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

struct ContactRecord {
  std::int64_t id = 0;
  std::string client;
  Day on{};
  std::string by, note;
  bool voided = false;
};

struct SuspensionRecord {
  std::int64_t id = 0;
  std::string client;
  Day from{};
  std::optional<Day> until;
  std::string reason, by;
  bool voided = false;
};

struct AbsenceRecord {
  Absence absence;
  bool voided = false;
};

struct AcknowledgementRecord {
  Acknowledgement said;  // made_at: unknown to a file
  std::string client;
  bool voided = false;
};

// A row that is a record already and says it in other words (P8): kept beside that record.
struct RepeatedRow {
  enum class Of { check_in, monitoring };
  Of of = Of::check_in;
  std::int64_t record = 0;    // the stored one; 0 = the one this import adds, of the line…
  int first_line = 0;         // …with this number
  std::optional<Instant> at;  // of a check-in, where the row says another hour
  std::string by, note;
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
  std::vector<RepeatedRow> repeated;
  std::vector<ContactRecord> contacts;
  // One with an id is a stored one that ends on another day.
  std::vector<SuspensionRecord> suspensions;
  // One with an id takes the place of that stored one.
  std::vector<Absence> absences;
  std::vector<AcknowledgementRecord> acknowledgements;
};

// What has a code.
enum class Coded { office, staff, client, check };

// A client whose service goes on.
struct LiveClient {
  std::string code, certificate_no;
};

// What people have reported beside visits and check-ins, by what it is known by. Voided records
// included, by id.
class Reported {
 public:
  Reported() = default;
  Reported(const Reported&) = delete;
  Reported& operator=(const Reported&) = delete;
  virtual ~Reported() = default;
  virtual std::vector<ContactRecord> contacts(const std::string& client, Day on) = 0;
  virtual std::vector<SuspensionRecord> suspensions(const std::string& client) = 0;
  virtual std::vector<AbsenceRecord> absences(const std::string& staff) = 0;
  virtual std::vector<AcknowledgementRecord> acknowledgements(const std::string& client,
                                                              const std::string& obligation) = 0;
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
  // All with that check and day, by instant, voided ones included.
  virtual std::vector<CheckInRecord> check_ins(const std::string& check, Day on) = 0;
  // All with that client and day, voided ones included.
  virtual std::vector<MonitoringRecord> monitorings(const std::string& client, Day on) = 0;
  virtual Reported& reported() = 0;
  virtual std::size_t client_count() = 0;
  // Ascending.
  virtual std::vector<std::string> codes(Coded what) = 0;
  // Those whose service had not ended before the day, ascending.
  virtual std::vector<LiveClient> live_clients(Day today) = 0;
};

}  // namespace omamori
