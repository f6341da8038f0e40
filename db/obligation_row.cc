#include "db/obligation_row.h"

#include "db/file_words.h"

namespace omamori {

Obligation obligation_of(const Cursor& row) {
  Obligation obligation;
  obligation.client = row.view(0);
  obligation.key = row.view(1);
  obligation.kind = from_file_word<ObligationKind>(row.view(2));
  obligation.opened = row.day(3);
  obligation.window_from = row.day(4);
  obligation.due_by = row.optional_day(5);
  obligation.count_from = row.day(6);
  obligation.months = split_months(row.view(7));
  obligation.check = row.view(8);
  obligation.provider = row.view(9);
  obligation.last_ok = row.optional_day(10);
  obligation.interval_months = row.number(11);
  obligation.basis = {from_file_word<Basis>(row.view(12)), row.flag(13)};
  obligation.waiving_check = row.view(14);
  obligation.quiet = row.flag(15);
  return obligation;
}

KnownObligation known_obligation_of(const Cursor& row) {
  return {obligation_of(row), row.instant(16)};
}

StoredObligation stored_obligation_of(const Cursor& row) {
  return {obligation_of(row), from_file_word<ObligationState>(row.view(17)),
          row.optional_instant(18), row.text(19)};
}

}  // namespace omamori
