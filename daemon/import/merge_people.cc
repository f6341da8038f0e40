// Offices and staff. Each code is one row; what they refer to may come later.
#include <algorithm>

#include "daemon/import/merge_parts.h"
#include "daemon/model/calendar.h"

namespace omamori {
namespace {

Difference difference(const OfficeRecord& from, const OfficeRecord& to) {
  Difference out;
  out.hidden("name", from.name, to.name);
  out.shown("supervisor", from.supervisor, to.supervisor);
  out.shown("core_center", from.core_center, to.core_center);
  return out;
}

std::string text_of(const std::vector<Channel>& channels) {
  std::string out;
  for (const Channel channel : channels) {
    out += (out.empty() ? "" : " ") + std::string(csv_word(channel));
  }
  return out;
}

std::string text_of(const std::optional<Language>& language) {
  return language ? std::string(csv_word(*language)) : "";
}

Difference difference(const StaffRecord& from, const StaffRecord& to) {
  Difference out;
  out.hidden("name", from.name, to.name);
  out.shown("role", std::string(csv_word(from.role)), std::string(csv_word(to.role)));
  out.shown("office_code", from.office, to.office);
  out.hidden("email", from.email, to.email);
  out.shown("webhook", from.webhook, to.webhook);
  out.shown("channels", text_of(from.channels), text_of(to.channels));
  out.shown("language", text_of(from.language), text_of(to.language));
  out.shown("until", omamori::text_of(from.until), omamori::text_of(to.until));
  out.hidden("phone", from.phone, to.phone);
  return out;
}

// Counts a row and keeps its record if it is new or differs.
template <typename Record, typename Row>
void settle(const Record* before, const Record& after, FileReport<Row>& report,
            std::vector<Record>& changes) {
  if (before == nullptr) {
    report.added(after.code);
  } else if (const Difference changed = difference(*before, after); changed.any()) {
    report.changed(after.code, changed.text());
  } else {
    report.unchanged();
    return;
  }
  changes.push_back(after);
}

// The row is whole and the first with its code. Otherwise the code is known to exist, no more.
template <typename Record, typename Row>
bool usable(const Row& row, std::string_view column, Layer<Record>& layer, Seen& seen,
            FileReport<Row>& report) {
  if (row.code.empty()) return false;
  const int earlier = seen.before(row.code, row.line);
  if (earlier != 0) {
    report.error(row.line, column,
                 row.code + " is on line " + std::to_string(earlier) + " already");
    return false;
  }
  if (!row.whole) layer.mention(row.code);
  return row.whole;
}

bool lists(const StaffRecord& staff, Channel channel) {
  return std::find(staff.channels.begin(), staff.channels.end(), channel) != staff.channels.end();
}

void warn_of_channels(const StaffRecord& staff, FileReport<StaffRow>& report) {
  if (lists(staff, Channel::email) && staff.email.empty()) {
    report.warn(staff.line, "channels", staff.code + " is to be told by email but has no address");
  }
  if (lists(staff, Channel::webhook) && staff.webhook.empty()) {
    report.warn(staff.line, "channels",
                staff.code + " is to be told by webhook but has no endpoint");
  }
  if (staff.channels.empty() && staff.email.empty() && staff.webhook.empty() &&
      staff.role != Role::provider) {
    report.warn(staff.line, "channels", staff.code + " cannot be told anything: no channel");
  }
}

}  // namespace

void merge_offices(Merge& merge) {
  const auto& file = merge.files.offices;
  FileReport report(CsvKind::offices, file, merge.result, merge.context.describe_rows);
  Seen seen;
  if (!file.complete) merge.overlay.offices.mention_all();
  for (const OfficeRow& row : file.rows) {
    if (!usable(row, "office_code", merge.overlay.offices, seen, report)) continue;
    const OfficeRecord* before = merge.overlay.offices.find(row.code);
    report.compare(row.line, "office_code", row.code, before == nullptr,
                   merge.overlay.office_codes);
    OfficeRecord after = before == nullptr ? OfficeRecord{} : *before;
    after.code = row.code;
    after.name = row.name;
    after.line = row.line;
    row.supervisor.apply_to(after.supervisor);
    row.core_center.apply_to(after.core_center);
    settle(before, after, report, merge.result.changes.offices);
    merge.overlay.offices.put(after);
  }
}

void merge_staff(Merge& merge) {
  const auto& file = merge.files.staff;
  FileReport report(CsvKind::staff, file, merge.result, merge.context.describe_rows);
  Seen seen;
  if (!file.complete) merge.overlay.staff.mention_all();
  for (const StaffRow& row : file.rows) {
    if (!row.office.value.empty() && !merge.overlay.offices.exists(row.office.value)) {
      report.error(row.line, "office_code",
                   no_such("office", row.office.value, "offices.csv", merge.overlay.office_codes));
    }
    if (!usable(row, "staff_code", merge.overlay.staff, seen, report)) continue;
    const StaffRecord* before = merge.overlay.staff.find(row.code);
    report.compare(row.line, "staff_code", row.code, before == nullptr, merge.overlay.staff_codes);
    StaffRecord after = before == nullptr ? StaffRecord{} : *before;
    after.code = row.code;
    after.name = row.name;
    after.role = row.role;
    after.line = row.line;
    row.office.apply_to(after.office);
    row.email.apply_to(after.email);
    row.webhook.apply_to(after.webhook);
    row.channels.apply_to(after.channels);
    row.language.apply_to(after.language);
    row.until.apply_to(after.until);
    row.phone.apply_to(after.phone);
    warn_of_channels(after, report);
    settle(before, after, report, merge.result.changes.staff);
    merge.overlay.staff.put(after);
  }
}

void warn_of_office_staff(Merge& merge) {
  FileReport report(CsvKind::offices, merge.files.offices, merge.result, false);
  const auto judge = [&](const OfficeRow& row, std::string_view column, const std::string& code,
                         Role role) {
    if (code.empty()) return;
    if (!merge.overlay.staff.exists(code)) {
      report.warn(row.line, column, "no staff " + code + " yet");
      return;
    }
    const StaffRecord* staff = merge.overlay.staff.find(code);
    if (staff == nullptr || staff->role == role) return;
    report.warn(row.line, column,
                code + " has the role " + std::string(csv_word(staff->role)) + ", not " +
                    std::string(csv_word(role)));
  };
  for (const OfficeRow& row : merge.files.offices.rows) {
    judge(row, "supervisor", row.supervisor.value, Role::supervisor);
    judge(row, "core_center", row.core_center.value, Role::core_center);
  }
}

}  // namespace omamori
