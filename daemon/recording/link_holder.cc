#include "daemon/recording/link_holder.h"

#include <utility>

namespace omamori {

std::optional<LinkHolder> link_holder(std::string_view text, std::string_view door,
                                      Service& service) {
  const auto token = read_token(text);
  const auto& key = service.token_key();
  if (!token || !key) return {};
  DoorRecords& doors = service.store().doors();
  auto known = doors.find(hash_of(*token));
  if (!known || known->door != door) return {};
  if (known->carried_at + kLinkLives < service.now()) return {};
  // The key may have been replaced, and the links of this person revoked.
  const int generation = doors.generation(known->staff);
  if (make_token(*key, known->staff, known->subject, known->door, generation) != *token) return {};
  const Staff* staff = service.planning()->directory.active(known->staff, service.today());
  if (!staff) return {};
  return LinkHolder{std::move(*known), *staff};
}

}  // namespace omamori
