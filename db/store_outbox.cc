// Messages on their way: composed, tried, accepted or given up. Every step is committed before the
// next one begins, so that a kill at any point leaves either what was or an attempt of unknown end.
#include <stdexcept>

#include "db/detail.h"
#include "db/file_words.h"
#include "db/store.h"

namespace omamori {
namespace {

const std::string kMessages =
    "SELECT id, kind, type, staff, channel, address, slot_day, slot, subject, text, html, json,"
    " state, frozen, in_flight, attempts, next_attempt_at, life_used, created_at, ended_at, tries,"
    " (SELECT count(*) FROM message_item WHERE message = id), id_domain, part, parts, numbered,"
    " body_hash "
    "FROM message";

// The same without subject and texts, which take longer to read than all the rest.
const std::string kWithoutWords = [] {
  std::string sql = kMessages;
  const std::string words = "subject, text, html, json";
  return sql.replace(sql.find(words), words.size(), "'', '', '', ''");
}();

constexpr std::size_t kReplyLimit = 500;

// Of messages that ended after `since` none has an older slot: a person's messages are found by it.
Instant oldest_slot_of(Instant since) { return since - std::chrono::days{60}; }

std::string one_a_line(const std::vector<std::string>& texts) {
  std::string lines;
  for (const std::string& text : texts) lines.append(text).push_back('\n');
  return lines;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  for (std::size_t end = 0; (end = text.find('\n')) != std::string_view::npos;) {
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  return lines;
}

StoredMessage message_of(const Cursor& row) {
  StoredMessage message;
  NewMessage& content = message.content;
  content.id = row.view(0);
  content.kind = from_file_word<MessageKind>(row.view(1));
  content.type = row.view(2);
  content.staff = row.view(3);
  content.channel = from_file_word<Channel>(row.view(4));
  content.address = row.view(5);
  content.slot_day = row.day(6);
  content.slot = row.instant(7);
  content.subject = row.view(8);
  content.text = row.view(9);
  content.html = row.view(10);
  content.json = row.view(11);
  message.state = from_file_word<MessageState>(row.view(12));
  message.frozen = row.flag(13);
  message.in_flight = row.flag(14);
  message.attempts = row.number(15);
  message.next_attempt_at = row.optional_instant(16);
  message.life_used = std::chrono::seconds{row.integer(17)};
  message.created_at = row.instant(18);
  message.ended_at = row.optional_instant(19);
  message.tries = row.number(20);
  content.id_domain = row.view(22);
  content.part = row.number(23);
  content.parts = row.number(24);
  content.numbered = lines_of(row.view(25));
  message.body_hash = row.view(26);
  if (message.next_attempt_at) content.first_attempt_at = *message.next_attempt_at;
  return message;
}

// What an attempt's end makes of its message.
MessageState state_after(const AttemptEnd& end) {
  if (end.outcome == AttemptOutcome::sent) return MessageState::sent;
  if (end.outcome == AttemptOutcome::refused) return MessageState::refused;
  return end.next_attempt_at ? MessageState::pending : MessageState::expired;
}

}  // namespace

struct Store::Outbox {
  explicit Outbox(Database& database) : db(database) {}
  Database& db;
  Statement put{db,
                "INSERT INTO message (id, kind, type, staff, channel, address, slot_day, slot,"
                " subject, text, html, json, state, next_attempt_at, created_at, id_domain, part,"
                " parts, numbered) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,"
                " 'pending', ?13, ?14, ?15, ?16, ?17, ?18)"};
  Statement rewrite{
      db,
      "UPDATE message SET subject = ?2, text = ?3, html = ?4, json = ?5, numbered = ?6"
      " WHERE id = ?1"};
  Statement forget_items{db, "DELETE FROM message_item WHERE message = ?1"};
  Statement bind{db,
                 "UPDATE item SET message = ?2 WHERE id = ?1 AND state = 'owed' AND"
                 " (message IS NULL OR message = ?2 OR message IN"
                 " (SELECT id FROM message WHERE state <> 'pending'))"};
  Statement remember{db, "INSERT INTO message_item VALUES (?1, ?2) ON CONFLICT DO NOTHING"};
  Statement items{db, "SELECT id FROM item WHERE message = ?1 ORDER BY id"};
  Statement release{db,
                    "UPDATE item SET message = NULL, next_attempt_at = ?2"
                    " WHERE message = ?1 AND state = 'owed'"};
  Statement tell{db,
                 "UPDATE item SET state = 'told', told_at = ?2, channel = ?3, reason = '',"
                 " next_attempt_at = NULL WHERE message = ?1 AND state = 'owed'"};
  Statement drop_items{db,
                       "UPDATE item SET state = 'dropped', reason = ?2, message = NULL,"
                       " next_attempt_at = NULL WHERE message = ?1 AND state = 'owed'"};
  Statement one{db, kMessages + " WHERE id = ?1"};
  Statement outline{db, kWithoutWords + " WHERE id = ?1"};
  Statement due{db, kMessages +
                        " WHERE state = 'pending' AND in_flight = 0 AND next_attempt_at <= ?1"
                        " ORDER BY next_attempt_at, slot, id"};
  Statement due_at{db, kMessages +
                           " INDEXED BY message_peer WHERE state = 'pending' AND channel = ?1"
                           " AND (?2 = '' OR address = ?2)"
                           " AND in_flight = 0 AND next_attempt_at <= ?3"
                           " AND (?5 = '' OR kind = ?5) AND kind <> 'urgent'"
                           " ORDER BY next_attempt_at LIMIT ?4"};
  Statement urgent_at{db, kMessages +
                              " INDEXED BY message_urgent WHERE state = 'pending' AND"
                              " kind = 'urgent' AND channel = ?1 AND (?2 = '' OR address = ?2)"
                              " AND in_flight = 0 AND next_attempt_at <= ?3"
                              " ORDER BY next_attempt_at LIMIT ?4"};
  Statement next_at{db,
                    "SELECT next_attempt_at FROM message INDEXED BY message_peer"
                    " WHERE state = 'pending' AND channel = ?1 AND (?2 = '' OR address = ?2)"
                    " AND in_flight = 0 AND (?3 = '' OR kind = ?3) AND kind <> 'urgent'"
                    " ORDER BY next_attempt_at LIMIT 1"};
  Statement next_urgent_at{db,
                           "SELECT next_attempt_at FROM message INDEXED BY message_urgent"
                           " WHERE state = 'pending' AND kind = 'urgent' AND channel = ?1"
                           " AND (?2 = '' OR address = ?2) AND in_flight = 0"
                           " ORDER BY next_attempt_at LIMIT 1"};
  Statement newest{db, kMessages +
                           " WHERE ?1 = '' OR state = ?1 ORDER BY created_at DESC, id DESC"
                           " LIMIT ?2"};
  Statement all_pending{db, kWithoutWords +
                                " WHERE state = 'pending' AND next_attempt_at > 0"
                                " ORDER BY created_at DESC, id DESC"};
  Statement pending{db, kMessages +
                            " WHERE staff = ?1 AND channel = ?2 AND state = 'pending'"
                            " ORDER BY slot, created_at, id"};
  Statement next{db,
                 "SELECT min(t) FROM (SELECT min(next_attempt_at) AS t FROM message WHERE"
                 " state = 'pending' AND in_flight = 0 UNION ALL SELECT min(next_attempt_at)"
                 " FROM item WHERE state = 'owed' AND message IS NULL)"};
  Statement fly{db,
                "UPDATE message SET in_flight = 1, attempts = attempts + 1, id_domain = CASE WHEN"
                " id_domain = '' THEN ?2 ELSE id_domain END WHERE id = ?1 AND"
                " state = 'pending' AND in_flight = 0"};
  Statement begin{db,
                  "INSERT INTO attempt SELECT id, attempts, ?2, NULL, 'begun', '', 0"
                  " FROM message WHERE id = ?1"};
  Statement end_attempt{db,
                        "UPDATE attempt SET ended_at = ?2, outcome = ?3, reply = ?4,"
                        " latency_ms = ?5 WHERE message = ?1 AND outcome = 'begun'"};
  // ?3 ended at, ?4 next attempt, ?5 frozen from now on
  Statement land{db,
                 "UPDATE message SET state = ?2, in_flight = 0, ended_at = ?3,"
                 " next_attempt_at = ?4, frozen = max(frozen, ?5), life_used = ?6,"
                 " tries = tries + ?7 WHERE id = ?1"};
  Statement close{db,
                  "UPDATE message SET state = ?2, ended_at = ?3, next_attempt_at = NULL,"
                  " in_flight = 0 WHERE id = ?1 AND state = 'pending'"};
  Statement take_free{db,
                      "UPDATE item SET message = ?1 WHERE state = 'owed' AND"
                      " message IS NULL AND id IN"
                      " (SELECT item FROM message_item WHERE message = ?1)"};
  Statement revive{db,
                   "UPDATE message SET state = ?2, ended_at = ?3, next_attempt_at = ?4"
                   " WHERE id = ?1"};
  Statement flying{db, kMessages + " WHERE state = 'pending' AND in_flight = 1 ORDER BY id"};
  Statement spent{
      db,
      "SELECT DISTINCT channel, address FROM message m WHERE staff = ?1 AND slot >= ?4"
      " AND state IN ('refused', 'expired') AND ended_at BETWEEN ?2 AND ?3 AND kind <> 'test'"
      " AND (?5 = 0 OR kind = 'urgent') AND NOT EXISTS (SELECT 1 FROM message s WHERE s.staff = ?1 "
      "AND s.slot >= ?4 AND"
      " s.state = 'sent' AND s.channel = m.channel AND s.address = m.address AND"
      " s.ended_at > m.ended_at AND s.ended_at <= ?3)"};
  Statement dead{db, kWithoutWords +
                         " WHERE staff = ?1 AND slot >= ?4 AND state IN ('refused', 'expired')"
                         " AND ended_at > ?2 AND ended_at <= ?3 AND kind <> 'test'"
                         " ORDER BY ended_at, id"};
  Statement hurry{db,
                  "UPDATE message SET next_attempt_at = ?2 WHERE id = ?1 AND state = 'pending'"};
  Statement attempts{db,
                     "SELECT n, at, ended_at, outcome, reply, latency_ms FROM attempt"
                     " WHERE message = ?1 ORDER BY n"};

