// `list KIND`: finds the row of the kind and holds the request to the options it knows.
#include <algorithm>
#include <set>
#include <string>

#include "daemon/commands/list_kinds.h"
#include "daemon/commands/options.h"

namespace omamori {

// The functions of the kinds that judge, in list_KIND.cc.
CommandFunction list_checks, list_due, list_extended, list_overdue, list_risk, list_visits,
    list_workload;

namespace {

// Why the kind cannot do as asked, with the options it knows; "" if it can.
std::string unfit_option(const ListRow& row, const Request& request) {
  for (const auto& [option, value] : request.options) {
    if (option == "kind" || option == "language") continue;
    if (std::find(row.options.begin(), row.options.end(), option) != row.options.end()) continue;
    std::string known;
    for (const std::string_view name : row.options) known += "--" + std::string(name) + ", ";
    return "list " + std::string(row.kind) + " does not know --" + option + "; it knows " + known +
           "--language, --json";
  }
  return "";
}

std::string all_kinds() {
  std::set<std::string_view> kinds;
  for (const ListRow& row : list_kinds()) kinds.insert(row.kind);
  std::string out;
  for (const std::string_view kind : kinds) out += (out.empty() ? "" : ", ") + std::string(kind);
  return out;
}

}  // namespace

const std::vector<ListRow>& list_kinds() {
  static const std::vector<ListRow> all = [] {
    std::vector<ListRow> rows = record_lists();
    rows.insert(
        rows.end(),
        {{"due", {"at", "client", "csv", "office", "staff", "until"}, list_due},
         {"overdue", {"at", "client", "csv", "office", "staff"}, list_overdue},
         {"risk", {"at", "client", "csv", "office", "staff"}, list_risk},
         {"checks", {"at", "client", "csv", "office", "staff"}, list_checks},
         {"extended", {"at", "client", "csv", "office", "staff"}, list_extended},
         {"workload", {"at", "client", "csv", "months", "office", "staff"}, list_workload},
         {"visits", {"at", "client", "csv", "from", "office", "staff", "until"}, list_visits}});
    return rows;
  }();
  return all;
}

Response list_command(const Request& request, Service& service) {
  const std::string kind = request.text("kind");
  const auto row = std::find_if(list_kinds().begin(), list_kinds().end(),
                                [&](const ListRow& r) { return r.kind == kind; });
  if (row == list_kinds().end()) {
    return wrong_usage("list \"" + kind + "\": no such kind; one of " + all_kinds());
  }
  if (const std::string why = unfit_option(*row, request); !why.empty()) return wrong_usage(why);
  return row->run(request, service);
}

}  // namespace omamori
