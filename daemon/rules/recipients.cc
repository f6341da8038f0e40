#include "daemon/rules/recipients.h"

#include <algorithm>

namespace omamori {
namespace {

template <typename Record>
const Record* find_code(const std::vector<Record>& records, std::string_view code) {
  const auto at =
      std::lower_bound(records.begin(), records.end(), code,
                       [](const Record& r, std::string_view wanted) { return r.code < wanted; });
  return at != records.end() && at->code == code ? &*at : nullptr;
}

template <typename Record>
void sort_by_code(std::vector<Record>& records) {
  std::sort(records.begin(), records.end(),
            [](const Record& a, const Record& b) { return a.code < b.code; });
}

class Finder {
 public:
  Finder(const Directory& directory, std::string_view office, std::string_view case_manager,
         Day day)
      : directory_(directory), office_(directory.office(office)), day_(day) {
    const Found own = find(case_manager);
    there_ = own.person;
    manager_ = acts(own, case_manager);
    if (there_) return;
    const Staff* stands_in = next_in_chain(nullptr);
    manager_.staff = code_of(stands_in);
    busy_ = stands_in;
  }

  Acting act(Role role) const {
    switch (role) {
      case Role::case_manager:
        return manager_;
      case Role::supervisor:
        return supervisor(there_ ? there_ : busy_);
      case Role::core_center:
        return core_center();
      case Role::coordinator:
        if (auto all = coordinators(); !all.empty()) return all.front();
        return {"", Because::none_named, ""};
      case Role::operator_:
      case Role::provider:
        break;
    }
    return {code_of(an_operator()), Because::of_record, ""};
  }

  Acting supervising() const { return supervisor(there_); }

  // Those of the office; where none is there, of the core centre's; else those of the city.
  std::vector<Acting> coordinators() const {
    const Staff* center = directory_.staff(own_core_center());
    for (const std::string_view office :
         {office_ ? std::string_view(office_->code) : std::string_view(),
          center ? std::string_view(center->office) : std::string_view(), std::string_view()}) {
      std::vector<Acting> there;
      for (const Staff* one : directory_.coordinators(office)) {
        const Found found = find(one->code);
        if (found.person) there.push_back(acts(found, one->code));
      }
      if (!there.empty()) return there;
    }
    return {};
  }

 private:
  // Who is there of a code in a record, and why it is not the person themselves.
  struct Found {
    const Staff* person = nullptr;
    Because because = Because::none_named;
  };

  Found find(std::string_view code) const {
    if (code.empty()) return {nullptr, Because::none_named};
    const Staff* known = directory_.staff(code);
    if (!known || known->role == Role::provider) return {nullptr, Because::unknown_code};
    if (!directory_.active(code, day_)) return {nullptr, Because::has_left};
    const Staff* person = directory_.present(code, day_);
    if (!person) return {nullptr, Because::away};
    return {person, person->code == code ? Because::of_record : Because::delegate};
  }

  static std::string code_of(const Staff* staff) { return staff ? staff->code : std::string(); }
  static Acting acts(const Found& found, std::string_view of_record) {
    return {code_of(found.person), found.because, std::string(of_record)};
  }

  std::string_view own_supervisor() const {
    return office_ ? std::string_view(office_->supervisor) : std::string_view();
  }
  std::string_view own_core_center() const {
    return office_ ? std::string_view(office_->core_center) : std::string_view();
  }
  const Staff* an_operator() const {
    const auto all = directory_.operators(day_);
    return all.empty() ? nullptr : all.front();
  }

  // office → core centre → city-wide supervisor → operator, but not `busy`.
  const Staff* next_in_chain(const Staff* busy) const {
    for (const Staff* candidate : {find(own_supervisor()).person, find(own_core_center()).person,
                                   directory_.city_supervisor(day_)}) {
      if (candidate && candidate != busy) return candidate;
    }
    return an_operator();
  }

  // One person cannot watch himself: whoever acts as case manager is not asked.
  Acting supervisor(const Staff* busy) const {
    const Found own = find(own_supervisor());
    if (own.person && own.person != busy) return acts(own, own_supervisor());
    if (!own.person) {
      return {code_of(next_in_chain(busy)), own.because, std::string(own_supervisor())};
    }
    return {code_of(next_in_chain(busy)), Because::is_case_manager, own.person->code};
  }

  Acting core_center() const {
    const Found own = find(own_core_center());
    if (own.person) return acts(own, own_core_center());
    const Staff* city = directory_.city_supervisor(day_);
    return {code_of(city ? city : an_operator()), own.because, std::string(own_core_center())};
  }

