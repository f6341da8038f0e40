// What an import would change: the files of daemon/import/csv/kinds.h laid over what is known
// already.
//
// All or nothing: any error means that nothing may be applied, and all errors are found at once.
// Nothing is written here; the caller gives `changes` to the store in one transaction. Rules:
// rule R11 (periods), R12 (watched_from), section 3 (safety checks).
//
//   - Rows update by code (clients: by code and decision_start). An absent column leaves the stored
//     value, an empty cell clears it, rows that are not in the file are left alone.
//   - Check-ins and monitorings are records: equal to a known one they are skipped; where only
//     outcome, by or note differ they are an error, because records are voided, never overwritten.
//   - References: offices, clients and checks must exist, stored or in this import. Staff may come
//     later and are only warned about.
//
// Pure but for what the Registry reads. Messages hold codes, lines and column names, never names or
// free text.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "daemon/import/csv/error.h"
#include "daemon/import/csv/kinds.h"
#include "daemon/import/csv/words.h"
#include "daemon/model/facts.h"
#include "daemon/model/records.h"
#include "daemon/model/time_zone.h"

namespace omamori {

struct ImportContext {
  Day today{};
  Instant now{};
  const Zone& zone;
  // A check that confirms less often than 31 days for each of these months is refused.
  int standard_interval_months = 3;
  // Fill ImportResult::rows (--dry-run). A large import is faster without.
  bool describe_rows = false;
};

// Of the rows of one file. Skipped: records that are known already.
struct ImportCounts {
  int added = 0;
  int changed = 0;
  int unchanged = 0;
  int skipped = 0;
  bool operator==(const ImportCounts&) const = default;
};

struct ImportResult {
  // In the order of the kinds, then of lines. Not empty: nothing below may be used.
  std::vector<CsvError> errors;
  std::vector<CsvError> warnings;
  ImportChanges changes;
  std::array<ImportCounts, kCsvKinds> counts{};  // by CsvKind
  // One line for each row that is new or changes something: codes, column names, old -> new.
  // Names, addresses and free text are only said to change.
  std::vector<std::string> rows;
  // Known clients whose case manager, plan kind or period would change or be cleared.
  std::size_t clients_affected = 0;
  std::size_t clients_known = 0;
  // More than 20 % of the known clients, and more than 10, are affected: a column has slipped, or
  // the wrong file was taken. Ask before applying.
  bool needs_yes = false;
};

ImportResult merge_import(const CsvImport& files, Registry& known, const ImportContext& context);

// "clients: 3 new, 1 changed, 40 unchanged", a line for each kind of file that was given.
std::string summary_text(const CsvImport& files, const ImportResult& result);

}  // namespace omamori
