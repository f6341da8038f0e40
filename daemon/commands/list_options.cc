#include "daemon/commands/list_options.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

namespace omamori {
namespace {

using Known = std::set<std::string_view>;

// A kind that is not here is refused for itself.
const std::map<std::string_view, Known>& known_options() {
  static const Known none{};
  static const Known of_client{"client"};
  static const Known of_day{"at"};
  static const Known on_day{"at", "client"};
  static const Known report{"at", "client", "csv", "office", "staff"};
  static const auto with = [](Known more) {
    more.insert(report.begin(), report.end());
    return more;
  };
  static const std::map<std::string_view, Known> all{{"offices", none},
                                                     {"staff", none},
                                                     {"clients", of_client},
                                                     {"periods", of_client},
                                                     {"safety_checks", on_day},
                                                     {"check_ins", on_day},
                                                     {"monitorings", on_day},
                                                     {"contacts", on_day},
                                                     {"suspensions", on_day},
                                                     {"obligations", on_day},
                                                     {"absences", of_day},
                                                     {"due", with({"until"})},
                                                     {"overdue", report},
                                                     {"checks", report},
                                                     {"workload", with({"months"})},
                                                     {"visits", with({"from", "until"})}};
  return all;
}

std::string named(const Known& options) {
  std::string text;
  for (const std::string_view option : options) text += "--" + std::string(option) + ", ";
  return text + "--language, --json";
}

}  // namespace

std::string unfit_list_option(const Request& request) {
  const auto kind = known_options().find(request.text("kind"));
  if (kind == known_options().end()) return "";
  for (const auto& [option, value] : request.options) {
    const bool everywhere = option == "kind" || option == "language";
    if (everywhere || kind->second.count(option) != 0) continue;
    return "list " + request.text("kind") + " does not know --" + option + "; it knows " +
           named(kind->second);
  }
  return "";
}

}  // namespace omamori
