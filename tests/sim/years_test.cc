// Three years of a made-up city (tests/sim/city_life.h), five times over with other dice; under a
// sanitizer, which is much slower, one year.
//
// OMAMORI_SEED=n plays other years, OMAMORI_YEARS=n more of them, OMAMORI_CLIENTS=n those of a
// larger or smaller city; what plays a failure again is printed with it.
#include <cstdlib>
#include <ctime>
#include <iomanip>
#include <iostream>

#include <gtest/gtest.h>

#include "tests/sim/city_life.h"

namespace omamori::sim {
namespace {

constexpr int kDaysOfAYear = 365;
constexpr int kClients = 60;
#ifdef OMAMORI_ONE_YEAR
constexpr int kYears = 1;
const auto kSeeds = testing::Values(20260416U);
#else
constexpr int kYears = 3;
const auto kSeeds = testing::Values(20260416U, 20260415U, 7U);
const auto kOtherSeeds = testing::Values(8U, 9U);
#endif

std::uint32_t asked(const char* name, std::uint32_t otherwise) {
  const char* said = std::getenv(name);
  return said ? static_cast<std::uint32_t>(std::strtoul(said, nullptr, 10)) : otherwise;
}

double cpu_seconds() {
  return static_cast<double>(std::clock()) / static_cast<double>(CLOCKS_PER_SEC);
}

class SimulatedYears : public testing::TestWithParam<std::uint32_t> {};

TEST_P(SimulatedYears, KeepTheirPromisesAfterEveryStep) {
  const std::uint32_t seed = asked("OMAMORI_SEED", GetParam());
  const int years = static_cast<int>(asked("OMAMORI_YEARS", kYears));
  const int clients = static_cast<int>(asked("OMAMORI_CLIENTS", kClients));
  SCOPED_TRACE("OMAMORI_SEED=" + std::to_string(seed) + " OMAMORI_YEARS=" + std::to_string(years) +
               " OMAMORI_CLIENTS=" + std::to_string(clients));
  const double begin = cpu_seconds();
  CityLife city(seed, clients);
  city.play(years * kDaysOfAYear);
  const int client_years = clients * years;
  std::cout << "seed " << seed << ": " << client_years << " client-years, " << std::fixed
            << std::setprecision(1) << client_years / (cpu_seconds() - begin)
            << " client-years/s CPU, " << city.looks() << " looks, " << city.messages()
            << " messages";
  for (const auto& [what, times] : city.events()) std::cout << ", " << times << " " << what;
  std::cout << "\n";
  for (const std::string& broken : city.broken()) ADD_FAILURE() << broken;
  EXPECT_EQ(city.still_owed(), 0) << "after ten quiet days with mail working:\n" << city.owed();
  EXPECT_GT(city.messages(), 500U * static_cast<unsigned>(years)) << "else these were no years";
  for (const char* what : {"ack", "absence", "policy", "bad policy", "record monitoring", "suspend",
                           "record check-in", "renewal", "assign", "void", "sees to it"}) {
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
