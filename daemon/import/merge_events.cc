// What people report beside visits and check-ins: contacts, suspensions, absences,
// acknowledgements. One that is known is not recorded again; only the last day of a suspension, and
// the last day and delegate of an absence, may become others.
#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "daemon/import/merge_parts.h"
#include "daemon/model/calendar.h"
#include "daemon/model/obligation_key.h"

namespace omamori {
namespace {

template <typename Row>
bool client_exists(Merge& merge, FileReport<Row>& report, int line, std::string_view column,
                   const std::string& client) {
  if (merge.overlay.clients.exists(client)) return true;
  report.error(line, column, no_such("client", client, "clients.csv", merge.overlay.client_codes));
  return false;
}

template <typename Row>
bool person_exists(Merge& merge, FileReport<Row>& report, int line, std::string_view column,
                   const std::string& code) {
  if (merge.overlay.staff.exists(code)) return true;
  report.error(line, column, no_such("staff", code, "staff.csv", merge.overlay.staff_codes));
  return false;
}

template <typename Row>
bool ends_before_it_begins(FileReport<Row>& report, const Row& row,
                           const std::optional<Day>& until) {
  if (!until || *until >= row.from) return false;
  report.error(row.line, "until", to_string(*until) + " is before from, " + to_string(row.from));
  return true;
}

std::string range_text(Day from, const std::optional<Day>& until) {
  return to_string(from) + ".." + (until ? to_string(*until) : "");
}

// What is stored of one key, asked for once, with what this import adds to it.
template <typename Record>
class Stored {
 public:
  template <typename Fetch>
  std::vector<Record>& of(const std::string& key, Fetch fetch) {
    const auto [at, is_new] = records_.try_emplace(key);
    if (is_new) at->second = fetch();
    return at->second;
  }

 private:
  std::unordered_map<std::string, std::vector<Record>> records_;
};

// Skips the row if one of the records is the same, with a warning if that was voided.
template <typename Row, typename Record, typename Same>
bool is_known(const std::vector<Record>& records, FileReport<Row>& report, int line,
              std::string_view column, Same same) {
  const auto found = [&](bool voided) {
    return std::any_of(records.begin(), records.end(), [&](const Record& record) {
      return record.voided == voided && same(record);
    });
  };
  const bool sound = found(false);
  if (!sound && !found(true)) return false;
  report.skipped();
  if (!sound) report.warn(line, column, kVoided);
  return true;
}

class SuspensionMerge {
 public:
  explicit SuspensionMerge(Merge& merge)
      : merge_(merge),
        report_(CsvKind::suspensions, merge.files.suspensions, merge.result,
                merge.context.describe_rows) {}

  void run() {
    for (const SuspensionRow& row : merge_.files.suspensions.rows) {
      if (row.client.empty()) continue;
      const bool exists = client_exists(merge_, report_, row.line, "client_code", row.client);
      if (exists && row.whole) take(row);
    }
  }

 private:
  void take(const SuspensionRow& row) {
    auto& records =
        stored_.of(row.client, [&] { return merge_.known.reported().suspensions(row.client); });
    const auto same = std::find_if(records.begin(), records.end(), [&](const SuspensionRecord& r) {
      return !r.voided && r.from == row.from;
    });
    const bool is_new = same == records.end();
    SuspensionRecord after =
        is_new ? SuspensionRecord{0, row.client, row.from, {}, row.reason, row.by, false} : *same;
    row.until.apply_to(after.until);
    if (ends_before_it_begins(report_, row, after.until)) return;
    if (is_new && is_known(records, report_, row.line, "from", [&](const SuspensionRecord& r) {
          return r.from == row.from && r.until == after.until;
        })) {
      return;
    }
    if (!is_new && same->until == after.until) return report_.skipped();
    if (overlaps(row, records, after)) return;
    const std::string why = merge_.first_days.why_too_early(row.client, row.from);
    if (is_new && !why.empty()) return report_.error(row.line, "from", why);
    const std::string key = row.client + " " + to_string(row.from);
    if (is_new) {
      report_.added(key);
      records.push_back(after);
    } else if (same->id == 0) {
      return report_.error(row.line, "from", key + " is in this file already");
    } else {
      Difference changed;
      changed.shown("until", text_of(same->until), text_of(after.until));
      report_.changed(key, changed.text());
      same->until = after.until;
    }
    merge_.result.changes.suspensions.push_back(after);
  }

  bool overlaps(const SuspensionRow& row, const std::vector<SuspensionRecord>& records,
                const SuspensionRecord& after) {
    const auto other = std::find_if(records.begin(), records.end(), [&](const SuspensionRecord& r) {
      return !r.voided && r.from != after.from && (!after.until || r.from <= *after.until) &&
             (!r.until || after.from <= *r.until);
    });
    if (other == records.end()) return false;
    report_.error(row.line, "from",
                  range_text(after.from, after.until) + " shares days with the suspension " +
                      range_text(other->from, other->until) + "; correct one of them");
    return true;
  }

  Merge& merge_;
  FileReport<SuspensionRow> report_;
  Stored<SuspensionRecord> stored_;
};

class AbsenceMerge {
 public:
  explicit AbsenceMerge(Merge& merge)
      : merge_(merge),
        report_(CsvKind::absences, merge.files.absences, merge.result,
                merge.context.describe_rows) {}

