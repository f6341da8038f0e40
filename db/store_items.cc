// Who is owed or was told what.
#include <algorithm>
#include <stdexcept>

#include "daemon/model/calendar.h"
#include "daemon/model/reminder.h"
#include "db/detail.h"
#include "db/file_words.h"
#include "db/store.h"

namespace omamori {
namespace {

const std::string kItems =
    "SELECT i.id, i.client, i.obligation, i.stage, i.days, i.repeat, i.slot_day, i.slot, i.staff,"
    " i.as_role, i.urgency, i.state, i.reason, i.message, i.channel, i.told_at, i.first_owed_at,"
    " i.next_attempt_at, i.state <> 'told' AND EXISTS (SELECT 1 FROM message_item c JOIN message m "
    "ON m.id = c.message"
    " WHERE c.item = i.id AND m.frozen = 1 AND m.state <> 'sent'), i.instead_of"
    " FROM item i";
constexpr std::string_view kPause = "acknowledged";
const std::string kByPerson =
    " ORDER BY i.staff, CASE i.urgency WHEN 'urgent' THEN 0 WHEN 'own_at_slot' THEN 1 ELSE 2 END,"
    " i.slot, i.id";

StoredItem item_of(const Cursor& row) {
  StoredItem item;
  item.id = row.integer(0);
  item.client = row.view(1);
  Reminder& reminder = item.reminder;
  reminder.obligation = row.view(2);
  reminder.stage = row.view(3);
  reminder.days = row.number(4);
  reminder.repeat = row.number(5);
  reminder.slot_day = row.day(6);
  reminder.slot = row.instant(7);
  reminder.staff = row.view(8);
  reminder.as = from_file_word<Role>(row.view(9));
  reminder.urgency = from_file_word<Urgency>(row.view(10));
  item.state = from_file_word<ItemState>(row.view(11));
  item.reason = row.view(12);
  item.message = row.view(13);
  if (!row.view(14).empty()) item.channel = from_file_word<Channel>(row.view(14));
  item.told_at = row.optional_instant(15);
  item.first_owed_at = row.optional_instant(16);
  item.next_attempt_at = row.optional_instant(17);
  item.maybe_told = row.flag(18);
  reminder.instead_of = row.view(19);
  return item;
}

template <class... Values>
std::vector<StoredItem> read(Statement& statement, const Values&... values) {
  std::vector<StoredItem> found;
  for (Cursor rows = statement.query(values...); rows.next();) found.push_back(item_of(rows));
  return found;
}

// One row of somebody's that cannot be read must not hide everybody else's.
std::vector<StoredItem> read_what_can_be(Statement& statement, Instant until,
                                         std::vector<std::string>* unreadable) {
  std::vector<StoredItem> found;
  for (Cursor rows = statement.query(until); rows.next();) {
    try {
      found.push_back(item_of(rows));
    } catch (const BadRow&) {
      if (!unreadable) throw;
      unreadable->push_back("item " + rows.text(0) + " of " + rows.text(1));
    }
  }
  return found;
}

std::string reminder_detail(const Reminder& reminder, const std::string& reason) {
  return detail_json({{"stage", reminder.stage},
                      {"days", std::int64_t{reminder.days}},
                      {"repeat", std::int64_t{reminder.repeat}},
                      {"slot_day", to_string(reminder.slot_day)},
                      {"staff", reminder.staff},
                      {"as", std::string(file_word(reminder.as))},
                      {"instead_of", reminder.instead_of},
                      {"reason", reason}});
}

}  // namespace

struct Store::Items {
  explicit Items(Database& database) : db(database) {}
  Database& db;
  // A stage is its rank: its name and the count of its repetitions change with the policy.
  Statement same{db, kItems + " WHERE i.obligation = ?1 AND i.days = ?2 AND i.staff = ?3"};
  Statement client_of{db, "SELECT client FROM obligation WHERE key = ?1"};
  // ?11 state, ?12 reason, ?13 owed since, ?14 next attempt. The key columns never change.
  Statement put{
      db,
      "INSERT INTO item (obligation, client, stage, days, repeat, slot_day, slot, staff, as_role,"
      " urgency, state, reason, message, channel, told_at, first_owed_at, next_attempt_at, "
      "instead_of)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, NULL, '', NULL, ?13, ?14, ?15)"
      " ON CONFLICT (obligation, days, staff) DO UPDATE SET stage = ?3, repeat = ?5,"
      " slot_day = ?6, slot = ?7, as_role = ?9, urgency = ?10, state = ?11, reason = ?12,"
      " message = NULL, first_owed_at = ?13, next_attempt_at = ?14, instead_of = ?15"};
  Statement postpone{db, "UPDATE item SET next_attempt_at = ?2 WHERE id = ?1 AND state = 'owed'"};
  Statement one{db, kItems + " WHERE i.id = ?1"};
  Statement of_client{db, kItems + " WHERE i.client = ?1 ORDER BY i.id"};
  Statement of_obligation{db, kItems + " WHERE i.obligation = ?1 ORDER BY i.id"};
  Statement to_another{db,
                       "SELECT 1 FROM item WHERE obligation = ?1 AND days = ?2 AND staff <> ?3 AND"
                       " (state = 'told' OR (state = 'owed' AND first_owed_at > ?4)) LIMIT 1"};
  Statement times_told{db,
                       "SELECT count(*) FROM item WHERE obligation = ?1 AND state = 'told' AND"
                       " (?2 = '' OR staff = ?2) AND (?3 = '' OR stage = ?3)"};
  Statement due{db, kItems +
                        " WHERE i.state = 'owed' AND i.message IS NULL AND"
                        " i.next_attempt_at <= ?1" +
                        kByPerson};
  Statement substitutes{db, kItems +
                                " WHERE i.obligation = ?1 AND i.instead_of = ?3 AND"
                                " (i.days = ?2 OR i.stage = 'not_reached') AND i.state = 'owed'"};
  Statement carried_by{db,
                       "SELECT m.id, m.channel, m.address, m.state, m.frozen, m.in_flight,"
                       " m.ended_at, (SELECT min(at) FROM attempt WHERE message = m.id),"
                       " (SELECT max(at) FROM attempt WHERE message = m.id)"
                       " FROM message_item c JOIN message m ON m.id = c.message"
                       " WHERE c.item = ?1 ORDER BY m.created_at, m.id"};
  Statement next_free{db,
                      "SELECT min(next_attempt_at) FROM item WHERE state = 'owed' AND"
                      " message IS NULL"};
  Statement since{db, kItems + " WHERE i.state = 'owed' AND i.first_owed_at <= ?1" + kByPerson};
  Statement on_its_way{db,
                       "SELECT 1 FROM message WHERE id = ?1 AND state = 'pending' AND"
                       " (frozen = 1 OR in_flight = 1)"};

