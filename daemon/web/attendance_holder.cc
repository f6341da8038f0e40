#include "daemon/web/attendance_holder.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "daemon/recording/link_holder.h"
#include "daemon/rules/month_states.h"

namespace omamori {
namespace {

void add_checks(const ClientFacts& facts, const std::string& provider, Day today, Store& store,
                std::vector<ExpectedPerson>& people) {
  if (service_over(facts, today)) return;
  for (const Check& check : facts.checks) {
    const CheckTerms& terms = current(check).terms;
    if (terms.provider != provider || terms.from > today) continue;
    CheckStanding now = standing(terms, check.check_ins, today);
    if (!is_watched(now)) continue;
    const auto record = store.check(check.code);
    const bool due =
        awaits_check_in(check.check_ins, now, today) && suspension_on(facts, today) == nullptr;
    people.push_back(
        {facts.code, check.code, record ? record->provider_ref : "", now, check.check_ins, due});
  }
}

auto place_of(const ExpectedPerson& p) {
  const bool lapsed = p.standing.state == CheckState::lapsed;
  return std::tuple(!p.due, !lapsed, p.standing.deadline, p.client, p.check);
}

std::vector<ExpectedPerson> people_of(const std::string& provider, Service& service) {
  std::vector<ExpectedPerson> people;
  std::string before;
  for (const auto& of : service.store().doors().checks_of(provider)) {
    if (of.client == std::exchange(before, of.client)) continue;
    try {
      const auto facts = service.store().facts(of.client);
      if (facts) add_checks(*facts, provider, service.today(), service.store(), people);
    } catch (const BadRow&) {
      continue;  // it harms its own client, who is told of elsewhere
    }
  }
  std::sort(people.begin(), people.end(), [](const ExpectedPerson& a, const ExpectedPerson& b) {
    return place_of(a) < place_of(b);
  });
  return people;
}

}  // namespace

const ExpectedPerson* AttendanceHolder::find(const std::string& check) const {
  const auto found = std::find_if(people.begin(), people.end(),
                                  [&](const ExpectedPerson& p) { return p.check == check; });
  return found == people.end() ? nullptr : &*found;
}

std::optional<AttendanceHolder> attendance_holder(std::string_view text, Service& service) {
  auto link = link_holder(text, kAttendanceDoor, service);
  if (!link) return {};
  auto people = people_of(link->staff.code, service);
  if (people.empty()) return {};
  return AttendanceHolder{std::move(link->token), std::move(link->staff), std::move(people)};
}

}  // namespace omamori
