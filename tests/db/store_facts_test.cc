// Facts, policies and the directory coming out of the store.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/store_fixture.h"

namespace omamori {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using StoreFacts = StoreTest;

TEST_F(StoreFacts, AnUnknownClientHasNone) { EXPECT_FALSE(store->facts("C-1").has_value()); }

TEST_F(StoreFacts, EverythingAnImportSaysOfAClientIsThere) {
  ImportChanges changes = small_city();
  Period& asked = changes.periods[0].period;
  asked.plan_kind = PlanKind::regular;
  asked.decision_kind = DecisionKind::changed;
  asked.interval_months = 6;
  asked.monitoring_months = {month("2026-06"), month("2026-09")};
  changes.periods[0].cut = true;
  CheckTerms& terms = changes.checks[0].terms;
  terms = {day("2026-04-02"), day("2026-12-31"), 14, 3, 6, day("2026-03-20"), "P-1"};
  changes.monitorings.push_back(visit("C-1", day("2026-04-03"), month("2026-03")));
  import(changes);
  const auto facts = store->facts("C-1");
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->code, "C-1");
  EXPECT_EQ(facts->watched_from, day("2026-04-01"));
  ASSERT_EQ(facts->periods.size(), 1U);
  EXPECT_EQ(facts->periods[0].period, asked);
  EXPECT_TRUE(facts->periods[0].cut);
  ASSERT_EQ(facts->checks.size(), 1U);
  ASSERT_EQ(facts->checks[0].versions.size(), 1U);
  EXPECT_EQ(facts->checks[0].versions[0].terms, terms);
  ASSERT_EQ(facts->visits.size(), 1U);
  EXPECT_EQ(facts->visits[0].for_month, month("2026-03"));
}

TEST_F(StoreFacts, AtOneInstantAConcernComesAfterTheOthers) {
  import(small_city());
  const auto add = [&](const std::string& at, Outcome outcome) {
    store->record_check_in(seen("K-1", instant(at), outcome), on("2026-05-05"));
  };
  add("2026-05-02T00:00:00Z", Outcome::concern);
  add("2026-05-02T00:00:00Z", Outcome::ok);
  add("2026-05-02T00:00:00Z", Outcome::unreachable);
  add("2026-05-01T00:00:00Z", Outcome::ok);
  add("2026-05-01T00:00:00Z", Outcome::concern);
  std::vector<std::int64_t> ids;
  const auto facts = store->facts("C-1");
  for (const CheckIn& check_in : facts->checks[0].check_ins) {
    ids.push_back(check_in.id);
  }
  EXPECT_THAT(ids, ElementsAre(4, 5, 2, 3, 1));
}

TEST_F(StoreFacts, TheStreamOfAllGivesTheSameAsOneByOne) {
  ImportChanges changes = small_city();
  for (const std::string code : {"C-10", "C-2", "A.1", "Z_9"}) {
    changes.clients.push_back(client(code));
    changes.periods.push_back(period(code, "2026-04-01", "2027-03-31"));
    changes.monitorings.push_back(visit(code, day("2026-04-03")));
  }
  changes.checks.push_back(check("A-0", "Z_9"));
  changes.checks.push_back(check("B-0", "Z_9"));
  for (const std::string code : {"B-0", "K-1", "A-0"}) {
    changes.check_ins.push_back(seen(code, instant("2026-04-02T00:00:00Z")));
  }
  import(changes);
  store->suspend(pause("C-2", day("2026-04-10")), on("2026-04-10"));
  std::vector<std::string> codes;
  store->for_each_client([&](ClientFacts& all) {
    codes.push_back(all.code);
    const auto one = store->facts(all.code);
    ASSERT_TRUE(one);
    EXPECT_EQ(one->versions.size(), all.versions.size()) << all.code;
    EXPECT_EQ(one->periods.size(), all.periods.size()) << all.code;
    EXPECT_EQ(one->visits.size(), all.visits.size()) << all.code;
    EXPECT_EQ(one->suspensions.size(), all.suspensions.size()) << all.code;
    ASSERT_EQ(one->checks.size(), all.checks.size()) << all.code;
    for (std::size_t i = 0; i < all.checks.size(); ++i) {
      EXPECT_EQ(one->checks[i].code, all.checks[i].code);
      EXPECT_EQ(all.checks[i].check_ins.size(), 1U) << all.checks[i].code;
    }
    EXPECT_EQ(all.checks.size(), all.code == "Z_9" ? 2U : all.code == "C-1" ? 1U : 0U);
    EXPECT_EQ(all.visits.size(), all.code == "C-1" ? 0U : 1U) << all.code;
    EXPECT_EQ(all.suspensions.size(), all.code == "C-2" ? 1U : 0U) << all.code;
  });
  EXPECT_THAT(codes, ElementsAre("A.1", "C-1", "C-10", "C-2", "Z_9"));
}

