// Rows of the journal that were removed, and how its chain goes on behind them.
//
// A gap keeps what its first row was chained to and the hash of its last one: what is left can be
// verified as before, and nothing of what was removed can be read. Each removal is itself a row of
// the journal whose subject is the sum of all gaps, so that neither a row that is lost without a
// gap nor a gap that nobody journalled goes unseen. Gaps that touch become one.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "db/sqlite/database.h"

namespace omamori {

// The hash of one row, and its number.
struct ChainLink {
  std::int64_t seq = 0;
  std::string hash;
};

class JournalGaps {
 public:
  // The sum of the gaps, independent of their order: each gap's SHA-256, combined by XOR.
  using Sum = std::array<unsigned char, 32>;
  static std::string hex(const Sum& sum);
  static Sum from_hex(const std::string& text);  // "" = of no gap

  // A database of before version 12 has none.
  explicit JournalGaps(Database& database);

  // The last removed row behind `before`; nothing if the row behind it was not removed.
  std::optional<ChainLink> behind(const ChainLink& before);
  // The gap that holds row `seq`, by its last row.
  std::optional<ChainLink> around(std::int64_t seq);
  // Row `seq` is removed; `sum` is kept up with it. Inside the caller's transaction.
  void add(std::int64_t seq, const std::string& prev_hash, const std::string& hash, Sum& sum);
  Sum sum();  // reads all

 private:
  struct Gap {
    std::int64_t first = 0, last = 0;
    std::string prev_hash, hash;
  };
  struct Statements {
    explicit Statements(Database& database);
    Statement from, before, all, put, drop;
  };
  static void combine(Sum& sum, const Gap& gap);
  static std::optional<Gap> one(Cursor rows);

  std::optional<Statements> statements_;
};

}  // namespace omamori
