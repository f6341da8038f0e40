#include "tests/sim/book.h"

#include <algorithm>
#include <utility>

namespace omamori::sim {
namespace {

using Items = std::map<std::string, std::vector<StoredItem>>;

// What the promises ask of an item. When it is tried next may be put off without a word, and
// whether a peer may have it hangs on messages that carried it before.
bool same(const StoredItem& a, const StoredItem& b) {
  return a.id == b.id && a.reminder == b.reminder && a.state == b.state && a.reason == b.reason &&
         a.message == b.message && a.told_at == b.told_at &&
         a.next_attempt_at.has_value() == b.next_attempt_at.has_value();
}

bool same(const Items& a, const Items& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
    return x.first == y.first &&
           std::equal(x.second.begin(), x.second.end(), y.second.begin(), y.second.end(),
                      [](const StoredItem& i, const StoredItem& j) { return same(i, j); });
  });
}

Items by_obligation(std::vector<StoredItem> all) {
  Items items;
  for (StoredItem& item : all) items[item.reminder.obligation].push_back(std::move(item));
  return items;
}

bool is_of_an_obligation(const std::string& kind) {
  return kind == "item.owed" || kind == "silence" || kind.starts_with("obligation.");
}

}  // namespace

void Book::catch_up() {
  Store& store = world_.store();
  if (store.journal().head().seq == seen_) return;
  Named named;
  JournalFilter behind;
  behind.after = seen_;
  store.journal().read(behind, [&](const JournalRow& row) { note(row, named); });
  named.facts.merge(imported_);
  imported_.clear();
  note_messages(named);
  reread(named);
}

void Book::note(const JournalRow& row, Named& named) {
  seen_ = row.seq;
  const JournalEntry& entry = row.entry;
  if (entry.kind == "policy") policy_since_.reset();
  if (entry.kind.starts_with("message.")) named.messages.insert(entry.subject);
  if (entry.client.empty()) return;
  if (is_of_an_obligation(entry.kind)) {
    named.obligations[entry.client].insert(entry.subject);
    const bool opened = entry.kind == "obligation.opened" || entry.kind == "obligation.reopened";
    if (opened) named.opened.insert(entry.client);
  } else {
    named.facts.insert(entry.client);
  }
}

// What it carried and does not any more, and what it carries now.
void Book::note_messages(Named& named) {
  for (const std::string& id : named.messages) {
    const auto message = world_.store().message_outline(id);
    std::vector<std::int64_t> now = message ? message->content.items : std::vector<std::int64_t>();
    std::vector<std::int64_t> both = std::exchange(carried_[id], now);
    both.insert(both.end(), now.begin(), now.end());
    for (const std::int64_t item : both) {
      const auto known = places_.find(item);
      if (known != places_.end()) {
        named.obligations[known->second.client].insert(known->second.obligation);
      } else if (const auto stored = world_.store().item(item); stored && !stored->client.empty()) {
        named.obligations[stored->client].insert(stored->reminder.obligation);
      }
    }
    if (now.empty()) carried_.erase(id);
  }
}

void Book::reread(const Named& named) {
  Store& store = world_.store();
  for (const std::string& client : named.facts) {
    changes_[client];
    const auto known = pages_.find(client);
    if (known == pages_.end()) continue;
    if (auto facts = store.facts(client)) known->second.facts = std::move(*facts);
  }
  for (const auto& [client, keys] : named.obligations) {
    changes_[client].insert(keys.begin(), keys.end());
    const auto page = pages_.find(client);
    if (page == pages_.end()) continue;
    const bool opened = named.opened.count(client) != 0;
    if (opened) page->second.known = store.memory(client).known;
    for (const std::string& key : keys) {
      if (!opened) reread_known(page->second, key);
      put_items(page->second, key, store.items_of_obligation(key));
    }
  }
}

// Since when it is known stays as long as it is live.
void Book::reread_known(Page& page, const std::string& key) {
  const auto known =
      std::find_if(page.known.begin(), page.known.end(),
                   [&](const KnownObligation& k) { return k.obligation.key == key; });
  if (known == page.known.end()) return;
  auto stored = world_.store().obligation(key);
  if (stored && stored->state == ObligationState::live) {
    known->obligation = std::move(stored->obligation);
  } else {
    page.known.erase(known);
  }
}

void Book::put_items(Page& page, const std::string& obligation, std::vector<StoredItem> items) {
  for (const StoredItem& item : items) {
    places_.try_emplace(item.id, Place{item.client, obligation});
  }
  if (!items.empty()) page.items[obligation] = std::move(items);
}

const Page* Book::page(const std::string& client) {
  const auto known = pages_.find(client);
  if (known != pages_.end()) return &known->second;
  read_anew(client);
  const auto fresh = pages_.find(client);
  return fresh == pages_.end() ? nullptr : &fresh->second;
}

void Book::reread_schedule(const std::string& client) {
  const auto known = pages_.find(client);
  if (known != pages_.end()) known->second.schedule = world_.store().schedule(client);
}

Instant Book::policy_since() {
  if (!policy_since_) {
    const auto kept = world_.store().kept_policy();
    policy_since_ = kept ? kept->accepted_at : Instant::min();
  }
  return *policy_since_;
}

std::map<std::string, std::set<std::string>> Book::take_changes() {
  return std::exchange(changes_, {});
}

std::vector<std::string> Book::read_anew(const std::string& client) {
  Store& store = world_.store();
  auto facts = store.facts(client);
  if (!facts) return {};
  ClientMemory memory = store.memory(client);
  Page fresh{std::move(*facts), std::move(memory.known), std::move(memory.schedule), {}};
  for (auto& [key, items] : by_obligation(store.items_of(client))) {
    put_items(fresh, key, std::move(items));
  }
  std::vector<std::string> differs;
  const auto known = pages_.find(client);
  if (known != pages_.end()) {
    const Page& before = known->second;
    const auto unnamed = [&](const char* what) {
      differs.push_back(client + ": " + what + " changed, and the journal does not say so");
    };
    if (before.facts != fresh.facts) unnamed("facts");
    if (before.known != fresh.known) unnamed("what is live");
    if (!same(before.items, fresh.items)) unnamed("what is told or owed");
  }
  pages_.insert_or_assign(client, std::move(fresh));
  return differs;
}

}  // namespace omamori::sim
