#include "daemon/commands/diff_view.h"

#include <algorithm>

#include "config/policy_change.h"
#include "daemon/commands/in_parallel.h"
#include "daemon/commands/read_client.h"
#include "daemon/reminders/client_plan.h"

namespace omamori {
namespace {

// What came out for one client.
struct Compared {
  ClientFacts facts;
  bool idle = false;  // service has ended: nothing is compared
  ClientPlan after;
  ClientDiff diff;
};

class Differ {
 public:
  Differ(Service& service, const Policy& proposed, const DiffWanted& wanted)
      : service_(service),
        wanted_(wanted),
        before_(*service.planning()),
        after_(service.planning_under(proposed)),
        now_(service.now()),
        end_(service.zone().start_of(wanted.until + std::chrono::days{1}) -
             std::chrono::seconds{1}),
        effects_(after_.policy, after_.directory, service.today()) {
    diff_.today = service.today();
    diff_.until = wanted.until;
    diff_.settings = describe_change(before_.policy, after_.policy, wanted.language);
    diff_.unreadable = before_.unreadable;
    Policy same_terms = after_.policy;
    same_terms.terms = before_.policy.terms;
    only_terms_ = same_terms == before_.policy;
  }

  PolicyDiff run() {
    const auto think = [this](ReadClient& client) { return compare(client); };
    const auto take = [this](Compared&& client) { add(std::move(client)); };
    InParallel<ReadClient, decltype(think), decltype(take)> clients(think, take);
    const auto unreadable = [this](const std::string& code) {
      diff_.unreadable.push_back("client " + code);
    };
    if (wanted_.client.empty()) {
      service_.store().for_each_remembered(
          [&](ClientFacts& facts, ClientMemory& memory) {
            clients.add({std::move(facts), std::move(memory)});
          },
          unreadable);
    } else {
      try {
        if (auto one = read_client(service_.store(), wanted_.client)) clients.add(std::move(*one));
      } catch (const BadRow&) {
        unreadable(wanted_.client);
      }
    }
    clients.finish();
    diff_.effects = effects_.effects();
    return std::move(diff_);
  }

 private:
  // On any thread: looks at nothing that changes.
  Compared compare(ReadClient& client) const {
    const Day today = diff_.today;
    Compared found{std::move(client.facts), false, {}, {}};
    const ClientFacts& facts = found.facts;
    found.idle = service_over(facts, today);
    if (found.idle) return found;
    found.diff = {facts.code, version_on(facts, today).office, {}, {}};
    found.after = plan_of(facts, settings_of(after_), today);
    if (untouched(facts)) return found;
    found.diff.plan = compare_plans(plan_of(facts, settings_of(before_), today), found.after);
    if (!same_messages(facts, found.diff.plan)) {
      found.diff.messages = messages(facts, client.memory);
    }
    return found;
  }

  void add(Compared client) {
    if (client.idle) return effects_.add_idle(client.facts);
    effects_.add(client.facts, client.after);
    ClientDiff& diff = client.diff;
    count(diff, diff_.all);
    count(diff, diff_.offices[diff.office]);
    const bool changed = diff.plan.alters() || !diff.messages.empty();
    if (changed && diff_.clients.size() < wanted_.limit) diff_.clients.push_back(std::move(diff));
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
  const Planning before_, after_;
  const Instant now_, end_;
  bool only_terms_ = false;
  EffectCounter effects_;
  PolicyDiff diff_;
};

}  // namespace

PolicyDiff diff_policy(Service& service, const Policy& proposed, const DiffWanted& wanted) {
  return Differ(service, proposed, wanted).run();
}

}  // namespace omamori
