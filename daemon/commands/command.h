// The commands of omamorictl. The same functions serve the command line (when no daemon runs) and
// the control socket.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "daemon/control/request.h"
#include "daemon/reminders/context.h"

namespace omamori {

using Command = std::function<Response(const Request&, Service&)>;

// All commands by name. An exception a command lets out is a bug or a broken database.
const std::map<std::string, Command>& commands();

// Runs the command of that name. One that this version does not know is refused with words: a newer
// omamorictl may ask an older omamorid.
Response run_command(const Request& request, Service& service);

// Helpers of the commands.
Response refused(const std::string& why);
// `--NAME DAY`, written as in the files, else `otherwise`; nothing and an error in `why` if it is
// not a day (wrong_usage: everywhere, an option that cannot be read is a wrong command line).
std::optional<Day> day_option(const Request& request, const std::string& name, Day otherwise,
                              std::string& why);

}  // namespace omamori
