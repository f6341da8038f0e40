// clock show, clock accept: what time omamori goes by, and the word of a person that it is right.
#include "daemon/answer/json_text.h"
#include "daemon/answer/json_values.h"
#include "daemon/commands/options.h"
#include "daemon/reminders/clock_hold.h"

namespace omamori {
namespace {}  // namespace

Response clock_show_command(const Request& request, Service& service) {
  Store& store = service.store();
  const Zone& zone = service.zone();
  const auto hold = kept_clock_hold(store);
  const auto last = store.last_instant();
  if (request.json) {
    return {Exit::ok,
            json_line(json::object{{"now", json_of(service.now())},
                                   {"local", zone.local_text(service.now())},
                                   {"zone", zone.name()},
                                   {"held", hold.has_value()},
                                   {"why", text_or_null(hold ? hold->why : "")},
                                   {"last_acted_at", json_of(last)},
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
  return {Exit::ok, out, ""};
}

Response clock_accept_command(const Request& request, Service& service) {
  const bool held = accept_clock(service.store(), "clock.accept", service.act(request.actor));
  const std::string now = service.zone().local_text(service.now()) + " " + service.zone().name();
  if (request.json) {
    return {Exit::ok, json_line(json::object{{"now", json_of(service.now())}, {"was_held", held}}),
            ""};
  }
  if (!held) return {Exit::ok, "the clock was not held; it says " + now + "\n", ""};
  return {Exit::ok,
          "from now on the clock is believed: it is " + now +
              ". What is due by it is decided and sent, with its lateness; what was told before "
              "is not told again.\n",
          ""};
}

}  // namespace omamori
