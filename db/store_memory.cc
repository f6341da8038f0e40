// What the planner left behind, read back beside the facts: live obligations, what was told of any,
// and when the client was to be looked at. One merge, as in store_facts.cc.
#include "db/client_rows.h"
#include "db/obligation_row.h"
#include "db/store.h"

namespace omamori {
namespace {

struct MemoryStatements {
  explicit MemoryStatements(Database& database) : db(database) {}
  Database& db;
  Statement known{db, in_range(kObligations, "AND state = 'live' ORDER BY client, key")};
  Statement told{db, in_range("SELECT client, obligation, staff, days, state = 'owed', told_at,"
                              " instead_of <> '' FROM item",
                              "AND state <> 'skipped' ORDER BY client, id")};
  Statement schedules{db, in_range("SELECT client, next_at, reason, changed_at, dirty"
                                   " FROM client_schedule",
                                   "ORDER BY client")};
};

class MemoryMerge {
 public:
  MemoryMerge(MemoryStatements& statements, std::string_view first, std::string_view last)
      : known_(statements.known, first, last),
        told_(statements.told, first, last),
        schedules_(statements.schedules, first, last) {}

  // Of clients in order of their codes.
  void read(std::string_view client, ClientMemory& memory) {
    memory.known.clear();
    for (; known_.of(client); known_.next()) {
      memory.known.push_back(known_obligation_of(known_.row()));
    }
    memory.told.clear();
    for (; told_.of(client); told_.next()) {
      const Cursor& row = told_.row();
      memory.told.push_back({row.text(1), row.text(2), row.number(3), row.flag(4),
                             row.optional_instant(5), row.flag(6)});
    }
    memory.schedule.reset();
    if (schedules_.of(client)) {
      const Cursor& row = schedules_.row();
      memory.schedule = {row.optional_instant(1), row.text(2), row.instant(3), row.flag(4)};
    }
  }

 private:
  ClientRows known_, told_, schedules_;
};

}  // namespace

// Two sets, so that memory() may be asked for while for_each_remembered() runs.
struct Store::Memory {
  explicit Memory(Database& database) : one(database), all(database) {}
  MemoryStatements one;
  MemoryStatements all;
};

std::shared_ptr<Store::Memory> Store::make_memory() { return std::make_shared<Memory>(database_); }

ClientMemory Store::memory(const std::string& client) {
  ClientMemory memory;
  MemoryMerge(memory_->one, client, client).read(client, memory);
  return memory;
}

void Store::for_each_remembered(std::string_view first, std::string_view last,
                                const std::function<void(ClientFacts&, ClientMemory&)>& each) {
  MemoryMerge merge(memory_->all, first, last);
  ClientMemory memory;
  for_each_client(first, last, [&](ClientFacts& facts) {
    merge.read(facts.code, memory);
    each(facts, memory);
  });
}

void Store::for_each_remembered(const std::function<void(ClientFacts&, ClientMemory&)>& each,
                                const std::function<void(const std::string&)>& unreadable) {
  MemoryMerge merge(memory_->all, "", kAfterAllCodes);
  ClientMemory memory;
  const auto read = [&](const std::string& client) {
    try {
      merge.read(client, memory);
      return true;
    } catch (const BadRow&) {
      return false;
    }
  };
  for_each_client(
      [&](ClientFacts& facts) {
        if (!read(facts.code)) return unreadable(facts.code);
        each(facts, memory);
      },
      unreadable);
}

}  // namespace omamori
