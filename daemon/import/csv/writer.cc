#include "daemon/import/csv/writer.h"

#include <string_view>

#include "daemon/import/csv/columns.h"
#include "daemon/import/csv/row_writer.h"
#include "daemon/model/calendar.h"

namespace omamori {
namespace {

std::string joined(const std::vector<Channel>& channels) {
  std::string out;
  for (const Channel channel : channels) {
    out += (out.empty() ? "" : " ") + std::string(csv_word(channel));
  }
  return out;
}

std::string joined(const std::vector<Month>& months) {
  std::string out;
  for (const Month month : months) out += (out.empty() ? "" : " ") + to_string(month);
  return out;
}

std::string two_digits(long number) { return (number < 10 ? "0" : "") + std::to_string(number); }

}  // namespace

std::string csv_header(CsvKind kind) {
  std::string out;
  for (const Column& column : columns_of(kind)) {
    out += (out.empty() ? "" : ",") + std::string(column.name);
  }
  return out + "\n";
}

void append_csv(std::string& out, const OfficeRecord& office) {
  RowWriter(out)
      .cell(office.code)
      .cell(office.name)
      .cell(office.supervisor)
      .cell(office.core_center);
}

void append_csv(std::string& out, const StaffRecord& staff) {
  RowWriter row(out);
  row.cell(staff.code).cell(staff.name).cell(csv_word(staff.role)).cell(staff.office);
  row.cell(staff.email).cell(staff.webhook).cell(joined(staff.channels));
  row.cell(staff.language ? csv_word(*staff.language) : std::string_view{}).cell(staff.until);
  row.cell(staff.phone);
}

void append_csv(std::string& out, const ClientRecord& client, const PeriodRecord& record) {
  const Period& period = record.period;
  RowWriter row(out);
  row.cell(client.code).cell(client.name).cell(client.certificate_no).cell(client.office);
  row.cell(client.case_manager).cell(csv_word(period.plan_kind));
  row.cell(period.start).cell(period.end).cell(csv_word(period.decision_kind));
  row.cell(period.interval_months).cell(joined(period.monitoring_months));
  row.cell(client.watched_from).cell(client.short_stay);
  row.cell(client.emergency_list ? csv_yes() : std::string_view{});
}

void append_csv(std::string& out, const CheckRecord& check) {
  const CheckTerms& terms = check.terms;
  RowWriter row(out);
  row.cell(check.code).cell(check.client).cell(terms.provider).cell(check.method);
  row.cell(terms.from).cell(terms.until).cell(terms.every_days).cell(terms.grace_days);
  row.cell(terms.extends_to).cell(terms.agreed_on).cell(check.agreed_by).cell(check.watched_from);
  row.cell(check.provider_ref);
  row.cell(check.fail_means ? csv_word(*check.fail_means) : std::string_view{});
  row.cell(check.get_allowed ? csv_yes() : std::string_view{});
}

void append_csv(std::string& out, const CheckInRecord& check_in, const Zone& zone) {
  RowWriter row(out);
  row.cell(check_in.check);
  row.cell(check_in.day_alone ? to_string(check_in.on) : offset_text(check_in.at, zone));
  row.cell(csv_word(check_in.outcome));
  row.cell(check_in.by).cell(check_in.note);
}

void append_csv(std::string& out, const MonitoringRecord& monitoring) {
  RowWriter row(out);
  row.cell(monitoring.client).cell(monitoring.on).cell(monitoring.for_month);
  row.cell(monitoring.by).cell(monitoring.note);
}

void append_csv(std::string& out, const ContactRecord& contact) {
  RowWriter(out).cell(contact.client).cell(contact.on).cell(contact.by).cell(contact.note);
}

void append_csv(std::string& out, const SuspensionRecord& suspension) {
  RowWriter row(out);
  row.cell(suspension.client).cell(suspension.from).cell(suspension.until);
  row.cell(suspension.reason).cell(suspension.by);
}

void append_csv(std::string& out, const Absence& absence) {
  RowWriter(out).cell(absence.staff).cell(absence.from).cell(absence.until).cell(absence.delegate);
}

void append_csv(std::string& out, const AcknowledgementRecord& acknowledgement) {
  const Acknowledgement& said = acknowledgement.said;
  RowWriter(out).cell(said.obligation).cell(said.staff).cell(said.made_on).cell(said.visit_on);
}

std::string offset_text(Instant instant, const Zone& zone) {
  const Day day = zone.day_of(instant);
  const auto local = day.time_since_epoch() + zone.time_of_day(instant).since_midnight;
  const auto utc = std::chrono::floor<std::chrono::minutes>(instant);
  const long offset = static_cast<long>((local - utc.time_since_epoch()) / std::chrono::minutes{1});
  // The text of the local time is that of the instant moved by the offset, with "Z" cut off.
  std::string out = to_string(instant + std::chrono::minutes{offset});
  out.pop_back();
  const long size = offset < 0 ? -offset : offset;
  return out + (offset < 0 ? "-" : "+") + two_digits(size / 60) + ":" + two_digits(size % 60);
}

}  // namespace omamori
