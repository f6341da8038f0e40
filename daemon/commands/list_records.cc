// The kinds of `list` that show records as they are kept: what is known of offices, people, clients
// and what happened. For the person at this machine: names are in it (P7).
#include <initializer_list>
#include <string>
#include <vector>

#include "daemon/answer/json_text.h"
#include "daemon/answer/json_values.h"
#include "daemon/answer/labels.h"
#include "daemon/answer/ping_words.h"
#include "daemon/answer/text_table.h"
#include "daemon/commands/list_kinds.h"
#include "daemon/commands/options.h"
#include "daemon/import/csv/words.h"
#include "daemon/model/calendar.h"
#include "daemon/rules/check_state.h"
#include "daemon/rules/month_states.h"
#include "daemon/rules/obligations.h"
#include "db/door_records.h"

namespace omamori {
namespace {

// One list, as a table whose columns are the keys of the JSON objects: the same rows for people and
// machines. '>' before a name aligns the column right.
class Listing {
 public:
  Listing(bool as_json, std::vector<std::string> columns)
      : as_json_(as_json), table_(columns), keys_(std::move(columns)), array_(out_) {
    for (std::string& key : keys_) {
      if (key.starts_with('>')) key.erase(0, 1);
    }
  }

  void add(std::initializer_list<json::value_ref> row) {
    const json::array cells(row);
    if (as_json_) {
      json::object object;
      std::size_t i = 0;
      for (const json::value& cell : cells) object[keys_[i++]] = cell;
      array_.add(object);
      return;
    }
    std::vector<std::string> texts;
    for (const json::value& cell : cells) texts.push_back(text(cell));
    table_.add(std::move(texts));
  }

  std::string finish() {
    if (!as_json_) return table_.text();
    array_.finish();
    return std::move(out_) + "\n";
  }

 private:
  static std::string text(const json::value& cell) {
    if (cell.is_null()) return "";
    if (cell.is_string()) return std::string(cell.as_string());
    if (!cell.is_array()) return json::serialize(cell);
    std::string out;
    for (const json::value& part : cell.as_array()) out += (out.empty() ? "" : " ") + text(part);
    return out;
  }

  bool as_json_;
  TextTable table_;
  std::vector<std::string> keys_;
  std::string out_;
  JsonArray array_;
};

// What a list is asked for: rows of one client only, as things stood on a day.
struct Wanted {
  Service& service;
  bool as_json = false;
  std::string client;  // empty = all
  Day at{};
  bool at_given = false;

