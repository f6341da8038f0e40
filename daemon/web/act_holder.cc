#include "daemon/web/act_holder.h"

#include <algorithm>
#include <utility>

namespace omamori {
namespace {

// The case manager, whoever acts for them, supervisor and core centre, as of today; and whoever was
// told of it as anything but the case manager. Who was and is not any more has lost it.
bool concerns(Service& service, const ClientFacts& facts, const Obligation& about,
              const std::string& staff) {
  const ClientVersion& client = facts.versions.back();
  const auto people =
      recipients(service.planning()->directory, client.office, client.case_manager,
                 {Role::case_manager, Role::supervisor, Role::core_center}, service.today());
  const bool is_told = std::any_of(people.begin(), people.end(),
                                   [&](const Recipient& person) { return person.staff == staff; });
  if (is_told || client.case_manager == staff) return true;
  const auto items = service.store().items_of_obligation(about.key);
  return std::any_of(items.begin(), items.end(), [&](const StoredItem& item) {
    return item.reminder.staff == staff && item.reminder.as != Role::case_manager;
  });
}

}  // namespace

std::optional<ActHolder> act_holder(std::string_view text, Service& service) {
  const auto token = read_token(text);
  const auto& key = service.token_key();
  if (!token || !key) return {};
  DoorRecords& doors = service.store().doors();
  auto known = doors.find(hash_of(*token));
  if (!known || known->carried_at + kLinkLives < service.now()) return {};
  // The key may have been replaced, and the links of this person revoked.
  const int generation = doors.generation(known->staff);
  if (make_token(*key, known->staff, known->subject, known->door, generation) != *token) return {};
  const Staff* staff = service.planning()->directory.active(known->staff, service.today());
  auto obligation = service.store().obligation(known->subject);
  if (!staff || !obligation) return {};
  auto facts = service.store().facts(obligation->obligation.client);
  if (!facts || !concerns(service, *facts, obligation->obligation, known->staff)) return {};
  ActHolder holder{std::move(*known), *staff, std::move(*obligation), std::move(*facts)};
  holder.is_case_manager = holder.facts.versions.back().case_manager == holder.staff.code;
  return holder;
}

}  // namespace omamori
