#include "tests/sim/promises.h"

#include <algorithm>

#include "daemon/rules/month_states.h"
#include "tests/sim/told.h"

namespace omamori::sim {

using std::chrono::days;

void Broken::add(std::string_view promise, const std::string& what) {
  lines.push_back(std::string(promise) + " at " + when_text(moment_.now, moment_.zone) + ": " +
                  what);
}

bool accounted_for(const StoredItem& item) {
  if (item.state == ItemState::told) return item.told_at.has_value();
  if (item.state == ItemState::owed) return item.next_attempt_at || !item.message.empty();
  return !item.reason.empty();
}

std::vector<std::string> Promises::check(const Look& look,
                                         const std::vector<std::string>& everybody) {
  Service& service = world_.service();
  book_.catch_up();
  const auto planning = service.planning();
  const Moment moment{service.now(), service.today(), book_.policy_since(), *planning,
                      world_.zone()};
  Broken broken(moment);
  for (const std::string& client : look.from_the_store) check_from_the_store(client, broken);
  std::set<std::string> touched = look.touched;
  for (const auto& [client, obligations] : book_.take_changes()) {
    touched.insert(client);
    const Page* page = book_.page(client);
    for (const std::string& key : obligations) {
      const auto items = page ? page->items.find(key) : decltype(page->items.end()){};
      if (page && items != page->items.end()) check_items(items->second, broken);
      if (const auto stored = world_.store().obligation(key)) check_ended(*stored, broken);
    }
  }
  for (const std::string& client : touched) check_client(moment, client, true, broken);
  if (look.everybody) {
    for (const std::string& client : everybody) {
      if (touched.count(client) == 0) check_client(moment, client, false, broken);
    }
  }
  check_ways_out(moment, broken);
  return std::move(broken.lines);
}

void Promises::check_from_the_store(const std::string& client, Broken& broken) {
  for (const std::string& differs : book_.read_anew(client)) broken.add("the journal", differs);
  const Page* page = book_.page(client);
  if (!page) return;
  for (const auto& [key, items] : page->items) check_items(items, broken);
  for (const StoredObligation& o : world_.store().obligations(client)) check_ended(o, broken);
}

void Promises::check_client(const Moment& moment, const std::string& client, bool touched,
                            Broken& broken) {
  const Page* page = book_.page(client);
  if (!page) return;
  // An instant that is ahead stays until it comes, unless something is written of the client.
  const auto& schedule = page->schedule;
  const bool may_have_moved = !schedule || !schedule->next_at || *schedule->next_at <= moment.now;
  if (touched || may_have_moved) book_.reread_schedule(client);
  const ClientFacts& facts = page->facts;
  const bool active = !facts.ended_on || *facts.ended_on >= moment.today;
  check_schedule(moment, *page, active, broken);
  const ClientMonths months = judge_months(facts, moment.planning.terms, moment.today);
  if (active) check_telling(moment, *page, broken);
  if (active) check_known(moment, *page, months, broken);
  check_intervals(moment, *page, months, broken);
}

// P1a: at rest everybody has an instant ahead, or a reason.
void Promises::check_schedule(const Moment& moment, const Page& page, bool active,
                              Broken& broken) const {
  const std::string& client = page.facts.code;
  if (!page.schedule) return broken.add("P1a", client + " has no place in the schedule");
  if (page.schedule->dirty) broken.add("P1a", client + " changed and was not looked at");
  if (!page.schedule->next_at && page.schedule->reason.empty()) {
    broken.add("P1a", client + " has neither a next instant nor a reason");
  }
  if (active && page.schedule->next_at && *page.schedule->next_at <= moment.now) {
    broken.add("P1a", client + " was to be looked at already");
  }
}

// P4: nothing is left out without a reason; what is said to be told was taken by a peer.
void Promises::check_items(const std::vector<StoredItem>& items, Broken& broken) const {
  for (const StoredItem& item : items) {
    const auto what = [&] { return item.reminder.obligation + " " + item.reminder.stage; };
    if (!accounted_for(item)) broken.add("P4", what() + " is not told and has no reason");
    if (item.state == ItemState::told && accepted.count(item.message) == 0) {
      broken.add("P1b", what() + " is said to be told, and no peer has taken " + item.message);
    }
  }
}

void Promises::check_ended(const StoredObligation& o, Broken& broken) const {
  if (o.state == ObligationState::live || !o.reason.empty()) return;
  broken.add("P4", o.obligation.key + " ended without a reason");
}

// P1c: what found no way for long is told to another, or the service says that it is not sound.
void Promises::check_ways_out(const Moment& moment, Broken& broken) {
  if (world_.service().config().hold || world_.status().starts_with("degraded")) return;
  const Instant now = moment.now;
  const Instant long_ago = now - moment.planning.policy.fallback_after - std::chrono::hours{1};
  for (const StoredItem& item : world_.store().owed_since(long_ago)) {
    if (item.client.empty() || item.next_attempt_at.value_or(now) > now + days{1}) continue;
    if (!item.reminder.instead_of.empty()) continue;
    // Its peer answers again (else the state would say so), and it goes within seconds.
    const auto message = world_.store().message(item.message);
    if (message && message->next_attempt_at &&
        *message->next_attempt_at <= now + std::chrono::minutes{1}) {
      continue;
    }
    const auto others = world_.store().items_of_obligation(item.reminder.obligation);
    const bool another = std::any_of(others.begin(), others.end(), [&](const StoredItem& other) {
      return other.reminder.staff != item.reminder.staff &&
             other.reminder.days == item.reminder.days && accounted_for(other);
    });
    if (!another) {
      broken.add("P1c", item.reminder.obligation + " to " + item.reminder.staff +
                            " finds no way, and the state is: " + world_.status());
    }
  }
}

}  // namespace omamori::sim
