// end: the last day of service, or that it goes on after all.
#include "daemon/answer/json_text.h"
#include "daemon/commands/record_options.h"
#include "daemon/model/calendar.h"

namespace omamori {

Response end_command(const Request& request, Service& service) {
  RecordOptions options(request, service);
  const std::string client = request.text("client");
  const std::optional<Day> last =
      request.flag("undo") ? std::optional<Day>{} : options.day_or("on", service.today());
  if (options.wrong()) return options.answer();
  if (!service.store().client(client)) return no_client(client);
  const Recorded recorded = service.store().end_service(client, last, service.act(request.actor));
  if (!recorded) return refused(recorded.refused);
  return recorded_answer(
      request,
      last ? client + ": the last day of service is " + to_string(*last)
           : client + ": service goes on",
      {{"client", client}, {"ended_on", last ? json::value(to_string(*last)) : json::value()}});
}

}  // namespace omamori
