// record monitoring|check-in|contact, void, suspend, resume, assign, end, absence: one thing that
// happened, written down. Each answers with what it means for the client.
#include <algorithm>
#include <array>

#include "daemon/answer/codes.h"
#include "daemon/answer/json_text.h"
#include "daemon/commands/options.h"
#include "daemon/import/csv/cells.h"
#include "daemon/import/csv/date_text.h"
#include "daemon/import/csv/text.h"
#include "daemon/import/csv/words.h"
#include "daemon/model/calendar.h"
#include "daemon/rules/check_state.h"
#include "daemon/rules/month_states.h"

namespace omamori {
namespace {

// The options of one request, read as values. The first mistake is kept and ends the command.
class Options {
 public:
  Options(const Request& request, const Service& service) : request_(request), service_(service) {}

  bool wrong() const { return !error_.empty(); }
  Response answer() const { return unread_ ? wrong_usage(error_) : refused(error_); }

  std::optional<Day> day(const std::string& name) {
    const std::string text = request_.text(name);
    if (text.empty()) return {};
    return keep(name, text, read_day(text));
  }
  // Not after today: records tell of what was, not of what is planned.
  Day past_day(const std::string& name) {
    const Day today = service_.today();
    const Day day = this->day(name).value_or(today);
    if (day > today) fail("--" + name + " " + to_string(day) + " is in the future");
    return day;
  }
  std::optional<Month> month(const std::string& name) {
    const std::string text = request_.text(name);
    if (text.empty()) return {};
    return keep(name, text, read_month(text));
  }
  Instant past_instant(const std::string& name, Instant otherwise) {
    const std::string text = request_.text(name);
    if (text.empty()) return otherwise;
    const auto at = keep(name, text, read_instant(text, service_.zone()));
    if (!at) return otherwise;
    const bool today_without_hour =
        at->day_only && service_.zone().day_of(at->at) == service_.today();
    if (at->at > service_.now() && !today_without_hour) {
      fail("--" + name + " " + text + " is in the future");
    }
    return at->at;
  }
  // Free text, without what would break a line elsewhere.
  std::string free(const std::string& name) {
    std::string text(trim(request_.text(name)));
    const std::string_view problem = text_problem(text);
    if (!problem.empty()) fail("--" + name + ": " + std::string(problem));
    if (const auto read = read_text(text); !read.value) fail("--" + name + " " + read.error);
    return text;
  }
  std::string required_free(const std::string& name, const std::string& why) {
    std::string text = free(name);
    if (text.empty()) fail("--" + name + " is missing: " + why);
    return text;
  }

 private:
  template <typename T>
  std::optional<T> keep(const std::string& name, const std::string& text, const Read<T>& read) {
    if (read.error.empty()) return read.value;
    if (error_.empty()) unread_ = true;
    fail("--" + name + " " + text + ": " + read.error);
    return {};
  }
  void fail(const std::string& why) {
    if (error_.empty()) error_ = why;
  }

