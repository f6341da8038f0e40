#include "daemon/settings/policy_effects.h"

#include <algorithm>

#include "daemon/model/calendar.h"

namespace omamori {
namespace {

// The interval now, and the months that are asked for from today on.
struct Ahead {
  int interval_months = 0;
  std::vector<std::pair<Day, Month>> asked;
  bool operator==(const Ahead&) const = default;
};

// Months that are due from today on are judged by the terms of today alone (R7).
Ahead ahead(const ClientFacts& client, const Terms& terms, Day today) {
  const std::vector<TermsVersion> only{{Day::min(), terms}};
  Ahead found;
  for (const MonthRow& row : judge_months(client, only, today).rows) {
    if (row.due_by < today || row.state == MonthState::waived) continue;
    found.asked.emplace_back(row.period_start, row.month);
  }
  if (const PeriodVersion* period = period_for(client, today)) {
    found.interval_months = interval_now(client, only, period->period.start, today).interval.months;
  }
  return found;
}

bool differs(const ClientFacts& client, const Terms& with, const Terms& without, Day today) {
  return ahead(client, with, today) != ahead(client, without, today);
}

std::string reason(NoEffect why, Language language) {
  const auto say = [&](const char* ja, const char* en) {
    return std::string(language == Language::ja ? ja : en);
  };
  switch (why) {
    case NoEffect::acts:
      return "";
    case NoEffect::unknown_code:
      return say("そのコードは登録されていない", "no such code is known");
    case NoEffect::no_client:
      return say("あてはまる利用者がいない", "no client is in that case");
    case NoEffect::over:
      return say("期間が過ぎている", "its last day has passed");
    case NoEffect::ended:
      return say("利用が終わっている", "the client's service has ended");
    case NoEffect::no_period:
      return say("かかる支給決定期間が登録されていない",
                 "no month of a known decision period lies in it");
    case NoEffect::self_plan:
      return say("セルフプランにはモニタリングがない", "a self plan has no monitoring");
    case NoEffect::explicit_months:
      return say("受給者証に月が書かれている", "the certificate lists the months");
    case NoEffect::initial_months:
      return say("決定当初はもともと毎月", "the first months are monthly anyway");
    case NoEffect::refused:
      return say("標準より長いが、続いている安否確認がない",
                 "longer than standard_interval_months, and no safety check is kept up");
    case NoEffect::same_anyway:
      return say("これがなくても同じ月になる", "the months are the same without it");
    case NoEffect::nobody:
      return say("受け取る人がいない", "nobody receives it");
  }
  return "";
}

}  // namespace

std::string text_of(const SettingEffect& effect, Language language) {
  const bool ja = language == Language::ja;
  std::string name = effect.name;
  if (effect.kind == SettingEffect::Kind::office) name = (ja ? "事業所 " : "office ") + name;
  if (effect.kind == SettingEffect::Kind::override_)
    name = (ja ? "個別の定め " : "override ") + name;
  if (effect.kind == SettingEffect::Kind::stage) name = (ja ? "段階 " : "stage ") + name;
  std::string text = name + " (" + effect.value + "): ";
  if (effect.acts_on == 0 && effect.why != NoEffect::acts) {
    return text + (ja ? "効果なし: " : "no effect: ") + reason(effect.why, language);
  }
  const std::string acts = std::to_string(effect.acts_on);
  const std::string of = std::to_string(effect.of);
  if (ja) return text + "利用者 " + of + "人のうち " + acts + "人に効く";
  return text + "acts on " + acts + " of " + of + (effect.of == 1 ? " client" : " clients");
}

std::vector<std::string> effect_lines(const std::vector<SettingEffect>& effects,
                                      Language language) {
  using Kind = SettingEffect::Kind;
  constexpr std::ptrdiff_t kManyOverrides = 10;
  const bool ja = language == Language::ja;
  const auto acting = [](const SettingEffect& e) {
    return e.kind == Kind::override_ && e.acts_on > 0;
  };
  const auto overrides = std::count_if(effects.begin(), effects.end(), acting);
  std::vector<std::string> found;
  for (const SettingEffect& effect : effects) {
    // Before the first import nobody receives anything yet.
    if (effect.kind == Kind::stage && (effect.acts_on > 0 || effect.of == 0)) continue;
    if (acting(effect) && overrides > kManyOverrides) continue;
    const bool in_vain = effect.acts_on == 0 && effect.kind != Kind::setting;
    const std::string head = in_vain ? (ja ? "注意: " : "warning: ") : (ja ? "効果: " : "effect: ");
    found.push_back(head + text_of(effect, language));
  }
  if (overrides > kManyOverrides) {
    const std::string count = std::to_string(overrides);
    found.push_back(ja ? "効果: 個別の定め " + count + "件が効く"
                       : "effect: " + count + " overrides act on their clients");
  }
  return found;
}

EffectCounter::EffectCounter(const Policy& policy, const Directory& directory, Day today)
    : policy_(policy), directory_(directory), today_(today) {
  offices_.assign(policy_.terms.offices.size(), {});
  overrides_.assign(policy_.terms.overrides.size(), {});
  stages_.assign(policy_.stages.size(), {0, 0, NoEffect::nobody});
  for (std::size_t i = 0; i < offices_.size(); ++i) {
    const bool known = directory_.office(policy_.terms.offices[i].office) != nullptr;
    offices_[i].why = known ? NoEffect::no_client : NoEffect::unknown_code;
  }
  for (Count& item : overrides_) item.why = NoEffect::unknown_code;
}

void EffectCounter::add(const ClientFacts& client, const ClientPlan& plan) {
  const bool ended = service_over(client, today_);
  add_overrides(client);
  if (ended) return;
  ++clients_;
  const ClientVersion& version = version_on(client, today_);
  add_office(client, version.office);
  add_single(client, plan);
  add_stages(version);
}

void EffectCounter::add_office(const ClientFacts& client, const std::string& office) {
  const auto& offices = policy_.terms.offices;
  const auto own = std::find_if(offices.begin(), offices.end(),
                                [&](const OfficeInterval& o) { return o.office == office; });
  if (own == offices.end()) return;
  const Terms with = terms_about(policy_.terms, client);
  Terms without = with;
  std::erase_if(without.offices, [&](const OfficeInterval& o) { return o.office == office; });
  Count& counted = offices_[static_cast<std::size_t>(own - offices.begin())];
  ++counted.of;
  counted.acts_on += differs(client, with, without, today_) ? 1 : 0;
  counted.why = NoEffect::same_anyway;
}

NoEffect EffectCounter::effect_of(const Override& item, const ClientFacts& client) const {
  if (service_over(client, today_)) return NoEffect::ended;
  if (item.until && *item.until < today_) return NoEffect::over;
  const Terms with = terms_about(policy_.terms, client);
  Terms without = with;
  std::erase_if(without.overrides, [&](const Override& o) { return o.from == item.from; });
  if (differs(client, with, without, today_)) return NoEffect::acts;
  const Day from = std::max(item.from, today_);
  const PeriodVersion* version = period_for(client, from);
  if (!version || version->period.end < from) return NoEffect::no_period;
  if (item.until && *item.until < version->period.start) return NoEffect::no_period;
  if (version->period.plan_kind == PlanKind::self_plan) return NoEffect::self_plan;
  if (!version->period.monitoring_months.empty()) return NoEffect::explicit_months;
  const std::vector<TermsVersion> only{{Day::min(), with}};
  const BasisOf basis = interval_now(client, only, version->period.start, from).interval.basis;
  if (basis.basis == Basis::initial) return NoEffect::initial_months;
  return basis.refused ? NoEffect::refused : NoEffect::same_anyway;
}

void EffectCounter::add_overrides(const ClientFacts& client) {
  const auto& all = policy_.terms.overrides;
  auto item =
      std::lower_bound(all.begin(), all.end(), client.code,
                       [](const Override& o, const std::string& code) { return o.client < code; });
  for (; item != all.end() && item->client == client.code; ++item) {
    Count& counted = overrides_[static_cast<std::size_t>(item - all.begin())];
    counted.of = 1;
    counted.why = effect_of(*item, client);
    counted.acts_on = counted.why == NoEffect::acts ? 1 : 0;
  }
}

void EffectCounter::count(const std::string& setting, bool acts, NoEffect why) {
  Count& counted = single_[setting];
  counted.acts_on += acts ? 1 : 0;
  counted.why = why;
}

void EffectCounter::add_single(const ClientFacts& client, const ClientPlan& plan) {
  const Terms& terms = policy_.terms;
  const BasisOf basis = plan.interval.basis;
  // A request that is refused falls back to the standard as well.
  count("standard_interval_months",
        plan.interval.months > 0 && (basis.basis == Basis::standard || basis.refused));
  const auto acts = [&](auto change) {
    const Terms with = terms_about(policy_.terms, client);
    Terms without = with;
    change(without);
    return differs(client, with, without, today_);
  };
  const bool checked = !client.checks.empty();
  count("extended_interval_months", basis.basis == Basis::safety_check && acts([](Terms& t) {
                                      t.extended_interval_months = t.standard_interval_months;
                                    }));
  count("max_interval_months", checked && terms.max_interval_months < 12 &&
                                   acts([](Terms& t) { t.max_interval_months = 12; }));
  count("initial_months", std::any_of(plan.months.begin(), plan.months.end(), [&](const auto& row) {
          return row.basis.basis == Basis::initial && row.due_by >= today_;
        }));
  if (terms.include_start_month) {
    count("start_month", acts([](Terms& t) { t.include_start_month = false; }),
          NoEffect::same_anyway);
  }
  if (terms.initial_from_next_month) {
    count("initial_starts", acts([](Terms& t) { t.initial_from_next_month = false; }),
          NoEffect::same_anyway);
  }
}

void EffectCounter::add_stages(const ClientVersion& version) {
  auto [known, fresh] = reached_.try_emplace({version.office, version.case_manager});
  if (fresh) {
    for (const Stage& stage : policy_.stages) {
      const auto people =
          recipients(directory_, version.office, version.case_manager, stage.to, today_);
      known->second.push_back(std::any_of(people.begin(), people.end(),
                                          [](const Recipient& r) { return !r.staff.empty(); }));
    }
  }
  for (std::size_t i = 0; i < stages_.size(); ++i) {
    stages_[i].acts_on += known->second[i] ? 1 : 0;
  }
}

std::vector<SettingEffect> EffectCounter::effects() const {
  using Kind = SettingEffect::Kind;
  const Terms& terms = policy_.terms;
  std::vector<SettingEffect> found;
  const Terms usual;
  const auto as_usual = [&](const std::string& name) {
    return (name == "extended_interval_months" &&
            terms.extended_interval_months == usual.extended_interval_months) ||
           (name == "max_interval_months" &&
            terms.max_interval_months == usual.max_interval_months) ||
           (name == "initial_months" && terms.initial_months == usual.initial_months);
  };
  const std::pair<const char*, std::string> single[] = {
      {"standard_interval_months", std::to_string(terms.standard_interval_months)},
      {"extended_interval_months", std::to_string(terms.extended_interval_months)},
      {"max_interval_months", std::to_string(terms.max_interval_months)},
      {"initial_months", std::to_string(terms.initial_months)},
      {"start_month", "include"},
      {"initial_starts", "next_month"}};
  for (const auto& [name, value] : single) {
    const auto counted = single_.find(name);
    if (counted == single_.end()) continue;
    // What nobody wrote need not act on anybody.
    if (counted->second.acts_on == 0 && as_usual(name)) continue;
    found.push_back(
        {Kind::setting, name, value, counted->second.acts_on, clients_, counted->second.why});
  }
  for (std::size_t i = 0; i < offices_.size(); ++i) {
    found.push_back({Kind::office, terms.offices[i].office,
                     std::to_string(terms.offices[i].interval_months), offices_[i].acts_on,
                     offices_[i].of, offices_[i].why});
  }
  for (std::size_t i = 0; i < overrides_.size(); ++i) {
    const Override& item = terms.overrides[i];
    const std::string until = item.until ? to_string(*item.until) : "";
    found.push_back(
        {Kind::override_, item.client,
         std::to_string(item.interval_months) + ", " + to_string(item.from) + "/" + until,
         overrides_[i].acts_on, overrides_[i].of, overrides_[i].why});
  }
  for (std::size_t i = 0; i < stages_.size(); ++i) {
    const Stage& stage = policy_.stages[i];
    found.push_back({Kind::stage, stage.name, std::to_string(stage.days), stages_[i].acts_on,
                     clients_, stages_[i].why});
  }
  return found;
}

}  // namespace omamori
