#include "db/mail_records.h"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace omamori {
namespace {

const std::string kReplies =
    "SELECT id, mail, message, staff, at, on_day, mail_id, acts, answer FROM reply";

// "12 13", and back.
std::string words_of(const std::vector<std::int64_t>& ids) {
  std::string words;
  for (const std::int64_t id : ids) {
    if (!words.empty()) words += ' ';
    words += std::to_string(id);
  }
  return words;
}

std::vector<std::int64_t> ids_of(std::string_view words) {
  std::vector<std::int64_t> ids;
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    std::int64_t id = 0;
    if (std::from_chars(words.data(), words.data() + end, id).ec == std::errc{}) ids.push_back(id);
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return ids;
}

StoredReply reply_of(const Cursor& row) {
  StoredReply reply;
  reply.id = row.integer(0);
  reply.mail = row.view(1);
  reply.message = row.view(2);
  reply.staff = row.view(3);
  reply.at = row.instant(4);
  reply.on = row.day(5);
  reply.mail_id = row.view(6);
  reply.acts = ids_of(row.view(7));
  reply.answer = row.view(8);
  return reply;
}

std::optional<StoredReply> reply_if_any(Cursor rows) {
  if (!rows.next()) return {};
  return reply_of(rows);
}

}  // namespace

MailRecords::MailRecords(Database& database)
    : put_(database,
           "INSERT INTO reply (mail, message, staff, at, on_day, mail_id, acts, answer)"
           " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"),
      find_(database, kReplies + " WHERE mail = ?1"),
      to_(database, kReplies + " WHERE message = ?1 ORDER BY id DESC"),
      answered_(database, kReplies + " WHERE answer = ?1"),
      answers_(database,
               "SELECT count(*) FROM reply WHERE message = ?1 AND on_day = ?2 AND answer <> ''"),
      refuse_(database,
              "INSERT INTO mail_refused VALUES (?1, ?2, 1) ON CONFLICT (on_day, reason)"
              " DO UPDATE SET count = count + 1"),
      refused_(database,
               "SELECT reason, sum(count) FROM mail_refused WHERE on_day >= ?1 GROUP BY reason"
               " ORDER BY 2 DESC, 1"),
      forget_(database, "DELETE FROM reply WHERE on_day < ?1"),
      forget_refused_(database, "DELETE FROM mail_refused WHERE on_day < ?1"),
      db_(database) {}

std::int64_t MailRecords::put(const StoredReply& reply) {
  put_.run(reply.mail, reply.message, reply.staff, reply.at, reply.on, reply.mail_id,
           words_of(reply.acts), reply.answer);
  return db_.last_id();
}

std::optional<StoredReply> MailRecords::find(const std::string& mail) {
  return reply_if_any(find_.query(mail));
}

std::vector<StoredReply> MailRecords::replies_to(const std::string& message) {
  std::vector<StoredReply> found;
  for (Cursor rows = to_.query(message); rows.next();) found.push_back(reply_of(rows));
  return found;
}

std::optional<StoredReply> MailRecords::answered_by(const std::string& answer) {
  return reply_if_any(answered_.query(answer));
}

int MailRecords::answers(const std::string& message, Day on) {
  Cursor rows = answers_.query(message, on);
  return rows.next() ? rows.number(0) : 0;
}

void MailRecords::count_refused(const std::string& reason, Day on) { refuse_.run(on, reason); }

std::vector<RefusedMail> MailRecords::refused_since(Day since) {
  std::vector<RefusedMail> found;
  for (Cursor rows = refused_.query(since); rows.next();) {
    found.push_back({rows.text(0), rows.number(1)});
  }
  return found;
}

void MailRecords::forget_before(Day day) {
  forget_.run(day);
  forget_refused_.run(day);
}

}  // namespace omamori
