// Version 4: answers from outside (P8). Of a token only its hash is kept: who reads the database,
// a backup or the outbox can act for nobody.
#pragma once

namespace omamori {

inline constexpr const char* kSchema4 = R"sql(
-- which link leads where; it ends 90 days after it was last carried
CREATE TABLE door_token (
  hash TEXT PRIMARY KEY,        -- SHA-256 of the token, in hex
  staff TEXT NOT NULL,
  subject TEXT NOT NULL,        -- key of the obligation it is about
  door TEXT NOT NULL,           -- 'act'
  generation INTEGER NOT NULL,
  carried_at INTEGER NOT NULL   -- when a message with it last left
) STRICT, WITHOUT ROWID;
CREATE INDEX door_token_carried ON door_token (carried_at);

-- raised by `token revoke`: links of a lower generation are dead
CREATE TABLE door_generation (
  staff TEXT PRIMARY KEY,
  generation INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- what came by a link, and what was answered: the same again is answered alike
CREATE TABLE door_act (
  id INTEGER PRIMARY KEY,
  token_hash TEXT NOT NULL,
  form_hash TEXT NOT NULL,      -- SHA-256 of what was filled in
  at INTEGER NOT NULL,
  staff TEXT NOT NULL,
  subject TEXT NOT NULL,
  act TEXT NOT NULL,            -- 'visited'
  on_day TEXT,
  record_kind TEXT NOT NULL,    -- as `void` names it
  record_id INTEGER NOT NULL,
  answer TEXT NOT NULL,         -- what it meant, in the command's words
  nonce_hash TEXT NOT NULL,     -- SHA-256 of what undoes it; '' = it was a record already
  note TEXT NOT NULL,           -- of one that was a record already; never sent
  undone_at INTEGER
) STRICT;
CREATE INDEX door_act_token ON door_act (token_hash, id);
CREATE INDEX door_act_nonce ON door_act (nonce_hash);
)sql";

}  // namespace omamori