  const Request& request_;
  const Service& service_;
  std::string error_;
  bool unread_ = false;  // the command line is wrong, rather than what it asks for
};

// `text` for people, the same facts for programs.
Response done(const Request& request, const std::string& text, json::object facts) {
  if (request.json) return {Exit::ok, json_line(std::move(facts)), ""};
  return {Exit::ok, text + "\n", ""};
}

Response unknown_client(const std::string& code) {
  return refused("no client " + as_code(code) + "; omamorictl list clients shows the codes");
}

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
  Options options(request, service);
  MonitoringRecord record;
  record.client = request.text("client");
  record.on = options.past_day("on");
  record.for_month = options.month("for-month");
  record.by = options.free("by");
  record.note = options.free("note");
  if (options.wrong()) return options.answer();
  if (!service.store().client(record.client)) return unknown_client(record.client);
  for (const MonitoringRecord& known : service.store().monitorings(record.client, record.on)) {
    if (!known.voided && known.for_month == record.for_month && known.by == record.by &&
        known.note == record.note) {
      return refused("already recorded as monitoring " + std::to_string(known.id));
    }
  }
  const Recorded recorded = service.store().record_monitoring(record, service.act(request.actor));
  if (!recorded) return refused(recorded.refused);
  const auto facts = service.store().facts(record.client);
  const ClientMonths months = judge_months(*facts, service.planning().terms, service.today());
  const auto verdict = std::find_if(months.visits.begin(), months.visits.end(),
                                    [&](const VisitVerdict& v) { return v.visit == recorded.id; });
  const std::string means = verdict == months.visits.end() ? "" : meaning(*verdict);
  const bool closes = verdict != months.visits.end() && verdict->kind != VisitVerdict::Kind::extra;
  return done(request,
              record.client + ": monitoring " + std::to_string(recorded.id) + " on " +
                  to_string(record.on) + " " + means,
              {{"id", recorded.id},
               {"client", record.client},
               {"on", to_string(record.on)},
               {"closes", closes ? json::value(to_string(*verdict->month)) : json::value()},
               {"meaning", means}});
}

Response record_check_in_command(const Request& request, Service& service) {
  Options options(request, service);
  CheckInRecord record;
  record.check = request.text("check");
  record.at = options.past_instant("at", service.now());
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
  for (const CheckInRecord& known : service.store().check_ins(record.check, record.at)) {
    // Somebody else may have found something else: a concern then outranks an ok.
    if (known.voided || known.outcome != record.outcome) continue;
    return refused("check-in " + std::to_string(known.id) +
                   " already says so of that instant; void it first if it is wrong");
  }
  const Recorded recorded = service.store().record_check_in(record, service.act(request.actor));
  if (!recorded) return refused(recorded.refused);
  const auto facts = service.store().facts(check->client);
  const auto known = std::find_if(facts->checks.begin(), facts->checks.end(),
                                  [&](const Check& c) { return c.code == record.check; });
  const CheckStanding s = standing(current(*known).terms, known->check_ins, service.today());
  return done(request,
              record.check + ": check-in " + std::to_string(recorded.id) + " on " +
                  to_string(record.on) + "; the check is now " + std::string(to_word(s.state)) +
                  (s.concern ? "" : ", confirmed until " + to_string(s.deadline)),
              {{"id", recorded.id},
               {"check", record.check},
               {"client", check->client},
               {"on", to_string(record.on)},
               {"state", to_word(s.state)},
               {"deadline", to_string(s.deadline)}});
}

Response record_contact_command(const Request& request, Service& service) {
  Options options(request, service);
  ContactRecord record;
  record.client = request.text("client");
  record.on = options.past_day("on");
  record.by = options.free("by");
  record.note = options.free("note");
  if (options.wrong()) return options.answer();
  if (!service.store().client(record.client)) return unknown_client(record.client);
  const Recorded recorded = service.store().record_contact(record, service.act(request.actor));
  if (!recorded) return refused(recorded.refused);
  return done(request,
              record.client + ": contact " + std::to_string(recorded.id) + " on " +
                  to_string(record.on) + " (it answers a lapse or a concern, not a monitoring)",
              {{"id", recorded.id}, {"client", record.client}, {"on", to_string(record.on)}});
}

Response void_command(const Request& request, Service& service) {
  static const std::array<std::pair<std::string_view, RecordKind>, 6> kinds{{
      {"monitoring", RecordKind::monitoring},
      {"check-in", RecordKind::check_in},
      {"contact", RecordKind::contact},
      {"suspension", RecordKind::suspension},
      {"acknowledgement", RecordKind::acknowledgement},
      {"absence", RecordKind::absence},
  }};
  const std::string word = request.text("kind");
  const auto kind =
      std::find_if(kinds.begin(), kinds.end(), [&](const auto& k) { return k.first == word; });
  if (kind == kinds.end()) {
    return refused("void " + word +
                   ": not one of monitoring, check-in, contact, suspension, "
                   "acknowledgement, absence");
  }
  Options options(request, service);
  const std::string reason =
      options.required_free("reason", "a voided record stays, with the reason beside it");
  if (options.wrong()) return options.answer();
  std::int64_t id = 0;
  try {
    id = std::stoll(request.text("id"));
  } catch (const std::exception&) {
    return refused("void " + word + " " + request.text("id") +
                   ": the id is a number; show and list print it");
  }
  const Recorded recorded =
      service.store().void_record(kind->second, id, reason, service.act(request.actor));
  if (!recorded) return refused(recorded.refused);
  return done(request, word + " " + std::to_string(id) + " is void; it stays in the record",
              {{"voided", word}, {"id", id}});
}

Response suspend_command(const Request& request, Service& service) {
  Options options(request, service);
  SuspensionRecord record;
  record.client = request.text("client");
  record.from = options.day("from").value_or(service.today());
  record.until = options.day("until");
  record.reason = options.required_free("reason", "hospital, long absence, …");
  record.by = options.free("by");
  if (options.wrong()) return options.answer();
  if (!service.store().client(record.client)) return unknown_client(record.client);
  if (record.until && *record.until < record.from) {
    return refused("--until " + to_string(*record.until) + " is before --from " +
                   to_string(record.from));
  }
  const Recorded recorded = service.store().suspend(record, service.act(request.actor));
  if (!recorded) return refused(recorded.refused);
  const std::string until = record.until ? to_string(*record.until) : "further notice";
  return done(request,
              record.client + ": suspended from " + to_string(record.from) + " until " + until,
              {{"id", recorded.id}, {"client", record.client}});
}

Response resume_command(const Request& request, Service& service) {
  Options options(request, service);
  const std::string client = request.text("client");
  const Day last = options.day("until").value_or(service.today() - std::chrono::days{1});
  if (options.wrong()) return options.answer();
  if (!service.store().client(client)) return unknown_client(client);
  const Recorded recorded = service.store().resume(client, last, service.act(request.actor));
  if (!recorded) return refused(recorded.refused);
  return done(request, client + ": the last suspended day is " + to_string(last),
              {{"client", client}, {"until", to_string(last)}});
}

Response assign_command(const Request& request, Service& service) {
  const std::string client = request.text("client");
  const std::string staff = request.text("staff");
  if (!service.store().client(client)) return unknown_client(client);
  const auto known = service.store().staff(staff);
  if (!known) {
    return refused("no staff " + as_code(staff) + "; omamorictl list staff shows the codes");
  }
  if (known->role == Role::provider) {
    return refused(staff + " has the role provider and cannot be a case manager");
  }
  const Recorded recorded = service.store().assign(client, staff, service.act(request.actor));
  if (!recorded) return refused(recorded.refused);
  std::string text = client + ": case manager is " + staff + " from today";
  if (known->role != Role::case_manager) text += " (whose role is not case_manager)";
  return done(request, text, {{"client", client}, {"case_manager", staff}});
}

Response end_command(const Request& request, Service& service) {
  Options options(request, service);
  const std::string client = request.text("client");
  const std::optional<Day> last =
      request.flag("undo") ? std::optional<Day>{} : options.day("on").value_or(service.today());
  if (options.wrong()) return options.answer();
  if (!service.store().client(client)) return unknown_client(client);
  const Recorded recorded = service.store().end_service(client, last, service.act(request.actor));
  if (!recorded) return refused(recorded.refused);
  return done(
      request,
      last ? client + ": the last day of service is " + to_string(*last)
           : client + ": service goes on",
      {{"client", client}, {"ended_on", last ? json::value(to_string(*last)) : json::value()}});
}

Response absence_command(const Request& request, Service& service) {
  Options options(request, service);
  Absence record;
  record.staff = request.text("staff");
  record.from = options.day("from").value_or(service.today());
  record.until = options.day("until");
  record.delegate = request.text("delegate");
  if (options.wrong()) return options.answer();
  for (const std::string& code : {record.staff, record.delegate}) {
    if (!code.empty() && !service.store().staff(code)) {
      return refused("no staff " + as_code(code) + "; omamorictl list staff shows the codes");
    }
  }
  const auto delegate = service.store().staff(record.delegate);
  if (delegate && delegate->role == Role::provider) {
    return refused(record.delegate + " has the role provider and cannot stand in for anybody");
  }
  if (record.until && *record.until < record.from) return refused("--until is before --from");
  if (record.delegate == record.staff) return refused("nobody can stand in for themselves");
  const Recorded recorded = service.store().add_absence(record, service.act(request.actor));
  if (!recorded) return refused(recorded.refused);
  const Directory directory = service.planning().directory;
  const Staff* told = directory.present(record.staff, record.from);
  std::string who = told ? told->code : "the supervisor";
  if (!record.delegate.empty() && who != record.delegate) {
    who = record.delegate + " is away, too, or has left: " + who;
  }
  return done(request,
              record.staff + ": away from " + to_string(record.from) + ", " + who +
                  " is told (absence " + std::to_string(recorded.id) + ")",
              {{"id", recorded.id},
               {"staff", record.staff},
               {"told", told ? json::value(told->code) : json::value(nullptr)}});
}

}  // namespace omamori
