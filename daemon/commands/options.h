// What the commands share: reading an option, and the answer where that fails.
#pragma once

#include <optional>
#include <string>

#include "daemon/control/request.h"
#include "daemon/reminders/context.h"

namespace omamori {

// Understood and refused, nothing changed: exit 1. The end of the line is added.
Response refused(const std::string& why);
// The command line is wrong: exit 2. An option that cannot be read is that, everywhere.
Response wrong_usage(const std::string& why);
// Which list shows the codes that there are. No client named at all is a wrong command line.
Response no_such_client(const std::string& code);
Response no_such_staff(const std::string& code);

// `--NAME DAY`, written as in the files, else `otherwise`; nothing and an error in `why` if it is
// not a day.
std::optional<Day> day_option(const Request& request, const std::string& name, Day otherwise,
                              std::string& why);
// `--language`, else the policy's; nothing and an error in `why` for a word that is none.
std::optional<Language> language_option(const Request& request, const Service& service,
                                        std::string& why);

}  // namespace omamori
