// assign: a client is given to another case manager.
#include "daemon/commands/record_options.h"

namespace omamori {

Response assign_command(const Request& request, Service& service) {
  const std::string client = request.text("client");
  const std::string staff = request.text("staff");
  if (!service.store().client(client)) return no_client(client);
  const auto known = service.store().staff(staff);
  if (!known) return no_such_staff(staff);
  if (known->role == Role::provider) {
    return refused(staff + " has the role provider and cannot be a case manager");
  }
  const Recorded recorded = service.store().assign(client, staff, service.act(request.actor));
  if (!recorded) return refused(recorded.refused);
  std::string text = client + ": case manager is " + staff + " from today";
  if (known->role != Role::case_manager) text += " (whose role is not case_manager)";
  return recorded_answer(request, text, {{"client", client}, {"case_manager", staff}});
}

}  // namespace omamori
