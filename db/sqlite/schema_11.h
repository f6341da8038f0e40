// Version 11: who looked at whom.
#pragma once

namespace omamori {

inline constexpr const char* kSchema11 = R"sql(
-- the first look of a day, by the same way; client '' = everybody (an export)
CREATE TABLE access (
  on_day TEXT NOT NULL,
  at     INTEGER NOT NULL,
  who    TEXT NOT NULL,
  client TEXT NOT NULL,
  what   TEXT NOT NULL,
  door   TEXT NOT NULL,
  PRIMARY KEY (on_day, who, client, what, door)
) STRICT, WITHOUT ROWID;

CREATE INDEX access_client ON access (client, on_day);
)sql";

}  // namespace omamori
