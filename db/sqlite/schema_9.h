// Version 9: coordinators and telephone numbers of staff, two columns of clients for those who look
// something up, and check-ins whose hour nobody wrote.
#pragma once

namespace omamori {

inline constexpr const char* kSchema9 = R"sql(
-- a word more for `role`, and the number to call in an emergency
CREATE TABLE staff_9 (
  code      TEXT PRIMARY KEY CHECK (code <> ''),
  name      TEXT NOT NULL,
  role      TEXT NOT NULL CHECK (role IN
              ('case_manager', 'supervisor', 'core_center', 'operator', 'provider',
               'coordinator')),
  office    TEXT NOT NULL,
  email     TEXT NOT NULL,
  webhook   TEXT NOT NULL,
  channels  TEXT NOT NULL,  -- words separated by blanks, in the order to try
  language  TEXT CHECK (language IN ('ja', 'en')),
  until_day TEXT CHECK (length(until_day) = 10),
  journal   INTEGER NOT NULL,
  line      INTEGER NOT NULL,
  phone     TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
INSERT INTO staff_9 (code, name, role, office, email, webhook, channels, language, until_day,
                     journal, line)
  SELECT code, name, role, office, email, webhook, channels, language, until_day, journal, line
  FROM staff;
DROP TABLE staff;
ALTER TABLE staff_9 RENAME TO staff;

-- where the short stay is booked, and whether the client is on the list for emergencies; for local
-- display only
ALTER TABLE client ADD COLUMN short_stay TEXT NOT NULL DEFAULT '';
ALTER TABLE client ADD COLUMN emergency_list INTEGER NOT NULL DEFAULT 0
  CHECK (emergency_list IN (0, 1));

-- the day on which it was voided: until then it was believed. Nothing is known of voids before.
ALTER TABLE check_in ADD COLUMN voided_on TEXT CHECK (length(voided_on) = 10);
CREATE INDEX check_in_voided ON check_in (client, check_code, id) WHERE voided_on IS NOT NULL;

-- only a day was written: `at` is its noon, and its order on that day is not known
ALTER TABLE check_in ADD COLUMN day_alone INTEGER NOT NULL DEFAULT 0 CHECK (day_alone IN (0, 1));
DROP INDEX check_in_facts;
CREATE INDEX check_in_facts
  ON check_in (client, check_code, at, id, on_day, outcome, voided, joins, day_alone);
)sql";

}  // namespace omamori
