// One year of a made-up city: visits kept and forgotten, check-ins late or never, concerns, people
// in hospital, people leaving, mail that fails, a machine that is killed, switched off, and once
// has a wrong clock. After every step the promises are checked (tests/sim/promises.h).
//
// OMAMORI_SEED=n plays another year; the seed of a failure is printed with it.
#include <cstdlib>
#include <iostream>
#include <random>

#include <gtest/gtest.h>

#include "daemon/calendar.h"
#include "tests/sim/promises.h"
#include "tests/tools/sample_city.h"

namespace omamori::sim {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

constexpr int kClients = 60;
constexpr int kDays = 365;
constexpr int kQuietDays = 10;
constexpr std::size_t kShown = 12;  // broken promises that are shown

class Year {
 public:
  explicit Year(std::uint32_t seed) : dice_(seed), world_(begin_, ""), promises_(world_) {
    world_.at_rest = [this] { look(); };
    const SampleCity city =
        sample_city({world_.zone().day_of(begin_), kClients, seed, channels(seed)}, world_.zone());
    std::map<CsvKind, std::string> files;
    for (std::size_t i = 0; i < kCsvKinds; ++i) {
      const auto kind = static_cast<CsvKind>(i);
      files[kind] = sample_csv(city, kind, world_.zone());
    }
    world_.import(files);
    for (const ClientRecord& client : city.clients) clients_.push_back(client.code);
    for (const CheckRecord& check : city.checks) checks_.push_back(check.code);
    for (const StaffRecord& staff : city.staff) {
      if (staff.role == Role::case_manager) managers_.push_back(staff);
      emails_.push_back(staff.email);
    }
  }

  void play() {
    world_.start();
    world_.settle();
    for (int day = 1; day <= kDays && broken_.size() < kShown; ++day) one_day(day);
    mend_everything();
    for (int day = 1; day <= kQuietDays; ++day) pass(hours{24});
    for (const std::string& client : clients_) touched_.insert(client);
    look();
  }

  const std::vector<std::string>& broken() const { return broken_; }
  std::int64_t still_owed() { return world_.store().counts().owed_items; }
  std::string owed() {
    std::string text;
    for (const StoredItem& i : world_.store().owed_since(Instant::max())) {
      text += i.reminder.obligation + " " + i.reminder.stage + " to " + i.reminder.staff + "\n";
    }
    return text;
  }
  std::size_t messages() const { return promises_.accepted.size(); }
  std::size_t looks() const { return looks_; }
  std::size_t events() const { return events_; }

 private:
  // In even years nobody has a second channel, and another person must be told.
  static std::vector<Channel> channels(std::uint32_t seed) {
    if (seed % 2 == 0) return {Channel::email};
    return {Channel::email, Channel::file};
  }

  bool chance(double p) { return std::bernoulli_distribution(p)(dice_); }
  int between(int least, int most) { return std::uniform_int_distribution(least, most)(dice_); }

  void pass(std::chrono::seconds time) {
    world_.run_until(world_.true_now() + time);
    if (world_.running()) world_.settle();
  }

  void one_day(int day) {
    pass(hours{between(1, 9)});
    trouble(day);
    people_work();
    pass(minutes{between(10, 500)});
    providers_work();
    // To the end of the day.
    const Day next = world_.zone().day_of(world_.true_now()) + days{1};
    world_.run_until(world_.zone().start_of(next));
    for (const std::string& client : clients_) touched_.insert(client);
    if (world_.running()) world_.settle();
  }

  // What a command refuses (a client who has left, a suspension over another) does not happen.
  template <typename Act>
  void event(const std::string& client, Act act) {
    try {
      act();
    } catch (const std::runtime_error&) {
      return;
    }
    ++events_;
    touched_.insert(client);
    world_.settle();
  }

  void record(const std::string& client, const std::string& command,
              std::map<std::string, std::string> options) {
    event(client, [&] { world_.run(command, options); });
  }

  void people_work() {
    for (const std::string& client : clients_) {
      bool visit = chance(0.004), contact = false, renew = false, unassigned = false;
      for (const Obligation& o : world_.store().live_obligations(client)) {
        using Kind = ObligationKind;
        const bool of_visit = o.kind == Kind::monitoring || o.kind == Kind::streak ||
                              o.kind == Kind::baseline || o.kind == Kind::return_;
        visit |= of_visit && chance(0.035);
        contact |= (o.kind == Kind::lapse || o.kind == Kind::concern) && chance(0.12);
        renew |= (o.kind == Kind::renewal || o.kind == Kind::expired) && chance(0.03);
        unassigned |= o.kind == Kind::unassigned && chance(0.1);
      }
      if (visit) record(client, "record monitoring", {{"client", client}, {"on", lately()}});
      if (contact) record(client, "record contact", {{"client", client}, {"on", lately()}});
      if (renew) renewal(client);
      if (unassigned || chance(0.0008)) assign(client);
      suspensions(client);
      if (chance(0.0002)) record(client, "end", {{"client", client}});
    }
  }

  // Mostly today, sometimes written down days later.
  std::string lately() {
    const Day today = world_.service().today();
    return to_string(chance(0.8) ? today : today - days{between(1, 12)});
  }

