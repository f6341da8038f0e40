#include "daemon/commands/options.h"
#include "daemon/import/csv/encoding.h"
#include "daemon/import/csv/writer.h"

namespace omamori {
namespace {

// A row for each period; a client without one has no row in this format.
Response export_clients(Store& store) {
  Response response;
  response.out = csv_header(CsvKind::clients);
  std::size_t without = 0;
  std::string codes;
  store.each_client([&](const ClientRecord& client) {
    const std::vector<PeriodRecord> periods = store.periods(client.code);
    for (const PeriodRecord& period : periods) append_csv(response.out, client, period);
    if (!periods.empty()) return;
    if (++without <= 10) codes += " " + client.code;
  });
  if (without > 0) {
    response.err = "clients without a decision period have no row (" + std::to_string(without) +
                   "):" + codes + (without > 10 ? " …" : "") + "\n";
  }
  return response;
}

std::string export_rows(Store& store, CsvKind kind, const Zone& zone) {
  std::string out = csv_header(kind);
  const auto append = [&](const auto& record) { append_csv(out, record); };
  switch (kind) {
    case CsvKind::offices:
      store.each_office(append);
      break;
    case CsvKind::staff:
      store.each_staff(append);
      break;
    case CsvKind::safety_checks:
      store.each_check(append);
      break;
    case CsvKind::check_ins:
      store.each_check_in([&](const CheckInRecord& record) { append_csv(out, record, zone); });
      break;
    case CsvKind::monitorings:
      store.each_monitoring(append);
      break;
    case CsvKind::contacts:
      store.reported().each_contact(append);
      break;
    case CsvKind::suspensions:
      store.reported().each_suspension(append);
      break;
    case CsvKind::absences:
      store.reported().each_absence(append);
      break;
    case CsvKind::acknowledgements:
      store.reported().each_acknowledgement(append);
      break;
    case CsvKind::clients:
      break;
  }
  return out;
}

}  // namespace

Response export_command(const Request& request, Service& service) {
  const auto kind = csv_kind(request.text("kind"));
  if (!kind) {
    return wrong_usage("export \"" + request.text("kind") + "\": no such kind; one of " +
                       csv_kind_list());
  }
  Response response =
      *kind == CsvKind::clients
          ? export_clients(service.store())
          : Response{Exit::ok, export_rows(service.store(), *kind, service.zone()), ""};
  response.out.insert(0, kUtf8Mark);
  return response;
}

}  // namespace omamori
