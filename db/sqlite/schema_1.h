// Schema 1, the first. Published: never edited again; changes are new migrations.
//
// Codes are natural text keys: they are short, and one can read the file. Rows are never deleted;
// a wrong record carries in `voided` the journal row that voided it (0 = valid). Settings that can
// change are versions with the day from which they were known; of one day the last row counts.
// `journal` and `line` say which import, and which of its lines, a row came from.
#pragma once

namespace omamori {

inline constexpr const char* kSchema1 = R"sql(
-- single facts about this database: demo, created_at, last_instant …
CREATE TABLE meta (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- every decision, chained by SHA-256; codes and hashes of free text, never names
CREATE TABLE journal (
  seq       INTEGER PRIMARY KEY CHECK (seq > 0),
  at        INTEGER NOT NULL,
  actor     TEXT NOT NULL,
  kind      TEXT NOT NULL CHECK (kind <> ''),
  client    TEXT NOT NULL,
  subject   TEXT NOT NULL,
  detail    TEXT NOT NULL,
  prev_hash TEXT NOT NULL,
  hash      TEXT NOT NULL
) STRICT;
CREATE INDEX journal_client ON journal (client, seq) WHERE client <> '';
CREATE INDEX journal_kind ON journal (kind, seq);
CREATE TRIGGER journal_is_append_only BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

-- people and places as last imported
CREATE TABLE office (
  code        TEXT PRIMARY KEY CHECK (code <> ''),
  name        TEXT NOT NULL,
  supervisor  TEXT NOT NULL,  -- staff codes; may be unknown yet
  core_center TEXT NOT NULL,
  journal     INTEGER NOT NULL,
  line        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
  code      TEXT PRIMARY KEY CHECK (code <> ''),
  name      TEXT NOT NULL,
  role      TEXT NOT NULL CHECK (role IN
              ('case_manager', 'supervisor', 'core_center', 'operator', 'provider')),
  office    TEXT NOT NULL,
  email     TEXT NOT NULL,
  webhook   TEXT NOT NULL,
  channels  TEXT NOT NULL,  -- words separated by blanks, in the order to try
  language  TEXT CHECK (language IN ('ja', 'en')),
  until_day TEXT CHECK (length(until_day) = 10),
  journal   INTEGER NOT NULL,
  line      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE absence (
  id          INTEGER PRIMARY KEY,
  staff       TEXT NOT NULL,
  from_day    TEXT NOT NULL CHECK (length(from_day) = 10),
  until_day   TEXT CHECK (length(until_day) = 10 AND until_day >= from_day),
  delegate    TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  journal     INTEGER NOT NULL,
  voided      INTEGER NOT NULL DEFAULT 0,
  void_reason TEXT NOT NULL DEFAULT ''
) STRICT;

-- who is looked after; the name and certificate are for local display only
CREATE TABLE client (
  code           TEXT PRIMARY KEY CHECK (code <> ''),
  name           TEXT NOT NULL,
  certificate_no TEXT NOT NULL,
  watched_from   TEXT NOT NULL CHECK (length(watched_from) = 10),
  ended_on       TEXT CHECK (length(ended_on) = 10),
  journal        INTEGER NOT NULL,
  line           INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE client_version (
  id           INTEGER PRIMARY KEY,
  client       TEXT NOT NULL REFERENCES client (code),
  known_from   TEXT NOT NULL CHECK (length(known_from) = 10),
  office       TEXT NOT NULL,
  case_manager TEXT NOT NULL,  -- '' = unassigned
  journal      INTEGER NOT NULL,
  line         INTEGER NOT NULL
) STRICT;
CREATE INDEX client_version_client ON client_version (client, known_from);

-- decision periods; versions of one period share start_day
CREATE TABLE period_version (
  id                INTEGER PRIMARY KEY,
  client            TEXT NOT NULL REFERENCES client (code),
  start_day         TEXT NOT NULL CHECK (length(start_day) = 10),
  known_from        TEXT NOT NULL CHECK (length(known_from) = 10),
  end_day           TEXT NOT NULL CHECK (length(end_day) = 10 AND end_day >= start_day),
  plan_kind         TEXT NOT NULL CHECK (plan_kind IN
                      ('standby_short_stay', 'regular', 'self_plan')),
  decision_kind     TEXT NOT NULL CHECK (decision_kind IN ('renewal', 'new', 'changed')),
  interval_months   INTEGER CHECK (interval_months BETWEEN 1 AND 12),
  monitoring_months TEXT NOT NULL,  -- '2026-06 2026-09', '' = none listed
  cut               INTEGER NOT NULL CHECK (cut IN (0, 1)),
  journal           INTEGER NOT NULL,
  line              INTEGER NOT NULL
) STRICT;
CREATE INDEX period_version_client ON period_version (client, start_day, known_from);

-- what was agreed about looking in on somebody between visits
CREATE TABLE safety_check (
  code         TEXT PRIMARY KEY CHECK (code <> ''),
  client       TEXT NOT NULL REFERENCES client (code),
  watched_from TEXT NOT NULL CHECK (length(watched_from) = 10),
  method       TEXT NOT NULL,
  agreed_by    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX safety_check_client ON safety_check (client, code);

CREATE TABLE check_version (
  id         INTEGER PRIMARY KEY,
  client     TEXT NOT NULL,
  check_code TEXT NOT NULL REFERENCES safety_check (code),
  known_from TEXT NOT NULL CHECK (length(known_from) = 10),
  from_day   TEXT NOT NULL CHECK (length(from_day) = 10),
  until_day  TEXT CHECK (length(until_day) = 10),
  every_days INTEGER NOT NULL CHECK (every_days >= 1),
  grace_days INTEGER NOT NULL CHECK (grace_days >= 0),
  extends_to INTEGER CHECK (extends_to BETWEEN 1 AND 12),
  agreed_on  TEXT CHECK (length(agreed_on) = 10),
  provider   TEXT NOT NULL,
  journal    INTEGER NOT NULL,
  line       INTEGER NOT NULL
) STRICT;
CREATE INDEX check_version_client ON check_version (client, check_code, known_from);

-- one time that somebody looked; the largest table. `client` is that of the check, so that all
-- rows of a client lie together in the index, which alone answers the planner.
CREATE TABLE check_in (
  id          INTEGER PRIMARY KEY,
  client      TEXT NOT NULL,
  check_code  TEXT NOT NULL REFERENCES safety_check (code),
  at          INTEGER NOT NULL,
  on_day      TEXT NOT NULL CHECK (length(on_day) = 10),
  outcome     TEXT NOT NULL CHECK (outcome IN ('ok', 'concern', 'unreachable')),
  by          TEXT NOT NULL,
  note        TEXT NOT NULL,
  source      TEXT NOT NULL DEFAULT '',  -- for check-ins from outside: the system …
  external_id TEXT NOT NULL DEFAULT '',  -- … and its id
  recorded_at INTEGER NOT NULL,
  journal     INTEGER NOT NULL,
  line        INTEGER NOT NULL,
  voided      INTEGER NOT NULL DEFAULT 0,
  void_reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX check_in_facts ON check_in (client, check_code, at, id, on_day, outcome, voided);
CREATE UNIQUE INDEX check_in_external ON check_in (source, external_id) WHERE external_id <> '';

-- monitoring visits
CREATE TABLE monitoring (
  id          INTEGER PRIMARY KEY,
  client      TEXT NOT NULL REFERENCES client (code),
  on_day      TEXT NOT NULL CHECK (length(on_day) = 10),
  for_month   TEXT CHECK (length(for_month) = 7),
  by          TEXT NOT NULL,
  note        TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  journal     INTEGER NOT NULL,
  line        INTEGER NOT NULL,
  voided      INTEGER NOT NULL DEFAULT 0,
  void_reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX monitoring_facts ON monitoring (client, on_day, id, for_month, voided);

-- contacts that are no monitoring
CREATE TABLE contact (
  id          INTEGER PRIMARY KEY,
  client      TEXT NOT NULL REFERENCES client (code),
  on_day      TEXT NOT NULL CHECK (length(on_day) = 10),
  by          TEXT NOT NULL,
  note        TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  journal     INTEGER NOT NULL,
  voided      INTEGER NOT NULL DEFAULT 0,
  void_reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX contact_client ON contact (client, on_day, id);

-- hospital, long absence (R10); until_day is the last suspended day
CREATE TABLE suspension (
  id          INTEGER PRIMARY KEY,
  client      TEXT NOT NULL REFERENCES client (code),
  from_day    TEXT NOT NULL CHECK (length(from_day) = 10),
  until_day   TEXT CHECK (length(until_day) = 10 AND until_day >= from_day),
  reason      TEXT NOT NULL,
  by          TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  journal     INTEGER NOT NULL,
  voided      INTEGER NOT NULL DEFAULT 0,
  void_reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX suspension_client ON suspension (client, from_day, id);

-- "I am going there on visit_on"
CREATE TABLE acknowledgement (
  id          INTEGER PRIMARY KEY,
  client      TEXT NOT NULL REFERENCES client (code),
  obligation  TEXT NOT NULL,
  staff       TEXT NOT NULL,
  made_on     TEXT NOT NULL CHECK (length(made_on) = 10),
  visit_on    TEXT NOT NULL CHECK (length(visit_on) = 10),
  recorded_at INTEGER NOT NULL,
  journal     INTEGER NOT NULL,
  voided      INTEGER NOT NULL DEFAULT 0,
  void_reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX acknowledgement_client ON acknowledgement (client, made_on, id);

-- every policy file that was accepted, word for word, and the terms that decide months (R7)
CREATE TABLE policy_version (
  id                       INTEGER PRIMARY KEY,
  accepted_at              INTEGER NOT NULL,
  known_from               TEXT NOT NULL CHECK (length(known_from) = 10),
  text                     TEXT NOT NULL,
  standard_interval_months INTEGER NOT NULL,
  extended_interval_months INTEGER NOT NULL,
  max_interval_months      INTEGER NOT NULL,
  initial_months           INTEGER NOT NULL,
  include_start_month      INTEGER NOT NULL CHECK (include_start_month IN (0, 1)),
  initial_from_next_month  INTEGER NOT NULL CHECK (initial_from_next_month IN (0, 1)),
  journal                  INTEGER NOT NULL
) STRICT;

CREATE TABLE policy_office (
  version         INTEGER NOT NULL REFERENCES policy_version (id),
  office          TEXT NOT NULL,
  interval_months INTEGER NOT NULL,
  PRIMARY KEY (version, office)
) STRICT, WITHOUT ROWID;

CREATE TABLE policy_override (
  version         INTEGER NOT NULL REFERENCES policy_version (id),
  client          TEXT NOT NULL,
  from_day        TEXT NOT NULL CHECK (length(from_day) = 10),
  until_day       TEXT CHECK (length(until_day) = 10),
  interval_months INTEGER NOT NULL,
  reason          TEXT NOT NULL,
  agreed_on       TEXT CHECK (length(agreed_on) = 10),
  PRIMARY KEY (version, client, from_day)
) STRICT, WITHOUT ROWID;

-- when each client must be looked at again: an instant, or the reason why never (promise P1a)
CREATE TABLE client_schedule (
  client  TEXT PRIMARY KEY REFERENCES client (code),
  next_at INTEGER,
  reason  TEXT NOT NULL,
  dirty   INTEGER NOT NULL CHECK (dirty IN (0, 1)),
  changed_at INTEGER NOT NULL,  -- when facts or policy last changed what is known of the client
  CHECK (next_at IS NOT NULL OR reason <> '' OR dirty = 1)
) STRICT, WITHOUT ROWID;
CREATE INDEX client_schedule_next ON client_schedule (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX client_schedule_dirty ON client_schedule (client) WHERE dirty = 1;

-- what somebody must do (RULES.md section 4); trouble has no client
CREATE TABLE obligation (
  key             TEXT PRIMARY KEY CHECK (key <> ''),
  client          TEXT NOT NULL,
  kind            TEXT NOT NULL,
  opened          TEXT NOT NULL CHECK (length(opened) = 10),
  window_from     TEXT NOT NULL CHECK (length(window_from) = 10),
  due_by          TEXT CHECK (length(due_by) = 10),
  count_from      TEXT NOT NULL CHECK (length(count_from) = 10),
  months          TEXT NOT NULL,
  check_code      TEXT NOT NULL,
  provider        TEXT NOT NULL,
  last_ok         TEXT CHECK (length(last_ok) = 10),
  interval_months INTEGER NOT NULL,
  basis           TEXT NOT NULL,
  refused         INTEGER NOT NULL CHECK (refused IN (0, 1)),
  waiving_check   TEXT NOT NULL,
  quiet           INTEGER NOT NULL CHECK (quiet IN (0, 1)),
  known_since     INTEGER NOT NULL,  -- slots before this instant had not come for it
  state           TEXT NOT NULL CHECK (state IN ('live', 'met', 'withdrawn', 'ended')),
  ended_at        INTEGER,
  reason          TEXT NOT NULL,
  CHECK ((state = 'live') = (ended_at IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX obligation_live ON obligation (client, key) WHERE state = 'live';
CREATE INDEX obligation_client ON obligation (client, key);

-- one message to one person over one channel. `frozen`: some attempt may have been accepted, so
-- its bytes stay as they are. `in_flight`: an attempt has begun and its end is not recorded.
CREATE TABLE message (
  id              TEXT PRIMARY KEY CHECK (id <> ''),
  kind            TEXT NOT NULL,
  type            TEXT NOT NULL,
  staff           TEXT NOT NULL,
  channel         TEXT NOT NULL CHECK (channel IN ('email', 'webhook', 'file')),
  address         TEXT NOT NULL,
  slot_day        TEXT NOT NULL CHECK (length(slot_day) = 10),
  slot            INTEGER NOT NULL,
  subject         TEXT NOT NULL,
  text            TEXT NOT NULL,
  html            TEXT NOT NULL,
  json            TEXT NOT NULL,
  state           TEXT NOT NULL CHECK (state IN
                    ('pending', 'sent', 'refused', 'expired', 'superseded', 'dropped')),
  frozen          INTEGER NOT NULL DEFAULT 0 CHECK (frozen IN (0, 1)),
  in_flight       INTEGER NOT NULL DEFAULT 0 CHECK (in_flight IN (0, 1)),
  attempts        INTEGER NOT NULL DEFAULT 0,
  next_attempt_at INTEGER,
  life_used       INTEGER NOT NULL DEFAULT 0,  -- seconds of its life, by the caller's count
  created_at      INTEGER NOT NULL,
  ended_at        INTEGER,
  CHECK ((state = 'pending') = (ended_at IS NULL)),
  CHECK (state <> 'pending' OR next_attempt_at IS NOT NULL)
) STRICT;
CREATE INDEX message_due ON message (next_attempt_at) WHERE state = 'pending';
CREATE INDEX message_staff ON message (staff, slot);

-- one obligation's stage for one person. `owed` until a peer accepted a message with it;
-- `skipped`: its slot came and it was not told, for a reason, and may be owed again; `dropped`: by
-- hand or for good. `message` is the message it is in or was told by.
CREATE TABLE item (
  id              INTEGER PRIMARY KEY,
  obligation      TEXT NOT NULL REFERENCES obligation (key),
  client          TEXT NOT NULL,
  stage           TEXT NOT NULL,
  days            INTEGER NOT NULL,
  repeat          INTEGER NOT NULL,
  slot_day        TEXT NOT NULL CHECK (length(slot_day) = 10),
  slot            INTEGER NOT NULL,
  staff           TEXT NOT NULL,
  as_role         TEXT NOT NULL,
  urgency         TEXT NOT NULL CHECK (urgency IN ('digest', 'own_at_slot', 'urgent')),
  state           TEXT NOT NULL CHECK (state IN ('owed', 'told', 'skipped', 'dropped')),
  reason          TEXT NOT NULL,
  message         TEXT REFERENCES message (id),
  channel         TEXT NOT NULL,
  told_at         INTEGER,
  first_owed_at   INTEGER,
  next_attempt_at INTEGER,
  UNIQUE (obligation, days, staff),
  CHECK ((state = 'told') = (told_at IS NOT NULL)),
  CHECK ((state = 'owed') = (next_attempt_at IS NOT NULL)),
  CHECK (state NOT IN ('skipped', 'dropped') OR reason <> '')
) STRICT;
CREATE INDEX item_client ON item (client, id);
CREATE INDEX item_owed ON item (next_attempt_at) WHERE state = 'owed';
CREATE INDEX item_message ON item (message) WHERE message IS NOT NULL;

-- which items a message carried; kept when an item moves on to another message
CREATE TABLE message_item (
  message TEXT NOT NULL REFERENCES message (id),
  item    INTEGER NOT NULL REFERENCES item (id),
  PRIMARY KEY (message, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_item_item ON message_item (item);

-- each try to hand a message over; `begun` until its end is known
CREATE TABLE attempt (
  message    TEXT NOT NULL REFERENCES message (id),
  n          INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  ended_at   INTEGER,
  outcome    TEXT NOT NULL CHECK (outcome IN
               ('begun', 'sent', 'try_again', 'unknown', 'refused')),
  reply      TEXT NOT NULL,  -- the peer's own words, cut short
  latency_ms INTEGER NOT NULL,
  PRIMARY KEY (message, n)
) STRICT, WITHOUT ROWID;
)sql";

}  // namespace omamori
