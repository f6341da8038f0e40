#include "daemon/recording/act_holder.h"

#include <algorithm>
#include <utility>

#include "daemon/recording/link_holder.h"

namespace omamori {
namespace {

// The case manager, whoever acts for them, supervisor and core centre, as of today; and whoever was
// told of it as anything but the case manager. Who was and is not any more has lost it.
bool concerns(Service& service, const ClientFacts& facts, const Obligation& about,
              const std::string& staff) {
  const ClientVersion& client = facts.versions.back();
  const auto people =
      recipients(service.planning()->directory, client.office, client.case_manager,
                 {Role::case_manager, Role::supervisor, Role::coordinator, Role::core_center},
                 service.today());
  const bool is_told = std::any_of(people.begin(), people.end(),
                                   [&](const Recipient& person) { return person.staff == staff; });
  if (is_told || client.case_manager == staff) return true;
  const auto items = service.store().items_of_obligation(about.key);
  return std::any_of(items.begin(), items.end(), [&](const StoredItem& item) {
    return item.reminder.staff == staff && item.reminder.as != Role::case_manager;
  });
}

// By their role, or because the office names them although they manage cases themselves.
bool supervises(Service& service, const ActHolder& holder) {
  const Role role = holder.staff.role;
  if (role != Role::case_manager && role != Role::provider) return true;
  const ClientVersion& client = holder.facts.versions.back();
  const Acting who = supervising(service.planning()->directory, client.office, client.case_manager,
                                 service.today());
  return who.staff == holder.staff.code;
}

std::optional<ActHolder> holder_of(DoorToken token, Staff staff, const char* door,
                                   Service& service) {
  auto obligation = service.store().obligation(token.subject);
  if (!obligation) return {};
  auto facts = service.store().facts(obligation->obligation.client);
  if (!facts || !concerns(service, *facts, obligation->obligation, staff.code)) return {};
  ActHolder holder;
  holder.token = std::move(token);
  holder.staff = std::move(staff);
  holder.actor = door + holder.staff.code;
  holder.obligation = std::move(*obligation);
  holder.facts = std::move(*facts);
  holder.is_case_manager = holder.facts.versions.back().case_manager == holder.staff.code;
  holder.supervises = !holder.is_case_manager && supervises(service, holder);
  holder.acts = acts_for(holder.obligation.obligation.kind);
  if (holder.supervises) std::erase(holder.acts, DoorActKind::not_mine);
  return holder;
}

}  // namespace

std::optional<ActHolder> act_holder(std::string_view text, Service& service) {
  auto link = link_holder(text, kActDoor, service);
  if (!link) return {};
  return holder_of(std::move(link->token), std::move(link->staff), "link:", service);
}

// It has the hash of the line's link, so that what came by one of the two is known to the other.
std::optional<ActHolder> reply_holder(const Staff& staff, const std::string& obligation,
                                      Service& service) {
  const auto& key = service.token_key();
  if (!key) return {};
  const int generation = service.store().doors().generation(staff.code);
  const std::string link = make_token(*key, staff.code, obligation, kActDoor, generation);
  DoorToken token{hash_of(link), staff.code, obligation, kActDoor, generation, service.now()};
  return holder_of(std::move(token), staff, "reply:", service);
}

}  // namespace omamori