  bool of(const std::string& code) const { return client.empty() || client == code; }
};

std::string list_offices(const Wanted& wanted) {
  Listing list(wanted.as_json, {"office", "name", "supervisor", "core_center"});
  wanted.service.store().each_office([&](const OfficeRecord& o) {
    list.add({o.code, o.name, text_or_null(o.supervisor), text_or_null(o.core_center)});
  });
  return list.finish();
}

json::array channel_words(const std::vector<Channel>& channels) {
  json::array words;
  for (const Channel channel : channels) words.emplace_back(csv_word(channel));
  return words;
}

std::string list_staff(const Wanted& wanted) {
  Listing list(wanted.as_json, {"staff", "name", "role", "office", "channels", "email", "webhook",
                                "language", "until", "phone"});
  wanted.service.store().each_staff([&](const StaffRecord& s) {
    list.add({s.code, s.name, csv_word(s.role), text_or_null(s.office), channel_words(s.channels),
              text_or_null(s.email), text_or_null(s.webhook),
              s.language ? json::value(csv_word(*s.language)) : json::value(), json_of(s.until),
              text_or_null(s.phone)});
  });
  return list.finish();
}

std::string list_clients(const Wanted& wanted) {
  Listing list(wanted.as_json,
               {"client", "name", "office", "case_manager", "watched_from", "ended_on"});
  wanted.service.store().each_client([&](const ClientRecord& c) {
    if (!wanted.of(c.code)) return;
    list.add({c.code, text_or_null(c.name), c.office, text_or_null(c.case_manager),
              json_of(c.watched_from), json_of(c.ended_on)});
  });
  return list.finish();
}

std::string list_periods(const Wanted& wanted) {
  Listing list(wanted.as_json, {"client", "start", "end", "plan_kind", "decision_kind",
                                ">interval_months", "monitoring_months", "cut"});
  wanted.service.store().each_period([&](const PeriodRecord& r) {
    if (!wanted.of(r.client)) return;
    const Period& p = r.period;
    list.add({r.client, json_of(p.start), json_of(p.end), csv_word(p.plan_kind),
              csv_word(p.decision_kind), json_of(p.interval_months), json_of(p.monitoring_months),
              r.cut});
  });
  return list.finish();
}

json::value refused_cell(const std::optional<RefusedPing>& refused, bool as_json) {
  if (!refused) return nullptr;
  if (as_json) return json_of(refused);
  return json::value(refused->method + " " + to_string(refused->on));
}

// With the standing of each on the day, which needs the check-ins: client by client.
std::string list_safety_checks(const Wanted& wanted) {
  Listing list(wanted.as_json,
               {"check", "client", "state", "last_ok", "expected", "deadline", ">every_days",
                ">grace_days", ">extends_to_months", "from", "until", "agreed_on", "provider",
                "fail_means", "get_allowed", "ping_refused"});
  Store& store = wanted.service.store();
  wanted.service.store().for_each_client([&](ClientFacts& facts) {
    if (!wanted.of(facts.code)) return;
    for (const Check& check : facts.checks) {
      const CheckTerms& t = version_on(check, wanted.at).terms;
      const CheckStanding s = standing(t, check.check_ins, wanted.at);
      const CheckRecord record = store.check(check.code).value_or(CheckRecord{});
      list.add({check.code, facts.code, to_word(s.state), json_of(s.last_ok), json_of(s.expected),
                json_of(s.deadline), t.every_days, t.grace_days, json_of(t.extends_to),
                json_of(t.from), json_of(t.until), json_of(t.agreed_on), text_or_null(t.provider),
                csv_word(record.fail_means.value_or(Outcome::unreachable)), record.get_allowed,
                refused_cell(store.doors().pings().refused(check.code), wanted.as_json)});
    }
  });
  return list.finish();
}

std::string list_check_ins(const Wanted& wanted) {
  Listing list(wanted.as_json, {">id", "check", "at", "outcome", "by", "note", "pings"});
  const Tongue english(Language::en);
  const Zone& zone = wanted.service.zone();
  Store& store = wanted.service.store();
  std::string check, client;  // of the last check: the rows of one check come together
  store.each_check_in([&](const CheckInRecord& c) {
    if (c.on > wanted.at) return;
    if (!wanted.client.empty() && c.check != check) {
      check = c.check;
      client = store.check(check).value_or(CheckRecord{}).client;
    }
    if (!wanted.client.empty() && client != wanted.client) return;
    list.add({c.id, c.check, wanted.as_json ? json_of(c.at) : json::value(zone.local_text(c.at)),
              csv_word(c.outcome), text_or_null(c.by), text_or_null(c.note),
              wanted.as_json ? json_of(c.pings) : text_or_null(ping_times(c, zone, english))});
  });
  return list.finish();
}

std::string list_monitorings(const Wanted& wanted) {
  Listing list(wanted.as_json, {">id", "client", "on", "for_month", "by", "note"});
  wanted.service.store().each_monitoring([&](const MonitoringRecord& m) {
    if (!wanted.of(m.client) || m.on > wanted.at) return;
    list.add({m.id, m.client, json_of(m.on), json_of(m.for_month), text_or_null(m.by),
              text_or_null(m.note)});
  });
  return list.finish();
}

std::string list_contacts(const Wanted& wanted) {
  Listing list(wanted.as_json, {">id", "client", "on", "by", "note"});
  wanted.service.store().each_contact([&](const ContactRecord& c) {
    if (!wanted.of(c.client) || c.on > wanted.at) return;
    list.add({c.id, c.client, json_of(c.on), text_or_null(c.by), text_or_null(c.note)});
  });
  return list.finish();
}

std::string list_suspensions(const Wanted& wanted) {
  Listing list(wanted.as_json, {">id", "client", "from", "until", "reason", "by"});
  wanted.service.store().each_suspension([&](const SuspensionRecord& s) {
    if (!wanted.of(s.client) || (wanted.at_given && s.from > wanted.at)) return;
    list.add({s.id, s.client, json_of(s.from), json_of(s.until), text_or_null(s.reason),
              text_or_null(s.by)});
  });
  return list.finish();
}

// All that are not void, those to come too, or who was away on a day.
std::string list_absences(const Wanted& wanted) {
  Listing list(wanted.as_json, {">id", "staff", "from", "until", "delegate"});
  for (const Absence& a : wanted.service.store().directory().absences) {
    const bool on_the_day = a.from <= wanted.at && (!a.until || wanted.at <= *a.until);
    if (wanted.at_given && !on_the_day) continue;
    list.add({a.id, a.staff, json_of(a.from), json_of(a.until), text_or_null(a.delegate)});
  }
  return list.finish();
}

// Those stored as live; for another day those the facts give on it.
std::string list_obligations(const Wanted& wanted) {
  Listing list(wanted.as_json, {"client", "kind", "due_by", "months", "check", "opened", "key"});
  const auto add = [&](const Obligation& o) {
    if (!wanted.of(o.client)) return;
    list.add({text_or_null(o.client), to_word(o.kind), json_of(o.due_by), json_of(o.months),
              text_or_null(o.check), json_of(o.opened), o.key});
  };
  Store& store = wanted.service.store();
  if (!wanted.at_given) {
    store.each_live_obligation(add);
    return list.finish();
  }
  const auto planning = wanted.service.planning();
  store.for_each_client([&](ClientFacts& facts) {
    if (!wanted.of(facts.code)) return;
    const ClientMonths months = judge_months(facts, planning->terms, wanted.at);
    const ClientDay day{facts,    months, planning->terms, planning->directory, planning->policy,
                        wanted.at};
    for (const Obligation& o : live_obligations(day)) add(o);
  });
  return list.finish();
}

// Reads what every one of them is asked for.
template <std::string (*list)(const Wanted&)>
Response records(const Request& request, Service& service) {
  std::string why;
  const auto at = day_option(request, "at", service.today(), why);
  if (!at) return wrong_usage(why);
  const std::string client = request.text("client");
  if (!client.empty() && !service.store().client(client)) return no_such_client(client);
  return {Exit::ok, list({service, request.json, client, *at, !request.text("at").empty()}), ""};
}

}  // namespace

const std::vector<ListRow>& record_lists() {
  static const std::vector<ListRow> all{
      {"offices", {}, records<list_offices>},
      {"staff", {}, records<list_staff>},
      {"clients", {"client"}, records<list_clients>},
      {"periods", {"client"}, records<list_periods>},
      {"safety_checks", {"at", "client"}, records<list_safety_checks>},
      {"check_ins", {"at", "client"}, records<list_check_ins>},
      {"monitorings", {"at", "client"}, records<list_monitorings>},
      {"contacts", {"at", "client"}, records<list_contacts>},
      {"suspensions", {"at", "client"}, records<list_suspensions>},
      {"obligations", {"at", "client"}, records<list_obligations>},
      {"absences", {"at"}, records<list_absences>}};
  return all;
}

}  // namespace omamori
