#include "daemon/commands/client_view.h"

#include <algorithm>

#include "daemon/model/calendar.h"
#include "daemon/rules/forecast.h"

namespace omamori {
namespace {

constexpr std::size_t kLatestCheckIns = 5;

template <class Record>
const Record* with_id(const std::vector<Record>& records, std::int64_t id) {
  const auto found = std::find_if(records.begin(), records.end(),
                                  [&](const Record& record) { return record.id == id; });
  return found == records.end() ? nullptr : &*found;
}

std::vector<CheckInRecord> latest_check_ins(Store& store, const Check& check, Day day) {
  std::vector<CheckInRecord> found;
  for (auto c = check.check_ins.rbegin(); c != check.check_ins.rend(); ++c) {
    if (c->on > day) continue;
    if (found.size() == kLatestCheckIns) break;
    const auto same_day = store.check_ins(check.code, c->on);
    if (const CheckInRecord* record = with_id(same_day, c->id)) found.push_back(*record);
  }
  std::reverse(found.begin(), found.end());
  return found;
}

const Override* override_of(const Terms& terms, const std::string& client, Day day) {
  for (const Override& o : terms.overrides) {
    if (o.client == client && o.from <= day && (!o.until || day <= *o.until)) return &o;
  }
  return nullptr;
}

NextStage next_stage(const Foretold& f) {
  Occurrence stage;
  stage.stage = f.reminder.stage;
  stage.days = f.reminder.days;
  stage.repeat = f.reminder.repeat;
  stage.slot = f.at;
  stage.slot_day = f.reminder.slot_day;
  stage.urgency = f.reminder.urgency;
  return {std::move(stage), {}};
}

}  // namespace

ClientView::ClientView(Service& service, ClientFacts client, Day on)
    : facts(std::move(client)),
      day(on),
      today(service.today()),
      zone(service.zone()),
      planning(*service.planning()),
      version(version_on(facts, day)),
      period(period_for(facts, day)) {
  Store& store = service.store();
  if (auto known = store.client(facts.code)) record = std::move(*known);
  if (auto known = store.names(facts.code)) names = std::move(*known);
  schedule = store.schedule(facts.code);
  policy = store.kept_policy();
  judge();
  read_checks(store);
  read_visits(store);
  read_rare(store);
  read_obligations(service);
  read_policies(store);
}

void ClientView::judge() {
  months = judge_months(facts, planning.terms, day);
  if (!period) return;
  const Period& p = period->period;
  interval = interval_now(facts, planning.terms, p.start, day).interval;
  const Month month = month_of(std::clamp(day, p.start, p.end));
  asked_as_of = std::max({due_by(p, month), day, period->known_from});
  const Terms& terms = terms_as_of(asked_as_of);
  asked = requested(terms, facts.code, version.office, p, month);
  if (asked.basis == Basis::override_) {
    override_in_force = override_of(terms, facts.code, first_day(month));
  }
}

void ClientView::read_checks(Store& store) {
  for (const Check& check : facts.checks) {
    const CheckVersion& known = version_on(check, day);
    checks.push_back({check, known, standing(known.terms, check.check_ins, day),
                      store.check(check.code).value_or(CheckRecord{}),
                      latest_check_ins(store, check, day),
                      store.doors().pings().refused(check.code)});
  }
}

void ClientView::read_visits(Store& store) {
  for (const VisitVerdict& verdict : months.visits) {
    const auto same_day = store.monitorings(facts.code, verdict.on);
    const MonitoringRecord* known = with_id(same_day, verdict.visit);
    visits.push_back({verdict, known ? *known : MonitoringRecord{}});
  }
}

void ClientView::read_rare(Store& store) {
  repetitions = store.doors().repetitions(facts.code);
  if (!facts.contacts.empty()) {
    store.each_contact([&](const ContactRecord& contact) {
      if (contact.client == facts.code && contact.on <= day) contacts.push_back(contact);
    });
  }
  if (!facts.suspensions.empty()) {
    store.each_suspension([&](const SuspensionRecord& suspension) {
      const bool ahead = suspension.from > day && day >= today;
      if (suspension.client == facts.code && (suspension.from <= day || ahead)) {
        suspensions.push_back(suspension);
      }
    });
  }
}

PolicyView* ClientView::policy_of(Store& store, Day as_of) {
  const auto known = std::find_if(policies.begin(), policies.end(), [&](const PolicyView& p) {
    return p.kept.from <= as_of && (!p.kept.until || as_of <= *p.kept.until);
  });
  if (known != policies.end()) return &*known;
  try {
    auto kept = store.policy_on(as_of);
    if (!kept) return nullptr;
    const auto same = std::find_if(policies.begin(), policies.end(), [&](const PolicyView& p) {
      return p.kept.policy.version == kept->policy.version;
    });
    if (same != policies.end()) return &*same;
    policies.push_back({std::move(*kept), as_of, false, {}, false});
    return &policies.back();
  } catch (const BadRow&) {
    return nullptr;
  }
}

void ClientView::read_policies(Store& store) {
  if (!live.empty() || !items.empty()) {
    if (PolicyView* of_day = policy_of(store, day)) of_day->stages = true;
  }
  const bool by_terms = period && interval.months > 0;
  if (by_terms) {
    if (PolicyView* of_interval = policy_of(store, asked_as_of)) of_interval->interval = true;
  }
  for (const MonthRow& row : months.rows) {
    if (!shows(row) || row.interval_months == 0) continue;  // 0: written on the certificate
    if (PolicyView* of_month = policy_of(store, judged_as_of(row))) {
      of_month->months.push_back(row.month);
    }
  }
  std::sort(policies.begin(), policies.end(),
            [](const PolicyView& a, const PolicyView& b) { return a.kept.from > b.kept.from; });
}

Instant ClientView::moment(const Service& service) const {
  if (is_today()) return service.now();
  return zone.start_of(day + std::chrono::days{1}) - std::chrono::seconds{1};
}

void ClientView::read_obligations(Service& service) {
  Store& store = service.store();
  const Instant now = moment(service);
  for (StoredItem& item : store.items_of(facts.code)) {
    if (item.reminder.slot > now) continue;
    if (item.told_at && *item.told_at > now) item.state = ItemState::owed;  // not yet told then
    items.push_back(std::move(item));
  }
  for (StoredObligation& stored : store.obligations(facts.code)) {
    if (stored.obligation.opened > day) continue;
    if (stored.ended_at && *stored.ended_at > now) stored.state = ObligationState::live;
    obligations.push_back(std::move(stored));
  }
  if (is_today()) {
    plan_on(service, now);
    return;
  }
  const ClientDay then{facts, months, planning.terms, planning.directory, planning.policy, day};
  for (Obligation& o : live_obligations(then)) live.push_back({std::move(o), {}});
}

// The same question the loop asks, so that what is said here is what will happen: with pauses,
// stand-ins and hand-overs, if nobody records anything.
void ClientView::plan_on(Service& service, Instant now) {
  constexpr std::chrono::days kAhead{400};
  Plan planned = plan_client(service, planning, facts, now);
  owed_now = std::move(planned.reminders);
  next = planned.next;
  why_no_next = std::move(planned.why_no_next);
  const ClientMemory memory = service.store().memory(facts.code);
  const Snapshot snapshot{
      facts,        planning.terms, planning.directory,         planning.workdays,      zone,
      memory.known, memory.told,    newest_change(memory, now), looked_at_until(memory)};
  const auto ahead = forecast(snapshot, planning.policy, now, now + kAhead, Meanwhile::silent);
  for (KnownObligation& known : planned.live) {
    LiveView view{std::move(known.obligation), {}};
    for (const Foretold& f : ahead) {
      if (f.reminder.obligation != view.obligation.key || f.at <= now) continue;
      if (!view.next) view.next = next_stage(f);
      if (f.at != view.next->stage.slot) break;
      view.next->to.push_back({f.reminder.staff, f.reminder.as});
    }
    live.push_back(std::move(view));
  }
}

const Terms& ClientView::terms_as_of(Day as_of) const {
  const Terms* found = &planning.terms.front().terms;
  for (const TermsVersion& known : planning.terms) {
    if (known.known_from <= as_of) found = &known.terms;
  }
  return *found;
}

bool ClientView::shows(const MonthRow& row) const {
  if (!period) return false;
  const bool owed_from_before = is_asked(row) && !is_met(row) && !row.before_watch;
  return row.period_start == period->period.start || (owed_from_before && row.due_by < day);
}

const Terms& ClientView::terms_of(const MonthRow& row) const {
  return terms_as_of(judged_as_of(row));
}

Day ClientView::judged_as_of(const MonthRow& row) const {
  Day first_known = Day::min();
  for (const PeriodVersion& v : facts.periods) {
    if (v.period.start != row.period_start) continue;
    first_known = v.known_from;
    break;
  }
  return std::max(row.due_by, first_known);
}

const PeriodVersion* ClientView::period_of(Day start) const {
  for (const PeriodVersion* candidate : current_periods(facts)) {
    if (candidate->period.start == start) return candidate;
  }
  return nullptr;
}

const CheckView* ClientView::concern() const {
  const auto found = std::find_if(checks.begin(), checks.end(),
                                  [](const CheckView& c) { return c.standing.concern; });
  return found == checks.end() ? nullptr : &*found;
}

}  // namespace omamori