  void run() {
    for (const AbsenceRow& row : merge_.files.absences.rows) {
      if (row.staff.empty()) continue;
      const bool exists = person_exists(merge_, report_, row.line, "staff_code", row.staff);
      if (exists && row.whole && delegate_is_right(row)) take(row);
    }
  }

 private:
  bool delegate_is_right(const AbsenceRow& row) {
    const std::string& delegate = row.delegate.value;
    if (delegate.empty()) return true;
    if (!person_exists(merge_, report_, row.line, "delegate", delegate)) return false;
    const StaffRecord* person = merge_.overlay.staff.find(delegate);
    if (person != nullptr && person->role == Role::provider) {
      report_.error(row.line, "delegate",
                    delegate + " has the role provider and cannot stand in for anybody");
      return false;
    }
    if (delegate != row.staff) return true;
    report_.error(row.line, "delegate", "nobody can stand in for themselves");
    return false;
  }

  void take(const AbsenceRow& row) {
    auto& records =
        stored_.of(row.staff, [&] { return merge_.known.reported().absences(row.staff); });
    const auto same = std::find_if(records.begin(), records.end(), [&](const AbsenceRecord& r) {
      return !r.voided && r.absence.from == row.from;
    });
    const bool is_new = same == records.end();
    Absence after = is_new ? Absence{0, row.staff, row.from, {}, ""} : same->absence;
    row.until.apply_to(after.until);
    row.delegate.apply_to(after.delegate);
    if (ends_before_it_begins(report_, row, after.until)) return;
    if (is_new && is_known(records, report_, row.line, "from", [&](const AbsenceRecord& r) {
          return r.absence.from == row.from && r.absence.until == after.until &&
                 r.absence.delegate == after.delegate;
        })) {
      return;
    }
    const std::string key = row.staff + " " + to_string(row.from);
    if (is_new) {
      report_.added(key);
      records.push_back({after, false});
    } else {
      Difference changed;
      changed.shown("until", text_of(same->absence.until), text_of(after.until));
      changed.shown("delegate", same->absence.delegate, after.delegate);
      if (!changed.any()) return report_.skipped();
      if (twice_.before(key, row.line) != 0 || after.id == 0) {
        return report_.error(row.line, "from", key + " is in this file already");
      }
      report_.changed(key, changed.text());
      same->absence = after;
    }
    merge_.result.changes.absences.push_back(after);
  }

  Merge& merge_;
  FileReport<AbsenceRow> report_;
  Stored<AbsenceRecord> stored_;
  Seen twice_;
};

}  // namespace

void merge_contacts(Merge& merge) {
  FileReport report(CsvKind::contacts, merge.files.contacts, merge.result,
                    merge.context.describe_rows);
  Stored<ContactRecord> stored;
  for (const ContactRow& row : merge.files.contacts.rows) {
    if (row.client.empty()) continue;
    if (!client_exists(merge, report, row.line, "client_code", row.client) || !row.whole) continue;
    const std::string key = row.client + " " + to_string(row.on);
    auto& records =
        stored.of(key, [&] { return merge.known.reported().contacts(row.client, row.on); });
    if (is_known(records, report, row.line, "on", [](const ContactRecord&) { return true; })) {
      continue;
    }
    if (row.on > merge.context.today) {
      report.error(row.line, "on", to_string(row.on) + " is in the future");
      continue;
    }
    if (const std::string why = merge.first_days.why_too_early(row.client, row.on); !why.empty()) {
      report.error(row.line, "on", why);
      continue;
    }
    report.added(key);
    records.push_back({0, row.client, row.on, row.by, row.note, false});
    merge.result.changes.contacts.push_back(records.back());
  }
}

void merge_suspensions(Merge& merge) { SuspensionMerge(merge).run(); }
void merge_absences(Merge& merge) { AbsenceMerge(merge).run(); }

void merge_acknowledgements(Merge& merge) {
  FileReport report(CsvKind::acknowledgements, merge.files.acknowledgements, merge.result,
                    merge.context.describe_rows);
  Stored<AcknowledgementRecord> stored;
  for (const AcknowledgementRow& row : merge.files.acknowledgements.rows) {
    if (!row.whole) continue;
    const std::string client = key_of_client(row.obligation).value_or(KeyOfClient{}).client;
    const bool client_known = client_exists(merge, report, row.line, "obligation", client);
    const bool person_known = person_exists(merge, report, row.line, "staff_code", row.staff);
    if (!client_known || !person_known) continue;
    auto& records = stored.of(row.obligation, [&] {
      return merge.known.reported().acknowledgements(client, row.obligation);
    });
    if (is_known(records, report, row.line, "made_on", [&](const AcknowledgementRecord& r) {
          return std::tie(r.said.staff, r.said.made_on, r.said.visit_on) ==
                 std::tie(row.staff, row.made_on, row.visit_on);
        })) {
      continue;
    }
    if (row.made_on > merge.context.today) {
      report.error(row.line, "made_on", to_string(row.made_on) + " is in the future");
      continue;
    }
    if (row.visit_on && *row.visit_on < row.made_on) {
      report.error(row.line, "visit_on",
                   to_string(*row.visit_on) + " is before made_on, " + to_string(row.made_on));
      continue;
    }
    report.added(row.obligation + " " + row.staff + " " + to_string(row.made_on));
    records.push_back(
        {{0, row.obligation, row.staff, row.made_on, row.visit_on, {}}, client, false});
    merge.result.changes.acknowledgements.push_back(records.back());
  }
}

}  // namespace omamori