  const Directory& directory_;
  const Office* office_;
  Day day_;
  const Staff* there_ = nullptr;  // the case manager, or whoever they named
  const Staff* busy_ = nullptr;   // else whoever stands in for them
  Acting manager_;
};

}  // namespace

std::string_view to_word(Role role) {
  switch (role) {
    case Role::case_manager:
      return "case_manager";
    case Role::supervisor:
      return "supervisor";
    case Role::core_center:
      return "core_center";
    case Role::operator_:
      return "operator";
    case Role::provider:
      return "provider";
    case Role::coordinator:
      return "coordinator";
  }
  return "";
}

Directory::Directory(std::vector<Office> offices, std::vector<Staff> staff,
                     std::vector<Absence> absences)
    : offices_(std::move(offices)), staff_(std::move(staff)), absences_(std::move(absences)) {
  sort_by_code(offices_);
  sort_by_code(staff_);
  std::stable_sort(absences_.begin(), absences_.end(),
                   [](const Absence& a, const Absence& b) { return a.staff < b.staff; });
  for (std::size_t i = 0; i < staff_.size(); ++i) {
    const Staff& s = staff_[i];
    staff_places_.try_emplace(s.code, i);
    if (s.role == Role::supervisor && s.office.empty()) city_supervisors_.push_back(i);
    if (s.role == Role::operator_) operators_.push_back(i);
    if (s.role == Role::coordinator) coordinators_[s.office].push_back(i);
  }
}

const Office* Directory::office(std::string_view code) const { return find_code(offices_, code); }

const Staff* Directory::staff(std::string_view code) const {
  const auto place = staff_places_.find(code);
  return place == staff_places_.end() ? nullptr : &staff_[place->second];
}

const Staff* Directory::active(std::string_view code, Day day) const {
  const Staff* found = staff(code);
  return found && (!found->until || day <= *found->until) ? found : nullptr;
}

const Absence* Directory::absence(std::string_view code, Day day) const {
  // Of two that overlap the one recorded last: what was said later corrects what was said before.
  const Absence* found = nullptr;
  for (const Absence& a : absences_of(code)) {
    const bool covers = a.from <= day && (!a.until || day <= *a.until);
    if (covers && (!found || a.id >= found->id)) found = &a;
  }
  return found;
}

std::span<const Absence> Directory::absences_of(std::string_view code) const {
  const auto begin =
      std::lower_bound(absences_.begin(), absences_.end(), code,
                       [](const Absence& a, std::string_view wanted) { return a.staff < wanted; });
  const auto end =
      std::find_if(begin, absences_.end(), [&](const Absence& a) { return a.staff != code; });
  return {begin, end};
}

std::optional<Day> Directory::next_change(std::string_view code, Day day) const {
  using std::chrono::days;
  std::optional<Day> next;
  const auto add = [&](Day change) {
    if (change > day && (!next || change < *next)) next = change;
  };
  const Staff* person = staff(code);
  for (std::size_t hops = 0; person && hops <= absences_.size(); ++hops) {
    if (person->until) add(*person->until + days{1});
    for (const Absence& a : absences_of(person->code)) {
      add(a.from);
      if (a.until) add(*a.until + days{1});
    }
    const Absence* away = absence(person->code, day);
    person = away && !away->delegate.empty() ? staff(away->delegate) : nullptr;
  }
  return next;
}

std::optional<Day> Directory::next_change_of_city(Day day) const {
  std::optional<Day> next;
  for (const std::size_t i : city_supervisors_) {
    const auto change = next_change(staff_[i].code, day);
    if (change && (!next || *change < *next)) next = change;
  }
  return next;
}

const Staff* Directory::present(std::string_view code, Day day) const {
  const Staff* person = active(code, day);
  for (std::size_t hops = 0; person && hops <= absences_.size(); ++hops) {
    const Absence* away = absence(person->code, day);
    if (!away) return person;
    person = active(away->delegate, day);
    if (person && person->role == Role::provider) return nullptr;
  }
  return nullptr;
}

// Who is there; else whom one who is away named.
const Staff* Directory::city_supervisor(Day day) const {
  const Staff* delegate = nullptr;
  for (const std::size_t i : city_supervisors_) {
    const Staff* there = present(staff_[i].code, day);
    if (there == &staff_[i]) return there;
    if (!delegate) delegate = there;
  }
  return delegate;
}

std::vector<const Staff*> Directory::coordinators(std::string_view office) const {
  std::vector<const Staff*> found;
  const auto places = coordinators_.find(office);
  if (places == coordinators_.end()) return found;
  for (const std::size_t i : places->second) found.push_back(&staff_[i]);
  return found;
}

std::vector<const Staff*> Directory::operators(Day day) const {
  std::vector<const Staff*> found;
  for (const std::size_t i : operators_) {
    if (active(staff_[i].code, day)) found.push_back(&staff_[i]);
  }
  return found;
}

Acting acting(const Directory& directory, std::string_view office, std::string_view case_manager,
              Role role, Day day) {
  return Finder(directory, office, case_manager, day).act(role);
}

Acting supervising(const Directory& directory, std::string_view office,
                   std::string_view case_manager, Day day) {
  return Finder(directory, office, case_manager, day).supervising();
}

std::vector<Acting> coordinators(const Directory& directory, std::string_view office,
                                 std::string_view case_manager, Day day) {
  return Finder(directory, office, case_manager, day).coordinators();
}

std::vector<Recipient> recipients(const Directory& directory, std::string_view office,
                                  std::string_view case_manager, const std::vector<Role>& roles,
                                  Day day) {
  const Finder finder(directory, office, case_manager, day);
  std::vector<Recipient> found;
  const auto add = [&](std::string code, Role role) {
    const bool known = std::any_of(found.begin(), found.end(),
                                   [&](const Recipient& r) { return r.staff == code; });
    if (!known) found.push_back({std::move(code), role});
  };
  for (const Role role : roles) {
    if (role != Role::coordinator) {
      add(finder.act(role).staff, role);
      continue;
    }
    for (Acting& one : finder.coordinators()) add(std::move(one.staff), role);
  }
  if (found.empty() && !roles.empty()) add(finder.supervising().staff, Role::supervisor);
  return found;
}

std::optional<Unassigned> unassigned(const Directory& directory, std::string_view case_manager,
                                     Day day) {
  if (case_manager.empty()) return Unassigned::none_named;
  const Staff* known = directory.staff(case_manager);
  // A row that became a provider's: it cannot be imported so, but rows of staff can change.
  if (!known || known->role == Role::provider) return Unassigned::unknown_code;
  if (!directory.active(case_manager, day)) return Unassigned::has_left;
  return {};
}

}  // namespace omamori
