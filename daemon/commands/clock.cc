// clock show, clock accept: what time omamori goes by, and the word of a person that it is right.
#include "daemon/answer/json_text.h"
#include "daemon/answer/json_values.h"
#include "daemon/commands/options.h"
#include "daemon/reminders/clock_hold.h"

namespace omamori {
namespace {

// Whoever ends a hold sees what was recorded meanwhile: days that somebody may have taken from the
// clock.
std::string while_held(const std::vector<JournalRow>& rows) {
  std::string out;
  for (const JournalRow& row : rows) {
    const JournalEntry& e = row.entry;
    out += "  " + e.kind + " " + e.subject + (e.client.empty() ? "" : " of " + e.client) + " by " +
           e.actor + " " + e.detail + "\n";
  }
  if (out.empty()) return out;
  return "recorded while the clock was held; look at the days, and void what is wrong:\n" + out;
}

json::array json_while_held(const std::vector<JournalRow>& rows) {
  json::array array;
  for (const JournalRow& row : rows) {
    array.push_back(json::object{{"seq", row.seq},
                                 {"kind", row.entry.kind},
                                 {"client", text_or_null(row.entry.client)},
                                 {"subject", text_or_null(row.entry.subject)},
                                 {"actor", row.entry.actor}});
  }
  return array;
}

}  // namespace

Response clock_show_command(const Request& request, Service& service) {
  Store& store = service.store();
  const Zone& zone = service.zone();
  const auto hold = kept_clock_hold(store);
  const auto last = store.last_instant();
  const std::vector<JournalRow> rows = recorded_while_held(store);
  if (request.json) {
    return {Exit::ok,
            json_line(json::object{{"now", json_of(service.now())},
                                   {"local", zone.local_text(service.now())},
                                   {"zone", zone.name()},
                                   {"held", hold.has_value()},
                                   {"why", text_or_null(hold ? hold->why : "")},
                                   {"last_acted_at", json_of(last)},
                                   {"recorded_while_held", json_while_held(rows)},
                                   {"demo", store.demo()}}),
            ""};
  }
  std::string out = "now         " + zone.local_text(service.now()) + " " + zone.name() + "\n";
  out += "last acted  " + (last ? zone.local_text(*last) : "never") + "\n";
  if (hold) {
    out += "held        " + hold->why + "\n";
    out +=
        "            nothing is decided or sent but what tells the operator so. If the time above "
        "is right: omamorictl clock accept. If not, set the machine's clock right.\n";
  } else {
    out += "held        no\n";
  }
  out += while_held(rows);
  return {Exit::ok, out, ""};
}

Response clock_accept_command(const Request& request, Service& service) {
  const std::vector<JournalRow> rows = recorded_while_held(service.store());
  const bool held = accept_clock(service.store(), "clock.accept", service.act(request.actor));
  const std::string now = service.zone().local_text(service.now()) + " " + service.zone().name();
  if (request.json) {
    return {Exit::ok,
            json_line(json::object{{"now", json_of(service.now())},
                                   {"was_held", held},
                                   {"recorded_while_held", json_while_held(rows)}}),
            ""};
  }
  if (!held) return {Exit::ok, "the clock was not held; it says " + now + "\n", ""};
  return {Exit::ok,
          "from now on the clock is believed: it is " + now +
              ". What is due by it is decided and sent, with its lateness; what was told before "
              "is not told again.\n" +
              while_held(rows),
          ""};
}

}  // namespace omamori
