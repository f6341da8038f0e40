#include "daemon/reminders/whom_to_call.h"

#include <algorithm>

namespace omamori {
namespace {

class CallList {
 public:
  CallList(const Directory& directory, const std::string& reader, Day today)
      : directory_(directory), reader_(reader), today_(today) {}

  // Whom the record names, and whoever is there in their place.
  void add(Role as, const Acting& acts) {
    add_one(as, acts.of_record);
    add_one(as, acts.staff);
  }

  std::vector<ToCall> take() {
    const bool any = std::any_of(found_.begin(), found_.end(),
                                 [](const ToCall& one) { return !one.phone.empty(); });
    return any ? std::move(found_) : std::vector<ToCall>();
  }

 private:
  void add_one(Role as, const std::string& code) {
    const Staff* person = directory_.active(code, today_);
    if (person == nullptr || code == reader_ || person->role == Role::operator_) return;
    const auto same = [&](const ToCall& one) { return one.staff == code; };
    if (std::any_of(found_.begin(), found_.end(), same)) return;
    found_.push_back({as, code, person->phone, directory_.absence(code, today_) != nullptr});
  }

  const Directory& directory_;
  const std::string& reader_;
  Day today_;
  std::vector<ToCall> found_;
};

}  // namespace

std::vector<ToCall> whom_to_call(const Directory& directory, const ClientRecord& client,
                                 const std::string& reader, Day today) {
  CallList list(directory, reader, today);
  const auto who = [&](Role role) {
    return acting(directory, client.office, client.case_manager, role, today);
  };
  const bool named = !client.case_manager.empty();
  list.add(named ? Role::case_manager : Role::supervisor, who(Role::case_manager));
  for (const Staff* one :
       directory.coordinators(client.office)) {  // also whom nobody stands in for
    const bool away = !client.office.empty() && directory.absence(one->code, today) != nullptr;
    if (away) list.add(Role::coordinator, {one->code, Because::of_record, one->code});
  }
  for (const Acting& one : coordinators(directory, client.office, client.case_manager, today)) {
    list.add(Role::coordinator, one);
  }
  list.add(Role::core_center, who(Role::core_center));
  return list.take();
}

}  // namespace omamori
