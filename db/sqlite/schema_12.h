// Version 12: what is not kept for ever (retention), and what must not be kept (erasure).
#pragma once

namespace omamori {

inline constexpr const char* kSchema12 = R"sql(
-- of a message whose texts are gone: SHA-256 of what they were; 'erased' = not even that is kept;
-- '' = they are here
ALTER TABLE message ADD COLUMN body_hash TEXT NOT NULL DEFAULT '';
CREATE INDEX message_body ON message (ended_at) WHERE state <> 'pending' AND body_hash = '';

-- rows of the journal that were removed: what the first was chained to, and the hash of the last
CREATE TABLE journal_gap (
  first     INTEGER PRIMARY KEY CHECK (first > 0),
  last      INTEGER NOT NULL CHECK (last >= first),
  prev_hash TEXT NOT NULL,
  hash      TEXT NOT NULL
) STRICT;

-- what the hashes of free text in the journal are made with; '' = of what is about no client.
-- Without its key a hash tells nobody anything.
CREATE TABLE text_key (
  client TEXT PRIMARY KEY,
  key    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- of whom everything is erased; not done yet while `done_at` is missing
CREATE TABLE erasure (
  id      INTEGER PRIMARY KEY,
  client  TEXT NOT NULL,
  at      INTEGER NOT NULL,
  reason  TEXT NOT NULL,
  done_at INTEGER
) STRICT;
CREATE INDEX erasure_client ON erasure (client);

-- whose service is over, and what a link recorded of whom, without looking at everybody's
CREATE INDEX client_ended ON client (ended_on) WHERE ended_on IS NOT NULL;
CREATE INDEX door_act_client ON door_act (client) WHERE client <> '';
)sql";

}  // namespace omamori
