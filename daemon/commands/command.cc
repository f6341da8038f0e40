#include "daemon/commands/command.h"

#include "daemon/commands/all.h"
#include "daemon/commands/read_commands.h"
#include "daemon/commands/reload.h"
#include "daemon/import/csv/date_text.h"

namespace omamori {

const std::map<std::string, Command>& commands() {
  static const std::map<std::string, Command> all = [] {
    std::map<std::string, Command> found;
    add_write_commands(found);
    add_ack_command(found);
    add_read_commands(found);
    add_outbox_commands(found);
    add_endpoint_commands(found);
    add_clock_commands(found);
    add_trouble_commands(found);
    add_test_message_command(found);
    add_doctor_command(found);
    // omamorid answers these itself.
    found["clock run-to"] = needs_daemon;
    found["reload"] = reload_without_daemon;
    return found;
  }();
  return all;
}

Response run_command(const Request& request, Service& service) {
  const auto found = commands().find(request.command);
  if (found == commands().end()) {
    return {Exit::usage, "",
            "this version does not know the command \"" + request.command +
                "\": omamorictl and omamorid must be of the same version (restart omamorid after "
                "an upgrade)\n"};
  }
  return found->second(request, service);
}

Response refused(const std::string& why) { return {Exit::refused, "", why + "\n"}; }

std::optional<Day> day_option(const Request& request, const std::string& name, Day otherwise,
                              std::string& why) {
  const std::string text = request.text(name);
  if (text.empty()) return otherwise;
  const auto day = read_day(text);
  if (!day.value) why = "--" + name + " " + text + ": " + day.error;
  return day.value;
}

}  // namespace omamori
