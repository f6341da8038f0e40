// What goes wrong in a simulated city: mail, the machine, its clock.
#include "tests/sim/city_life.h"

namespace omamori::sim {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

// Every so many starts the daemon looks at all tables, as it does after each of its own.
constexpr int kLooksAtTables = 8;

}  // namespace

void CityLife::trouble(int day) {
  SimulatedPeers& peers = world_.peers();
  if (chance(0.015)) peers.set_down(Channel::email, true);
  if (chance(0.4)) peers.set_down(Channel::email, false);
  if (chance(0.01)) peers.set_down(Channel::file, true);
  if (chance(0.5)) peers.set_down(Channel::file, false);
  if (chance(0.03)) peers.lose_answers(between(1, 3));
  const auto somebody = static_cast<std::size_t>(between(0, static_cast<int>(emails_.size()) - 1));
  if (chance(0.06)) peers.set_refused(emails_[somebody], true);
  if (chance(0.2)) {
    for (const std::string& email : emails_) peers.set_refused(email, false);
  }
  peers.set_delay(std::chrono::seconds{chance(0.1) ? between(1, 90) : 0});
  if (chance(0.03)) {
    world_.kill();
    world_.checks_database = ++starts_ % kLooksAtTables == 0;
    if (chance(0.2)) pass(hours{between(1, 200)});
    world_.start();
    world_.settle();
  }
  if (day % 365 == 150) wrong_clock();
}

void CityLife::wrong_clock() {
  world_.set_clock_error(hours{24 * 400});
  world_.settle();
  held_ = true;
  pass(minutes{5});  // what was on its way has arrived
  const std::size_t before = for_clients_;
  pass(hours{20});
  if (for_clients_ > before) {
    broken_.push_back("P6: a wrong clock was obeyed");
  }
  world_.set_clock_error(std::chrono::seconds{0});
  world_.accept_clock();
  held_ = false;
  world_.settle();
}

void CityLife::mend_everything() {
  world_.peers().set_down(Channel::email, false);
  world_.peers().set_down(Channel::file, false);
  for (const std::string& email : emails_) world_.peers().set_refused(email, false);
  world_.peers().set_delay(std::chrono::seconds{0});
}

}  // namespace omamori::sim
