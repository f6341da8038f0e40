#include "daemon/reports/risk_items.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "daemon/rules/check_state.h"
#include "daemon/rules/reminder_times.h"

namespace omamori {
namespace {

// Where it stands in what one person has to do; what may wait until its last day comes last.
enum class Rank { concern, lapse, streak, expired, unassigned, end_report, ahead, none };

Rank rank_of(ObligationKind kind) {
  switch (kind) {
    case ObligationKind::concern:
      return Rank::concern;
    case ObligationKind::lapse:
      return Rank::lapse;
    case ObligationKind::streak:
      return Rank::streak;
    case ObligationKind::expired:
      return Rank::expired;
    case ObligationKind::unassigned:
      return Rank::unassigned;
    case ObligationKind::end_report:
      return Rank::end_report;
    case ObligationKind::monitoring:
    case ObligationKind::baseline:
    case ObligationKind::renewal:
    case ObligationKind::return_:
    case ObligationKind::check_in:
      return Rank::ahead;
    case ObligationKind::suspension_standing:
    case ObligationKind::trouble:
    case ObligationKind::weekly:
    case ObligationKind::receipt:
      return Rank::none;
  }
  return Rank::none;
}

bool of_the_decision(ObligationKind kind) {
  return kind == ObligationKind::renewal || kind == ObligationKind::expired;
}

class ClientRisks {
 public:
  ClientRisks(const ClientFacts& facts, const Directory& directory, Day today)
      : facts_(facts),
        directory_(directory),
        today_(today),
        until_(today + kWeekAhead),
        who_(version_on(facts, today)),
        suspended_(suspension_on(facts, today) != nullptr) {}

  std::vector<RiskItem> of(std::span<const Obligation> live) {
    for (const Obligation& o : live) add(o);
    if (suspended_) return std::move(found_);
    for (const Check& check : facts_.checks) add(check);
    return std::move(found_);
  }

 private:
  void add(const Obligation& o) {
    const Rank rank = rank_of(o.kind);
    if (rank == Rank::none || (suspended_ && !of_the_decision(o.kind))) return;
    // A provider's record that is due is seen by the check, which may lapse or not.
    if (o.kind == ObligationKind::check_in) return;
    if (rank == Rank::ahead && (!o.due_by || *o.due_by > until_)) return;
    RiskItem item = make(o.kind, o.opened);
    item.months = o.months;
    item.check = o.check;
    item.by = o.due_by;
    item.obligation = o.key;
    found_.push_back(std::move(item));
  }

  void add(const Check& check) {
    const CheckTerms& terms = version_on(check, today_).terms;
    const CheckStanding now = standing(terms, check.check_ins, today_);
    const bool lapsed = now.state == CheckState::lapsed;
    const bool counts = now.state == CheckState::ok || now.state == CheckState::due ||
                        now.state == CheckState::awaiting_first;
    if (!lapsed && !(counts && now.deadline <= until_)) return;
    if (terms.until && *terms.until <= now.deadline) return;  // it ends before it could lapse
    if (lapsed && is_told_as_lapsed(check.code)) return;
    RiskItem item = lapsed ? make(ObligationKind::lapse, now.deadline + std::chrono::days{1})
                           : make(ObligationKind::check_in, now.expected);
    item.check = check.code;
    if (!lapsed) item.by = now.deadline;
    const Staff* provider = directory_.present(terms.provider, today_);
    if (!lapsed && provider) {
      const bool themselves = provider->code == terms.provider;
      item.acts = {provider->code, themselves ? Because::of_record : Because::delegate,
                   terms.provider};
    }
    found_.push_back(std::move(item));
  }

  bool is_told_as_lapsed(const std::string& check) const {
    return std::any_of(found_.begin(), found_.end(), [&](const RiskItem& item) {
      return item.kind == ObligationKind::lapse && item.check == check;
    });
  }

  RiskItem make(ObligationKind kind, Day since) const {
    RiskItem item;
    item.kind = kind;
    const bool supervisors = is_for_the_supervisor(kind) || looks_after_itself(facts_, today_);
    item.acts = supervisors ? supervising(directory_, who_.office, who_.case_manager, today_)
                            : acting(directory_, who_.office, who_.case_manager, Role::case_manager,
                                     today_);
    item.office = who_.office;
    item.case_manager = who_.case_manager;
    item.client = facts_.code;
    item.since = since;
    item.suspended = suspended_;
    return item;
  }

  const ClientFacts& facts_;
  const Directory& directory_;
  Day today_, until_;
  const ClientVersion& who_;
  bool suspended_;
  std::vector<RiskItem> found_;
};

auto pressing(const RiskItem& item) {
  return std::tuple(rank_of(item.kind), item.by.value_or(item.since), item.client);
}

}  // namespace

std::string_view risk_word(const RiskItem& item) {
  return item.kind == ObligationKind::check_in ? "near_lapse" : to_word(item.kind);
}

bool has_gone_wrong(const RiskItem& item) { return rank_of(item.kind) != Rank::ahead; }

int days_past(const RiskItem& item, Day today) {
  return item.by ? std::max(0, static_cast<int>((today - *item.by).count())) : 0;
}

std::vector<RiskItem> risk_items(const ClientFacts& facts, std::span<const Obligation> live,
                                 const Directory& directory, Day today) {
  if (service_over(facts, today)) return {};
  return ClientRisks(facts, directory, today).of(live);
}

void sort_by_who_acts(std::vector<RiskItem>& items) {
  using Pressing = decltype(pressing(items.front()));
  std::map<std::string, Pressing> first;  // of each person
  for (const RiskItem& item : items) {
    const auto [place, added] = first.try_emplace(item.acts.staff, pressing(item));
    if (!added) place->second = std::min(place->second, pressing(item));
  }
  std::sort(items.begin(), items.end(), [&](const RiskItem& a, const RiskItem& b) {
    return std::tuple(first.at(a.acts.staff), a.acts.staff, pressing(a), a.kind, a.check) <
           std::tuple(first.at(b.acts.staff), b.acts.staff, pressing(b), b.kind, b.check);
  });
}

}  // namespace omamori
