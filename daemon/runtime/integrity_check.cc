#include "daemon/runtime/integrity_check.h"

namespace omamori {
namespace {

// Damage can have many words; the first say enough to know what to do.
constexpr std::size_t kMostWords = 400;

}  // namespace

std::string IntegrityCheck::step(const Act& act) {
  if (!tables_) tables_ = service_.store().tables();
  if (finished()) return "";
  const std::string& table = (*tables_)[next_++];
  const std::string found = check(table);
  if (!found.empty()) wrong_ += (wrong_.empty() ? "" : "; ") + table + ": " + found;
  if (finished()) conclude(act);
  return found.empty() ? "" : table + ": " + found;
}

std::string IntegrityCheck::check(const std::string& table) {
  try {
    return service_.store().check_table(table);
  } catch (const SqliteError& error) {
    return error.what();  // so damaged that it cannot be looked at
  }
}

void IntegrityCheck::conclude(const Act& act) {
  if (wrong_.empty()) {
    service_.store().settle_trouble("database", "every table is sound", act);
  } else {
    service_.store().raise_trouble("database", wrong_.substr(0, kMostWords), false, act);
  }
}

}  // namespace omamori
