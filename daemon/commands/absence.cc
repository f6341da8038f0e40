// absence: somebody is away, and who is told instead.
#include "daemon/answer/json_text.h"
#include "daemon/commands/record_options.h"
#include "daemon/model/calendar.h"

namespace omamori {

Response absence_command(const Request& request, Service& service) {
  RecordOptions options(request, service);
  Absence record;
  record.staff = request.text("staff");
  record.from = options.day_or("from", service.today());
  record.until = options.day("until");
  record.delegate = request.text("delegate");
  if (options.wrong()) return options.answer();
  for (const std::string& code : {record.staff, record.delegate}) {
    if (!code.empty() && !service.store().staff(code)) return no_such_staff(code);
  }
  const auto delegate = service.store().staff(record.delegate);
  if (delegate && delegate->role == Role::provider) {
    return refused(record.delegate + " has the role provider and cannot stand in for anybody");
  }
  if (record.until && *record.until < record.from) return refused("--until is before --from");
  if (record.delegate == record.staff) return refused("nobody can stand in for themselves");
  const Recorded recorded = service.store().add_absence(record, service.act(request.actor));
  if (!recorded) return refused(recorded.refused);
  const auto planning = service.planning();
  const Directory& directory = planning->directory;
  const Staff* told = directory.present(record.staff, record.from);
  std::string who = told ? told->code : "the supervisor";
  if (!record.delegate.empty() && who != record.delegate) {
    who = record.delegate + " is away, too, or has left: " + who;
  }
  return recorded_answer(request,
                         record.staff + ": away from " + to_string(record.from) + ", " + who +
                             " is told (absence " + std::to_string(recorded.id) + ")",
                         {{"id", recorded.id},
                          {"staff", record.staff},
                          {"told", told ? json::value(told->code) : json::value(nullptr)}});
}

}  // namespace omamori
