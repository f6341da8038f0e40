// Three years of a made-up city (tests/sim/city_life.h), five times over with other dice; under a
// sanitizer, which is much slower, one year.
//
// OMAMORI_SEED=n plays other years; the seed of a failure is printed with it.
#include <cstdlib>
#include <iostream>

#include <gtest/gtest.h>

#include "tests/sim/city_life.h"

namespace omamori::sim {
namespace {

constexpr int kDaysOfAYear = 365;
#ifdef OMAMORI_ONE_YEAR
constexpr int kYears = 1;
const auto kSeeds = testing::Values(20260416U);
#else
constexpr int kYears = 3;
const auto kSeeds = testing::Values(20260416U, 20260415U, 7U);
const auto kOtherSeeds = testing::Values(8U, 9U);
#endif

class SimulatedYears : public testing::TestWithParam<std::uint32_t> {};

TEST_P(SimulatedYears, KeepTheirPromisesAfterEveryStep) {
  const char* asked = std::getenv("OMAMORI_SEED");
  const auto seed =
      asked ? static_cast<std::uint32_t>(std::strtoul(asked, nullptr, 10)) : GetParam();
  SCOPED_TRACE("OMAMORI_SEED=" + std::to_string(seed));
  CityLife city(seed);
  city.play(kYears * kDaysOfAYear);
  std::cout << "seed " << seed << ": " << city.looks() << " looks, " << city.messages()
            << " messages";
  for (const auto& [what, times] : city.events()) std::cout << ", " << times << " " << what;
  std::cout << "\n";
  for (const std::string& broken : city.broken()) ADD_FAILURE() << broken;
  EXPECT_EQ(city.still_owed(), 0) << "after ten quiet days with mail working:\n" << city.owed();
  EXPECT_GT(city.messages(), 500U * kYears) << "else these were no years";
  for (const char* what : {"ack", "absence", "policy", "bad policy", "record monitoring", "suspend",
                           "record check-in", "renewal", "assign", "void"}) {
    EXPECT_GT(city.events().count(what), 0U) << what << " never happened";
  }
}

const auto kBySeed = [](const auto& param) { return std::to_string(param.param); };

INSTANTIATE_TEST_SUITE_P(Seeds, SimulatedYears, kSeeds, kBySeed);
#ifndef OMAMORI_ONE_YEAR  // a suite is one entry of ctest: two of them play at the same time
INSTANTIATE_TEST_SUITE_P(OtherSeeds, SimulatedYears, kOtherSeeds, kBySeed);
#endif

}  // namespace
}  // namespace omamori::sim
