// What the store says of every client, kept between the looks at a simulated city. Only what the
// journal has named since is read again, so that years cost what happens in them and not what is
// there. That nothing changes unnamed is not taken on trust: read_anew() reads everything of one
// client and says what differs.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/sim/world.h"

namespace omamori::sim {

// One client.
struct Page {
  ClientFacts facts;
  std::vector<KnownObligation> known;  // the live ones, ascending key
  std::optional<ClientSchedule> schedule;
  std::map<std::string, std::vector<StoredItem>> items;  // by obligation, ended ones too
};

class Book {
 public:
  explicit Book(World& world) : world_(world) {}

  // Reads what has been written down since the last time.
  void catch_up();
  // An import was of this client: the journal names none.
  void imported(const std::string& client) { imported_.insert(client); }
  // As of the last catch_up(); null: no such client.
  const Page* page(const std::string& client);
  // A client comes into the schedule again without a row in the journal: looked up.
  void reread_schedule(const std::string& client);
  // When the policy in force was accepted.
  Instant policy_since();
  // By client the obligations of which something was written since this was called last; none of
  // some client: only facts.
  std::map<std::string, std::set<std::string>> take_changes();
  // The whole client, whatever the journal says. What was remembered otherwise, in words.
  std::vector<std::string> read_anew(const std::string& client);

 private:
  // What the rows of the journal name, until it is read.
  struct Named {
    std::map<std::string, std::set<std::string>> obligations;  // by client
    std::set<std::string> facts;                               // clients
    std::set<std::string> messages;
    std::set<std::string> opened;  // clients of whom another obligation is live
  };
  void note(const JournalRow& row, Named& named);
  void note_messages(Named& named);
  void reread(const Named& named);
  void reread_known(Page& page, const std::string& key);
  void put_items(Page& page, const std::string& obligation, std::vector<StoredItem> items);

  // Where an item stands, and which items a message had when it was last looked at.
  struct Place {
    std::string client, obligation;
  };

  World& world_;
  std::int64_t seen_ = 0;  // row of the journal
  std::map<std::string, Page> pages_;
  std::map<std::int64_t, Place> places_;
  std::map<std::string, std::vector<std::int64_t>> carried_;
  std::map<std::string, std::set<std::string>> changes_;
  std::optional<Instant> policy_since_;
  std::set<std::string> imported_;  // until the next catch_up()
};

}  // namespace omamori::sim
