#include "daemon/commands/options.h"

#include "daemon/answer/codes.h"
#include "daemon/import/csv/date_text.h"
#include "daemon/import/csv/words.h"

namespace omamori {

Response refused(const std::string& why) { return {Exit::refused, "", why + "\n"}; }

Response wrong_usage(const std::string& why) { return {Exit::usage, "", why + "\n"}; }

Response no_such_client(const std::string& code) {
  if (code.empty()) return wrong_usage("which client? give its code");
  return refused("no client " + as_code(code) + "; omamorictl list clients shows the codes");
}

Response no_such_staff(const std::string& code) {
  return refused("no staff " + as_code(code) + "; omamorictl list staff shows the codes");
}

std::optional<Day> day_option(const Request& request, const std::string& name, Day otherwise,
                              std::string& why) {
  const std::string text = request.text(name);
  if (text.empty()) return otherwise;
  const auto day = read_day(text);
  if (!day.value) why = "--" + name + " " + text + ": " + day.error;
  return day.value;
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
