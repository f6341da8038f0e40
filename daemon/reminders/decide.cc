#include "daemon/reminders/decide.h"

#include <algorithm>
#include <exception>
#include <map>
#include <span>

#include "daemon/model/reminder.h"
#include "daemon/reminders/client_plan.h"

namespace omamori {
namespace {

constexpr std::size_t kClientsPerTransaction = 500;
// So many clients are planned before what came of it is written: what memory holds at once.
constexpr std::size_t kClientsPerPass = 5000;
// Reading everybody in one pass costs a client about a quarter of what asking for one does. Up to
// the first number nobody counts how many there are.
constexpr std::size_t kAlwaysOneByOne = 50;
constexpr std::size_t kPassAboveOneIn = 4;

ObligationState state_of(const Ending& ending) {
  if (ending.state == "met") return ObligationState::met;
  if (ending.state == "withdrawn") return ObligationState::withdrawn;
  return ObligationState::ended;
}

// What the store keeps of an ending: its three states, and the finer word in the reason.
std::string reason_of(const Ending& ending) {
  const bool said_by_state =
      ending.state == "met" || ending.state == "withdrawn" || ending.state == "ended";
  return said_by_state ? ending.reason : ending.state + ": " + ending.reason;
}

Reminder as_reminder(const Silence& s) {
  return {s.obligation, s.stage, s.days, s.repeat,       s.slot_day,
          s.slot,       s.staff, s.as,   Urgency::digest};
}

bool same_schedule(const ClientMemory& memory, const Plan& plan) {
  return memory.schedule && memory.schedule->next_at == plan.next &&
         memory.schedule->reason == plan.why_no_next;
}

// What is left to write of a plan, once all that is in the store already is taken out of it.
struct Outcome {
  std::string client;
  Plan plan;  // `live`: only what is new or differs; without its months
  bool same_schedule = false;

  bool nothing_new() const {
    return same_schedule && plan.live.empty() && plan.ended.empty() && plan.reminders.empty() &&
           plan.silences.empty();
  }
};

Outcome outcome_of(const std::string& client, const ClientMemory& memory, Plan plan) {
  plan.months = {};
  std::erase_if(plan.live, [&](const KnownObligation& live) {
    return std::any_of(memory.known.begin(), memory.known.end(), [&](const KnownObligation& known) {
      return known.obligation == live.obligation;
    });
  });
  const bool same = same_schedule(memory, plan);
  return {client, std::move(plan), same};
}

class Decider {
 public:
  Decider(Service& service, const Act& act)
      : service_(service), store_(service.store()), act_(act), planning_(service.planning()) {}

  DecideReport run(std::span<const std::string> due, bool many) {
    report_.unreadable = planning_->unreadable;
    if (!many || !plan_in_one_pass(due)) plan_one_by_one(due);
    write();
    return std::move(report_);
  }

 private:
  void plan_one_by_one(std::span<const std::string> due) {
    for (const std::string& code : due) {
      try {
        if (const auto facts = store_.facts(code)) plan_one(*facts, store_.memory(code));
      } catch (const BadRow& error) {
        failed(code, error.what());
      }
    }
  }

  // `due` ascends, as do the clients read. False and nothing done if the pass met a client that
  // cannot be read: it cannot step over one.
  bool plan_in_one_pass(std::span<const std::string> due) {
    const std::size_t failed_before = report_.failed.size();
    auto next = due.begin();
    try {
      store_.for_each_remembered(due.front(), due.back(),
                                 [&](ClientFacts& facts, ClientMemory& memory) {
                                   while (next != due.end() && *next < facts.code) ++next;
                                   if (next != due.end() && *next == facts.code)
                                     plan_one(facts, memory);
                                 });
    } catch (const BadRow&) {
      outcomes_.clear();
      failed_.clear();
      report_.failed.resize(failed_before);
      return false;
    }
    return true;
  }

  void plan_one(const ClientFacts& facts, const ClientMemory& memory) {
    try {
      outcomes_.push_back(outcome_of(
          facts.code, memory, plan_client(service_.zone(), *planning_, facts, memory, act_.now)));
    } catch (const std::exception& error) {
      failed(facts.code, error.what());
    }
  }

  // Written after planning and not in between: a cursor over the facts must not see writes.
  void write() {
    for (std::size_t begin = 0; begin < outcomes_.size(); begin += kClientsPerTransaction) {
      const auto batch = store_.batch();
      const std::size_t end = std::min(outcomes_.size(), begin + kClientsPerTransaction);
      for (std::size_t i = begin; i < end; ++i) write_one(outcomes_[i]);
      batch->commit();
    }
    outcomes_.clear();
    if (failed_.empty()) return;
    const auto batch = store_.batch();
    for (const std::string& code : failed_) {
      store_.set_next(code, act_.now + std::chrono::hours{1}, kCouldNotBePlanned);
    }
    batch->commit();
    failed_.clear();
  }

