#include "tests/sim/door_promises.h"

#include <algorithm>
#include <tuple>

#include "daemon/model/calendar.h"

namespace omamori::sim {

DoorPromises::DoorPromises(World& world) : world_(world) {
  world_.store().each_monitoring([&](const MonitoringRecord& visit) {
    if (!visit.voided) ++visits_[{visit.client, visit.on}].live;
  });
  world_.store().each_check_in([&](const CheckInRecord& r) { seen(r.check, r.on, r.outcome); });
}

void DoorPromises::hear(const ToldMessage& message) {
  for (const ToldLine& line : message.lines) {
    if (!line.obligation.starts_with("receipt/")) continue;
    const bool instead = line.remarks.find("instead of") != std::string::npos;
    heard_[{line.obligation, line.stage}].push_back({message.staff, instead, message.accepted.at});
  }
}

void DoorPromises::undone(std::int64_t act) { acts_.at(act).undone_at = world_.service().now(); }

void DoorPromises::visit_by_link(const std::string& client, Day on) {
  OfDay& day = visits_[{client, on}];
  if (day.live == 0) day.live = 1;
}

// What was voided is not brought back by a list.
void DoorPromises::visit_by_csv(const std::string& client, Day on) {
  OfDay& day = visits_[{client, on}];
  if (day.live == 0 && !day.voided) day.live = 1;
}

void DoorPromises::visit_undone(const std::string& client, Day on) {
  OfDay& day = visits_[{client, on}];
  --day.live;
  day.voided = true;
}

std::vector<std::string> DoorPromises::check() {
  check_visits();
  check_check_ins();
  check_actors();
  for (const auto& [id, act] : acts_) {
    if (act.undone_at) {
      check_undone(act);
    } else {
      check_receipt(act);
    }
  }
  return std::exchange(wrong_, {});
}

void DoorPromises::check_visits() {
  std::map<std::pair<std::string, Day>, int> stored;
  world_.store().each_monitoring([&](const MonitoringRecord& visit) {
    if (!visit.voided) ++stored[{visit.client, visit.on}];
  });
  for (const auto& [of, day] : visits_) {
    const int there = stored[of];
    if (there == day.live) continue;
    add("the visit to " + of.first + " on " + to_string(of.second) + " has " +
        std::to_string(there) + " records, not " + std::to_string(day.live));
  }
  for (const auto& [of, there] : stored) {
    if (visits_.count(of) == 0) {
      add("nobody said that " + of.first + " was visited on " + to_string(of.second));
    }
  }
}

// Where nothing else was said of that check on that day.
void DoorPromises::check_check_ins() {
  std::map<std::tuple<std::string, Day, Outcome>, int> stored;
  world_.store().each_check_in([&](const CheckInRecord& record) {
    if (!record.voided) ++stored[{record.check, record.on, record.outcome}];
  });
  for (const auto& [of, there] : stored) {
    const auto& [check, on, outcome] = of;
    const auto said = words_.find({check, on});
    const bool by_somebody = said != words_.end() && said->second.count(outcome) != 0;
    if (!by_somebody) add("nobody said that of " + check + " on " + to_string(on));
    if (there > 1 && by_somebody && said->second.size() == 1) {
      add(check + " has " + std::to_string(there) + " records alike on " + to_string(on));
    }
  }
}

void DoorPromises::check_actors() {
  JournalFilter all;
  world_.store().journal().read(all, [&](const JournalRow& row) {
    const std::string& actor = row.entry.actor;
    const bool by_door =
        actor.starts_with("link:") || actor.starts_with("reply:") || actor.starts_with("ping:");
    const bool by_us = actor == "test" || actor == "omamorid" || actor == "init";
    if (by_door && used_.count({actor, row.entry.at}) == 0) {
      add(row.entry.kind + " by " + actor + ", and nobody used a link of theirs then");
    }
    const bool is_record = row.entry.kind.starts_with("record.") || row.entry.kind == "void";
    if ((is_record && !by_door && actor != "test") || (!by_door && !by_us)) {
      add(row.entry.kind + " by " + actor);
    }
  });
}

const std::vector<DoorPromises::Heard>& DoorPromises::heard(std::int64_t act,
                                                            const std::string& stage) {
  return heard_[{receipt_key(act), stage}];
}

// They have left, say: P4.
bool DoorPromises::has_reason(std::int64_t act, const std::string& staff) {
  const auto items = world_.store().items_of_obligation(receipt_key(act));
  return std::any_of(items.begin(), items.end(), [&](const StoredItem& item) {
    return item.reminder.staff == staff && item.state != ItemState::told && !item.reason.empty();
  });
}

void DoorPromises::check_receipt(const SentAct& act) {
  const std::string what = "receipt " + std::to_string(act.id) + ", " +
                           std::string(to_word(act.kind)) + " of " + act.client + " by " +
                           act.staff + " at " + when_text(act.at, world_.zone());
  std::set<std::string> told;
  bool another_told = false;
  for (const Heard& one : heard(act.id, "recorded")) {
    if (!one.instead) told.insert(one.staff);
    another_told |= one.instead;
  }
  const bool own = told.erase(act.staff) != 0;
  if (act.answered && own) add(what + ": a receipt of what was answered");
  if (!act.answered && !own && !another_told && !has_reason(act.id, act.staff)) {
    add(what + ": whom the link was made for was not told");
  }
  const bool another =
      (act.silences || act.kind == DoorActKind::not_mine) && !act.awaits_confirmation;
  const std::size_t others = (another ? 1U : 0U) + (act.stood_in_for ? 1U : 0U);
  if (told.size() > others) add(what + ": told to more than concern it");
  if (another && told.empty()) {
    const auto items = world_.store().items_of_obligation(receipt_key(act.id));
    const bool accounted = std::any_of(items.begin(), items.end(), [&](const StoredItem& item) {
      return item.reminder.staff != act.staff && !item.reason.empty();
    });
    if (!accounted) add(what + ": nobody else was told");
  }
}

// Whoever has heard of it hears that, too, also where it was on its way then; nobody else does.
void DoorPromises::check_undone(const SentAct& act) {
  const std::string what = "receipt " + std::to_string(act.id) + " of what was undone at " +
                           when_text(*act.undone_at, world_.zone());
  std::set<std::string> knows, back;
  for (const Heard& one : heard(act.id, "recorded")) knows.insert(one.staff);
  for (const Heard& one : heard(act.id, "withdrawn")) back.insert(one.staff);
  for (const std::string& staff : knows) {
    if (back.count(staff) != 0 || has_reason(act.id, staff)) continue;
    add(what + ": " + staff + " was told of it, and not that it is undone");
  }
  for (const std::string& staff : back) {
    if (knows.count(staff) == 0) add(what + ": told only to " + staff);
  }
}

}  // namespace omamori::sim
