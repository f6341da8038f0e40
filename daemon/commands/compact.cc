// compact: gives the pages back that nothing is in any more, while omamorid is stopped.
#include <filesystem>

#include "daemon/answer/json_text.h"
#include "daemon/answer/json_values.h"
#include "daemon/commands/options.h"

namespace omamori {

Response compact_command(const Request& request, Service& service) {
  if (service.turns) {
    return refused(
        "nobody would be told while it goes on: stop omamorid first (systemctl stop "
        "omamorid), then omamorictl compact");
  }
  Store& store = service.store();
  store.empty_log();
  const auto before = std::filesystem::file_size(store.path());
  store.compact();
  const auto after = std::filesystem::file_size(store.path());
  if (request.json) {
    return {Exit::ok, json_line(json::object{{"bytes_before", before}, {"bytes", after}}), ""};
  }
  return {Exit::ok,
          store.path().string() + ": " + std::to_string(before) + " bytes before, " +
              std::to_string(after) + " now\n",
          ""};
}

}  // namespace omamori
