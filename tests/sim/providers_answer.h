// Providers who confirm their people on the page of attendance, by form or by file, some of it
// twice and by a list besides; and sensors that call the address of their safety check.
#pragma once

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "tests/sim/people_answer.h"

namespace omamori::sim {

class ProvidersAnswer {
 public:
  ProvidersAnswer(World& world, Doorway& doorway, std::uint32_t seed, PeopleAnswer::Around around)
      : world_(world), doorway_(doorway), dice_(seed), around_(std::move(around)) {}

  // A day of their work.
  void answer(const std::vector<std::string>& checks);

 private:
  bool chance(double p) { return std::bernoulli_distribution(p)(dice_); }
  int between(int least, int most) { return std::uniform_int_distribution(least, most)(dice_); }
  void attend(const LinkGot& link);
  void send_form(const LinkGot& link, const PageForm& form);
  void send_file(const LinkGot& link, const PageForm& form, const std::vector<std::string>& checks);
  void by_list(const std::string& check, Day on, const std::string& outcome);
  void take_back(const LinkGot& link, const HttpResponse& done);
  void sensor_calls(const std::string& check);
  std::string outcome();
  Day lately();

  World& world_;
  Doorway& doorway_;
  std::mt19937 dice_;
  PeopleAnswer::Around around_;
  std::map<std::string, std::string> sensors_;  // path of the ping, by check
};

}  // namespace omamori::sim
