// A city that only imports fill: CSV text in, what an import says of it out as text.
#pragma once

#include <map>
#include <string>

#include "daemon/import/csv/writer.h"
#include "daemon/import/merge.h"
#include "daemon/model/calendar.h"
#include "tests/tools/memory_registry.h"

namespace omamori {

using Files = std::map<CsvKind, std::string>;

// A city on 2026-11-24, 09:00 in Tokyo.
class City {
 public:
  // What --dry-run would show; applied unless there are errors.
  std::string import(const Files& files) {
    const ImportResult result = merge(files);
    std::string out;
    for (const auto& error : result.errors) out += to_string(error) + "\n";
    if (!out.empty()) return out;
    out = summary_text(parsed_, result);
    for (const auto& row : result.rows) out += "  " + row + "\n";
    for (const auto& warning : result.warnings) out += "warning " + to_string(warning) + "\n";
    registry.apply(result.changes);
    return out;
  }

  ImportResult merge(const Files& files) {
    parsed_ = CsvImport{};
    for (const auto& [kind, text] : files) {
      read_csv(kind, std::string(csv_word(kind)) + ".csv", text, zone_, parsed_);
    }
    return merge_import(parsed_, registry,
                        ImportContext{*parse_day("2026-11-24"),
                                      *parse_instant("2026-11-24T09:00:00+09:00"), zone_, 3, true});
  }

  std::string export_kind(CsvKind kind) {
    std::string out = csv_header(kind);
    for (const auto& [code, office] : registry.offices()) {
      if (kind == CsvKind::offices) append_csv(out, office);
    }
    for (const auto& [code, staff] : registry.all_staff()) {
      if (kind == CsvKind::staff) append_csv(out, staff);
    }
    for (const auto& [code, client] : registry.clients()) {
      if (kind != CsvKind::clients) break;
      for (const auto& period : registry.periods(code)) append_csv(out, client, period);
    }
    for (const auto& [code, check] : registry.checks()) {
      if (kind == CsvKind::safety_checks) append_csv(out, check);
    }
    for (const auto& [place, records] : registry.all_check_ins()) {
      for (const auto& record : records) {
        if (kind == CsvKind::check_ins) append_csv(out, record, zone_);
      }
    }
    for (const auto& [place, records] : registry.all_monitorings()) {
      for (const auto& record : records) {
        if (kind == CsvKind::monitorings) append_csv(out, record);
      }
    }
    for (const auto& record : registry.reported().all_contacts) {
      if (kind == CsvKind::contacts) append_csv(out, record);
    }
    for (const auto& record : registry.reported().all_suspensions) {
      if (kind == CsvKind::suspensions) append_csv(out, record);
    }
    for (const auto& record : registry.reported().all_absences) {
      if (kind == CsvKind::absences && !record.voided) append_csv(out, record.absence);
    }
    for (const auto& record : registry.reported().all_acknowledgements) {
      if (kind == CsvKind::acknowledgements) append_csv(out, record);
    }
    return out;
  }

  MemoryRegistry registry;

 private:
  Zone zone_{"Asia/Tokyo"};
  CsvImport parsed_;
};

inline constexpr const char* kOffices = "office_code,name\nOF-1,見本相談\n";
inline constexpr const char* kStaff =
    "staff_code,name,role,office_code,email,channels\n"
    "SM-1,見本 太郎,case_manager,OF-1,taro@example.com,email\n"
    "SV-1,見本 次郎,supervisor,OF-1,jiro@example.com,email\n";
inline const std::string kClientHead =
    "client_code,office_code,case_manager,plan_kind,decision_start,decision_end,decision_kind\n";
inline const std::string kCheckHead =
    "check_code,client_code,from,every_days,grace_days,until,agreed_on\n";

// One client with one check.
class SmallCity : public City {
 public:
  SmallCity() {
    import({{CsvKind::offices, kOffices},
            {CsvKind::staff, kStaff},
            {CsvKind::clients, kClientHead + "C-1,OF-1,SM-1,standby_short_stay,2026-04-01,"
                                             "2027-03-31,\n"},
            { CsvKind::safety_checks,
              kCheckHead + "S-1,C-1,2026-04-01,30,7,,2026-03-20\n" }});
  }
};
}  // namespace omamori
