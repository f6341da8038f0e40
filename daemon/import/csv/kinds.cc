#include "daemon/import/csv/kinds.h"

#include "daemon/import/csv/columns.h"
#include "daemon/import/csv/date_text.h"
#include "daemon/import/csv/table.h"
#include "daemon/import/csv/template.h"
#include "daemon/import/csv/text.h"

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
  cells.optional("phone", row.phone, read_phone);
}

void read_row(RowReader& cells, const Zone&, ClientRow& row) {
  cells.required("client_code", row.code, read_code);
  cells.optional("name", row.name, read_text);
  cells.optional("certificate_no", row.certificate_no, read_certificate);
  cells.required("office_code", row.office, read_code);
  cells.optional("case_manager", row.case_manager, read_code);
  cells.required("plan_kind", row.plan_kind, read_plan_kind);
  cells.required("decision_start", row.decision_start, read_day);
  cells.required("decision_end", row.decision_end, read_day);
  cells.optional("decision_kind", row.decision_kind, read_decision_kind);
  Cell<std::optional<PrintedInterval>> printed;
  cells.optional("interval_months", printed, read_printed_interval);
  row.interval_months.state =
      static_cast<Cell<std::optional<int>>::State>(static_cast<int>(printed.state));
  if (printed.value) {
    row.interval_months.value = printed.value->months;
    row.printed_range = printed.value->range;
  }
  cells.optional("monitoring_months", row.monitoring_months, read_months);
  cells.optional("watched_from", row.watched_from, read_day);
  cells.optional("short_stay", row.short_stay, read_text);
  cells.optional("emergency_list", row.emergency_list, read_yes_no);
}

void read_row(RowReader& cells, const Zone&, CheckRow& row) {
  cells.required("check_code", row.code, read_code);
  cells.required("client_code", row.client, read_code);
  cells.optional("provider", row.provider, read_provider);
  cells.optional("method", row.method, read_text);
  cells.required("from", row.from, read_day);
  cells.optional("until", row.until, read_day);
  cells.required("every_days", row.every_days, read_one_or_more_days);
  cells.optional("grace_days", row.grace_days, read_any_days);
  cells.optional("extends_to_months", row.extends_to_months, read_interval);
  cells.optional("agreed_on", row.agreed_on, read_day);
  cells.optional("agreed_by", row.agreed_by, read_text);
  cells.optional("watched_from", row.watched_from, read_day);
  cells.optional("provider_ref", row.provider_ref, read_short_text);
  cells.optional("fail_means", row.fail_means, read_fail_means);
  cells.optional("get_allowed", row.get_allowed, read_yes_no);
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

void read_row(RowReader& cells, const Zone&, ContactRow& row) {
  Cell<std::string> by, note;
  cells.required("client_code", row.client, read_code);
  cells.required("on", row.on, read_day);
  cells.optional("by", by, read_text);
  cells.optional("note", note, read_text);
  row.by = std::move(by.value);
  row.note = std::move(note.value);
}

void read_row(RowReader& cells, const Zone&, SuspensionRow& row) {
  Cell<std::string> by;
  cells.required("client_code", row.client, read_code);
  cells.required("from", row.from, read_day);
  cells.optional("until", row.until, read_day);
  cells.required("reason", row.reason, read_text);
  cells.optional("by", by, read_text);
  row.by = std::move(by.value);
}

void read_row(RowReader& cells, const Zone&, AbsenceRow& row) {
  cells.required("staff_code", row.staff, read_code);
  cells.required("from", row.from, read_day);
  cells.optional("until", row.until, read_day);
  cells.optional("delegate", row.delegate, read_code);
}

void read_row(RowReader& cells, const Zone&, AcknowledgementRow& row) {
  Cell<std::optional<Day>> visit_on;
  cells.required("obligation", row.obligation, read_obligation);
  cells.required("staff_code", row.staff, read_code);
  cells.required("made_on", row.made_on, read_day);
  cells.optional("visit_on", visit_on, read_day);
  row.visit_on = visit_on.value;
}

// One file under way.
struct CsvSource {
  CsvKind kind;
  const std::string& file;
  std::string_view bytes;
  const Zone& zone;
  std::optional<Encoding> encoding;
};

// The row that a template has below its headers, left in the file.
bool explains_columns(const Table& table, const Header& header, const Table::Row& row) {
  const std::size_t place = header.places.front();
  return place != Header::kAbsent && is_explanation(trim(table.field(row, place)));
}

template <typename Row>
void read_file(const CsvSource& source, CsvImport& into, CsvRows<Row>& out) {
  out = CsvRows<Row>{};
  out.given = true;
  out.complete = false;
  out.file = source.file;
  std::vector<CsvError>& errors = into.errors;
  const auto decoded = decode_text(source.bytes, source.encoding);
  if (!decoded.value) {
    errors.push_back({source.file, 0, "", decoded.error});
    return;
  }
  out.encoding = decoded.value->encoding;
  out.either_encoding = decoded.value->either;
  const std::size_t errors_before = errors.size();
  const Table table = read_table(source.file, composed(decoded.value->text), errors);
  if (table.header().line == 0) {
    errors.push_back({source.file, 0, "", "is empty; the first line must be the header"});
    return;
  }
  const Header header = read_header(source.kind, source.file, table, errors);
  out.complete = errors.size() == errors_before;
  out.titles = header.titles;
  out.rows.reserve(table.rows().size());
  RowReader cells(source.file, table, header, errors, into.warnings);
  for (const Table::Row& row : table.rows()) {
    if (explains_columns(table, header, row)) continue;
    Row& read = out.rows.emplace_back();
    cells.begin(row);
    read_row(cells, source.zone, read);
    read.line = cells.line();
    read.whole = cells.whole();
  }
}

}  // namespace

void read_csv(CsvKind kind, const std::string& file, std::string_view bytes, const Zone& zone,
              CsvImport& into, std::optional<Encoding> encoding) {
  const CsvSource source{kind, file, bytes, zone, encoding};
  switch (kind) {
    case CsvKind::offices:
      return read_file(source, into, into.offices);
    case CsvKind::staff:
      return read_file(source, into, into.staff);
    case CsvKind::clients:
      return read_file(source, into, into.clients);
    case CsvKind::safety_checks:
      return read_file(source, into, into.safety_checks);
    case CsvKind::check_ins:
      return read_file(source, into, into.check_ins);
    case CsvKind::monitorings:
      return read_file(source, into, into.monitorings);
    case CsvKind::contacts:
      return read_file(source, into, into.contacts);
    case CsvKind::suspensions:
      return read_file(source, into, into.suspensions);
    case CsvKind::absences:
      return read_file(source, into, into.absences);
    case CsvKind::acknowledgements:
      return read_file(source, into, into.acknowledgements);
  }
}

}  // namespace omamori
