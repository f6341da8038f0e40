// Version 8: check-ins from outside (P8), and what a second door says of a record that was known.
#pragma once

namespace omamori {

inline constexpr const char* kSchema8 = R"sql(
-- of a check's pings: what an exit status other than 0 says (NULL = unreachable), and whether a GET
-- counts, too
ALTER TABLE safety_check ADD COLUMN fail_means TEXT CHECK (fail_means IN ('unreachable', 'concern'));
ALTER TABLE safety_check ADD COLUMN get_allowed INTEGER NOT NULL DEFAULT 0
  CHECK (get_allowed IN (0, 1));

-- a concern that goes on with that earlier one: while it is open nobody is told a second time
ALTER TABLE check_in ADD COLUMN joins INTEGER;
DROP INDEX check_in_facts;
CREATE INDEX check_in_facts
  ON check_in (client, check_code, at, id, on_day, outcome, voided, joins);

-- what was recorded on the day of a concern before it came is no answer to it
DROP INDEX monitoring_facts;
CREATE INDEX monitoring_facts
  ON monitoring (client, on_day, id, for_month, voided, recorded_at);

-- raised by `check-key --new`: keys of a lower generation are dead. A check without a row has the
-- key of generation 0. The key itself is worked out, and kept nowhere.
CREATE TABLE check_key (
  check_code TEXT PRIMARY KEY REFERENCES safety_check (code),
  generation INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- the calls of a sensor that are one record: a row is written again and again, not added
CREATE TABLE ping (
  check_in INTEGER PRIMARY KEY REFERENCES check_in (id),
  first_at INTEGER NOT NULL,
  last_at  INTEGER NOT NULL,
  times    INTEGER NOT NULL CHECK (times > 0)
) STRICT;

-- the last calls that named themselves (?rid=), as hashes, oldest first: their repeats are none
CREATE TABLE ping_seen (
  check_code TEXT PRIMARY KEY REFERENCES safety_check (code),
  marks      TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- who has the key and calls in a way that does not count; written once a day
CREATE TABLE ping_refused (
  check_code TEXT PRIMARY KEY REFERENCES safety_check (code),
  method     TEXT NOT NULL,
  on_day     TEXT NOT NULL CHECK (length(on_day) = 10)
) STRICT, WITHOUT ROWID;

-- a record that came again by another door, in other words (P8): both are kept. `at` of a check-in
-- where an hour was said, else 0.
CREATE TABLE repetition (
  id          INTEGER PRIMARY KEY,
  kind        TEXT NOT NULL CHECK (kind IN ('check_in', 'monitoring')),
  record      INTEGER NOT NULL,
  at          INTEGER NOT NULL,
  by          TEXT NOT NULL,
  note        TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  journal     INTEGER NOT NULL,
  line        INTEGER NOT NULL,
  UNIQUE (kind, record, at, by, note)
) STRICT;
)sql";

}  // namespace omamori