TEST_F(StoreFacts, TheDirectoryHoldsPlacesPeopleAndAbsences) {
  import(small_city());
  store->add_absence(away("S-1", day("2026-05-01"), day("2026-05-10"), "S-2"), on("2026-04-20"));
  const StoredDirectory found = store->directory();
  ASSERT_EQ(found.offices.size(), 1U);
  EXPECT_EQ(found.offices[0].supervisor, "SV-1");
  ASSERT_EQ(found.staff.size(), 3U);
  EXPECT_EQ(found.staff[2].role, Role::supervisor);
  EXPECT_EQ(found.staff[0].email, "S-1@example.jp");
  ASSERT_EQ(found.absences.size(), 1U);
  EXPECT_EQ(found.absences[0].delegate, "S-2");
}

TEST_F(StoreFacts, ThePolicyIsKeptWordForWordAndItsTermsAsAHistory) {
  import(small_city());
  settle();
  EXPECT_FALSE(store->kept_policy());
  EXPECT_THAT(store->terms_history(), IsEmpty());
  Policy policy;
  policy.terms.offices = {{"OF-1", 2}};
  policy.terms.overrides = {
      {"C-1", 1, day("2026-10-01"), day("2027-03-31"), "home again", day("2026-09-20")}};
  policy.terms.include_start_month = true;
  store->accept_policy("first = 1", Policy{}, {}, on("2026-04-01"));
  store->accept_policy("second = 2", policy, {"[[office]] OF-1: 3 -> 2"}, on("2026-04-01"));
  EXPECT_THAT(store->clients_due(Instant{}), ElementsAre("C-1"));
  store->accept_policy("# a comment\nsecond = 2", policy, {}, on("2026-04-20"));
  policy.terms.standard_interval_months = 4;
  const std::int64_t last = store->accept_policy("third = 3", policy, {}, on("2026-05-01"));
  EXPECT_EQ(store->kept_policy()->text, "third = 3");
  EXPECT_EQ(store->kept_policy()->version, last);
  const auto history = store->terms_history();
  ASSERT_EQ(history.size(), 3U) << "equal terms once";
  EXPECT_EQ(history[0].known_from, day("2026-03-31")) << "the first judges the past";
  EXPECT_EQ(history[0].terms, Terms{});
  EXPECT_EQ(history[1].known_from, day("2026-04-01"));
  EXPECT_EQ(history[1].terms.overrides, policy.terms.overrides);
  EXPECT_EQ(history[1].terms.offices, policy.terms.offices);
  EXPECT_EQ(history[2].known_from, day("2026-05-01"));
  EXPECT_EQ(history[2].terms, policy.terms);
}

TEST_F(StoreFacts, APolicyIsFoundByADayItWasInForce) {
  EXPECT_FALSE(store->policy_on(day("2026-04-01")));
  store->accept_policy("replaced the same day", Policy{}, {}, on("2026-04-01"));
  store->accept_policy("first", Policy{}, {}, on("2026-04-01"));
  store->accept_policy("second", Policy{}, {}, on("2026-05-01"));
  const std::tuple<const char*, const char*, const char*, const char*> rows[] = {
      {"2026-03-31", "first", "2026-04-01", "2026-04-30"},
      {"2026-04-01", "first", "2026-04-01", "2026-04-30"},
      {"2026-04-30", "first", "2026-04-01", "2026-04-30"},
      {"2026-05-01", "second", "2026-05-01", ""},
      {"2030-01-01", "second", "2026-05-01", ""},
  };
  for (const auto& [on_day, text, from, until] : rows) {
    const auto found = store->policy_on(day(on_day));
    ASSERT_TRUE(found) << on_day;
    EXPECT_EQ(found->policy.text, text) << on_day;
    EXPECT_EQ(to_string(found->from), from) << on_day;
    EXPECT_EQ(found->until ? to_string(*found->until) : "", until) << on_day;
  }
}

