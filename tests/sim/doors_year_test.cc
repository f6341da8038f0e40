// A year of a made-up city in which everybody who is told answers by the links of their messages
// (tests/sim/people_answer.h), providers by their page and sensors by their key, while a mail
// scanner follows every link before them: the promises of the other years hold, and those of P8.
//
// OMAMORI_SEED=n plays another year, OMAMORI_YEARS=n more of them, OMAMORI_CLIENTS=n those of a
// larger or smaller city; what plays a failure again is printed with it.
#include <array>
#include <cstdlib>
#include <ctime>
#include <iomanip>
#include <iostream>

#include <gtest/gtest.h>

#include "tests/sim/city_life.h"

namespace omamori::sim {
namespace {

#ifdef OMAMORI_ONE_YEAR  // under a sanitizer, which is much slower: too short for all that happens
constexpr int kDays = 120;
constexpr std::uint32_t kCity = 30;
constexpr bool kWholeYear = false;
#else
constexpr int kDays = 365;
constexpr std::uint32_t kCity = 60;
constexpr bool kWholeYear = true;
#endif
constexpr std::uint32_t kSeed = 20260416;

std::uint32_t environment(const char* name, std::uint32_t otherwise) {
  const char* said = std::getenv(name);
  return said ? static_cast<std::uint32_t>(std::strtoul(said, nullptr, 10)) : otherwise;
}

double seconds_of_cpu() {
  return static_cast<double>(std::clock()) / static_cast<double>(CLOCKS_PER_SEC);
}

void print(const std::map<std::string, int>& events) {
  for (const auto& [what, times] : events) std::cout << ", " << times << " " << what;
}

// Of those with as many links as in a busy month: by whose nothing came.
std::vector<std::string> silent_case_managers(const Doorway& doorway) {
  constexpr std::size_t kBusy = 12;
  std::set<std::string> answered;
  for (const auto& [id, act] : doorway.promises.acts()) answered.insert(act.staff);
  std::vector<std::string> silent;
  for (const auto& [staff, links] : doorway.inbox()) {
    const bool manages = staff.starts_with("SM-") || staff.starts_with("CM-");
    if (manages && links.size() >= kBusy && answered.count(staff) == 0) silent.push_back(staff);
  }
  return silent;
}

// What no year is without.
constexpr std::array<const char*, 32> kHappens{"visited",
                                               "by another line",
                                               "will_visit",
                                               "contacted",
                                               "on_it",
                                               "away",
                                               "ended",
                                               "not_mine",
                                               "sent twice",
                                               "list of visits",
                                               "known already",
                                               "undone",
                                               "undone too late",
                                               "mistyped",
                                               "used what is over",
                                               "ended what is urgent",
                                               "link gone",
                                               "forged",
                                               "attendance",
                                               "attendance twice",
                                               "attendance by file",
                                               "attendance undone",
                                               "list of check-ins",
                                               "ping",
                                               "ping/fail",
                                               "ping/1",
                                               "ping twice",
                                               "replied",
                                               "replied twice",
                                               "undone by reply",
                                               "out of office",
                                               "a loop of answers"};

TEST(AYearOfAnswers, ByLinkKeepsThePromisesAndNoScannerChangesAnything) {
  const std::uint32_t seed = environment("OMAMORI_SEED", kSeed);
  const auto years = static_cast<int>(environment("OMAMORI_YEARS", 1));
  const auto clients = static_cast<int>(environment("OMAMORI_CLIENTS", kCity));
  SCOPED_TRACE("OMAMORI_SEED=" + std::to_string(seed) + " OMAMORI_YEARS=" + std::to_string(years) +
               " OMAMORI_CLIENTS=" + std::to_string(clients));
  const double begin = seconds_of_cpu();
  CityLife city(seed, clients, Answers::by_door);
  city.play(years * kDays);
  Doorway& doorway = city.doorway();
  const double scan = seconds_of_cpu();
  for (const std::string& wrong : doorway.scanner.scan_all()) ADD_FAILURE() << wrong;
  const double end = seconds_of_cpu();
  const int client_years = clients * years;
  std::cout << "seed " << seed << ": " << client_years << " client-years, " << std::fixed
            << std::setprecision(1) << client_years / (end - begin) << " client-years/s CPU, "
            << end - scan << " s of it for the last look at " << doorway.scanner.links()
            << " links, " << doorway.scanner.requests() << " requests of the scanner, "
            << city.messages() << " messages";
  print(city.events());
  print(doorway.events());
  std::cout << "\n";
  for (const std::string& broken : city.broken()) ADD_FAILURE() << broken;
  for (const std::string& wrong : doorway.promises.check()) ADD_FAILURE() << wrong;
  EXPECT_EQ(city.still_owed(), 0) << "after ten quiet days with mail working:\n" << city.owed();
  EXPECT_EQ(silent_case_managers(doorway), std::vector<std::string>());
  if (!kWholeYear) return;
  for (const char* what : kHappens) {
    EXPECT_GT(doorway.events().count(what), 0U) << what << " never happened";
  }
}

}  // namespace
}  // namespace omamori::sim
