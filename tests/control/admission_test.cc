// Who comes in at the control socket: both sides of each bound.
#include "daemon/control/admission.h"

#include <gtest/gtest.h>

#include "daemon/control/server.h"

namespace omamori {
namespace {

using Place = Admission::Place;

ControlLimits limits() {
  ControlLimits limits;
  limits.clients = 3;
  limits.clients_of_user = 2;
  limits.waiting = 3;
  limits.waiting_of_user = 2;
  limits.bodies = 100;
  limits.bodies_of_user = 60;
  return limits;
}

TEST(Admission, AUserFillsTheirOwnRoomAndNobodyElses) {
  const ControlLimits bounds = limits();
  Admission door(bounds);
  EXPECT_EQ(door.come(1, false), Place::in);
  EXPECT_EQ(door.come(1, false), Place::in);
  EXPECT_EQ(door.come(1, false), Place::outside);
  EXPECT_EQ(door.come(1, false), Place::outside);
  EXPECT_EQ(door.come(1, false), Place::nowhere);
  EXPECT_EQ(door.come(2, false), Place::in);
  EXPECT_EQ(door.come(3, false), Place::outside) << "three are in";
  EXPECT_EQ(door.come(4, false), Place::nowhere) << "three wait";
  EXPECT_EQ(door.come(0, true), Place::in) << "for the owner there is always room";
  EXPECT_EQ(door.come(0, true), Place::in);
  EXPECT_EQ(door.come(0, true), Place::nowhere) << "of their own, which ends as well";
}

TEST(Admission, WhoWaitsComesInWhenSomebodyLeavesAndNobodyPassesThem) {
  const ControlLimits bounds = limits();
  Admission door(bounds);
  door.come(1, false);
  door.come(1, false);
  EXPECT_EQ(door.come(1, false), Place::outside);
  EXPECT_FALSE(door.may_come_in(1, false));
  door.left(1, false);
  EXPECT_EQ(door.come(1, false), Place::outside) << "behind the one who waits";
  EXPECT_TRUE(door.may_come_in(1, false));
  door.waits_no_more(1);
  EXPECT_FALSE(door.may_come_in(1, false));
}

TEST(Admission, WhatIsSentAtOnceIsBoundedForOneUserAndForAll) {
  const ControlLimits bounds = limits();
  Admission door(bounds);
  EXPECT_FALSE(door.take(1, 61));
  EXPECT_TRUE(door.take(1, 60));
  EXPECT_FALSE(door.take(1, 1));
  EXPECT_TRUE(door.take(2, 40));
  EXPECT_FALSE(door.take(3, 1)) << "in all";
  door.give_back(1, 60);
  EXPECT_TRUE(door.take(3, 60));
}

}  // namespace
}  // namespace omamori
