#include "db/reported_records.h"

#include "db/store.h"

namespace omamori {
namespace {

const std::string kContacts = "SELECT id, client, on_day, by, note, voided FROM contact";
const std::string kSuspensions =
    "SELECT id, client, from_day, until_day, reason, by, voided FROM suspension";
const std::string kAbsences =
    "SELECT id, staff, from_day, until_day, delegate, voided FROM absence";
const std::string kAcknowledgements =
    "SELECT id, client, obligation, staff, made_on, visit_on, recorded_at, voided FROM"
    " acknowledgement";

ContactRecord contact_of(const Cursor& row) {
  return {row.integer(0), row.text(1), row.day(2), row.text(3), row.text(4), row.flag(5)};
}

SuspensionRecord suspension_of(const Cursor& row) {
  return {row.integer(0), row.text(1), row.day(2), row.optional_day(3),
          row.text(4),    row.text(5), row.flag(6)};
}

AbsenceRecord absence_of(const Cursor& row) {
  return {{row.integer(0), row.text(1), row.day(2), row.optional_day(3), row.text(4)}, row.flag(5)};
}

AcknowledgementRecord acknowledgement_of(const Cursor& row) {
  return {
      {row.integer(0), row.text(2), row.text(3), row.day(4), row.optional_day(5), row.instant(6)},
      row.text(1),
      row.flag(7)};
}

}  // namespace

std::vector<ContactRecord> ReportedRecords::contacts(const std::string& client, Day on) {
  Statement some(db_, kContacts + " WHERE client = ?1 AND on_day = ?2 ORDER BY id");
  std::vector<ContactRecord> found;
  for (Cursor rows = some.query(client, on); rows.next();) found.push_back(contact_of(rows));
  return found;
}

std::vector<SuspensionRecord> ReportedRecords::suspensions(const std::string& client) {
  Statement some(db_, kSuspensions + " WHERE client = ?1 ORDER BY id");
  std::vector<SuspensionRecord> found;
  for (Cursor rows = some.query(client); rows.next();) found.push_back(suspension_of(rows));
  return found;
}

std::vector<AbsenceRecord> ReportedRecords::absences(const std::string& staff) {
  Statement some(db_, kAbsences + " WHERE staff = ?1 ORDER BY id");
  std::vector<AbsenceRecord> found;
  for (Cursor rows = some.query(staff); rows.next();) found.push_back(absence_of(rows));
  return found;
}

std::vector<AcknowledgementRecord> ReportedRecords::acknowledgements(
    const std::string& client, const std::string& obligation) {
  Statement some(db_, kAcknowledgements + " WHERE client = ?1 AND obligation = ?2 ORDER BY id");
  std::vector<AcknowledgementRecord> found;
  for (Cursor rows = some.query(client, obligation); rows.next();) {
    found.push_back(acknowledgement_of(rows));
  }
  return found;
}

void ReportedRecords::each_contact(const std::function<void(const ContactRecord&)>& each) {
  Statement all(db_, kContacts + " WHERE voided = 0 ORDER BY client, on_day, id");
  for (Cursor rows = all.query(); rows.next();) each(contact_of(rows));
}

void ReportedRecords::each_suspension(const std::function<void(const SuspensionRecord&)>& each) {
  Statement all(db_, kSuspensions + " WHERE voided = 0 ORDER BY client, from_day, id");
  for (Cursor rows = all.query(); rows.next();) each(suspension_of(rows));
}

void ReportedRecords::each_absence(const std::function<void(const Absence&)>& each) {
  Statement all(db_, kAbsences + " WHERE voided = 0 ORDER BY staff, from_day, id");
  for (Cursor rows = all.query(); rows.next();) each(absence_of(rows).absence);
}

void ReportedRecords::each_acknowledgement(
    const std::function<void(const AcknowledgementRecord&)>& each) {
  Statement all(db_, kAcknowledgements + " WHERE voided = 0 ORDER BY client, made_on, id");
  for (Cursor rows = all.query(); rows.next();) each(acknowledgement_of(rows));
}

// ---- the store's older verbs of the same rows --------------------------------------------------

void Store::each_contact(const std::function<void(const ContactRecord&)>& each) {
  reported_->each_contact(each);
}

void Store::each_suspension(const std::function<void(const SuspensionRecord&)>& each) {
  reported_->each_suspension(each);
}

}  // namespace omamori
