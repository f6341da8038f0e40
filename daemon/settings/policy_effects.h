// What each setting of a policy does to the clients there are: "office OF-1: acts on 3 of 40
// clients", "override C-0012: no effect, because …". Counted by the planner: a setting acts on a
// client if the interval or a month ahead is another without it.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "daemon/rules/plan_diff.h"

namespace omamori {

// Why a setting acts on nobody.
enum class NoEffect {
  acts,             // it does act
  unknown_code,     // no such office or client is known
  no_client,        // the office has no clients, or none is in that case
  over,             // override: its last day has passed
  ended,            // override: the client's service has ended
  no_period,        // override: no month of a known decision period lies in it
  self_plan,        // override: no monitoring by law
  explicit_months,  // override: the certificate lists the months (R4)
  initial_months,   // override: monthly at first anyway (R3)
  refused,          // longer than standard, and no safety check is fulfilled (R6)
  same_anyway,      // the months are the same without it
  nobody,           // stage: no person with a staff record receives it
};

struct SettingEffect {
  enum class Kind { setting, office, override_, stage } kind = Kind::setting;
  std::string name;   // "standard_interval_months", "OF-1", "C-0012", "upcoming"
  std::string value;  // "3", "2026-10-01 1"
  std::size_t acts_on = 0;
  std::size_t of = 0;  // clients it could act on; of a stage: all
  NoEffect why = NoEffect::acts;
};

// "office OF-1 (2): acts on 3 of 40 clients" in one of the languages. Codes only (P7).
std::string text_of(const SettingEffect& effect, Language language);

// One line each, for the log and for people: "warning: " before a setting that is written for
// somebody and acts on nobody, "effect: " before the others. Stages that reach somebody have none;
// more than ten overrides that act have one together.
std::vector<std::string> effect_lines(const std::vector<SettingEffect>& effects, Language language);

// Fed with every client once.
class EffectCounter {
 public:
  // The policy looked at, as if in force today; both must outlive this.
  EffectCounter(const Policy& policy, const Directory& directory, Day today);
  // `plan` is that of the client by this policy.
  void add(const ClientFacts& client, const ClientPlan& plan);
  // A client who has nothing ahead, and no plan: only overrides name one.
  void add_idle(const ClientFacts& client) { add_overrides(client); }
  // In the order of the file: single settings, offices, overrides, stages.
  std::vector<SettingEffect> effects() const;

 private:
  struct Count {
    std::size_t acts_on = 0, of = 0;
    NoEffect why = NoEffect::acts;  // the first reason met
  };
  void add_office(const ClientFacts& client, const std::string& office);
  void add_overrides(const ClientFacts& client);
  void add_single(const ClientFacts& client, const ClientPlan& plan);
  void add_stages(const ClientVersion& version);
  NoEffect effect_of(const Override& item, const ClientFacts& client) const;
  void count(const std::string& setting, bool acts, NoEffect why = NoEffect::no_client);

  const Policy& policy_;
  const Directory& directory_;
  Day today_;
  std::size_t clients_ = 0;
  std::map<std::string, Count> single_;
  std::vector<Count> offices_, overrides_, stages_;  // as in the policy
  // Which stages reach somebody, by office and case manager.
  std::map<std::pair<std::string, std::string>, std::vector<bool>> reached_;
};

}  // namespace omamori
