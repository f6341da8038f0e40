// How long anybody waits while the mail server misbehaves: the table of ARCHITECTURE.md is measured
// here, on the real daemon with a clock that jumps from wake to wake, and must say the same.
//
// CM-1 to CM-4 have a client each and hear of it at 08:30. At 10:00 somebody finds something wrong
// with the client of CM-1: urgent, to CM-1 (by email, then as a file) and to SV-1 (by email only).
// The server misbehaves from 08:00 to 20:00, then it works. The operator hears by file.
#include <fstream>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/model/calendar.h"
#include "tests/sim/world.h"
#include "tests/support/places.h"

namespace omamori::sim {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

Manner fine(const Parcel&) { return {Sent{"250 ok"}}; }

bool is_to(const Parcel& parcel, const char* person) { return parcel.address.to == person; }

SendResult no_connection() { return TryAgain{.why = "no connection", .peer_down = true}; }
SendResult busy() { return TryAgain{.why = "451 later"}; }
SendResult hangs_up() { return TryAgain{.why = "hung up", .unclear = true}; }
SendResult no_answer() { return TryAgain{.why = "no answer", .unknown = true, .unclear = true}; }
SendResult rejected() {
  return TryAgain{.why = "553 5.1.8", .peer_down = true, .until_mended = true};
}
SendResult denied() { return Refused{"554 5.7.1 denied", false, "RCPT 554 5.7.1"}; }

constexpr const char* kOne = "cm1@example.jp";
constexpr minutes kAnswerLimit{10};

// By the first column of the table.
const std::map<std::string, SimulatedPeers::Manners>& misbehaviours() {
  static const std::map<std::string, SimulatedPeers::Manners> all{
      {"nothing: it works", &fine},
      {"no connection", [](const Parcel&) { return Manner{no_connection()}; }},
      {"`451` to MAIL",
       [](const Parcel&) { return Manner{TryAgain{.why = "451 later", .peer_down = true}}; }},
      {"`553` to MAIL", [](const Parcel&) { return Manner{rejected()}; }},
      {"`554 5.7.1` to everybody's RCPT", [](const Parcel&) { return Manner{denied()}; }},
      {"`550 5.1.1` to RCPT of CM-1",
       [](const Parcel& p) { return is_to(p, kOne) ? Manner{Refused{"550 5.1.1"}} : fine(p); }},
      {"`451` to RCPT of CM-1",
       [](const Parcel& p) { return is_to(p, kOne) ? Manner{busy()} : fine(p); }},
      {"hangs up at RCPT of CM-1",
       [](const Parcel& p) { return is_to(p, kOne) ? Manner{hangs_up()} : fine(p); }},
      {"hangs up at everybody's RCPT", [](const Parcel&) { return Manner{hangs_up()}; }},
      {"never answers the final dot to CM-1",
       [](const Parcel& p) {
         return is_to(p, kOne) ? Manner{no_answer(), kAnswerLimit} : fine(p);
       }},
      {"never answers the final dot",
       [](const Parcel&) {
         return Manner{no_answer(), kAnswerLimit};
       }},
      {"cuts the answer to the final dot", [](const Parcel&) { return Manner{no_answer()}; }},
      {"every second message finds no connection",
       [n = 0](const Parcel& p) mutable {
         return ++n % 2 == 0 ? fine(p) : Manner{no_connection()};
       }},
  };
  return all;
}

struct Measured {
  std::optional<Instant> urgent;           // CM-1 heard of the concern
  std::map<std::string, Instant> digests;  // by address, the first
  int attempts = 0;
  int troubles = 0;  // messages to the operator
};

class Misbehaviour : public testing::Test {
 protected:
  Misbehaviour() {
    world_.import({
        {CsvKind::offices, "office_code,name,supervisor,core_center\nOF-1,見本,SV-1,CC-1\n"},
        {CsvKind::staff,
         "staff_code,name,role,office_code,email,channels\n"
         "CM-1,見本,case_manager,OF-1,cm1@example.jp,email file\n"
         "CM-2,見本,case_manager,OF-1,cm2@example.jp,email\n"
         "CM-3,見本,case_manager,OF-1,cm3@example.jp,email\n"
         "CM-4,見本,case_manager,OF-1,cm4@example.jp,email\n"
         "SV-1,見本,supervisor,OF-1,sv1@example.jp,email\n"
         "CC-1,見本,core_center,,cc1@example.jp,email\n"
         "OP-1,見本,operator,,op1@example.jp,file\n"},
        {CsvKind::clients, clients()},
        {CsvKind::safety_checks,
         "check_code,client_code,provider,method,from,every_days,grace_days,agreed_on,agreed_by\n"
         "S-1,C-1,,電話,2026-05-01,30,7,2026-04-20,市\n"},
    });
    world_.run("record check-in", {{"check", "S-1"}, {"outcome", "ok"}});
    world_.at_rest = [this] { listen(); };
    world_.start();
    world_.settle();
    world_.run_until(at("08:00"));
    measured_ = {};
  }