  // All or nothing of each client, so that one that cannot be written harms no other.
  void write_one(const Outcome& o) {
    if (o.nothing_new()) {
      store_.set_planned(o.client);
      ++report_.clients;
      return;
    }
    try {
      const auto batch = store_.batch();
      write_plan(o.plan);
      store_.set_next(o.client, o.plan.next, o.plan.why_no_next);
      batch->commit();
      ++report_.clients;
    } catch (const SqliteError&) {
      throw;
    } catch (const std::exception& error) {
      failed(o.client, error.what());
    }
  }

  void write_plan(const Plan& plan) {
    for (const Ended& ended : plan.ended) {
      const bool was_live = store_.end_obligation(ended.obligation, state_of(ended.ending),
                                                  reason_of(ended.ending), act_);
      report_.ended += was_live ? 1 : 0;
      if (was_live && ended.tell_at) tell_withdrawal(ended.obligation, *ended.tell_at);
    }
    for (const KnownObligation& live : plan.live) {
      if (!store_.put_obligation(live.obligation, act_, live.known_since)) continue;
      ++report_.opened;
      take_back_withdrawals(live.obligation);
    }
    for (const Silence& s : plan.silences) {
      report_.silences += store_.silence(as_reminder(s), s.reason, act_) ? 1 : 0;
    }
    for (const Reminder& r : plan.reminders) report_.owed += store_.owe(r, act_) ? 1 : 0;
  }

  // To everybody who was told of it, or may have been, and has not left since.
  void tell_withdrawal(const std::string& obligation, Instant slot) {
    std::map<std::string, Reminder> last;  // by person: the latest stage they know of
    for (const StoredItem& item : store_.items_of_obligation(obligation)) {
      if (item.state != ItemState::told && !item.maybe_told) continue;
      if (item.reminder.stage == kNotReachedStage) continue;  // they were told before that
      Reminder& known = last[item.reminder.staff];
      if (known.obligation.empty() || known.days < item.reminder.days) known = item.reminder;
    }
    for (auto& [staff, reminder] : last) {
      if (is_withdrawal(reminder.days)) continue;
      reminder.stage = kWithdrawnStage;
      reminder.days = round_after(reminder.days) * kRound + kWithdrawal;
      reminder.repeat = 0;
      reminder.slot = slot;
      reminder.slot_day = service_.zone().day_of(slot);
      reminder.urgency = Urgency::digest;
      if (planning_->directory.has_left(staff, act_.today)) {
        report_.silences += store_.silence(reminder, staff + " has left", act_) ? 1 : 0;
      } else {
        report_.owed += store_.owe(reminder, act_) ? 1 : 0;
      }
    }
  }

  // It is live again before the word that it was none has left.
  void take_back_withdrawals(const Obligation& o) {
    if (o.kind != ObligationKind::lapse && o.kind != ObligationKind::concern) return;
    for (const StoredItem& item : store_.items_of_obligation(o.key)) {
      if (item.state != ItemState::owed || !is_withdrawal(item.reminder.days)) continue;
      store_.silence(item.reminder, "it is open again", act_);
    }
  }

  void failed(const std::string& code, const char* why) {
    report_.failed.push_back({code, why});
    failed_.push_back(code);
  }

  Service& service_;
  Store& store_;
  const Act& act_;
  std::shared_ptr<const Planning> planning_;
  std::vector<Outcome> outcomes_;
  std::vector<std::string> failed_;
  DecideReport report_;
};

}  // namespace

void DecideReport::add(const DecideReport& other) {
  clients += other.clients;
  opened += other.opened;
  ended += other.ended;
  owed += other.owed;
  silences += other.silences;
  failed.insert(failed.end(), other.failed.begin(), other.failed.end());
  restored.insert(restored.end(), other.restored.begin(), other.restored.end());
  for (const std::string& row : other.unreadable) {
    if (std::find(unreadable.begin(), unreadable.end(), row) == unreadable.end()) {
      unreadable.push_back(row);
    }
  }
}

DecideRun::DecideRun(Service& service, Instant now)
    : service_(service),
      due_(service.store().clients_due(now)),
      many_(due_.size() > kAlwaysOneByOne &&
            due_.size() * kPassAboveOneIn > service.store().client_count()) {}

DecideReport DecideRun::pass(const Act& act) {
  if (finished()) return {};
  const std::size_t count = std::min(kClientsPerPass, due_.size() - done_);
  DecideReport report = Decider(service_, act).run(std::span(due_).subspan(done_, count), many_);
  done_ += count;
  return report;
}

DecideReport decide_due(Service& service, const Act& act) {
  DecideReport all;
  for (DecideRun run(service, act.now); !run.finished();) all.add(run.pass(act));
  return all;
}

}  // namespace omamori