  void bind_items(const NewMessage& message) {
    for (const std::int64_t item : message.items) {
      bind.run(item, message.id);
      if (db.changes() != 1) {
        throw std::logic_error("item " + std::to_string(item) +
                               " is not owed and free, so message " + message.id +
                               " cannot carry it");
      }
      remember.run(message.id, item);
    }
  }
  void fill_items(StoredMessage& message, std::int64_t composed_with) {
    std::vector<std::int64_t>& bound = message.content.items;
    for (Cursor rows = items.query(message.content.id); rows.next();) {
      bound.push_back(rows.integer(0));
    }
    message.stale = message.state == MessageState::pending &&
                    static_cast<std::int64_t>(bound.size()) < composed_with;
  }
  // Rows that cannot be read are left out and named; null: they throw BadRow.
  template <class... Values>
  std::vector<StoredMessage> read_what_can_be(std::vector<std::string>* unreadable,
                                              Statement& statement, const Values&... values) {
    std::vector<StoredMessage> found;
    for (Cursor rows = statement.query(values...); rows.next();) {
      try {
        StoredMessage message = message_of(rows);
        fill_items(message, rows.integer(21));
        found.push_back(std::move(message));
      } catch (const BadRow&) {
        if (!unreadable) throw;
        unreadable->push_back(rows.text(0));
      }
    }
    return found;
  }
  template <class... Values>
  std::vector<StoredMessage> read(Statement& statement, const Values&... values) {
    return read_what_can_be(nullptr, statement, values...);
  }
};

std::shared_ptr<Store::Outbox> Store::make_outbox() { return std::make_shared<Outbox>(database_); }

void Store::release_items(const std::string& message, Instant next_attempt_at) {
  outbox_->release.run(message, next_attempt_at);
}

void Store::put_message(const NewMessage& message, const std::vector<std::string>& supersedes,
                        const Act& act) {
  Transaction transaction(database_);
  for (const std::string& old : supersedes) {
    const auto known = this->message(old);
    if (!known || known->state != MessageState::pending || known->in_flight) {
      throw std::logic_error("message " + old + " cannot be superseded: not pending, or in flight");
    }
    outbox_->close.run(old, file_word(MessageState::superseded), act.now);
    release_items(old, act.now);
    journal_.append(
        {act.now, act.actor, "message.superseded", "", old, detail_json({{"by", message.id}})});
  }
  outbox_->put.run(message.id, file_word(message.kind), message.type, message.staff,
                   file_word(message.channel), message.address, message.slot_day, message.slot,
                   message.subject, message.text, message.html, message.json,
                   message.first_attempt_at, act.now, message.id_domain, message.part,
                   message.parts, one_a_line(message.numbered));
  outbox_->bind_items(message);
  journal_.append({act.now, act.actor, "message.composed", "", message.id,
                   detail_json({{"staff", message.staff},
                                {"kind", std::string(file_word(message.kind))},
                                {"channel", std::string(file_word(message.channel))},
                                {"items", static_cast<std::int64_t>(message.items.size())},
                                {"text", text_hash(message.text)}})});
  transaction.commit();
}

bool Store::recompose_message(const NewMessage& message, const Act& act) {
  const auto known = this->message(message.id);
  if (!known || known->state != MessageState::pending || known->frozen || known->in_flight) {
    return false;
  }
  Transaction transaction(database_);
  release_items(message.id, act.now);
  outbox_->forget_items.run(message.id);
  outbox_->rewrite.run(message.id, message.subject, message.text, message.html, message.json,
                       one_a_line(message.numbered));
  outbox_->bind_items(message);
  journal_.append({act.now, act.actor, "message.recomposed", "", message.id,
                   detail_json({{"items", static_cast<std::int64_t>(message.items.size())},
                                {"text", text_hash(message.text)}})});
  transaction.commit();
  return true;
}

std::optional<StoredMessage> Store::message(const std::string& id) {
  auto found = outbox_->read(outbox_->one, id);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::optional<StoredMessage> Store::message_outline(const std::string& id) {
  auto found = outbox_->read(outbox_->outline, id);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<StoredMessage> Store::due_messages(Instant now) {
  return outbox_->read(outbox_->due, now);
}

std::vector<StoredMessage> Store::due_messages(Instant now, const WayOut& way, int limit,
                                               std::vector<std::string>& unreadable) {
  const std::string_view channel = file_word(way.channel);
  if (way.urgent) {
    return outbox_->read_what_can_be(&unreadable, outbox_->urgent_at, channel, way.address, now,
                                     limit);
  }
  return outbox_->read_what_can_be(&unreadable, outbox_->due_at, channel, way.address, now, limit,
                                   way.only ? file_word(*way.only) : std::string_view());
}

std::optional<Instant> Store::next_message_instant(const WayOut& way) {
  const std::string_view channel = file_word(way.channel);
  Cursor rows = way.urgent
                    ? outbox_->next_urgent_at.query(channel, way.address)
                    : outbox_->next_at.query(channel, way.address,
                                             way.only ? file_word(*way.only) : std::string_view());
  return rows.next() ? rows.optional_instant(0) : std::nullopt;
}

bool Store::give_up_message(const std::string& id, const std::string& reason, const Act& act) {
  const auto known = message(id);
  if (!known || known->state != MessageState::pending || known->in_flight) return false;
  Transaction transaction(database_);
  outbox_->close.run(id, file_word(MessageState::expired), act.now);
  release_items(id, act.now);
  journal_.append(
      {act.now, act.actor, "message.given_up", "", id, detail_json({{"reason", reason}})});
  transaction.commit();
  return true;
}

void Store::set_aside_message(const std::string& id, const Act& act) {
  Transaction transaction(database_);
  outbox_->end_attempt.run(id, act.now, file_word(AttemptOutcome::unknown), "interrupted", 0);
  outbox_->close.run(id, file_word(MessageState::superseded), act.now);
  release_items(id, act.now + std::chrono::seconds{1});
  journal_.append({act.now, act.actor, "message.set_aside", "", id, "{}"});
  transaction.commit();
}

std::vector<StoredMessage> Store::messages(std::optional<MessageState> state, int limit,
                                           std::vector<std::string>* unreadable) {
  const std::string_view word = state ? file_word(*state) : std::string_view();
  return outbox_->read_what_can_be(unreadable, outbox_->newest, word, limit);
}

std::vector<StoredMessage> Store::all_pending(std::vector<std::string>& unreadable) {
  return outbox_->read_what_can_be(&unreadable, outbox_->all_pending);
}

std::vector<StoredMessage> Store::dead_messages(const std::string& staff, Instant since,
                                                Instant until) {
  std::vector<std::string> unreadable;  // the delivery loop names them
  return outbox_->read_what_can_be(&unreadable, outbox_->dead, staff, since, until,
                                   oldest_slot_of(since));
}

std::vector<StoredMessage> Store::pending_to(const std::string& staff, Channel channel,
                                             std::vector<std::string>* unreadable) {
  return outbox_->read_what_can_be(unreadable, outbox_->pending, staff, file_word(channel));
}

std::vector<std::pair<Channel, std::string>> Store::spent_ways(const std::string& staff,
                                                               Instant since, Instant now,
                                                               bool urgent_only) {
  std::vector<std::pair<Channel, std::string>> found;
  for (Cursor rows = outbox_->spent.query(staff, since, now, oldest_slot_of(since), urgent_only);
       rows.next();) {
    found.emplace_back(from_file_word<Channel>(rows.view(0)), rows.text(1));
  }
  return found;
}

std::optional<Instant> Store::next_delivery_instant() {
  Cursor rows = outbox_->next.query();
  return rows.next() ? rows.optional_instant(0) : std::nullopt;
}

int Store::begin_attempt(const std::string& id, Instant at, const std::string& id_domain) {
  Transaction transaction(database_);
  outbox_->fly.run(id, id_domain);
  if (database_.changes() != 1) {
    throw std::logic_error("message " + id + " is not pending, or in flight already");
  }
  outbox_->begin.run(id, at);
  const int n = message_outline(id)->attempts;
  transaction.commit();
  return n;
}

void Store::record_attempt(const std::string& id, const AttemptEnd& end, const Act& act) {
  const auto known = message_outline(id);
  if (!known || !known->in_flight) throw std::logic_error("message " + id + " is not in flight");
  Transaction transaction(database_);
  const MessageState state = state_after(end);
  const bool pending = state == MessageState::pending;
  outbox_->end_attempt.run(id, act.now, file_word(end.outcome), end.reply.substr(0, kReplyLimit),
                           end.latency_ms);
  outbox_->land.run(id, file_word(state), pending ? std::nullopt : std::optional(act.now),
                    pending ? end.next_attempt_at : std::nullopt,
                    end.outcome == AttemptOutcome::unknown, end.life_used.count(), end.counts);
  if (state == MessageState::sent) {
    outbox_->tell.run(id, act.now, file_word(known->content.channel));
  } else if (!pending) {
    release_items(id, act.now);
  }
  journal_.append({act.now, act.actor, "message.attempt", "", id,
                   detail_json({{"n", std::int64_t{known->attempts}},
                                {"outcome", std::string(file_word(end.outcome))},
                                {"state", std::string(file_word(state))},
                                {"staff", known->content.staff},
                                {"channel", std::string(file_word(known->content.channel))},
                                {"reply", text_hash(end.reply)}})});
  transaction.commit();
}

bool Store::revive_message(const std::string& id, const Act& act) {
  const auto known = message_outline(id);
  if (!known || known->state != MessageState::refused || !known->body_hash.empty()) return false;
  Transaction transaction(database_);
  outbox_->take_free.run(id);
  const bool again = database_.changes() > 0;
  outbox_->revive.run(id, file_word(again ? MessageState::pending : MessageState::superseded),
                      again ? std::nullopt : std::optional(act.now),
                      again ? std::optional(act.now) : std::nullopt);
  journal_.append({act.now, act.actor, "message.revived", "", id, "{}"});
  transaction.commit();
  return true;
}

int Store::settle_interrupted(const Act& act) {
  Transaction transaction(database_);
  std::vector<std::string> unreadable;
  const auto flying = outbox_->read_what_can_be(&unreadable, outbox_->flying);
  for (const std::string& id : unreadable) set_aside_message(id, act);
  for (const StoredMessage& message : flying) {
    record_attempt(message.content.id,
                   {AttemptOutcome::unknown, "interrupted", 0, act.now, message.life_used}, act);
  }
  transaction.commit();
  return static_cast<int>(flying.size() + unreadable.size());
}

std::vector<StoredAttempt> Store::attempts(const std::string& id) {
  std::vector<StoredAttempt> found;
  for (Cursor rows = outbox_->attempts.query(id); rows.next();) {
    found.push_back({rows.number(0), rows.instant(1), rows.optional_instant(2),
                     from_file_word<AttemptOutcome>(rows.view(3)), rows.text(4), rows.number(5)});
  }
  return found;
}

Recorded Store::retry_message(const std::string& id, const Act& act) {
  const auto known = message(id);
  if (!known) return {0, 0, "no message " + id};
  if (known->state != MessageState::pending) {
    return {0, 0, "it is " + std::string(file_word(known->state)) + ": only pending ones are sent"};
  }
  Transaction transaction(database_);
  outbox_->hurry.run(id, act.now);
  const std::int64_t seq = journal_.append({act.now, act.actor, "message.retry", "", id, "{}"});
  transaction.commit();
  return {0, seq, {}};
}

Recorded Store::drop_message(const std::string& id, const std::string& reason, const Act& act) {
  const auto known = message(id);
  if (!known) return {0, 0, "no message " + id};
  if (known->state != MessageState::pending) {
    return {0, 0, "it is " + std::string(file_word(known->state)) + " already"};
  }
  if (known->in_flight) return {0, 0, "it is being sent at this moment: try again"};
  if (reason.empty()) return {0, 0, "a reason is needed"};
  Transaction transaction(database_);
  outbox_->close.run(id, file_word(MessageState::dropped), act.now);
  outbox_->drop_items.run(id, reason);
  const std::int64_t seq = journal_.append(
      {act.now, act.actor, "message.dropped", "", id,
       detail_json({{"reason", text_keys_.hash("", reason)},
                    {"items", static_cast<std::int64_t>(known->content.items.size())}})});
  transaction.commit();
  return {0, seq, {}};
}

}  // namespace omamori
