#include "daemon/recording/urgent_before.h"

#include <algorithm>
#include <utility>

#include "daemon/reminders/client_plan.h"
#include "daemon/rules/acknowledgements.h"

namespace omamori {
namespace {

bool is_live(const std::vector<KnownObligation>& live, const std::string& key) {
  return std::any_of(live.begin(), live.end(),
                     [&](const KnownObligation& l) { return l.obligation.key == key; });
}

void add_once(ObligationKind kind, std::vector<ObligationKind>& to) {
  if (std::find(to.begin(), to.end(), kind) == to.end()) to.push_back(kind);
}

}  // namespace

UrgentBefore::UrgentBefore(std::string client, Service& service)
    : client_(std::move(client)),
      service_(service),
      before_(service.store().live_obligations(client_)) {
  std::erase_if(before_, [](const Obligation& o) { return !needs_a_word(o); });
}

std::vector<ObligationKind> UrgentBefore::all() const {
  std::vector<ObligationKind> kinds;
  for (const Obligation& o : before_) add_once(o.kind, kinds);
  return kinds;
}

std::vector<ObligationKind> UrgentBefore::ended_since() const {
  if (before_.empty()) return {};
  const auto facts = service_.store().facts(client_);
  if (!facts) return {};
  const Plan now = plan_client(service_, *service_.planning(), *facts, service_.now());
  std::vector<ObligationKind> ended;
  for (const Obligation& o : before_) {
    if (!is_live(now.live, o.key)) add_once(o.kind, ended);
  }
  return ended;
}

}  // namespace omamori
