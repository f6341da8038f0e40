// What goes on in a made-up city, day by day: visits kept and forgotten, visits announced and
// forgotten, check-ins late or never, concerns, records that were wrong, people in hospital, case
// managers who go on leave, leave for good and are followed by others, supervisors who edit the
// policy well and badly, mail that fails, a machine that is killed, switched off, and once has a
// wrong clock. After every step the promises are checked (tests/sim/promises.h).
#pragma once

#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "db/store.h"
#include "tests/sim/promises.h"
#include "tests/sim/providers_answer.h"
#include "tests/sim/told_once.h"

namespace omamori::sim {

// How those who were told answer: somebody records it for them, or they do so themselves.
enum class Answers { by_command, by_door };

class CityLife {
 public:
  CityLife(std::uint32_t seed, int clients, Answers answers = Answers::by_command);

  // So many days of it, then ten quiet days on which everything works.
  void play(int days);

  const std::vector<std::string>& broken() const { return broken_; }
  std::int64_t still_owed() { return world_.store().counts().owed_items; }
  std::string owed();
  std::size_t messages() const { return promises_.accepted.size(); }
  std::size_t looks() const { return looks_; }
  // How often each thing happened, by its name.
  const std::map<std::string, int>& events() const { return events_; }
  // What came by the doors; only where people answer by them.
  Doorway& doorway() { return *doorway_; }

 private:
  bool chance(double p) { return std::bernoulli_distribution(p)(dice_); }
  int between(int least, int most) { return std::uniform_int_distribution(least, most)(dice_); }
  void pass(std::chrono::seconds time);
  void one_day(int day);
  // What a command refuses (a client who has left, a suspension over another) does not happen.
  template <typename Act>
  void event(const std::string& what, const std::string& client, Act act);
  void record(const std::string& client, const std::string& command,
              std::map<std::string, std::string> options);
  void everybody_is_touched();
  void a_day_has_passed(int day);
  // Mostly today, sometimes written down days later.
  std::string lately();

  void case_managers_work();
  void visit_or_announce(const std::string& client);
  void renewal(const std::string& client);
  void assign(const std::string& client);
  void suspensions(const std::string& client);
  void providers_work();
  void open_doors(std::uint32_t seed, std::vector<std::string> private_words);
  void people_answer();
  void people_come_and_go();
  void somebody_leaves(StaffRecord& manager);
  void supervisors_edit();
  void trouble(int day);
  void wrong_clock();
  void mend_everything();
  void look();
  void add(const std::vector<std::string>& broken);

  const Instant begin_;
  std::mt19937 dice_;
  World world_;
  Book book_;
  Promises promises_;
  ToldOnce once_;
  std::unique_ptr<Doorway> doorway_;  // null: nobody answers by a door
  std::unique_ptr<PeopleAnswer> people_;
  std::unique_ptr<ProvidersAnswer> providers_;
  int starts_ = 0;
  bool held_ = false;
  int newcomers_ = 0;
  std::vector<std::string> clients_, checks_, emails_;
  std::vector<StaffRecord> managers_;
  std::string overrides_;  // of policy.toml so far
  Promises::Look look_;    // whom the next one is about
  std::vector<std::string> broken_;
  std::set<std::string> known_;
  std::size_t looks_ = 0;
  std::size_t for_clients_ = 0;  // messages accepted that are about clients
  std::map<std::string, int> events_;
};

}  // namespace omamori::sim
