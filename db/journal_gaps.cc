#include "db/journal_gaps.h"

#include <algorithm>

#include "db/hashes.h"

namespace omamori {
namespace {

const std::string kColumns = "SELECT first, last, prev_hash, hash FROM journal_gap ";

}  // namespace

JournalGaps::Statements::Statements(Database& database)
    : from(database, kColumns + "WHERE first = ?1"),
      before(database, kColumns + "WHERE first <= ?1 ORDER BY first DESC LIMIT 1"),
      all(database, kColumns + "ORDER BY first"),
      put(database, "INSERT INTO journal_gap VALUES (?1, ?2, ?3, ?4)"),
      drop(database, "DELETE FROM journal_gap WHERE first = ?1") {}

JournalGaps::JournalGaps(Database& database) {
  const bool known =
      database.integer("SELECT count(*) FROM sqlite_master WHERE name = 'journal_gap'") != 0;
  if (known) statements_.emplace(database);
}

std::string JournalGaps::hex(const Sum& sum) {
  return hex_of({reinterpret_cast<const char*>(sum.data()), sum.size()});
}

JournalGaps::Sum JournalGaps::from_hex(const std::string& text) {
  Sum sum{};
  const std::string bytes = bytes_of_hex(text);
  for (std::size_t i = 0; i < std::min(sum.size(), bytes.size()); ++i) {
    sum[i] = static_cast<unsigned char>(bytes[i]);
  }
  return sum;
}

void JournalGaps::combine(Sum& sum, const Gap& gap) {
  const std::string of = std::to_string(gap.first) + ":" + std::to_string(gap.last) + ":" +
                         gap.prev_hash + ":" + gap.hash;
  const Sha256 one = sha256(of);
  for (std::size_t i = 0; i < sum.size(); ++i) sum[i] ^= one[i];
}

std::optional<JournalGaps::Gap> JournalGaps::one(Cursor rows) {
  if (!rows.next()) return {};
  return Gap{rows.integer(0), rows.integer(1), rows.text(2), rows.text(3)};
}

std::optional<ChainLink> JournalGaps::behind(const ChainLink& before) {
  if (!statements_) return {};
  const auto gap = one(statements_->from.query(before.seq + 1));
  if (!gap || gap->prev_hash != before.hash) return {};
  return ChainLink{gap->last, gap->hash};
}

std::optional<ChainLink> JournalGaps::around(std::int64_t seq) {
  if (!statements_) return {};
  const auto gap = one(statements_->before.query(seq));
  if (!gap || gap->last < seq) return {};
  return ChainLink{gap->last, gap->hash};
}

void JournalGaps::add(std::int64_t seq, const std::string& prev_hash, const std::string& hash,
                      Sum& sum) {
  Gap gap{seq, seq, prev_hash, hash};
  const auto take = [&](const Gap& neighbour) {
    combine(sum, neighbour);
    statements_->drop.run(neighbour.first);
  };
  const auto left = one(statements_->before.query(seq));
  if (left && left->last == seq - 1) {
    take(*left);
    gap.first = left->first;
    gap.prev_hash = left->prev_hash;
  }
  const auto right = one(statements_->from.query(seq + 1));
  if (right) {
    take(*right);
    gap.last = right->last;
    gap.hash = right->hash;
  }
  statements_->put.run(gap.first, gap.last, gap.prev_hash, gap.hash);
  combine(sum, gap);
}

JournalGaps::Sum JournalGaps::sum() {
  Sum sum{};
  if (!statements_) return sum;
  for (Cursor rows = statements_->all.query(); rows.next();) {
    combine(sum, {rows.integer(0), rows.integer(1), rows.text(2), rows.text(3)});
  }
  return sum;
}

}  // namespace omamori