  Measured play(const SimulatedPeers::Manners& manners) {
    world_.peers().set_manners(manners);
    world_.run_until(at("10:00"));
    world_.run("record check-in", {{"check", "S-1"}, {"outcome", "concern"}});
    world_.settle();
    world_.run_until(at("20:00"));
    measured_.attempts = world_.peers().attempts();
    world_.peers().set_manners(&fine);
    world_.run_until(at("22:00"));
    return measured_;
  }

  static Instant at(const std::string& time) {
    return *parse_instant("2026-06-01T" + time + ":00+09:00");
  }

 private:
  static std::string clients() {
    std::string rows =
        "client_code,name,certificate_no,office_code,case_manager,plan_kind,decision_start,"
        "decision_end,watched_from\n";
    for (const char* n : {"1", "2", "3", "4"}) {
      rows += std::string("C-") + n + ",見本,1,OF-1,CM-" + n +
              ",standby_short_stay,2025-10-01,2026-09-30,2026-05-01\n";
    }
    return rows;
  }
  void listen() {
    for (const Accepted& one : world_.peers().take_accepted()) {
      const bool to_one = one.to == kOne || one.to == "CM-1";
      if (one.type == "omamori.urgent" && to_one && !measured_.urgent) measured_.urgent = one.at;
      if (one.type == "omamori.digest") measured_.digests.try_emplace(one.to, one.at);
      if (one.type == "omamori.trouble") ++measured_.troubles;
    }
  }

  World world_{*parse_instant("2026-05-20T12:00:00+09:00"), "weekly_on = \"never\"\n",
               Zone("Asia/Tokyo")};
  Measured measured_;
};

// "12 s" or, rounded up, "30 min".
std::string length(std::optional<Instant> told, Instant from) {
  if (!told) return "never";
  const auto by = std::chrono::duration_cast<seconds>(*told - from);
  if (by < minutes{1}) return std::to_string(by.count()) + " s";
  const auto whole = std::chrono::ceil<minutes>(by);
  return std::to_string(whole.count()) + " min";
}

// The rows of the table as ARCHITECTURE.md has them, by their first column.
std::map<std::string, std::string> rows() {
  std::ifstream file(source_path("ARCHITECTURE.md"));
  std::map<std::string, std::string> found;
  bool in_table = false;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("| the mail server")) in_table = true;
    if (in_table && !line.starts_with("|")) break;
    if (!in_table || line.starts_with("|--") || line.starts_with("| the mail server")) continue;
    found[line.substr(2, line.find(" |") - 2)] = line;
  }
  return found;
}

TEST(MisbehaviourTable, HasARowForEachMisbehaviour) {
  std::vector<std::string> names;
  for (const auto& [name, manners] : misbehaviours()) names.push_back(name);
  std::vector<std::string> in_table;
  for (const auto& [name, row] : rows()) in_table.push_back(name);
  EXPECT_EQ(in_table, names);
}

class MisbehaviourRow : public Misbehaviour, public testing::WithParamInterface<std::string> {};

TEST_P(MisbehaviourRow, KeepsPeopleWaitingNoLongerThanTheTableSays) {
  const Measured m = play(misbehaviours().at(GetParam()));
  std::optional<Instant> last;
  for (const char* person : {"cm2@example.jp", "cm3@example.jp", "cm4@example.jp"}) {
    const auto told = m.digests.find(person);
    ASSERT_NE(told, m.digests.end()) << person << " was never told";
    if (!last || told->second > *last) last = told->second;
  }
  const bool after = *last >= at("20:00");
  EXPECT_EQ(
      rows()[GetParam()],
      "| " + GetParam() + " | " + length(m.urgent, at("10:00")) + " | " +
          (after ? length(last, at("20:00")) + " after it is mended" : length(last, at("08:30"))) +
          " | " + std::to_string(m.attempts) + " | " + std::to_string(m.troubles) + " |");
}

INSTANTIATE_TEST_SUITE_P(All, MisbehaviourRow, testing::ValuesIn([] {
                           std::vector<std::string> names;
                           for (const auto& [name, manners] : misbehaviours()) {
                             names.push_back(name);
                           }
                           return names;
                         }()));

}  // namespace
}  // namespace omamori::sim
