// The one judgement of health, as a table: what is complained of, how grave it is, and what of it
// keeps the heartbeat back.
#include "daemon/reminders/health.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/model/calendar.h"

namespace omamori {
namespace {

using testing::HasSubstr;
using testing::Not;

const Zone kZone("Asia/Tokyo");

Instant at(const std::string& text) { return *parse_instant(text + "+09:00"); }

HealthFacts all_well() {
  HealthFacts facts;
  facts.now = at("2026-06-01T12:30:00");
  facts.last_acted = facts.now;
  facts.created = at("2026-04-01T09:00:00");
  return facts;
}

StoredTrouble trouble(const std::string& subject) {
  return {subject, "trouble/" + subject, "a detail", false, at("2026-06-01T10:00:00")};
}

// Every complaint, one a line.
std::string shown(const HealthFacts& facts, Language language = Language::en) {
  std::string all;
  for (const Complaint& complaint : judge(facts).complaints) {
    all += in_words(complaint, language, kZone) + "\n";
    EXPECT_NE(complaint.subject, "");
    EXPECT_NE(complaint.to_do.in(language), "");
  }
  return all;
}
std::string withheld(const HealthFacts& facts) { return why_unheard(judge(facts), kZone); }

TEST(Health, NothingToComplainOfIsSound) {
  EXPECT_TRUE(judge(all_well()).sound());
  EXPECT_EQ(withheld(all_well()), "");
}

TEST(Health, ACopyOfMoreThanTwoDaysIsOldAndKeepsNoHeartbeatBack) {
  HealthFacts facts = all_well();
  EXPECT_EQ(shown(facts), "") << "none are made";
  facts.newest_copy = facts.copies_expected_since = facts.now - std::chrono::days{2};
  EXPECT_EQ(shown(facts), "");
  facts.newest_copy = facts.copies_expected_since = *facts.newest_copy - std::chrono::seconds{1};
  EXPECT_EQ(shown(facts), "the newest backup is old (since 2026-05-30 12:29)\n");
  EXPECT_EQ(judge(facts).complaints[0].gravity, Gravity::see_to_it);
  EXPECT_EQ(withheld(facts), "");
}

TEST(Health, WhereNoCopyWasEverMadeTwoDaysAreGiven) {
  HealthFacts facts = all_well();
  facts.copies_expected_since = facts.now - std::chrono::days{2};
  EXPECT_EQ(shown(facts), "");
  facts.copies_expected_since = *facts.copies_expected_since - std::chrono::seconds{1};
  EXPECT_EQ(shown(facts), "no backup was made yet (since 2026-05-30 12:29)\n");
  EXPECT_EQ(withheld(facts), "");
}

TEST(Health, ACopyThatFailsIsTheTroubleThatSaysWhyAndOnlyThat) {
  HealthFacts facts = all_well();
  facts.copies_expected_since = facts.now - std::chrono::days{9};
  facts.troubles = {trouble("backup")};
  EXPECT_THAT(shown(facts), HasSubstr("trouble: backup: "));
  EXPECT_THAT(shown(facts), Not(HasSubstr("no backup was made yet")));
  EXPECT_EQ(withheld(facts), "") << "the operator has been told of it";
}

TEST(Health, ADamagedCopyIsADamagedDatabaseUntilSomebodyHasSeenToIt) {
  HealthFacts facts = all_well();
  facts.troubles = {trouble("database")};
  EXPECT_THAT(shown(facts), HasSubstr("the database is damaged"));
}

TEST(Health, TheHeartbeatIsWithheldOnlyWhenNobodyWouldHearOfItOtherwise) {
  const auto since = at("2026-06-01T08:30:00");
  struct Case {
    std::function<void(HealthFacts&)> ill;
    std::string complaint;
    bool withheld;
  };
  const Case rows[] = {
      {[&](auto& f) {
         f.turns = {"disk I/O error", since, "", {}, {}};
       },
       "the last turn failed, nothing is sent (since 2026-06-01 08:30): disk I/O error\n", true},
      {[&](auto& f) {
         f.turns = {"", {}, "row 5 missing", since, {}};
       },
       "the database is damaged (since 2026-06-01 08:30): row 5 missing\n", true},
      {[&](auto& f) { f.troubles = {trouble("database")}; },
       "the database is damaged (since 2026-06-01 10:00): a detail\n", true},
      {[](auto& f) { f.unreadable_file = "malformed"; }, "the database is damaged: malformed\n",
       true},
      {[](auto& f) { f.clock_hold = "behind"; },
       "the clock is not trusted, nothing is sent: behind\n", true},
      {[&](auto& f) {
         f.waiting = {{"CM-1", 1, since, false}};
       },
       "1 item owed to CM-1 cannot be told, nor to anybody else (since 2026-06-01 08:30)\n", true},
      {[&](auto& f) {
         f.waiting = {{"CM-1", 2, since, true}};
       },
       "2 items owed to CM-1 for longer than fallback_after (since 2026-06-01 08:30)\n", false},
      {[&](auto& f) {
         f.held = true;
         f.hold = {{"[delivery] hold = true", "[delivery] hold = true"}, {"外す", "end it"}};
         f.waiting = {{"CM-1", 2, since, true}, {"SV-1", 1, since, false}};
       },
       "[delivery] hold = true keeps back 3 items owed for too long (since 2026-06-01 08:30)\n",
       true},
      {[](auto& f) { f.held = true; }, "", false},
      {[](auto& f) { f.counts.dead_messages = 1; }, "1 message refused or expired\n", false},
      {[](auto& f) { f.notices = {"policy.toml:3:1: no such key"}; },
       "policy.toml:3:1: no such key\n", false},
      {[](auto& f) { f.heartbeat_failing = "HTTP 503"; },
       "the heartbeat does not arrive: HTTP 503\n", false},
      {[](auto& f) { f.doors_failing = "the port is taken"; },
       "the doors are not open, nobody can answer by a link: the port is taken\n", false},
      {[](auto& f) { f.troubles = {trouble("policy")}; },
       "trouble: policy: policy.toml has errors and was not taken (since 2026-06-01 10:00)\n",
       false},
  };
  for (const Case& row : rows) {
    HealthFacts facts = all_well();
    row.ill(facts);
    EXPECT_EQ(shown(facts), row.complaint);
    EXPECT_EQ(withheld(facts) + "\n", row.withheld ? row.complaint : "\n");
    EXPECT_EQ(shown(facts, Language::ja).empty(), row.complaint.empty());
  }
}

TEST(Health, OfSeveralThatKeepTheHeartbeatBackTheFirstIsNamed) {
  HealthFacts facts = all_well();
  facts.waiting = {{"CM-1", 2, facts.now, false}, {"", 1, facts.now, false}};
  facts.clock_hold = "behind";
  EXPECT_EQ(withheld(facts), "the clock is not trusted, nothing is sent: behind; and 2 more");
}

TEST(Health, AClientThatWaitsIsTheDaemonsFaultOnlyWhereNothingElseExplainsIt) {
  HealthFacts facts = all_well();
  facts.last_acted = facts.now - std::chrono::minutes{11};
  facts.counts.dirty_clients = 2;
  EXPECT_EQ(shown(facts), "2 clients waiting to be planned\n");
  facts.turns.failure = "database or disk is full";
  EXPECT_THAT(shown(facts), Not(HasSubstr("waiting to be planned")));
  EXPECT_THAT(judge(facts).complaints.front().to_do.en, HasSubstr("make room"));
  facts.turns.failure.clear();
  facts.daemon_runs = false;
  EXPECT_EQ(shown(facts), "omamorid is not running, nobody is reminded (since 2026-06-01 12:19)\n");
  facts.last_acted.reset();
  EXPECT_EQ(shown(facts), "omamorid has never run\n");
}

TEST(Health, PeopleAreSentToTheListOfTroublesOnlyForWhatIsInIt) {
  HealthFacts facts = all_well();
  facts.waiting = {{"CM-1", 1, facts.now, false}};
  facts.counts.unplanned_clients = 1;
  for (const Complaint& complaint : judge(facts).complaints) {
    EXPECT_THAT(complaint.to_do.en, Not(HasSubstr("trouble list")));
    EXPECT_THAT(complaint.to_do.ja, Not(HasSubstr("trouble list")));
  }
  facts.troubles = {trouble("client C-1"), trouble("person CM-1")};
  for (const Complaint& complaint : judge(facts).complaints) {
    EXPECT_THAT(complaint.to_do.en, HasSubstr("trouble list"));
  }
}

TEST(Health, OneThingIsComplainedOfOnce) {
  HealthFacts facts = all_well();
  facts.clock_hold = "behind";
  facts.troubles = {trouble("clock"), trouble("database")};
  facts.turns.damage = "journal: broken";
  EXPECT_EQ(shown(facts),
            "the database is damaged (since 2026-06-01 10:00): journal: broken\n"
            "the clock is not trusted, nothing is sent (since 2026-06-01 10:00): behind\n");
}

}  // namespace
}  // namespace omamori
