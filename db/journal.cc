#include "db/journal.h"

#include <algorithm>
#include <stdexcept>

#include "db/detail.h"

namespace omamori {
namespace {

// What the first row is chained to.
const std::string kGenesis(64, '0');

constexpr const char* kRemoved = "journal.removed";
constexpr const char* kRewritten = "the row is not the one whose hash was printed: rewritten";

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

JournalHead before_the_first_row() { return {0, kGenesis}; }

JournalHead Journal::head() {
  Cursor rows = head_.query();
  if (!rows.next()) return {0, kGenesis};
  return {rows.integer(0), rows.text(1)};
}

std::string Journal::hash_at(std::int64_t seq) {
  if (seq == 0) return kGenesis;
  Statement row(database_, "SELECT hash FROM journal WHERE seq = ?1");
  if (Cursor rows = row.query(seq); rows.next()) return rows.text(0);
  const auto gap = gaps_.around(seq);
  return gap && gap->seq == seq ? gap->hash : std::string();
}

std::int64_t Journal::append(const JournalEntry& entry) {
  if (!database_.in_transaction()) {
    throw std::logic_error("journal row \"" + entry.kind + "\" outside of a transaction");
  }
  return append_behind(head(), entry);
}

std::int64_t Journal::append_behind(const JournalHead& before, const JournalEntry& entry) {
  JournalRow row{before.seq + 1, entry, before.hash, {}};
  row.hash = hash_of(row);
  insert_.run(row.seq, entry.at, entry.actor, entry.kind, entry.client, entry.subject, entry.detail,
              row.prev_hash, row.hash);
  return row.seq;
}

void Journal::remove(const std::vector<std::int64_t>& rows, Instant at, const std::string& actor,
                     const std::string& why) {
  JournalGaps::Sum sum = JournalGaps::from_hex("");
  if (Cursor last = last_removal_.query(); last.next()) sum = JournalGaps::from_hex(last.text(0));
  const JournalHead before = head();  // what goes may be the last row, and its number stays taken
  std::int64_t removed = 0;
  for (const std::int64_t seq : rows) {
    Cursor taken = take_.query(seq);
    if (!taken.next()) continue;
    gaps_.add(seq, taken.text(0), taken.text(1), sum);
    ++removed;
    taken.next();  // to its end, else nothing is deleted
  }
  if (removed == 0) return;
  append_behind(before, {at, actor, kRemoved, "", JournalGaps::hex(sum),
                         detail_json({{"rows", removed}, {"why", why}})});
}

std::string Journal::gaps_problem() {
  JournalGaps::Sum journalled = JournalGaps::from_hex("");
  if (Cursor last = last_removal_.query(); last.next()) {
    journalled = JournalGaps::from_hex(last.text(0));
  }
  if (gaps_.sum() == journalled) return "";
  return "what is kept of removed rows is not what was journalled: rows are missing";
}

// The chain goes on behind rows that were removed, if `next` is not the row behind the last.
bool Journal::skip_removed(JournalVerdict& verdict, std::int64_t next,
                           const std::optional<JournalHead>& printed) {
  while (next != verdict.head.seq + 1) {
    const auto link = gaps_.behind({verdict.head.seq, verdict.head.hash});
    if (!link || link->seq >= next) return true;  // what is wrong, fault() says
    const bool holds_printed =
        printed && printed->seq > verdict.head.seq && printed->seq <= link->seq;
    verdict.head = {link->seq, link->hash};
    if (!holds_printed) continue;
    if (printed->seq < link->seq) verdict.printed_is_gone = true;
    if (printed->seq == link->seq && printed->hash != link->hash) return false;
  }
  return true;
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
    const bool as_printed = skip_removed(verdict, row.seq, printed);
    if (!as_printed) return wrong(printed->seq, kRewritten);
    std::string why = fault(verdict.head, row);
    if (!why.empty()) return wrong(std::min(row.seq, verdict.head.seq + 1), std::move(why));
    verdict.head = {row.seq, row.hash};
    if (printed && printed->seq == row.seq && printed->hash != row.hash) {
      return wrong(row.seq, kRewritten);
    }
  }
  if (printed && printed->seq > verdict.head.seq) {
    return wrong(verdict.head.seq + 1, "the end was cut off: the printed head is row " +
                                           std::to_string(printed->seq) + ", the last row is " +
                                           std::to_string(verdict.head.seq));
  }
  if (std::string why = gaps_problem(); !why.empty())
    return wrong(verdict.head.seq, std::move(why));
  return verdict;
}

JournalVerdict Journal::verify_part(const JournalHead& after, std::int64_t rows) {
  JournalVerdict verdict{true, after, 0, {}};
  JournalRow row;
  for (Cursor found = part_.query(after.seq, rows); found.next();) {
    read_row(found, row);
    skip_removed(verdict, row.seq, {});
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
