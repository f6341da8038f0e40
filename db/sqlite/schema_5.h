// Version 5: a word without the day of a visit, "I see to it" (対応します).
#pragma once

namespace omamori {

// SQLite cannot take NOT NULL off a column: the table is made again. Nothing refers to it.
inline constexpr const char* kSchema5 = R"sql(
ALTER TABLE acknowledgement RENAME TO acknowledgement_4;
DROP INDEX acknowledgement_client;

-- "I am going there on visit_on"; without a day: "I see to it"
CREATE TABLE acknowledgement (
  id          INTEGER PRIMARY KEY,
  client      TEXT NOT NULL REFERENCES client (code),
  obligation  TEXT NOT NULL,
  staff       TEXT NOT NULL,
  made_on     TEXT NOT NULL CHECK (length(made_on) = 10),
  visit_on    TEXT CHECK (length(visit_on) = 10),
  recorded_at INTEGER NOT NULL,
  journal     INTEGER NOT NULL,
  voided      INTEGER NOT NULL DEFAULT 0,
  void_reason TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO acknowledgement (id, client, obligation, staff, made_on, visit_on, recorded_at, journal,
                             voided, void_reason)
  SELECT id, client, obligation, staff, made_on, visit_on, recorded_at, journal, voided, void_reason
  FROM acknowledgement_4;
DROP TABLE acknowledgement_4;
CREATE INDEX acknowledgement_client ON acknowledgement (client, made_on, id);
)sql";

}  // namespace omamori
