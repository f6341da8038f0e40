// Records as CSV rows: what `export` writes (RFC 4180, UTF-8, LF line ends, English headers, ISO
// dates, instants with the zone's offset). Importing it again changes nothing.
//
// One row at a time, appended, so that a large export needs no second copy of the store. Leave out
// voided records: the file has no word for them. Pure.
#pragma once

#include <string>

#include "daemon/import/csv/words.h"
#include "daemon/model/records.h"
#include "daemon/model/time_zone.h"

namespace omamori {

// The first line, with its line end.
std::string csv_header(CsvKind kind);

void append_csv(std::string& out, const OfficeRecord& office);
void append_csv(std::string& out, const StaffRecord& staff);
// One row a period: clients with several appear several times, oldest period first.
void append_csv(std::string& out, const ClientRecord& client, const PeriodRecord& period);
void append_csv(std::string& out, const CheckRecord& check);
void append_csv(std::string& out, const CheckInRecord& check_in, const Zone& zone);
void append_csv(std::string& out, const MonitoringRecord& monitoring);
void append_csv(std::string& out, const ContactRecord& contact);
void append_csv(std::string& out, const SuspensionRecord& suspension);
void append_csv(std::string& out, const Absence& absence);
void append_csv(std::string& out, const AcknowledgementRecord& acknowledgement);

// RFC 3339 with the offset of the zone: "2026-04-01T09:30:00+09:00".
std::string offset_text(Instant instant, const Zone& zone);

}  // namespace omamori
