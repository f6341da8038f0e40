#include "daemon/decide.h"

#include <algorithm>
#include <exception>

#include "daemon/snapshot.h"

namespace omamori {
namespace {

constexpr std::size_t kClientsPerTransaction = 500;
// Above this share of all clients, reading everything in one pass is cheaper than one by one.
constexpr std::size_t kStreamAbove = 2000;

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

class Decider {
 public:
  Decider(Service& service, const Act& act)
      : service_(service), store_(service.store()), act_(act), planning_(service.planning()) {}

  DecideReport run() {
    report_.unreadable = planning_.unreadable;
    report_.restored = store_.restore_schedules(act_.now);
    const std::vector<std::string> due = store_.clients_due(act_.now);
    if (due.size() <= kStreamAbove || !stream(due)) one_by_one(due);
    return std::move(report_);
  }

 private:
  struct Planned {
    std::string client;
    Plan plan;
  };

  void one_by_one(const std::vector<std::string>& due) {
    for (std::size_t begin = 0; begin < due.size(); begin += kClientsPerTransaction) {
      const auto batch = store_.batch();
      const std::size_t end = std::min(due.size(), begin + kClientsPerTransaction);
      for (std::size_t i = begin; i < end; ++i) one(due[i]);
      batch->commit();
    }
  }

  void one(const std::string& code) {
    try {
      auto facts = store_.facts(code);
      if (facts) write({code, plan_client(service_, planning_, *facts, act_.now)});
    } catch (const SqliteError&) {
      throw;
    } catch (const std::exception& error) {
      failed(code, error.what());
    }
  }

  // Plans while reading, writes afterwards: the cursor over the facts must not see writes. False
  // and nothing done if the pass met a client that cannot be read: it cannot step over one.
  bool stream(const std::vector<std::string>& due) {
    std::vector<Planned> planned;
    try {
      plan_all(due, planned);
    } catch (const BadRow&) {
      report_.failed.clear();
      return false;
    }
    for (std::size_t begin = 0; begin < planned.size(); begin += kClientsPerTransaction) {
      const auto batch = store_.batch();
      const std::size_t end = std::min(planned.size(), begin + kClientsPerTransaction);
      for (std::size_t i = begin; i < end; ++i) write_or_report(planned[i]);
      batch->commit();
    }
    const auto batch = store_.batch();
    for (const FailedClient& f : report_.failed) look_again(f.client);
    batch->commit();
    return true;
  }

  void plan_all(const std::vector<std::string>& due, std::vector<Planned>& planned) {
    store_.for_each_client([&](ClientFacts& facts) {
      if (!std::binary_search(due.begin(), due.end(), facts.code)) return;
      try {
        planned.push_back({facts.code, plan_client(service_, planning_, facts, act_.now)});
        planned.back().plan.months = {};  // not needed any more, and large
      } catch (const SqliteError&) {
        throw;
      } catch (const std::exception& error) {
        report_.failed.push_back({facts.code, error.what()});
      }
    });
  }

  void write_or_report(const Planned& planned) {
    try {
      write(planned);
    } catch (const BadRow& error) {
      report_.failed.push_back({planned.client, error.what()});
    }
  }

  void write(const Planned& p) {
    for (const Ended& ended : p.plan.ended) {
      const bool was_live = store_.end_obligation(ended.obligation, state_of(ended.ending),
                                                  reason_of(ended.ending), act_);
      report_.ended += was_live ? 1 : 0;
    }
    for (const KnownObligation& live : p.plan.live) {
      report_.opened += store_.put_obligation(live.obligation, act_, live.known_since) ? 1 : 0;
    }
    for (const Silence& s : p.plan.silences) {
      report_.silences += store_.silence(as_reminder(s), s.reason, act_) ? 1 : 0;
    }
    for (const Reminder& r : p.plan.reminders) report_.owed += store_.owe(r, act_) ? 1 : 0;
    store_.set_next(p.client, p.plan.next, p.plan.why_no_next);
    ++report_.clients;
  }

  void failed(const std::string& code, const std::string& why) {
    report_.failed.push_back({code, why});
    look_again(code);
  }

  void look_again(const std::string& code) {
    store_.set_next(code, act_.now + std::chrono::hours{1}, kCouldNotBePlanned);
  }

  Service& service_;
  Store& store_;
  const Act& act_;
  Planning planning_;
  DecideReport report_;
};

}  // namespace

DecideReport decide_due(Service& service, const Act& act) { return Decider(service, act).run(); }

}  // namespace omamori
