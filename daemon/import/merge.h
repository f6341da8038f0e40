// What an import would change: the files of daemon/import/csv/kinds.h laid over what is known
// already.
//
// All or nothing: any error means that nothing may be applied, and all errors are found at once.
// Nothing is written here; the caller gives `changes` to the store in one transaction. Rules:
// rule R11 (periods), R12 (watched_from), section 3 (safety checks).
//
//   - Rows update by code (clients: by code and decision_start). An absent column leaves the stored
//     value, an empty cell clears it, rows that are not in the file are left alone.
//   - Check-ins and monitorings are records: one of the same day that says the same is the one that
//     is known (P8), which stays as it is; other words are kept beside it. A voided one is not
//     recorded again.
//   - So are contacts (of a client and day), suspensions (of a client and first day, where the last
//     day may change), absences (of a person and first day) and acknowledgements.
//   - References: offices, clients and checks must exist, stored or in this import. Staff may come
//     later and are only warned about.
//
// Pure but for what the Registry reads. Messages hold codes, lines and column names, never names or
// free text.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "daemon/import/csv/error.h"
#include "daemon/import/csv/kinds.h"
#include "daemon/import/csv/words.h"
#include "daemon/model/facts.h"
#include "daemon/model/records.h"
#include "daemon/model/time_zone.h"

namespace omamori {

// Of a new or changed decision a certificate may print its range from either of the first months.
struct CertificateMonths {
  Month first{};
  Month first_of_grid{};        // without the first months (RULES.md, R3)
  Month first_after_initial{};  // the first of the grid behind them
  Month last{};
};

struct ImportContext {
  Day today{};
  Instant now{};
  const Zone& zone;
  // A check that confirms less often than 31 days for each of these months is refused.
  int standard_interval_months = 3;
  // Fill ImportResult::rows (--dry-run). A large import is faster without.
  bool describe_rows = false;
  // The months that a period's certificate asks for by its interval; nothing = it asks for none.
  // Without a function what a certificate prints is not compared.
  std::function<std::optional<CertificateMonths>(const Period&)> certificate_months = {};
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
  // Known clients of whom the file of clients says nothing, those whose service has ended left out.
  std::vector<std::string> clients_not_in_file;
  // New codes that differ from others by zeros in front only.
  std::size_t codes_cut = 0;
  // What is to be asked about before it is applied, going on from "this would": more than 20 % of
  // the known clients, and more than 10, are affected (a column has slipped, or it is the wrong
  // file), or codes may have been cut.
  std::vector<std::string> doubts;
  bool needs_yes() const { return !doubts.empty(); }
};

ImportResult merge_import(const CsvImport& files, Registry& known, const ImportContext& context);

// "clients: 3 new, 1 changed, 40 unchanged", a line for each kind of file that was given.
std::string summary_text(const CsvImport& files, const ImportResult& result);

}  // namespace omamori
