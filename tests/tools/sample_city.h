// A made-up city around a given day, for the demonstration, tests and benchmarks: offices, staff,
// clients with their decision periods, safety checks, check-ins, monitorings.
//
// Every state the rules know occurs: visits kept, late and missed; checks that are ok, due, lapsed,
// awaiting their first, of concern, not agreed, ended; renewals near, early, missing; decisions cut
// by a change; clients whom nobody is assigned to. Sixty clients hold each of the stories twice;
// more clients repeat them with other days, so a city of 100,000 has the same mix and a year of
// check-ins.
//
// All names are invented and say so (見本 "sample", 仮 "provisional"); addresses are in the
// reserved example domains. Pure and deterministic: the same options give the same city on every
// machine.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "daemon/import/csv/words.h"
#include "daemon/model/facts.h"
#include "daemon/model/records.h"
#include "daemon/model/time_zone.h"

namespace omamori {

struct SampleOptions {
  Day day{};         // "today": records are dated before it
  int clients = 60;  // 1–1,000,000
  std::uint64_t seed = 1;
  // Of everybody but the few who show other settings.
  std::vector<Channel> channels{Channel::email};
};

// Consistent: importing it into an empty database is accepted without errors.
struct SampleCity {
  std::vector<OfficeRecord> offices;
  std::vector<StaffRecord> staff;
  std::vector<ClientRecord> clients;
  std::vector<PeriodRecord> periods;  // grouped by client, in the order of `clients`, ascending
  std::vector<CheckRecord> checks;
  std::vector<CheckInRecord> check_ins;
  std::vector<MonitoringRecord> monitorings;
};

SampleCity sample_city(const SampleOptions& options, const Zone& zone);

// One of the files, UTF-8; of the kinds behind the first six the header only.
inline constexpr std::size_t kSampleKinds = 6;
std::string sample_csv(const SampleCity& city, CsvKind kind, const Zone& zone);

}  // namespace omamori
