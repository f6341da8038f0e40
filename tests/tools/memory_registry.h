// What is known, in maps: stands in for the store where only the importer is of interest.
#pragma once

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "daemon/model/records.h"
#include "tests/tools/memory_reported.h"

namespace omamori {

class MemoryRegistry : public Registry {
 public:
  std::optional<OfficeRecord> office(const std::string& code) override {
    return find(offices_, code);
  }
  std::optional<StaffRecord> staff(const std::string& code) override { return find(staff_, code); }
  std::optional<ClientRecord> client(const std::string& code) override {
    return find(clients_, code);
  }
  std::vector<PeriodRecord> periods(const std::string& client) override {
    std::vector<PeriodRecord> out;
    for (const auto& [start, record] : periods_[client]) out.push_back(record);
    return out;
  }
  std::optional<CheckRecord> check(const std::string& code) override { return find(checks_, code); }
  std::vector<CheckInRecord> check_ins(const std::string& check, Day on) override {
    std::vector<CheckInRecord> found;
    for (const auto& [place, records] : check_ins_) {
      if (place.first != check) continue;
      std::copy_if(records.begin(), records.end(), std::back_inserter(found),
                   [&](const CheckInRecord& record) { return record.on == on; });
    }
    return found;
  }
  std::vector<MonitoringRecord> monitorings(const std::string& client, Day on) override {
    return monitorings_[{client, on}];
  }
  MemoryReported& reported() override { return reported_; }
  std::size_t client_count() override { return clients_.size(); }
  std::vector<std::string> codes(Coded what) override {
    switch (what) {
      case Coded::office:
        return codes_of(offices_);
      case Coded::staff:
        return codes_of(staff_);
      case Coded::client:
        return codes_of(clients_);
      case Coded::check:
        return codes_of(checks_);
    }
    return {};
  }
  std::vector<LiveClient> live_clients(Day today) override {
    std::vector<LiveClient> found;
    for (const auto& [code, client] : clients_) {
      if (!client.ended_on || *client.ended_on >= today) {
        found.push_back({code, client.certificate_no});
      }
    }
    return found;
  }

  void end_service(const std::string& code, Day last_day) { clients_.at(code).ended_on = last_day; }

  void apply(const ImportChanges& changes) {
    for (const auto& record : changes.offices) offices_[record.code] = record;
    for (const auto& record : changes.staff) staff_[record.code] = record;
    for (const auto& record : changes.clients) clients_[record.code] = record;
    for (const auto& record : changes.periods) {
      periods_[record.client][record.period.start] = record;
    }
    for (const auto& record : changes.checks) checks_[record.code] = record;
    for (auto record : changes.check_ins) {
      record.id = ++last_id_;
      check_ins_[{record.check, record.at}].push_back(record);
    }
    for (auto record : changes.monitorings) {
      record.id = ++last_id_;
      monitorings_[{record.client, record.on}].push_back(record);
    }
    reported_.apply(changes);
  }

  // Voids every record: what was recorded so far is known to be wrong.
  void void_all() {
    reported_.void_all();
    for (auto& [place, records] : check_ins_) {
      for (auto& record : records) record.voided = true;
    }
    for (auto& [place, records] : monitorings_) {
      for (auto& record : records) record.voided = true;
    }
  }

  const std::map<std::string, ClientRecord>& clients() const { return clients_; }
  const std::map<std::string, CheckRecord>& checks() const { return checks_; }
  const std::map<std::string, OfficeRecord>& offices() const { return offices_; }
  const std::map<std::string, StaffRecord>& all_staff() const { return staff_; }
  const std::map<std::pair<std::string, Instant>, std::vector<CheckInRecord>>& all_check_ins()
      const {
    return check_ins_;
  }
  const std::map<std::pair<std::string, Day>, std::vector<MonitoringRecord>>& all_monitorings()
      const {
    return monitorings_;
  }

 private:
  template <typename Record>
  static std::vector<std::string> codes_of(const std::map<std::string, Record>& records) {
    std::vector<std::string> codes;
    codes.reserve(records.size());
    for (const auto& [code, record] : records) codes.push_back(code);
    return codes;
  }
  template <typename Record>
  static std::optional<Record> find(const std::map<std::string, Record>& records,
                                    const std::string& code) {
    const auto at = records.find(code);
    return at == records.end() ? std::nullopt : std::optional<Record>(at->second);
  }

  std::map<std::string, OfficeRecord> offices_;
  std::map<std::string, StaffRecord> staff_;
  std::map<std::string, ClientRecord> clients_;
  std::map<std::string, std::map<Day, PeriodRecord>> periods_;
  std::map<std::string, CheckRecord> checks_;
  std::map<std::pair<std::string, Instant>, std::vector<CheckInRecord>> check_ins_;
  std::map<std::pair<std::string, Day>, std::vector<MonitoringRecord>> monitorings_;
  MemoryReported reported_;
  std::int64_t last_id_ = 0;
};

}  // namespace omamori