  std::optional<StoredItem> find(const Reminder& reminder) {
    auto found = read(same, reminder.obligation, reminder.days, reminder.staff);
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
  }
  std::string client_of_obligation(const std::string& key) {
    Cursor rows = client_of.query(key);
    if (!rows.next()) throw std::logic_error("reminder of an unknown obligation " + key);
    return rows.text(0);
  }
  // A peer may have it already: too late to change one's mind.
  bool may_be_told(const StoredItem& item) {
    if (item.message.empty()) return false;
    return on_its_way.query(item.message).next();
  }
  void write(const Reminder& reminder, const std::string& client, ItemState state,
             const std::string& reason, std::optional<Instant> owed_since,
             std::optional<Instant> next) {
    put.run(reminder.obligation, client, reminder.stage, reminder.days, reminder.repeat,
            reminder.slot_day, reminder.slot, reminder.staff, file_word(reminder.as),
            file_word(reminder.urgency), file_word(state), reason, owed_since, next,
            reminder.instead_of);
  }
};

std::shared_ptr<Store::Items> Store::make_items() { return std::make_shared<Items>(database_); }

bool Store::owe(const Reminder& reminder, const Act& act) {
  const auto known = items_->find(reminder);
  if (known && known->state != ItemState::skipped) return false;
  Transaction transaction(database_);
  const std::string client = items_->client_of_obligation(reminder.obligation);
  // The reason of a silence that is over stays until it is told: its lateness was meant.
  // What is owed ahead of its slot is not late before it.
  items_->write(reminder, client, ItemState::owed, known ? known->reason : "",
                std::max(act.now, reminder.slot), reminder.slot);
  journal_.append({act.now, act.actor, "item.owed", client, reminder.obligation,
                   reminder_detail(reminder, "")});
  transaction.commit();
  return true;
}

bool Store::silence(const Reminder& reminder, const std::string& reason, const Act& act) {
  if (reason.empty()) throw std::logic_error("a silence without a reason");
  const auto known = items_->find(reminder);
  if (known) {
    if (known->state == ItemState::told || known->state == ItemState::dropped) return false;
    // Why it was not told when its slot came stays as it was; only a pause may be longer than was
    // said first.
    const bool longer = reason.starts_with(kPause) && known->reason.starts_with(kPause);
    if (known->state == ItemState::skipped && (known->reason == reason || !longer)) return false;
    if (items_->may_be_told(*known)) return false;
  }
  Transaction transaction(database_);
  const std::string client = items_->client_of_obligation(reminder.obligation);
  items_->write(reminder, client, ItemState::skipped, reason, std::nullopt, std::nullopt);
  journal_.append({act.now, act.actor, "silence", client, reminder.obligation,
                   reminder_detail(reminder, reason)});
  transaction.commit();
  return true;
}

std::vector<StoredItem> Store::items_of(const std::string& client) {
  return read(items_->of_client, client);
}

std::vector<StoredItem> Store::items_of_obligation(const std::string& key) {
  return read(items_->of_obligation, key);
}

bool Store::is_told_to_another(const Reminder& r, Instant owed_after) {
  return items_->to_another.query(r.obligation, r.days, r.staff, owed_after).next();
}

int Store::times_told(const std::string& obligation, const std::string& staff,
                      const std::string& stage) {
  Cursor rows = items_->times_told.query(obligation, staff, stage);
  return rows.next() ? rows.number(0) : 0;
}

std::vector<StoredItem> Store::owed_items(Instant now, std::vector<std::string>* unreadable) {
  return read_what_can_be(items_->due, now, unreadable);
}

std::vector<StoredItem> Store::owed_since(Instant before, std::vector<std::string>* unreadable) {
  return read_what_can_be(items_->since, before, unreadable);
}

std::optional<StoredItem> Store::item(std::int64_t id) {
  auto found = read(items_->one, id);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<CarriedBy> Store::carried_by(std::int64_t id) {
  std::vector<CarriedBy> found;
  for (Cursor rows = items_->carried_by.query(id); rows.next();) {
    found.push_back({rows.text(0), from_file_word<Channel>(rows.view(1)), rows.text(2),
                     from_file_word<MessageState>(rows.view(3)), rows.flag(4), rows.flag(5),
                     rows.optional_instant(6), rows.optional_instant(7), rows.optional_instant(8)});
  }
  return found;
}

std::optional<Instant> Store::next_item_instant() {
  Cursor rows = items_->next_free.query();
  return rows.next() ? rows.optional_instant(0) : std::nullopt;
}

void Store::skip_substitutes(const Reminder& told, const Act& act) {
  for (const StoredItem& item : read(items_->substitutes, told.obligation, told.days, told.staff)) {
    silence(item.reminder, told.staff + " was told meanwhile", act);
  }
}

void Store::postpone_item(std::int64_t id, Instant next_attempt_at) {
  items_->postpone.run(id, next_attempt_at);
}

}  // namespace omamori
