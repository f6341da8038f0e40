#include "daemon/commands/read_commands.h"

#include "daemon/answer/codes.h"
#include "daemon/commands/all.h"
#include "daemon/commands/report_commands.h"
#include "daemon/import/csv/words.h"

namespace omamori {

void add_read_commands(std::map<std::string, Command>& into) {
  into["calendar"] = calendar_command;
  into["check"] = check_command;
  into["export"] = export_command;
  into["list"] = list_command;
  into["report checks"] = report_checks_command;
  into["report visits"] = report_visits_command;
  into["show"] = show_command;
  into["plan"] = plan_command;
  into["explain"] = explain_command;
  into["log"] = log_command;
  into["status"] = status_command;
  into["preview"] = preview_command;
  into["diff"] = diff_command;
  into["outbox list"] = outbox_list_command;
  into["outbox show"] = outbox_show_command;
}

Response wrong_usage(const std::string& why) { return {Exit::usage, "", why + "\n"}; }

Response no_such_client(const std::string& code) {
  if (code.empty()) return wrong_usage("which client? give its code");
  return refused("no client " + as_code(code) + "; omamorictl list clients shows the codes");
}

std::optional<Language> language_option(const Request& request, const Service& service,
                                        std::string& why) {
  const std::string text = request.text("language");
  if (text.empty()) return service.policy().language;
  const auto read = read_language(text);
  if (!read.value) why = "--language " + text + " " + read.error;
  return read.value;
}

}  // namespace omamori
