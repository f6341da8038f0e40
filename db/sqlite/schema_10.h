// Version 10: replies by mail: what they answer, what came of them, and how many were refused.
#pragma once

namespace omamori {

inline constexpr const char* kSchema10 = R"sql(
-- what its lines were about, in the order of their numbers: keys of obligations, one a line
ALTER TABLE message ADD COLUMN numbered TEXT NOT NULL DEFAULT '';

-- a reply that was read; of its words nothing is kept (P7)
CREATE TABLE reply (
  id       INTEGER PRIMARY KEY,
  -- hash of what it answers and its Message-ID, by which it is known again; where it came again
  -- and was answered again another hash
  mail     TEXT NOT NULL UNIQUE,
  message  TEXT NOT NULL,         -- what it answers, or what that was an answer in
  staff    TEXT NOT NULL,
  at       INTEGER NOT NULL,
  on_day   TEXT NOT NULL CHECK (length(on_day) = 10),
  mail_id  TEXT NOT NULL,         -- its Message-ID, which an answer names
  acts     TEXT NOT NULL,         -- what it recorded: ids of door_act, with blanks between
  answer   TEXT NOT NULL          -- our message about it; '' = none
) STRICT;
CREATE INDEX reply_message ON reply (message, on_day);
CREATE INDEX reply_day ON reply (on_day);
CREATE INDEX reply_answer ON reply (answer) WHERE answer <> '';

-- mails that recorded nothing and were not answered, a day and reason
CREATE TABLE mail_refused (
  on_day TEXT NOT NULL CHECK (length(on_day) = 10),
  reason TEXT NOT NULL,
  count  INTEGER NOT NULL,
  PRIMARY KEY (on_day, reason)
) STRICT, WITHOUT ROWID;
)sql";

}  // namespace omamori
