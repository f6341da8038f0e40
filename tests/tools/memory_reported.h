// What people have reported, in lists: a part of the registry in memory.
#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>
#include <vector>

#include "daemon/model/records.h"

namespace omamori {

class MemoryReported : public Reported {
 public:
  std::vector<ContactRecord> contacts(const std::string& client, Day on) override {
    return filtered(all_contacts,
                    [&](const ContactRecord& r) { return r.client == client && r.on == on; });
  }
  std::vector<SuspensionRecord> suspensions(const std::string& client) override {
    return filtered(all_suspensions, [&](const SuspensionRecord& r) { return r.client == client; });
  }
  std::vector<AbsenceRecord> absences(const std::string& staff) override {
    return filtered(all_absences, [&](const AbsenceRecord& r) { return r.absence.staff == staff; });
  }
  std::vector<AcknowledgementRecord> acknowledgements(const std::string&,
                                                      const std::string& obligation) override {
    return filtered(all_acknowledgements, [&](const AcknowledgementRecord& r) {
      return r.said.obligation == obligation;
    });
  }

  void apply(const ImportChanges& changes) {
    for (auto record : changes.contacts) {
      record.id = ++last_id_;
      all_contacts.push_back(record);
    }
    for (auto record : changes.suspensions) {
      const auto known = std::find_if(all_suspensions.begin(), all_suspensions.end(),
                                      [&](const SuspensionRecord& r) { return r.id == record.id; });
      if (known != all_suspensions.end()) {
        known->until = record.until;
        continue;
      }
      record.id = ++last_id_;
      all_suspensions.push_back(record);
    }
    for (auto absence : changes.absences) {
      for (AbsenceRecord& known : all_absences) {
        if (known.absence.id == absence.id) known.voided = true;
      }
      absence.id = ++last_id_;
      all_absences.push_back({absence, false});
    }
    for (auto record : changes.acknowledgements) {
      record.said.id = ++last_id_;
      all_acknowledgements.push_back(record);
    }
  }

  void void_all() {
    for (auto& record : all_contacts) record.voided = true;
    for (auto& record : all_suspensions) record.voided = true;
    for (auto& record : all_absences) record.voided = true;
    for (auto& record : all_acknowledgements) record.voided = true;
  }

  std::vector<ContactRecord> all_contacts;
  std::vector<SuspensionRecord> all_suspensions;
  std::vector<AbsenceRecord> all_absences;
  std::vector<AcknowledgementRecord> all_acknowledgements;

 private:
  template <typename Record, typename Holds>
  static std::vector<Record> filtered(const std::vector<Record>& records, Holds holds) {
    std::vector<Record> found;
    std::copy_if(records.begin(), records.end(), std::back_inserter(found), holds);
    return found;
  }

  std::int64_t last_id_ = 0;
};

}  // namespace omamori
