PRAGMA application_id = 1869439341;
PRAGMA user_version = 1;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE meta (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES('created_at','1775001600');
INSERT INTO meta VALUES('demo','0');
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
INSERT INTO journal VALUES(1,1775001600,'init','created','','','{"schema":1,"demo":false}','0000000000000000000000000000000000000000000000000000000000000000','e707e0a630f80a0a4e4f5219cdba7aeb53d8f8a3a6f1c8f0ec1fb7d716b4476e');
INSERT INTO journal VALUES(2,1775001600,'tester','import','','offices','{"rows":1}','e707e0a630f80a0a4e4f5219cdba7aeb53d8f8a3a6f1c8f0ec1fb7d716b4476e','303c4be9b43d572d8ec2b9786eae5ab0372247bd9a857564df4532b15b1e0caa');
INSERT INTO journal VALUES(3,1775001600,'tester','import','','staff','{"rows":3}','303c4be9b43d572d8ec2b9786eae5ab0372247bd9a857564df4532b15b1e0caa','3581d83a97870c53a4f46acb39c26d01f5ea4f9f49591039cb66156ec6135e11');
INSERT INTO journal VALUES(4,1775001600,'tester','import','','clients','{"rows":1}','3581d83a97870c53a4f46acb39c26d01f5ea4f9f49591039cb66156ec6135e11','8934a4475b9270e619d13b6bd23b46298116ddcb469db6d5126deba8b99ec5ec');
INSERT INTO journal VALUES(5,1775001600,'tester','import','','safety_checks','{"rows":1}','8934a4475b9270e619d13b6bd23b46298116ddcb469db6d5126deba8b99ec5ec','c802934cffbe14a4537e28be629a8e92b8bbc00aa4af1b1d69b9fbc5478eafb3');
INSERT INTO journal VALUES(6,1777593600,'tester','record.check_in','C-1','check_in/1','{"check":"K-1","at":"2026-05-01T00:00:00Z","outcome":"ok"}','c802934cffbe14a4537e28be629a8e92b8bbc00aa4af1b1d69b9fbc5478eafb3','53bee2e31a5cc319c2e5d79c8bf42e36cacf11fb0c1c29a26905a44f25478582');
INSERT INTO journal VALUES(7,1777680000,'tester','record.monitoring','C-1','monitoring/1','{"on":"2026-05-02"}','53bee2e31a5cc319c2e5d79c8bf42e36cacf11fb0c1c29a26905a44f25478582','9bc2e14beb683b0f31d5af13b98a6f1e5fd2518dae14b4ba1caa9676e09e7aee');
INSERT INTO journal VALUES(8,1780272000,'tester','obligation.opened','C-1','C-1/monitoring/2026-04-01/2026-06','{"due_by":"2026-06-30","months":"2026-06","interval_months":3,"basis":"standard","refused":false}','9bc2e14beb683b0f31d5af13b98a6f1e5fd2518dae14b4ba1caa9676e09e7aee','ac082c8499f36f9832375a55c9a2294b6451023e5b5a0153dab06165e8b3f5d9');
INSERT INTO journal VALUES(9,1780272000,'tester','item.owed','C-1','C-1/monitoring/2026-04-01/2026-06','{"stage":"stage-7","days":-7,"repeat":0,"slot_day":"2026-06-23","staff":"S-1","as":"case_manager"}','ac082c8499f36f9832375a55c9a2294b6451023e5b5a0153dab06165e8b3f5d9','d66f4a68fcdd48732d00834cfe7aec13244161921b3de57587f496bd5b89dfde');
INSERT INTO journal VALUES(10,1775001600,'tester','policy','','policy','{"sha256":"e2f0c72119bdd8327e37b516b44b8e8031488a3c4a203796c615bd9da25915e2","changes":[]}','d66f4a68fcdd48732d00834cfe7aec13244161921b3de57587f496bd5b89dfde','ddbd6e73a51619b9406377dfb2d2990cb20e4d4567bddaae971a4bad7cd993a7');
CREATE TABLE office (
  code        TEXT PRIMARY KEY CHECK (code <> ''),
  name        TEXT NOT NULL,
  supervisor  TEXT NOT NULL,  -- staff codes; may be unknown yet
  core_center TEXT NOT NULL,
  journal     INTEGER NOT NULL,
  line        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO office VALUES('OF-1','Office','SV-1','',2,2);
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
INSERT INTO staff VALUES('S-1','Name of S-1','case_manager','OF-1','S-1@example.jp','','email webhook',NULL,NULL,3,0);
INSERT INTO staff VALUES('S-2','Name of S-2','case_manager','OF-1','S-2@example.jp','','email webhook',NULL,NULL,3,0);
INSERT INTO staff VALUES('SV-1','Name of SV-1','supervisor','OF-1','SV-1@example.jp','','email webhook',NULL,NULL,3,0);
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
CREATE TABLE client (
  code           TEXT PRIMARY KEY CHECK (code <> ''),
  name           TEXT NOT NULL,
  certificate_no TEXT NOT NULL,
  watched_from   TEXT NOT NULL CHECK (length(watched_from) = 10),
  ended_on       TEXT CHECK (length(ended_on) = 10),
  journal        INTEGER NOT NULL,
  line           INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO client VALUES('C-1','Name of C-1','1234567890','2026-04-01',NULL,4,2);
CREATE TABLE client_version (
  id           INTEGER PRIMARY KEY,
  client       TEXT NOT NULL REFERENCES client (code),
  known_from   TEXT NOT NULL CHECK (length(known_from) = 10),
  office       TEXT NOT NULL,
  case_manager TEXT NOT NULL,  -- '' = unassigned
  journal      INTEGER NOT NULL,
  line         INTEGER NOT NULL
) STRICT;
INSERT INTO client_version VALUES(1,'C-1','2026-04-01','OF-1','S-1',4,2);
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
INSERT INTO period_version VALUES(1,'C-1','2026-04-01','2026-04-01','2027-03-31','standby_short_stay','renewal',NULL,'',0,4,2);
CREATE TABLE safety_check (
  code         TEXT PRIMARY KEY CHECK (code <> ''),
  client       TEXT NOT NULL REFERENCES client (code),
  watched_from TEXT NOT NULL CHECK (length(watched_from) = 10),
  method       TEXT NOT NULL,
  agreed_by    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO safety_check VALUES('K-1','C-1','2026-04-01','phone','');
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
INSERT INTO check_version VALUES(1,'C-1','K-1','2026-04-01','2026-04-01',NULL,30,0,NULL,NULL,'P-1',5,0);
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
INSERT INTO check_in VALUES(1,'C-1','K-1',1777593600,'2026-05-01','ok','','','','',1777593600,6,0,0,'');
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
INSERT INTO monitoring VALUES(1,'C-1','2026-05-02',NULL,'','',1777680000,7,0,0,'');
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
INSERT INTO policy_version VALUES(1,1775001600,'2026-04-01',replace('standard_interval_months = 3\n','\n',char(10)),3,6,12,3,0,0,10);
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
CREATE TABLE client_schedule (
  client  TEXT PRIMARY KEY REFERENCES client (code),
  next_at INTEGER,
  reason  TEXT NOT NULL,
  dirty   INTEGER NOT NULL CHECK (dirty IN (0, 1)),
  changed_at INTEGER NOT NULL,  -- when facts or policy last changed what is known of the client
  CHECK (next_at IS NOT NULL OR reason <> '' OR dirty = 1)
) STRICT, WITHOUT ROWID;
INSERT INTO client_schedule VALUES('C-1',NULL,'',1,1776000000);
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
INSERT INTO obligation VALUES('C-1/monitoring/2026-04-01/2026-06','C-1','monitoring','2026-06-01','2026-06-01','2026-06-30','2026-06-30','2026-06','','',NULL,3,'standard',0,'',0,1776000000,'live',NULL,'');
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
INSERT INTO item VALUES(1,'C-1/monitoring/2026-04-01/2026-06','C-1','stage-7',-7,0,'2026-06-23',1782171000,'S-1','case_manager','digest','owed','',NULL,'',NULL,1780272000,1782171000);
CREATE TABLE message_item (
  message TEXT NOT NULL REFERENCES message (id),
  item    INTEGER NOT NULL REFERENCES item (id),
  PRIMARY KEY (message, item)
) STRICT, WITHOUT ROWID;
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
CREATE INDEX journal_client ON journal (client, seq) WHERE client <> '';
CREATE INDEX journal_kind ON journal (kind, seq);
CREATE TRIGGER journal_is_append_only BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE INDEX client_version_client ON client_version (client, known_from);
CREATE INDEX period_version_client ON period_version (client, start_day, known_from);
CREATE INDEX safety_check_client ON safety_check (client, code);
CREATE INDEX check_version_client ON check_version (client, check_code, known_from);
CREATE INDEX check_in_facts ON check_in (client, check_code, at, id, on_day, outcome, voided);
CREATE UNIQUE INDEX check_in_external ON check_in (source, external_id) WHERE external_id <> '';
CREATE INDEX monitoring_facts ON monitoring (client, on_day, id, for_month, voided);
CREATE INDEX contact_client ON contact (client, on_day, id);
CREATE INDEX suspension_client ON suspension (client, from_day, id);
CREATE INDEX acknowledgement_client ON acknowledgement (client, made_on, id);
CREATE INDEX client_schedule_next ON client_schedule (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX client_schedule_dirty ON client_schedule (client) WHERE dirty = 1;
CREATE INDEX obligation_live ON obligation (client, key) WHERE state = 'live';
CREATE INDEX obligation_client ON obligation (client, key);
CREATE INDEX message_due ON message (next_attempt_at) WHERE state = 'pending';
CREATE INDEX message_staff ON message (staff, slot);
CREATE INDEX item_client ON item (client, id);
CREATE INDEX item_owed ON item (next_attempt_at) WHERE state = 'owed';
CREATE INDEX item_message ON item (message) WHERE message IS NOT NULL;
CREATE INDEX message_item_item ON message_item (item);
COMMIT;
