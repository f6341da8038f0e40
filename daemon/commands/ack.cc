// ack: somebody announces a visit; the reminders to them wait until then, within limits. Or they
// say that they see to a concern or a lapse; then nobody further is told that it has no answer.
#include <algorithm>

#include "daemon/answer/json_text.h"
#include "daemon/commands/options.h"
#include "daemon/import/csv/date_text.h"
#include "daemon/model/calendar.h"
#include "daemon/rules/acknowledgements.h"

namespace omamori {
namespace {

// Whom the reminders of an obligation went to, or would go to today.
bool is_told(Service& service, const Planning& planning, const ClientFacts& facts,
             const Obligation& o, const std::string& staff) {
  const auto items = service.store().items_of_obligation(o.key);
  const auto theirs = [&](const StoredItem& item) { return item.reminder.staff == staff; };
  if (std::any_of(items.begin(), items.end(), theirs)) return true;
  const ClientVersion& client = facts.versions.back();
  const auto people =
      recipients(planning.directory, client.office, client.case_manager,
                 {Role::case_manager, Role::supervisor, Role::coordinator, Role::core_center},
                 service.today());
  return std::any_of(people.begin(), people.end(),
                     [&](const Recipient& person) { return person.staff == staff; });
}

std::string live_keys(Service& service, const std::string& client) {
  std::string keys;
  for (const Obligation& o : service.store().live_obligations(client)) {
    if (!why_not_acknowledged(o).empty() && !needs_a_word(o)) continue;
    keys += (keys.empty() ? "" : ", ") + o.key;
  }
  return keys;
}

// The key begins with the client's code; what is open of that client may be what was meant.
Response unknown_obligation(Service& service, const std::string& key) {
  const std::string client = key.substr(0, key.find('/'));
  const std::string why = "no obligation " + key + " is open";
  if (!service.store().client(client)) {
    return refused(why + "; its key begins with the client's code, as show CLIENT prints it");
  }
  const std::string keys = live_keys(service, client);
  return refused(why + "; of " + client +
                 (keys.empty() ? " nothing is open that a visit or a word settles" : ": " + keys));
}

struct Asked {
  std::string key, staff;
  std::optional<Day> visit;  // nothing: a word
};

std::string told_nothing(const std::string& staff) {
  return staff + " is told nothing of it anyway: others see the day";
}

Response take_word(const Request& request, Service& service, const Asked& asked,
                   const Obligation& o) {
  const auto facts = service.store().facts(o.client);
  if (!facts) return unknown_obligation(service, asked.key);
  const Recorded recorded =
      service.store().acknowledge(asked.key, asked.staff, {}, service.act(request.actor));
  if (!recorded) return refused(recorded.refused);
  const auto planning = service.planning();
  const std::string until = to_string(word_holds_until(service.today(), planning->workdays));
  const std::string note =
      is_told(service, *planning, *facts, o, asked.staff) ? "" : told_nothing(asked.staff);
  if (!request.json) {
    return {Exit::ok,
            asked.key + ": acknowledgement " + std::to_string(recorded.id) + ", " + asked.staff +
                " sees to it; it counts as answered until " + until +
                " inclusive; record the visit or the contact" +
                (note.empty() ? "" : " (" + note + ")") + "\n",
            ""};
  }
  return {Exit::ok,
          json_line({{"id", recorded.id},
                     {"obligation", asked.key},
                     {"staff", asked.staff},
                     {"answered_until", until},
                     {"note", note}}),
          ""};
}

Response acknowledge(const Request& request, Service& service, const Asked& asked,
                     const Obligation& o) {
  const auto facts = service.store().facts(o.client);
  if (!facts) return unknown_obligation(service, asked.key);
  const auto planning = service.planning();
  const Day visit = *asked.visit;
  const Pause pause = pause_of(*facts, o, asked.staff, visit, service.policy(), service.today());
  if (!pause.until) {
    return refused("nothing is put off: " + pause.limit +
                   "; go there and record it, or let the supervisor suspend the client");
  }
  const Recorded recorded =
      service.store().acknowledge(asked.key, asked.staff, visit, service.act(request.actor));
  if (!recorded) return refused(recorded.refused);
  std::string text = asked.key + ": acknowledgement " + std::to_string(recorded.id) +
                     ", visit on " + to_string(visit) + "; reminders to " + asked.staff +
                     " wait until " + to_string(*pause.until) + " inclusive";
  std::string note = pause.limit;
  if (!is_told(service, *planning, *facts, o, asked.staff)) {
    note += (note.empty() ? "" : "; ") + told_nothing(asked.staff);
  }
  if (!note.empty()) text += " (" + note + ")";
  if (!request.json) return {Exit::ok, text + "\n", ""};
  return {Exit::ok,
          json_line({{"id", recorded.id},
                     {"obligation", asked.key},
                     {"staff", asked.staff},
                     {"visit_on", to_string(visit)},
                     {"paused_until", to_string(*pause.until)},
                     {"note", note}}),
          ""};
}

}  // namespace

Response ack_command(const Request& request, Service& service) {
  Asked asked{request.text("obligation"), request.text("by"), {}};
  std::string why;
  if (asked.staff.empty()) return refused("--by is missing: the staff code of who goes there");
  if (!request.text("visit").empty()) {
    asked.visit = day_option(request, "visit", service.today(), why);
  }
  if (!why.empty()) return wrong_usage(why);
  if (asked.visit && *asked.visit < service.today()) {
    return refused("--visit " + to_string(*asked.visit) +
                   " is in the past: record a visit that took place with record monitoring");
  }
  if (!service.store().staff(asked.staff)) return no_such_staff(asked.staff);
  const auto known = service.store().obligation(asked.key);
  if (!known) return unknown_obligation(service, asked.key);
  const Obligation& o = known->obligation;
  if (known->state != ObligationState::live) {
    return refused(asked.key + " is over: " +
                   (known->reason.empty() ? "nothing is owed of it" : known->reason));
  }
  if (!asked.visit && needs_a_word(o)) return take_word(request, service, asked, o);
  if (const std::string no = why_not_acknowledged(o); !no.empty()) {
    return refused(asked.key + ": " + no);
  }
  if (!asked.visit) return refused("--visit is missing: the day of the visit");
  return acknowledge(request, service, asked, o);
}

}  // namespace omamori
