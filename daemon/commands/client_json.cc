#include "daemon/commands/client_json.h"

#include "daemon/answer/json_text.h"
#include "daemon/answer/json_values.h"
#include "daemon/answer/ping_words.h"
#include "daemon/answer/visit_words.h"
#include "daemon/import/csv/words.h"
#include "daemon/model/reminder.h"
#include "db/file_words.h"

namespace omamori {
namespace {

json::object source_json(const Source& source) {
  return {{"journal", source.journal}, {"line", source.line}};
}

json::object month_json(const MonthRow& row) {
  return {{"period_start", json_of(row.period_start)},
          {"month", json_of(row.month)},
          {"window_from", json_of(row.window_from)},
          {"due_by", json_of(row.due_by)},
          {"state", to_word(row.state)},
          {"interval_months", row.interval_months == 0 ? json::value() : row.interval_months},
          {"basis", to_word(row.basis)},
          {"check", text_or_null(row.check)},
          {"done_on", json_of(row.done_on)},
          {"visit", row.visit == 0 ? json::value() : row.visit},
          {"before_watch", row.before_watch},
          {"gap_without_check", row.gap_without_check}};
}

json::value interval_json(const ClientView& view) {
  if (!view.period) return nullptr;
  const Interval& k = view.interval;
  json::object asked{{"months", view.asked.months}, {"by", to_word(BasisOf{view.asked.basis})}};
  if (const Override* o = view.override_in_force) {
    asked["override"] = json::object{{"from", json_of(o->from)},
                                     {"until", json_of(o->until)},
                                     {"agreed_on", json_of(o->agreed_on)},
                                     {"reason", text_or_null(o->reason)}};
  }
  return json::object{
      {"months", k.months == 0 ? json::value() : k.months},
      {"without_check", k.base == 0 ? json::value() : k.base},
      {"basis", to_word(k.basis)},
      {"check", k.check ? json::value(*k.check) : json::value()},
      {"asked", std::move(asked)},
      {"concern", view.concern() ? json::value(view.concern()->check.code) : json::value()}};
}

json::object check_in_json(const CheckInRecord& c) {
  return {{"id", c.id},
          {"at", json_of(c.at)},
          {"outcome", csv_word(c.outcome)},
          {"by", text_or_null(c.by)},
          {"note", text_or_null(c.note)},
          {"line", c.line},
          {"pings", json_of(c.pings)},
          {"goes_on_with", c.joins == 0 ? json::value() : json::value(c.joins)}};
}

json::object check_json(const CheckView& view) {
  const CheckTerms& terms = view.version.terms;
  const CheckStanding& s = view.standing;
  json::array latest;
  for (const CheckInRecord& c : view.latest) latest.push_back(check_in_json(c));
  return {{"check", view.check.code},
          {"state", to_word(s.state)},
          {"fulfilled", s.fulfilled},
          {"last_ok", json_of(s.last_ok)},
          {"expected", json_of(s.expected)},
          {"deadline", json_of(s.deadline)},
          {"from", json_of(terms.from)},
          {"until", json_of(terms.until)},
          {"every_days", terms.every_days},
          {"grace_days", terms.grace_days},
          {"extends_to_months", json_of(terms.extends_to)},
          {"agreed_on", json_of(terms.agreed_on)},
          {"agreed_by", text_or_null(view.record.agreed_by)},
          {"provider", text_or_null(terms.provider)},
          {"method", text_or_null(view.record.method)},
          {"provider_ref", text_or_null(view.record.provider_ref)},
          {"watched_from", json_of(view.check.watched_from)},
          {"fail_means", csv_word(view.record.fail_means.value_or(Outcome::unreachable))},
          {"get_allowed", view.record.get_allowed},
          {"ping_refused", json_of(view.refused)},
          {"source", source_json(view.version.source)},
          {"check_ins", std::move(latest)}};
}

json::object visit_json(const VisitView& view) {
  return {{"id", view.verdict.visit},
          {"on", json_of(view.verdict.on)},
          {"for_month", json_of(view.record.for_month)},
          {"did", json_word(view.verdict.kind)},
          {"month", json_of(view.verdict.month)},
          {"why", text_or_null(json_word(view.verdict.why))},
          {"by", text_or_null(view.record.by)},
          {"note", text_or_null(view.record.note)},
          {"line", view.record.line}};
}

json::array periods_json(const ClientView& view) {
  json::array array;
  for (const PeriodVersion& v : view.facts.periods) {
    json::object object = period_json(v.period);
    object["known_from"] = json_of(v.known_from);
    object["cut"] = v.cut;
    object["source"] = source_json(v.source);
    array.push_back(std::move(object));
  }
  return array;
}

json::array versions_json(const ClientView& view) {
  json::array array;
  for (const ClientVersion& v : view.facts.versions) {
    array.push_back(json::object{{"known_from", json_of(v.known_from)},
                                 {"office", v.office},
                                 {"case_manager", text_or_null(v.case_manager)},
                                 {"source", source_json(v.source)}});
  }
  return array;
}

json::array live_json(const ClientView& view) {
  json::array array;
  for (const LiveView& live : view.live) {
    json::object object = obligation_json(live.obligation);
    object["next"] = nullptr;
    if (live.next) {
      json::array to;
      for (const Recipient& r : live.next->to) {
        to.push_back(json::object{{"staff", text_or_null(r.staff)}, {"as", to_word(r.as)}});
      }
      object["next"] = json::object{{"stage", live.next->stage.stage},
                                    {"slot", json_of(live.next->stage.slot)},
                                    {"to", std::move(to)}};
    }
    array.push_back(std::move(object));
  }
  return array;
}

json::object item_json(const StoredItem& item) {
  const Reminder& r = item.reminder;
  return {{"id", item.id},
          {"obligation", r.obligation},
          {"stage", r.stage},
          {"repeat", r.repeat},
          {"slot", json_of(r.slot)},
          {"staff", text_or_null(r.staff)},
          {"as", to_word(r.as)},
          {"state", file_word(item.state)},
          {"reason", text_or_null(item.reason)},
          {"channel", item.channel ? json::value(file_word(*item.channel)) : json::value()},
          {"message", text_or_null(item.message)},
          {"told_at", json_of(item.told_at)},
          {"next_attempt_at", json_of(item.next_attempt_at)},
          {"maybe_told", item.maybe_told}};
}

json::array ended_json(const ClientView& view) {
  json::array array;
  for (const StoredObligation& stored : view.obligations) {
    if (stored.state == ObligationState::live) continue;
    json::object object = obligation_json(stored.obligation);
    object["ended"] = json::object{{"state", file_word(stored.state)},
                                   {"at", json_of(stored.ended_at)},
                                   {"reason", text_or_null(stored.reason)}};
    array.push_back(std::move(object));
  }
  return array;
}

json::array repetitions_json(const ClientView& view) {
  json::array array;
  for (const Repetition& r : view.repetitions) {
    array.push_back(json::object{{"kind", r.kind},
                                 {"record", r.record},
                                 {"at", json_of(r.at)},
                                 {"by", text_or_null(r.by)},
                                 {"note", text_or_null(r.note)}});
  }
  return array;
}

json::array contacts_json(const ClientView& view) {
  json::array array;
  for (const ContactRecord& c : view.contacts) {
    array.push_back(json::object{{"id", c.id},
                                 {"on", json_of(c.on)},
                                 {"by", text_or_null(c.by)},
                                 {"note", text_or_null(c.note)}});
  }
  return array;
}

json::array suspensions_json(const ClientView& view) {
  json::array array;
  for (const SuspensionRecord& s : view.suspensions) {
    array.push_back(json::object{{"id", s.id},
                                 {"from", json_of(s.from)},
                                 {"until", json_of(s.until)},
                                 {"reason", text_or_null(s.reason)},
                                 {"by", text_or_null(s.by)}});
  }
  return array;
}

json::object policy_json(const PolicyView& view) {
  const PolicyOfDays& kept = view.kept;
  return {{"version", kept.policy.version}, {"accepted_at", json_of(kept.policy.accepted_at)},
          {"from", json_of(kept.from)},     {"until", json_of(kept.until)},
          {"interval", view.interval},      {"months", json_of(view.months)}};
}

template <class Parts, class Make>
json::array array_of(const Parts& parts, const Make& make) {
  json::array array;
  for (const auto& part : parts) array.push_back(make(part));
  return array;
}

}  // namespace

json::object obligation_json(const Obligation& o) {
  return {{"key", o.key},
          {"client", text_or_null(o.client)},
          {"kind", to_word(o.kind)},
          {"opened", json_of(o.opened)},
          {"from", json_of(o.window_from)},
          {"due_by", json_of(o.due_by)},
          {"months", json_of(o.months)},
          {"check", text_or_null(o.check)},
          {"quiet", o.quiet}};
}

json::object period_json(const Period& period) {
  return {{"start", json_of(period.start)},
          {"end", json_of(period.end)},
          {"plan_kind", csv_word(period.plan_kind)},
          {"decision_kind", csv_word(period.decision_kind)},
          {"interval_months", json_of(period.interval_months)},
          {"monitoring_months", json_of(period.monitoring_months)}};
}

json::object client_json(const ClientView& view) {
  json::object object{{"at", json_of(view.day)},
                      {"client", view.facts.code},
                      {"name", text_or_null(view.names.name)},
                      {"certificate_no", text_or_null(view.names.certificate_no)},
                      {"short_stay", text_or_null(view.names.short_stay)},
                      {"emergency_list", view.names.emergency_list},
                      {"office", view.version.office},
                      {"case_manager", text_or_null(view.version.case_manager)},
                      {"watched_from", json_of(view.facts.watched_from)},
                      {"ended_on", json_of(view.facts.ended_on)}};
  object["versions"] = versions_json(view);
  object["period"] = view.period ? json::value(period_json(view.period->period)) : json::value();
  object["interval"] = interval_json(view);
  object["periods"] = periods_json(view);
  object["months"] = array_of(view.months.rows, month_json);
  object["checks"] = array_of(view.checks, check_json);
  object["visits"] = array_of(view.visits, visit_json);
  object["contacts"] = contacts_json(view);
  object["said_again"] = repetitions_json(view);
  object["suspensions"] = suspensions_json(view);
  object["live"] = live_json(view);
  object["ended"] = ended_json(view);
  object["items"] = array_of(view.items, item_json);
  object["next_at"] = view.schedule ? json_of(view.schedule->next_at) : json::value();
  object["next_reason"] = view.schedule ? text_or_null(view.schedule->reason) : json::value();
  object["policy"] =
      view.policy ? json::value(json::object{{"version", view.policy->version},
                                             {"accepted_at", json_of(view.policy->accepted_at)}})
                  : json::value();
  object["policies"] = array_of(view.policies, policy_json);
  return object;
}

}  // namespace omamori