TEST_F(StoreFacts, TheStoreRemembersItselfAcrossOpening) {
  EXPECT_FALSE(store->demo());
  EXPECT_EQ(store->last_instant(), std::nullopt);
  store->set_last_instant(instant("2026-04-02T00:00:00Z"));
  store->set_meta("clock_hold", "behind");
  import(small_city());
  reopen();
  EXPECT_EQ(store->created_at(), instant("2026-04-01T00:00:00Z"));
  EXPECT_EQ(store->last_instant(), instant("2026-04-02T00:00:00Z"));
  EXPECT_EQ(store->meta("clock_hold"), "behind");
  EXPECT_EQ(store->meta("nothing"), "");
  EXPECT_TRUE(store->facts("C-1"));
  EXPECT_EQ(store->counts().clients, 1);
  EXPECT_EQ(store->counts().dirty_clients, 1);
}

TEST_F(StoreFacts, CheckInsOfADayAloneStandWhereTheyAnswerNothing) {
  import(small_city());
  const auto add = [&](const std::string& at, Outcome outcome, bool day_alone) {
    CheckInRecord record = seen("K-1", instant(at), outcome);
    record.day_alone = day_alone;
    store->record_check_in(record, on("2026-05-05"));
  };
  add("2026-05-02T00:00:00Z", Outcome::concern, false);
  add("2026-05-02T03:00:00Z", Outcome::ok, true);
  add("2026-05-02T03:00:00Z", Outcome::concern, true);
  add("2026-05-02T08:00:00Z", Outcome::ok, false);
  std::vector<std::int64_t> ids;
  const auto facts = store->facts("C-1");
  for (const CheckIn& said : facts->checks[0].check_ins) ids.push_back(said.id);
  EXPECT_THAT(ids, ElementsAre(2, 1, 4, 3));
  EXPECT_TRUE(store->check_ins("K-1", day("2026-05-02"))[1].day_alone);
}

TEST_F(StoreFacts, WhatIsVoidWasBelievedUntilThatDay) {
  import(small_city());
  store->record_check_in(seen("K-1", instant("2026-05-02T00:00:00Z")), on("2026-05-02"));
  EXPECT_THAT(store->facts("C-1")->checks[0].voided, IsEmpty());
  store->void_record(RecordKind::check_in, 1, "another person", on("2026-05-20"));
  const auto facts = store->facts("C-1");
  EXPECT_THAT(facts->checks[0].check_ins, IsEmpty());
  ASSERT_EQ(facts->checks[0].voided.size(), 1U);
  EXPECT_EQ(facts->checks[0].voided[0].check_in.id, 1);
  EXPECT_EQ(facts->checks[0].voided[0].voided_on, day("2026-05-20"));
}

std::string lengths(const std::vector<TermsVersion>& history) {
  std::string shown;
  for (const TermsVersion& v : history) {
    shown +=
        to_string(v.known_from) + ": " + std::to_string(v.terms.standard_interval_months) + " ";
  }
  return shown;
}

// R7: what passed before is judged by the settings of the first import.
TEST_F(StoreFacts, APolicyEditedOnTheDayOfTheFirstImportJudgesNoPast) {
  const auto accept = [&](int months, const char* day) {
    Policy policy;
    policy.terms.standard_interval_months = months;
    store->accept_policy(std::to_string(months), policy, {}, on(day));
  };
  accept(3, "2026-04-01");
  accept(4, "2026-04-01");
  EXPECT_EQ(lengths(store->terms_history()), "2026-04-01: 4 ") << "nobody was judged by the first";
  import(small_city());
  accept(5, "2026-04-01");
  EXPECT_EQ(lengths(store->terms_history()), "2026-03-31: 4 2026-04-01: 5 ");
  accept(6, "2026-04-01");
  EXPECT_EQ(lengths(store->terms_history()), "2026-03-31: 4 2026-04-01: 6 ");
}

TEST_F(StoreFacts, APolicyDatedAheadByAClockSetBackNeverCameIntoForce) {
  const auto accept = [&](int months, const char* day) {
    Policy policy;
    policy.terms.standard_interval_months = months;
    store->accept_policy(std::to_string(months), policy, {}, on(day));
  };
  accept(3, "2026-04-01");
  import(small_city());
  accept(4, "2027-01-05");
  accept(5, "2026-06-10");
  EXPECT_EQ(lengths(store->terms_history()), "2026-04-01: 3 2026-06-10: 5 ");
  EXPECT_EQ(store->policy_on(day("2026-06-09"))->policy.text, "3");
  EXPECT_EQ(store->policy_on(day("2026-06-10"))->policy.text, "5");
  EXPECT_EQ(store->policy_on(day("2027-02-01"))->policy.text, "5");
}

}  // namespace
}  // namespace omamori
