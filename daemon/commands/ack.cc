// ack: somebody announces a visit; the reminders to them wait until then, within limits.
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
                 {Role::case_manager, Role::supervisor, Role::core_center}, service.today());
  return std::any_of(people.begin(), people.end(),
                     [&](const Recipient& person) { return person.staff == staff; });
}

std::string live_keys(Service& service, const std::string& client) {
  std::string keys;
  for (const Obligation& o : service.store().live_obligations(client)) {
    if (!why_not_acknowledged(o).empty()) continue;
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
                 (keys.empty() ? " nothing is open that a visit settles" : ": " + keys));
}

struct Asked {
  std::string key, staff;
  Day visit{};
};

Response acknowledge(const Request& request, Service& service, const Asked& asked,
                     const Obligation& o) {
  const auto facts = service.store().facts(o.client);
  if (!facts) return unknown_obligation(service, asked.key);
  const auto planning = service.planning();
  const Pause pause =
      pause_of(*facts, o, asked.staff, asked.visit, service.policy(), service.today());
  if (!pause.until) {
    return refused("nothing is put off: " + pause.limit +
                   "; go there and record it, or let the supervisor suspend the client");
  }
  const Recorded recorded =
      service.store().acknowledge(asked.key, asked.staff, asked.visit, service.act(request.actor));
  if (!recorded) return refused(recorded.refused);
  std::string text = asked.key + ": acknowledgement " + std::to_string(recorded.id) +
                     ", visit on " + to_string(asked.visit) + "; reminders to " + asked.staff +
                     " wait until " + to_string(*pause.until) + " inclusive";
  std::string note = pause.limit;
  if (!is_told(service, *planning, *facts, o, asked.staff)) {
    note += (note.empty() ? "" : "; ") + asked.staff +
            " is told nothing of it anyway: others see the day";
  }
  if (!note.empty()) text += " (" + note + ")";
  if (!request.json) return {Exit::ok, text + "\n", ""};
  return {Exit::ok,
          json_line({{"id", recorded.id},
                     {"obligation", asked.key},
                     {"staff", asked.staff},
                     {"visit_on", to_string(asked.visit)},
                     {"paused_until", to_string(*pause.until)},
                     {"note", note}}),
          ""};
}

}  // namespace

Response ack_command(const Request& request, Service& service) {
  const Asked asked{request.text("obligation"), request.text("by"), {}};
  std::string why;
  if (asked.staff.empty()) return refused("--by is missing: the staff code of who goes there");
  if (request.text("visit").empty()) return refused("--visit is missing: the day of the visit");
  const Day visit = day_option(request, "visit", service.today(), why).value_or(Day{});
  if (!why.empty()) return wrong_usage(why);
  if (visit < service.today()) {
    return refused("--visit " + to_string(visit) +
                   " is in the past: record a visit that took place with record monitoring");
  }
  if (!service.store().staff(asked.staff)) {
    return no_such_staff(asked.staff);
  }
  const auto known = service.store().obligation(asked.key);
  if (!known) return unknown_obligation(service, asked.key);
  if (known->state != ObligationState::live) {
    return refused(asked.key + " is over: " +
                   (known->reason.empty() ? "nothing is owed of it" : known->reason));
  }
  if (const std::string no = why_not_acknowledged(known->obligation); !no.empty()) {
    return refused(asked.key + ": " + no);
  }
  return acknowledge(request, service, {asked.key, asked.staff, visit}, known->obligation);
}

}  // namespace omamori
