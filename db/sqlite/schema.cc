#include "db/sqlite/schema.h"

#include "db/sqlite/schema_1.h"
#include "db/sqlite/schema_10.h"
#include "db/sqlite/schema_11.h"
#include "db/sqlite/schema_12.h"
#include "db/sqlite/schema_2.h"
#include "db/sqlite/schema_3.h"
#include "db/sqlite/schema_4.h"
#include "db/sqlite/schema_5.h"
#include "db/sqlite/schema_6.h"
#include "db/sqlite/schema_7.h"
#include "db/sqlite/schema_8.h"
#include "db/sqlite/schema_9.h"

namespace omamori {
namespace {

constexpr const char* kMigrations[] = {kSchema1, kSchema2,  kSchema3,  kSchema4,
                                       kSchema5, kSchema6,  kSchema7,  kSchema8,
                                       kSchema9, kSchema10, kSchema11, kSchema12};

void refuse_foreign(Database& database) {
  std::int64_t id = 0;
  bool empty = true;
  try {
    id = database.integer("PRAGMA application_id");
    empty = database.integer("SELECT count(*) FROM sqlite_master") == 0 &&
            database.integer("PRAGMA user_version") == 0;
  } catch (const SqliteError& error) {
    constexpr int kNotADatabase = 26;
    if (error.code() != kNotADatabase) throw;
    throw OpenError(OpenError::Reason::foreign,
                    "the file is no SQLite database: check [database] path, or restore a backup");
  }
  if (id == kApplicationId || (id == 0 && empty)) return;
  throw OpenError(OpenError::Reason::foreign,
                  "the file is a database of another program (application_id " +
                      std::to_string(id) + "): check [database] path");
}

void refuse_newer(std::int64_t version, std::size_t known) {
  if (version <= static_cast<std::int64_t>(known)) return;
  throw OpenError(OpenError::Reason::newer, "made by a newer omamori (schema " +
                                                std::to_string(version) + ", this one knows " +
                                                std::to_string(known) + "): upgrade the package");
}

// EXCLUSIVE before the first use of the WAL: no shared memory file, no second connection.
// What is deleted leaves no trace in free pages. The cache is in KiB; it holds the inner pages of
// every index of a large city.
void set_pragmas(Database& database) {
  database.exec(
      "PRAGMA journal_mode = WAL;"
      "PRAGMA synchronous = FULL;"
      "PRAGMA foreign_keys = ON;"
      "PRAGMA cache_size = -65536;"
      "PRAGMA journal_size_limit = 67108864;"
      "PRAGMA secure_delete = ON;"
      "PRAGMA temp_store = MEMORY");
}

}  // namespace

std::span<const char* const> migrations() { return kMigrations; }

bool refuse_unfit(Database& database, std::span<const char* const> scripts) {
  database.exec("PRAGMA locking_mode = EXCLUSIVE");
  refuse_foreign(database);
  const std::int64_t version = database.integer("PRAGMA user_version");
  refuse_newer(version, scripts.size());
  return version == 0;
}

int prepare_schema(Database& database, std::span<const char* const> scripts) {
  refuse_unfit(database, scripts);
  const std::int64_t version = database.integer("PRAGMA user_version");
  set_pragmas(database);
  int applied = 0;
  for (std::size_t next = static_cast<std::size_t>(version); next < scripts.size(); ++next) {
    Transaction transaction(database);
    database.exec(scripts[next]);
    database.exec("PRAGMA application_id = " + std::to_string(kApplicationId));
    database.exec("PRAGMA user_version = " + std::to_string(next + 1));
    transaction.commit();
    ++applied;
  }
  return applied;
}

}  // namespace omamori
