#include "daemon/model/check_in_order.h"

#include <tuple>

namespace omamori {
namespace {

// 0 first of its day, 2 last; 1 where its hour says it.
int place_in_day(const CheckIn& said) {
  if (!said.day_alone || said.outcome == Outcome::unreachable) return 1;
  return said.outcome == Outcome::concern ? 2 : 0;
}

auto order_of(const CheckIn& said) {
  return std::tuple(said.on, place_in_day(said), said.at, said.outcome == Outcome::concern,
                    said.id);
}

}  // namespace

bool said_before(const CheckIn& one, const CheckIn& other) {
  return order_of(one) < order_of(other);
}

}  // namespace omamori
