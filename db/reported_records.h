// What people report beside visits and check-ins, by what it is known by: the importer's view and
// what is exported. A part of the store: it shares the store's Database, its thread and its
// transactions.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "daemon/model/records.h"
#include "db/sqlite/database.h"

namespace omamori {

class ReportedRecords final : public Reported {
 public:
  explicit ReportedRecords(Database& database) : db_(database) {}

  std::vector<ContactRecord> contacts(const std::string& client, Day on) override;
  std::vector<SuspensionRecord> suspensions(const std::string& client) override;
  std::vector<AbsenceRecord> absences(const std::string& staff) override;
  std::vector<AcknowledgementRecord> acknowledgements(const std::string& client,
                                                      const std::string& obligation) override;

  // In order, without voided ones.
  void each_contact(const std::function<void(const ContactRecord&)>& each);
  void each_suspension(const std::function<void(const SuspensionRecord&)>& each);
  void each_absence(const std::function<void(const Absence&)>& each);
  void each_acknowledgement(const std::function<void(const AcknowledgementRecord&)>& each);

 private:
  Database& db_;
};

}  // namespace omamori
