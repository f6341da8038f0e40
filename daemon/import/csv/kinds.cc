#include "daemon/import/csv/kinds.h"

#include "daemon/import/csv/columns.h"
#include "daemon/import/csv/date_text.h"
#include "daemon/import/csv/encoding.h"
#include "daemon/import/csv/table.h"

namespace omamori {
namespace {

Read<int> read_one_or_more_days(std::string_view text) { return read_days(text, 1); }
Read<int> read_any_days(std::string_view text) { return read_days(text, 0); }

void read_row(RowReader& cells, const Zone&, OfficeRow& row) {
  cells.required("office_code", row.code, read_code);
  cells.required("name", row.name, read_text);
  cells.optional("supervisor", row.supervisor, read_code);
  cells.optional("core_center", row.core_center, read_code);
}

void read_row(RowReader& cells, const Zone&, StaffRow& row) {
  cells.required("staff_code", row.code, read_code);
  cells.required("name", row.name, read_text);
  cells.required("role", row.role, read_role);
  cells.optional("office_code", row.office, read_code);
  cells.optional("email", row.email, read_email);
  cells.optional("webhook", row.webhook, read_code);
  cells.optional("channels", row.channels, read_channels);
  cells.optional("language", row.language, read_language);
  cells.optional("until", row.until, read_day);
}

void read_row(RowReader& cells, const Zone&, ClientRow& row) {
  cells.required("client_code", row.code, read_code);
  cells.optional("name", row.name, read_text);
  cells.optional("certificate_no", row.certificate_no, read_text);
  cells.required("office_code", row.office, read_code);
  cells.optional("case_manager", row.case_manager, read_code);
  cells.required("plan_kind", row.plan_kind, read_plan_kind);
  cells.required("decision_start", row.decision_start, read_day);
  cells.required("decision_end", row.decision_end, read_day);
  cells.optional("decision_kind", row.decision_kind, read_decision_kind);
  cells.optional("interval_months", row.interval_months, read_interval);
  cells.optional("monitoring_months", row.monitoring_months, read_months);
  cells.optional("watched_from", row.watched_from, read_day);
}

void read_row(RowReader& cells, const Zone&, CheckRow& row) {
  cells.required("check_code", row.code, read_code);
  cells.required("client_code", row.client, read_code);
  cells.optional("provider", row.provider, read_text);
  cells.optional("method", row.method, read_text);
  cells.required("from", row.from, read_day);
  cells.optional("until", row.until, read_day);
  cells.required("every_days", row.every_days, read_one_or_more_days);
  cells.optional("grace_days", row.grace_days, read_any_days);
  cells.optional("extends_to_months", row.extends_to_months, read_interval);
  cells.optional("agreed_on", row.agreed_on, read_day);
  cells.optional("agreed_by", row.agreed_by, read_text);
  cells.optional("watched_from", row.watched_from, read_day);
}

void read_row(RowReader& cells, const Zone& zone, CheckInRow& row) {
  InstantText at;
  Cell<std::string> by, note;
  cells.required("check_code", row.check, read_code);
  cells.required("at", at, [&](std::string_view text) { return read_instant(text, zone); });
  cells.required("outcome", row.outcome, read_outcome);
  cells.optional("by", by, read_text);
  cells.optional("note", note, read_text);
  row.at = at.at;
  row.day_only = at.day_only;
  row.by = std::move(by.value);
  row.note = std::move(note.value);
}

void read_row(RowReader& cells, const Zone&, MonitoringRow& row) {
  Cell<std::optional<Month>> for_month;
  Cell<std::string> by, note;
  cells.required("client_code", row.client, read_code);
  cells.required("on", row.on, read_day);
  cells.optional("for_month", for_month, read_month);
  cells.optional("by", by, read_text);
  cells.optional("note", note, read_text);
  row.for_month = for_month.value;
  row.by = std::move(by.value);
  row.note = std::move(note.value);
}

template <typename Row>
void read_file(CsvKind kind, const std::string& file, std::string_view bytes, const Zone& zone,
               std::vector<CsvError>& errors, CsvRows<Row>& out) {
  out = CsvRows<Row>{};
  out.given = true;
  out.complete = false;
  out.file = file;
  const auto text = decode_text(bytes);
  if (!text.value) {
    errors.push_back({file, 0, "", text.error});
    return;
  }
  const std::size_t errors_before = errors.size();
  const Table table = read_table(file, *text.value, errors);
  if (table.header().line == 0) {
    errors.push_back({file, 0, "", "is empty; the first line must be the header"});
    return;
  }
  const Header header = read_header(kind, file, table, errors);
  out.complete = errors.size() == errors_before;
  out.titles = header.titles;
  out.rows.resize(table.rows().size());
  RowReader cells(file, table, header, errors);
  for (std::size_t i = 0; i < out.rows.size(); ++i) {
    cells.begin(table.rows()[i]);
    read_row(cells, zone, out.rows[i]);
    out.rows[i].line = cells.line();
    out.rows[i].whole = cells.whole();
  }
}

}  // namespace

void read_csv(CsvKind kind, const std::string& file, std::string_view bytes, const Zone& zone,
              CsvImport& into) {
  switch (kind) {
    case CsvKind::offices:
      return read_file(kind, file, bytes, zone, into.errors, into.offices);
    case CsvKind::staff:
      return read_file(kind, file, bytes, zone, into.errors, into.staff);
    case CsvKind::clients:
      return read_file(kind, file, bytes, zone, into.errors, into.clients);
    case CsvKind::safety_checks:
      return read_file(kind, file, bytes, zone, into.errors, into.safety_checks);
    case CsvKind::check_ins:
      return read_file(kind, file, bytes, zone, into.errors, into.check_ins);
    case CsvKind::monitorings:
      return read_file(kind, file, bytes, zone, into.errors, into.monitorings);
  }
}

}  // namespace omamori
