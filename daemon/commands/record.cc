// record monitoring, check-in, contact: what happened, written down. Each answers with what it
// means for the client.
#include <algorithm>

#include "daemon/answer/codes.h"
#include "daemon/answer/json_text.h"
#include "daemon/commands/record_options.h"
#include "daemon/import/csv/words.h"
#include "daemon/model/calendar.h"
#include "daemon/rules/check_state.h"
#include "daemon/rules/month_states.h"

namespace omamori {
namespace {

// "closes 2026-09" or "closes nothing, because …" (R8).
std::string meaning(const VisitVerdict& v) {
  using Why = VisitVerdict::Why;
  const std::string month = v.month ? to_string(*v.month) : "";
  if (v.kind == VisitVerdict::Kind::closes) return "closes " + month;
  if (v.kind == VisitVerdict::Kind::closes_late) return "closes " + month + ", late";
  const std::string nothing = "closes nothing, because ";
  switch (v.why) {
    case Why::already_done:
      return nothing + month + " was done already: an extra visit";
    case Why::not_required:
      return nothing + month + " is not a month that is asked for: an extra visit";
    case Why::nothing_before:
      return nothing + "no month that is asked for had begun: an extra visit";
    case Why::before_all:
    case Why::none:
      break;
  }
  return nothing + "nothing is asked for: an extra visit";
}

}  // namespace

Response record_monitoring_command(const Request& request, Service& service) {
  RecordOptions options(request, service);
  MonitoringRecord record;
  record.client = request.text("client");
  record.on = options.past_day("on");
  record.for_month = options.month("for-month");
  record.by = options.free("by");
  record.note = options.free("note");
  if (options.wrong()) return options.answer();
  if (!service.store().client(record.client)) return no_client(record.client);
  for (const MonitoringRecord& known : service.store().monitorings(record.client, record.on)) {
    if (!known.voided && known.for_month == record.for_month && known.by == record.by &&
        known.note == record.note) {
      return refused("already recorded as monitoring " + std::to_string(known.id));
    }
  }
  const Recorded recorded = service.store().record_monitoring(record, service.act(request.actor));
  if (!recorded) return refused(recorded.refused);
  const auto facts = service.store().facts(record.client);
  const ClientMonths months = judge_months(*facts, service.planning()->terms, service.today());
  const auto verdict = std::find_if(months.visits.begin(), months.visits.end(),
                                    [&](const VisitVerdict& v) { return v.visit == recorded.id; });
  const std::string means = verdict == months.visits.end() ? "" : meaning(*verdict);
  const bool closes = verdict != months.visits.end() && verdict->kind != VisitVerdict::Kind::extra;
  return recorded_answer(
      request,
      record.client + ": monitoring " + std::to_string(recorded.id) + " on " +
          to_string(record.on) + " " + means,
      {{"id", recorded.id},
       {"client", record.client},
       {"on", to_string(record.on)},
       {"closes", closes ? json::value(to_string(*verdict->month)) : json::value()},
       {"meaning", means}});
}

Response record_check_in_command(const Request& request, Service& service) {
  RecordOptions options(request, service);
  CheckInRecord record;
  record.check = request.text("check");
  const InstantText said_at = options.past_instant("at", service.now());
  record.at = said_at.at;
  record.day_alone = said_at.day_only;
  record.on = service.zone().day_of(record.at);
  record.by = options.free("by");
  record.note = options.free("note");
  if (options.wrong()) return options.answer();
  const auto outcome = read_outcome(request.text("outcome"));
  if (!outcome.error.empty())
    return refused("outcome " + request.text("outcome") + ": " + outcome.error);
  record.outcome = *outcome.value;
  const auto check = service.store().check(record.check);
  if (!check) {
    return refused("no safety check " + as_code(record.check) +
                   "; omamorictl list safety_checks shows the codes");
  }
  for (const CheckInRecord& known : service.store().check_ins(record.check, record.on)) {
    // Somebody else may have found something else: a concern then outranks an ok.
    if (known.voided || known.at != record.at || known.outcome != record.outcome) continue;
    return refused("check-in " + std::to_string(known.id) +
                   " already says so of that instant; void it first if it is wrong");
  }
  const Recorded recorded = service.store().record_check_in(record, service.act(request.actor));
  if (!recorded) return refused(recorded.refused);
  const auto facts = service.store().facts(check->client);
  const auto known = std::find_if(facts->checks.begin(), facts->checks.end(),
                                  [&](const Check& c) { return c.code == record.check; });
  const CheckStanding s = standing(current(*known).terms, known->check_ins, service.today());
  return recorded_answer(request,
                         record.check + ": check-in " + std::to_string(recorded.id) + " on " +
                             to_string(record.on) + "; the check is now " +
                             std::string(to_word(s.state)) +
                             (s.concern ? "" : ", confirmed until " + to_string(s.deadline)),
                         {{"id", recorded.id},
                          {"check", record.check},
                          {"client", check->client},
                          {"on", to_string(record.on)},
                          {"state", to_word(s.state)},
                          {"deadline", to_string(s.deadline)}});
}

Response record_contact_command(const Request& request, Service& service) {
  RecordOptions options(request, service);
  ContactRecord record;
  record.client = request.text("client");
  record.on = options.past_day("on");
  record.by = options.free("by");
  record.note = options.free("note");
  if (options.wrong()) return options.answer();
  if (!service.store().client(record.client)) return no_client(record.client);
  const Recorded recorded = service.store().record_contact(record, service.act(request.actor));
  if (!recorded) return refused(recorded.refused);
  return recorded_answer(
      request,
      record.client + ": contact " + std::to_string(recorded.id) + " on " + to_string(record.on) +
          " (it answers a lapse or a concern, not a monitoring)",
      {{"id", recorded.id}, {"client", record.client}, {"on", to_string(record.on)}});
}

}  // namespace omamori
