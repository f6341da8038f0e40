// A policy tried on every client there is, beside the one in force: how many plans it alters, and
// what each of its settings does. Done in slices, so that who has other work does it in between.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "daemon/reminders/context.h"
#include "daemon/settings/policy_effects.h"

namespace omamori {

// Clients whose service goes on and who have something ahead.
struct PlansAltered {
  std::size_t altered = 0;
  std::size_t clients = 0;
  bool operator==(const PlansAltered&) const = default;
};

// More than 20 % of the plans and more than 10: a slip of the keyboard, or something that a person
// should look at first.
bool needs_yes(const PlansAltered& count);

class PolicyTrial {
 public:
  PolicyTrial(Service& service, const Policy& proposed);
  // Parts point into each other.
  PolicyTrial(const PolicyTrial&) = delete;
  PolicyTrial& operator=(const PolicyTrial&) = delete;

  bool finished() const { return next_ == codes_.size(); }
  // Some thousand clients more: about a tenth of a second. Reads the store only.
  void step();
  const PlansAltered& counted() const { return counted_; }
  std::vector<SettingEffect> effects() const { return effects_.effects(); }

 private:
  bool in_one_pass(std::size_t end);
  void one_by_one(std::size_t end);
  void look_at_rest();
  void add(const ClientFacts& client);

  Service& service_;
  Day today_;
  Planning before_, after_;
  bool may_alter_;
  EffectCounter effects_;
  std::vector<std::string> codes_;
  std::size_t next_ = 0;
  PlansAltered counted_;
};

// policy_warnings() but for the codes that nobody knows, which are among the effects.
std::vector<std::string> warnings_beside_effects(const Policy& policy);

// The settings of a plan, as plan_of() wants them.
Settings settings_of(const Planning& planning);

}  // namespace omamori
