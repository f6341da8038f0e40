// template: a CSV file to fill in, for a spreadsheet.
#include "daemon/import/csv/template.h"

#include "daemon/commands/options.h"
#include "daemon/import/csv/encoding.h"

namespace omamori {

Response template_command(const Request& request, Service& /*service*/) {
  const auto kind = csv_kind(request.text("kind"));
  if (!kind) {
    return wrong_usage("template \"" + request.text("kind") + "\": no such kind; one of " +
                       csv_kind_list());
  }
  return {Exit::ok, std::string(kUtf8Mark) + csv_template(*kind), ""};
}

}  // namespace omamori
