#include "daemon/delivery/retry_times.h"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

namespace omamori {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

TEST(Backoff, EachStepWithinAFifthOfItsTable) {
  const seconds table[] = {seconds{5}, minutes{5}, minutes{30}, hours{2},  hours{5},
                           hours{10},  hours{14},  hours{20},   hours{24}, hours{24}};
  for (int attempts = 1; attempts <= 10; ++attempts) {
    const seconds wait = table[attempts - 1];
    seconds least = wait * 2;
    seconds most{0};
    for (int id = 0; id < 2000; ++id) {
      const seconds w = wait_after(attempts, "message-" + std::to_string(id));
      least = std::min(least, w);
      most = std::max(most, w);
      ASSERT_EQ(w, wait_after(attempts, "message-" + std::to_string(id)));
    }
    EXPECT_GE(least * 10, wait * 8) << attempts;
    EXPECT_LE(most * 10, wait * 12) << attempts;
    EXPECT_GE((most - least) * 5, wait) << attempts << ": no jitter";
  }
}

TEST(Backoff, ThePeersWishCountsUpToADay) {
  EXPECT_EQ(wait_after(1, "m", seconds{120}), seconds{120});
  EXPECT_LE(wait_after(1, "m", seconds{1}), seconds{6});
  EXPECT_GE(wait_after(1, "m", seconds{1}), seconds{4});
  EXPECT_EQ(wait_after(1, "m", hours{99}), hours{24});
}

}  // namespace
}  // namespace omamori
