// Who is told: roles to persons, with absences, delegates, leavers and offices of one. RULES.md
// section 4, "Digest" and "Absence of staff". Pure.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "daemon/model/acting_person.h"
#include "daemon/model/facts.h"

namespace omamori {

std::string_view to_word(Role role);

// Of codes, also where they are a part of something longer.
struct CodeHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view code) const {
    return std::hash<std::string_view>{}(code);
  }
};

// Offices, staff and absences, for look-up by code. Immutable once made; shared between threads.
class Directory {
 public:
  Directory() = default;
  Directory(std::vector<Office> offices, std::vector<Staff> staff, std::vector<Absence> absences);

  const Office* office(std::string_view code) const;
  const Staff* staff(std::string_view code) const;
  // Known and not gone (退職日 is the last day).
  const Staff* active(std::string_view code, Day day) const;
  // Known, and gone: nothing is told to them any more.
  bool has_left(std::string_view code, Day day) const { return staff(code) && !active(code, day); }
  const Absence* absence(std::string_view code, Day day) const;
  // `code` if there, else whom the absences lead to; null if that ends at somebody absent without a
  // delegate, gone, or in a circle.
  const Staff* present(std::string_view code, Day day) const;
  // The first day after `day` on which it may change whom present(code) is: somebody leaves, goes
  // away or is back, `code` or whoever stands in for them on `day`. Nothing: no such day is known.
  std::optional<Day> next_change(std::string_view code, Day day) const;
  // The same of the city-wide supervisors: when it may change who of them is there.
  std::optional<Day> next_change_of_city(Day day) const;
  // The city-wide supervisor (a supervisor without an office), and the operators; lowest code
  // first.
  const Staff* city_supervisor(Day day) const;
  std::vector<const Staff*> operators(Day day) const;
  // Those of an office, also who has left or is away; "" = those of no office: of the city.
  std::vector<const Staff*> coordinators(std::string_view office) const;
  const std::vector<Staff>& all_staff() const { return staff_; }
  const std::vector<Office>& all_offices() const { return offices_; }

 private:
  std::span<const Absence> absences_of(std::string_view code) const;

  std::vector<Office> offices_;
  std::vector<Staff> staff_;
  // Where a code is in staff_: asked for a dozen times a plan, of some thousand people.
  std::unordered_map<std::string, std::size_t, CodeHash, std::equal_to<>> staff_places_;
  // Places in staff_, because they are asked for again and again and a large city has thousands.
  std::vector<std::size_t> city_supervisors_;
  std::vector<std::size_t> operators_;
  std::unordered_map<std::string, std::vector<std::size_t>, CodeHash, std::equal_to<>>
      coordinators_;               // by office
  std::vector<Absence> absences_;  // ascending by staff, else in the order given
};

struct Recipient {
  std::string staff;  // empty: the operator without a staff record
  Role as = Role::case_manager;
  bool operator==(const Recipient&) const = default;
};

// Who acts in `role` for a client of `office` and `case_manager` on `day`. Where nobody acts as
// case manager the supervisor does; whoever acts as case manager is not the supervisor as well, but
// the next in the chain office → core centre → city-wide supervisor → operator. A provider is
// nobody's to look up: the operator.
Acting acting(const Directory& directory, std::string_view office, std::string_view case_manager,
              Role role, Day day);

// Who supervises, also where they stand in for a case manager: whom an obligation concerns that
// only a supervisor can end (daemon/rules/reminder_times.h).
Acting supervising(const Directory& directory, std::string_view office,
                   std::string_view case_manager, Day day);

// The coordinators (コーディネーター) of a client who are there, or whoever they named: those of
// the client's office, else of the core centre's office, else of the city. Often none.
std::vector<Acting> coordinators(const Directory& directory, std::string_view office,
                                 std::string_view case_manager, Day day);

// Who hears a stage addressed to `roles`, for a client of `office` and `case_manager`, on `day`.
// Never empty, nobody twice; a person who stands in for two roles is told in the first. Nobody
// stands in for coordinators, but the supervisor where a stage names nobody else.
std::vector<Recipient> recipients(const Directory& directory, std::string_view office,
                                  std::string_view case_manager, const std::vector<Role>& roles,
                                  Day day);

// Has the client somebody responsible on `day`? Nothing = yes; else why not.
enum class Unassigned { none_named, unknown_code, has_left };
std::optional<Unassigned> unassigned(const Directory& directory, std::string_view case_manager,
                                     Day day);

}  // namespace omamori
