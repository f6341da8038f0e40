// resume: a suspension is over.
#include <chrono>

#include "daemon/commands/record_options.h"
#include "daemon/model/calendar.h"

namespace omamori {

Response resume_command(const Request& request, Service& service) {
  RecordOptions options(request, service);
  const std::string client = request.text("client");
  const Day last = options.day_or("until", service.today() - std::chrono::days{1});
  if (options.wrong()) return options.answer();
  if (!service.store().client(client)) return no_client(client);
  const Recorded recorded = service.store().resume(client, last, service.act(request.actor));
  if (!recorded) return refused(recorded.refused);
  return recorded_answer(request, client + ": the last suspended day is " + to_string(last),
                         {{"client", client}, {"until", to_string(last)}});
}

}  // namespace omamori
