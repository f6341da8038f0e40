#include "daemon/settings/policy_trial.h"

#include <algorithm>

#include "config/policy_change.h"

namespace omamori {
namespace {

constexpr std::size_t kClientsPerStep = 2000;
// Everybody who will ever be looked at.
constexpr std::chrono::days kFar{36500};

}  // namespace

bool needs_yes(const PlansAltered& count) {
  constexpr std::size_t kFew = 10;
  return count.altered > kFew && count.altered * 5 > count.clients;
}

std::vector<std::string> warnings_beside_effects(const Policy& policy) {
  std::vector<std::string> offices, clients;
  for (const OfficeInterval& o : policy.terms.offices) offices.push_back(o.office);
  for (const Override& o : policy.terms.overrides) clients.push_back(o.client);
  return policy_warnings(policy, offices, clients);
}

Settings settings_of(const Planning& planning) {
  return {planning.terms, planning.policy, planning.directory};
}

PolicyTrial::PolicyTrial(Service& service, const Policy& proposed)
    : service_(service),
      today_(service.today()),
      before_(*service.planning()),
      after_(service.planning_under(proposed)),
      may_alter_(may_alter_plans(before_.policy, after_.policy)),
      effects_(after_.policy, after_.directory, today_),
      codes_(service.store().clients_due(service.now() + kFar)) {
  if (codes_.empty()) look_at_rest();
}

void PolicyTrial::step() {
  const std::size_t end = std::min(codes_.size(), next_ + kClientsPerStep);
  if (next_ == end) return;
  if (!in_one_pass(end)) one_by_one(end);
  next_ = end;
  if (finished()) look_at_rest();
}

// False and nothing counted if the pass met a client that cannot be read: it cannot step over one.
bool PolicyTrial::in_one_pass(std::size_t end) {
  auto code = codes_.begin() + static_cast<std::ptrdiff_t>(next_);
  const auto last = codes_.begin() + static_cast<std::ptrdiff_t>(end);
  std::vector<ClientFacts> read;
  read.reserve(end - next_);
  try {
    service_.store().for_each_client(*code, *std::prev(last), [&](ClientFacts& facts) {
      while (code != last && *code < facts.code) ++code;
      if (code != last && *code == facts.code) read.push_back(std::move(facts));
    });
  } catch (const BadRow&) {
    return false;
  }
  for (const ClientFacts& facts : read) add(facts);
  return true;
}

void PolicyTrial::one_by_one(std::size_t end) {
  for (std::size_t i = next_; i < end; ++i) {
    try {
      if (const auto facts = service_.store().facts(codes_[i])) add(*facts);
    } catch (const BadRow&) {
      continue;  // it has no plan that could be altered; `trouble list` names it
    }
  }
}

// Overrides of clients who have nothing ahead: known, but without effect.
void PolicyTrial::look_at_rest() {
  for (const Override& item : after_.policy.terms.overrides) {
    if (std::binary_search(codes_.begin(), codes_.end(), item.client)) continue;
    try {
      if (const auto facts = service_.store().facts(item.client)) effects_.add_idle(*facts);
    } catch (const BadRow&) {
      continue;
    }
  }
}

void PolicyTrial::add(const ClientFacts& client) {
  const ClientPlan after = plan_of(client, settings_of(after_), today_);
  effects_.add(client, after);
  if (service_over(client, today_)) return;
  ++counted_.clients;
  if (!may_alter_) return;
  const ClientPlan before = plan_of(client, settings_of(before_), today_);
  counted_.altered += compare_plans(before, after).alters() ? 1 : 0;
}

}  // namespace omamori
