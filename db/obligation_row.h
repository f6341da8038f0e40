// A row of the table `obligation` as a value. Private to db/.
#pragma once

#include "db/sqlite/database.h"
#include "db/store_values.h"

namespace omamori {

// Goes on with WHERE or ORDER BY. The client is column 0.
inline constexpr const char* kObligations =
    "SELECT client, key, kind, opened, window_from, due_by, count_from, months, check_code,"
    " provider, last_ok, interval_months, basis, refused, waiving_check, quiet, known_since, state,"
    " ended_at, reason FROM obligation";

// What somebody must do: columns 0 to 15.
Obligation obligation_of(const Cursor& row);
// The same, with the instant since which it has been known.
KnownObligation known_obligation_of(const Cursor& row);
// The whole row.
StoredObligation stored_obligation_of(const Cursor& row);

}  // namespace omamori
