#include "daemon/commands/diff_view.h"

#include <algorithm>

#include "config/policy_change.h"
#include "daemon/snapshot.h"

namespace omamori {
namespace {

constexpr std::string_view kAfterAllCodes = "\x7f";  // codes are ASCII

class Differ {
 public:
  Differ(Service& service, const Policy& proposed, const DiffWanted& wanted)
      : service_(service),
        wanted_(wanted),
        before_(service.planning()),
        after_(service.planning_under(proposed)),
        now_(service.now()),
        end_(service.zone().start_of(wanted.until + std::chrono::days{1}) -
             std::chrono::seconds{1}),
        effects_(after_.policy, after_.directory, service.today()) {
    diff_.today = service.today();
    diff_.until = wanted.until;
    diff_.settings = describe_change(before_.policy, after_.policy);
    diff_.unreadable = before_.unreadable;
    Policy same_terms = after_.policy;
    same_terms.terms = before_.policy.terms;
    only_terms_ = same_terms == before_.policy;
  }

  PolicyDiff run() {
    if (!wanted_.client.empty()) {
      one(wanted_.client);
    } else if (!in_one_pass()) {
      one_by_one();
    }
    diff_.effects = effects_.effects();
    return std::move(diff_);
  }

 private:
  // False and nothing kept if the pass met a client that cannot be read.
  bool in_one_pass() {
    try {
      service_.store().for_each_remembered(
          "", kAfterAllCodes,
          [&](ClientFacts& facts, ClientMemory& memory) { add(facts, memory); });
      return true;
    } catch (const BadRow&) {
      PolicyDiff fresh;
      fresh.today = diff_.today;
      fresh.until = diff_.until;
      fresh.settings = std::move(diff_.settings);
      fresh.unreadable = std::move(diff_.unreadable);
      diff_ = std::move(fresh);
      effects_.reset();
      return false;
    }
  }

  void one_by_one() {
    const Instant far = now_ + std::chrono::days{36500};
    for (const std::string& code : service_.store().clients_due(far)) one(code);
  }

  void one(const std::string& code) {
    try {
      if (const auto facts = service_.store().facts(code)) {
        add(*facts, service_.store().memory(code));
      }
    } catch (const BadRow&) {
      diff_.unreadable.push_back("client " + code);
    }
  }

  void add(const ClientFacts& facts, const ClientMemory& memory) {
    const Day today = diff_.today;
    if (facts.ended_on && *facts.ended_on < today) return effects_.add_idle(facts);
    ClientDiff client{facts.code, version_on(facts, today).office, {}, {}};
    const ClientPlan after = plan_of(facts, settings_of(after_), today);
    effects_.add(facts, after);
    if (!untouched(facts)) {
      client.plan = compare_plans(plan_of(facts, settings_of(before_), today), after);
      if (!same_messages(facts, client.plan)) client.messages = messages(facts, memory);
    }
    count(client, diff_.all);
    count(client, diff_.offices[client.office]);
    const bool changed = client.plan.alters() || !client.messages.empty();
    if (changed && diff_.clients.size() < wanted_.limit) diff_.clients.push_back(std::move(client));
  }

  // Nothing that differs names this client or its offices.
  bool untouched(const ClientFacts& facts) const {
    return only_terms_ &&
           terms_about(before_.policy.terms, facts) == terms_about(after_.policy.terms, facts);
  }

  // Without a safety check the months do not hang on what is recorded until then (R6).
  bool same_messages(const ClientFacts& facts, const PlanChange& change) const {
    return only_terms_ && facts.checks.empty() && !change.alters();
  }

  std::vector<MessageChange> messages(const ClientFacts& facts, const ClientMemory& memory) const {
    const auto by = [&](const Planning& planning, Instant changed_at) {
      const Snapshot snapshot{
          facts,        planning.terms, planning.directory, planning.workdays,      service_.zone(),
          memory.known, memory.told,    changed_at,         looked_at_until(memory)};
      return forecast(snapshot, planning.policy, now_, end_, Meanwhile::confirmed);
    };
    // What the new policy brings about is as old as the moment it is taken over.
    return compare_messages(by(before_, newest_change(memory, now_)), by(after_, now_),
                            service_.zone());
  }

  static void count(const ClientDiff& client, DiffCount& into) {
    const bool altered = client.plan.alters();
    ++into.clients;
    into.altered += altered ? 1 : 0;
    into.changed += altered || !client.messages.empty() ? 1 : 0;
    into.months_added += client.plan.months_added.size();
    into.months_removed += client.plan.months_removed.size();
    for (const MessageChange& message : client.messages) {
      ++(!message.before ? into.additional : !message.after ? into.no_longer : into.other_day);
    }
  }

  Service& service_;
  const DiffWanted& wanted_;
  Planning before_, after_;
  Instant now_, end_;
  bool only_terms_ = false;
  EffectCounter effects_;
  PolicyDiff diff_;
};

}  // namespace

PolicyDiff diff_policy(Service& service, const Policy& proposed, const DiffWanted& wanted) {
  return Differ(service, proposed, wanted).run();
}

}  // namespace omamori
