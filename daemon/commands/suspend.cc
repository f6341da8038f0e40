// suspend: hospital, long absence.
#include "daemon/commands/record_options.h"
#include "daemon/model/calendar.h"

namespace omamori {

Response suspend_command(const Request& request, Service& service) {
  RecordOptions options(request, service);
  SuspensionRecord record;
  record.client = request.text("client");
  record.from = options.day_or("from", service.today());
  record.until = options.day("until");
  record.reason = options.required_free("reason", "hospital, long absence, …");
  record.by = options.free("by");
  if (options.wrong()) return options.answer();
  if (!service.store().client(record.client)) return no_client(record.client);
  if (record.until && *record.until < record.from) {
    return refused("--until " + to_string(*record.until) + " is before --from " +
                   to_string(record.from));
  }
  const Recorded recorded = service.store().suspend(record, service.act(request.actor));
  if (!recorded) return refused(recorded.refused);
  const std::string until = record.until ? to_string(*record.until) : "further notice";
  return recorded_answer(
      request, record.client + ": suspended from " + to_string(record.from) + " until " + until,
      {{"id", recorded.id}, {"client", record.client}});
}

}  // namespace omamori
