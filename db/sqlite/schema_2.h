// Version 2: what the daemon needs to tell without forgetting or nagging — the way to each peer, a
// substitute's items, and what does not work.
#pragma once

namespace omamori {

inline constexpr const char* kSchema2 = R"sql(
-- told to `staff` because the person it was meant for cannot be reached; '' for everybody else
ALTER TABLE item ADD COLUMN instead_of TEXT NOT NULL DEFAULT '';

-- attempts that said something of the message itself: what the waiting times are counted by. An
-- attempt that failed on the way to the peer is none.
ALTER TABLE message ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;

-- a way to a mail server, an endpoint or the file directory that has not always worked
CREATE TABLE peer (
  name          TEXT PRIMARY KEY CHECK (name <> ''),
  state         TEXT NOT NULL CHECK (state IN ('sound', 'down', 'disabled')),
  failures      INTEGER NOT NULL,
  probes        INTEGER NOT NULL,
  since         INTEGER NOT NULL,  -- in this state since
  next_probe_at INTEGER,
  why           TEXT NOT NULL,
  CHECK ((state = 'down') = (next_probe_at IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- what a trouble obligation is about, in technical words (codes, file and line; never a name)
CREATE TABLE trouble (
  subject     TEXT PRIMARY KEY CHECK (subject <> ''),
  obligation  TEXT NOT NULL REFERENCES obligation (key),
  detail      TEXT NOT NULL,
  supervisors INTEGER NOT NULL CHECK (supervisors IN (0, 1))
) STRICT, WITHOUT ROWID;

-- what a peer carries next, in that order, without looking at rows: their texts make them long
CREATE INDEX message_peer ON message (channel, in_flight, next_attempt_at, address)
  WHERE state = 'pending';
-- what is to be composed; during a large morning most of what is owed is in a message already
CREATE INDEX item_free ON item (next_attempt_at) WHERE state = 'owed' AND message IS NULL;
)sql";

}  // namespace omamori
