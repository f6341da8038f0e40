#include "db/journal.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include <openssl/evp.h>

namespace omamori {
namespace {

// What the first row is chained to.
const std::string kGenesis(64, '0');

void add(std::string& out, std::string_view column) {
  out += std::to_string(column.size());
  out += ':';
  out += column;
}

std::string hash_of(const JournalRow& row) {
  const JournalEntry& entry = row.entry;
  std::string canonical;
  canonical.reserve(256 + entry.detail.size());
  add(canonical, std::to_string(row.seq));
  add(canonical, std::to_string(entry.at.time_since_epoch().count()));
  add(canonical, entry.actor);
  add(canonical, entry.kind);
  add(canonical, entry.client);
  add(canonical, entry.subject);
  add(canonical, entry.detail);
  add(canonical, row.prev_hash);
  return sha256_hex(canonical);
}

void read_row(const Cursor& rows, JournalRow& row) {
  row.seq = rows.integer(0);
  row.entry.at = rows.instant(1);
  row.entry.actor = rows.view(2);
  row.entry.kind = rows.view(3);
  row.entry.client = rows.view(4);
  row.entry.subject = rows.view(5);
  row.entry.detail = rows.view(6);
  row.prev_hash = rows.view(7);
  row.hash = rows.view(8);
}

std::string missing(std::int64_t from, std::int64_t to) {
  if (from == to) return "row " + std::to_string(from) + " is missing";
  return "rows " + std::to_string(from) + " to " + std::to_string(to) + " are missing";
}

// What is wrong with `row`, which should follow `before`; empty if nothing.
std::string fault(const JournalHead& before, const JournalRow& row) {
  if (row.seq != before.seq + 1) return missing(before.seq + 1, row.seq - 1);
  if (hash_of(row) != row.hash) return "the row was changed after it was written";
  if (row.prev_hash != before.hash) return "the chain is broken: an earlier row was replaced";
  return {};
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("libcrypto cannot compute SHA-256");
  }
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  hex.reserve(2 * size);
  for (std::size_t i = 0; i < size; ++i) {
    hex += kDigits[digest[i] >> 4];
    hex += kDigits[digest[i] & 15];
  }
  return hex;
}

std::string text_hash(std::string_view text) {
  return text.empty() ? std::string() : "sha256:" + sha256_hex(text).substr(0, 16);
}

JournalHead before_the_first_row() { return {0, kGenesis}; }

JournalHead Journal::head() {
  Cursor rows = head_.query();
  if (!rows.next()) return {0, kGenesis};
  return {rows.integer(0), rows.text(1)};
}

std::string Journal::hash_at(std::int64_t seq) {
  if (seq == 0) return kGenesis;
  Statement row(database_, "SELECT hash FROM journal WHERE seq = ?1");
  Cursor rows = row.query(seq);
  return rows.next() ? rows.text(0) : std::string();
}

std::int64_t Journal::append(const JournalEntry& entry) {
  if (!database_.in_transaction()) {
    throw std::logic_error("journal row \"" + entry.kind + "\" outside of a transaction");
  }
  const JournalHead before = head();
  JournalRow row{before.seq + 1, entry, before.hash, {}};
  row.hash = hash_of(row);
  insert_.run(row.seq, entry.at, entry.actor, entry.kind, entry.client, entry.subject, entry.detail,
              row.prev_hash, row.hash);
  return row.seq;
}

JournalVerdict Journal::verify(const std::optional<JournalHead>& printed) {
  JournalVerdict verdict{true, {0, kGenesis}, 0, {}};
  const auto wrong = [&](std::int64_t seq, std::string why) {
    verdict.ok = false;
    verdict.bad_seq = seq;
    verdict.why = std::move(why);
    return verdict;
  };
  JournalRow row;
  for (Cursor rows = all_.query(); rows.next();) {
    read_row(rows, row);
    std::string why = fault(verdict.head, row);
    if (!why.empty()) return wrong(std::min(row.seq, verdict.head.seq + 1), std::move(why));
    verdict.head = {row.seq, row.hash};
    if (printed && printed->seq == row.seq && printed->hash != row.hash) {
      return wrong(row.seq, "the row is not the one whose hash was printed: rewritten");
    }
  }
  if (printed && printed->seq > verdict.head.seq) {
    return wrong(verdict.head.seq + 1, "the end was cut off: the printed head is row " +
                                           std::to_string(printed->seq) + ", the last row is " +
                                           std::to_string(verdict.head.seq));
  }
  return verdict;
}

JournalVerdict Journal::verify_part(const JournalHead& after, std::int64_t rows) {
  JournalVerdict verdict{true, after, 0, {}};
  JournalRow row;
  for (Cursor found = part_.query(after.seq, rows); found.next();) {
    read_row(found, row);
    verdict.why = fault(verdict.head, row);
    if (!verdict.why.empty()) {
      verdict.ok = false;
      verdict.bad_seq = std::min(row.seq, verdict.head.seq + 1);
      return verdict;
    }
    verdict.head = {row.seq, row.hash};
  }
  return verdict;
}

void Journal::read(const JournalFilter& filter,
                   const std::function<void(const JournalRow&)>& each) {
  JournalRow row;
  const bool all_behind =
      filter.client.empty() && filter.kind.empty() && !filter.since && filter.last == 0;
  if (all_behind) {
    constexpr std::int64_t kAll = -1;
    for (Cursor rows = part_.query(filter.after, kAll); rows.next();) {
      read_row(rows, row);
      each(row);
    }
    return;
  }
  const bool prefix = !filter.kind.empty() && filter.kind.back() == '.';
  // '/' is the character after '.', so that "record." spans all kinds that begin with it.
  const std::string kind_end =
      prefix ? filter.kind.substr(0, filter.kind.size() - 1) + "/" : filter.kind;
  std::string where = " WHERE seq > ?6";
  where += filter.client.empty() ? " AND ?1 = ''" : " AND client = ?1 AND client <> ''";
  where += filter.kind.empty() ? " AND ?2 = '' AND ?3 = ''"
           : prefix            ? " AND kind >= ?2 AND kind < ?3"
                               : " AND kind = ?2 AND ?3 <> ''";
  Statement statement(database_,
                      "SELECT * FROM (SELECT seq, at, actor, kind, client, subject, detail,"
                      " prev_hash, hash FROM journal" +
                          where +
                          " AND (?4 IS NULL OR at >= ?4) ORDER BY seq DESC LIMIT ?5)"
                          " ORDER BY seq");
  Cursor rows = statement.query(filter.client, filter.kind, kind_end, filter.since,
                                filter.last == 0 ? std::int64_t{-1} : filter.last, filter.after);
  while (rows.next()) {
    read_row(rows, row);
    each(row);
  }
}

}  // namespace omamori