  void renewal(const std::string& client) {
    const auto periods = world_.store().periods(client);
    const auto known = world_.store().client(client);
    if (periods.empty() || !known) return;
    const Day start = std::max(periods.back().period.end + days{1},
                               world_.service().today() - days{between(0, 20)});
    event(client, [&] {
      world_.import(
          {{CsvKind::clients, "client_code,office_code,plan_kind,decision_start,decision_end\n" +
                                  client + "," + known->office + ",standby_short_stay," +
                                  to_string(start) + "," + to_string(start + days{364}) + "\n"}});
    });
  }

  void assign(const std::string& client) {
    const auto known = world_.store().client(client);
    std::vector<std::string> there;
    for (const StaffRecord& staff : managers_) {
      if (staff.office == known->office && !staff.until) there.push_back(staff.code);
    }
    const auto which = static_cast<std::size_t>(between(0, static_cast<int>(there.size()) - 1));
    record(client, "assign", {{"client", client}, {"staff", there[which]}});
  }

  void suspensions(const std::string& client) {
    if (chance(0.001)) {
      std::map<std::string, std::string> options{{"client", client}, {"reason", "入院"}};
      if (chance(0.5)) {
        options["until"] = to_string(world_.service().today() + days{between(5, 60)});
      }
      record(client, "suspend", options);
    } else if (chance(0.02)) {
      record(client, "resume", {{"client", client}});
    }
  }

  void providers_work() {
    for (const std::string& check : checks_) {
      if (!chance(0.035)) continue;
      const auto known = world_.store().check(check);
      const char* outcome = chance(0.04) ? "concern" : chance(0.06) ? "unreachable" : "ok";
      record(known->client, "record check-in",
             {{"check", check}, {"outcome", outcome}, {"at", lately()}});
    }
  }

  void trouble(int day) {
    SimulatedPeers& peers = world_.peers();
    if (chance(0.015)) peers.set_down(Channel::email, true);
    if (chance(0.4)) peers.set_down(Channel::email, false);
    if (chance(0.01)) peers.set_down(Channel::file, true);
    if (chance(0.5)) peers.set_down(Channel::file, false);
    if (chance(0.03)) peers.lose_answers(between(1, 3));
    const auto somebody =
        static_cast<std::size_t>(between(0, static_cast<int>(emails_.size()) - 1));
    if (chance(0.06)) peers.set_refused(emails_[somebody], true);
    if (chance(0.2)) {
      for (const std::string& email : emails_) peers.set_refused(email, false);
    }
    peers.set_delay(std::chrono::seconds{chance(0.1) ? between(1, 90) : 0});
    if (chance(0.03)) {
      world_.kill();
      if (chance(0.2)) pass(hours{between(1, 200)});
      world_.start();
      world_.settle();
    }
    if (day == 150) wrong_clock();
  }

  void wrong_clock() {
    world_.set_clock_error(hours{24 * 400});
    world_.settle();
    const std::size_t before = promises_.accepted.size();
    held_ = true;
    pass(hours{20});
    if (promises_.accepted.size() > before + 4) {
      broken_.push_back("P6: a wrong clock was obeyed");
    }
    world_.set_clock_error(std::chrono::seconds{0});
    world_.accept_clock();
    held_ = false;
    world_.settle();
  }

  void mend_everything() {
    world_.peers().set_down(Channel::email, false);
    world_.peers().set_down(Channel::file, false);
    for (const std::string& email : emails_) world_.peers().set_refused(email, false);
    world_.peers().set_delay(std::chrono::seconds{0});
  }

  void look() {
    for (const Accepted& accepted : world_.peers().take_accepted()) {
      promises_.accepted.insert(accepted.id);
      const ToldMessage message = told_message(accepted, world_.store());
      for (const ToldLine& line : message.lines) {
        touched_.insert(line.obligation.substr(0, line.obligation.find('/')));
      }
      add(once_.hear(message));
    }
    if (!world_.running() || held_ || world_.status().find("clock") != std::string::npos) return;
    ++looks_;
    add(promises_.check(touched_));
    touched_.clear();
  }

  void add(const std::vector<std::string>& broken) {
    // Once each: what is broken stays so at every later look.
    for (const std::string& one : broken) {
      if (known_.insert(one.substr(one.find(": "))).second) broken_.push_back(one);
    }
  }

  const Instant begin_ = parse_instant("2026-04-15T09:00:00+09:00").value();
  std::mt19937 dice_;
  World world_;
  Promises promises_;
  ToldOnce once_;
  bool held_ = false;
  std::vector<std::string> clients_, checks_, emails_;
  std::vector<StaffRecord> managers_;
  std::set<std::string> touched_;
  std::vector<std::string> broken_;
  std::set<std::string> known_;
  std::size_t looks_ = 0, events_ = 0;
};

TEST(SimulatedYear, KeepsItsPromisesAfterEveryStep) {
  const char* asked = std::getenv("OMAMORI_SEED");
  const auto seed = static_cast<std::uint32_t>(asked ? std::strtoul(asked, nullptr, 10) : 20260416);
  SCOPED_TRACE("OMAMORI_SEED=" + std::to_string(seed));
  Year year(seed);
  year.play();
  std::cout << "seed " << seed << ": " << year.events() << " events, " << year.looks() << " looks, "
            << year.messages() << " messages\n";
  for (std::size_t i = 0; i < std::min(kShown, year.broken().size()); ++i) {
    ADD_FAILURE() << year.broken()[i];
  }
  EXPECT_EQ(year.still_owed(), 0) << "after ten quiet days with mail working:\n" << year.owed();
  EXPECT_GT(year.messages(), 500U) << "else this was no year";
}

}  // namespace
}  // namespace omamori::sim
