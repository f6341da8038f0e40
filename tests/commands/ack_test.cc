// omamorictl ack: what is answered, and what comes of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/reminders/decide.h"
#include "tests/support/app_fixture.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class AckTest : public AppTest {
 protected:
  AckTest() {
    EXPECT_EQ(import(small_office()), "");
    at("2026-06-23T08:30:00+09:00");
    decide_due(*service, act());
    at("2026-07-01T08:30:00+09:00");
    decide_due(*service, act());  // June was forgotten; S-1 never had a check-in and has lapsed
  }

  Response ack(const std::string& key, const std::string& by, const std::string& visit) {
    return run("ack", {{"obligation", key}, {"by", by}, {"visit", visit}});
  }
  // The reason of a refusal; nothing was recorded.
  std::string refusal(const std::string& key, const std::string& by, const std::string& visit) {
    const Response r = ack(key, by, visit);
    EXPECT_EQ(r.exit, Exit::refused) << r.out;
    EXPECT_TRUE(store->facts("C-1")->acknowledgements.empty());
    return r.err;
  }

  // A concern of S-1, now; its key.
  std::string concern() {
    CheckInRecord concern;
    concern.check = "S-1";
    concern.at = clock.now();
    concern.on = service->today();
    concern.outcome = Outcome::concern;
    EXPECT_TRUE(store->record_check_in(concern, act()));
    decide_due(*service, act());
    return key_of(ObligationKind::concern);
  }
  std::string key_of(ObligationKind kind) {
    for (const Obligation& o : store->live_obligations("C-1")) {
      if (o.kind == kind) return o.key;
    }
    return "";
  }

  static constexpr const char* kStreak = "C-1/streak/2026-06";
};

TEST_F(AckTest, PutsOffWhatItsSayerHears) {
  const Response r = ack(kStreak, "CM-1", "2026-07-10");
  EXPECT_EQ(r.out,
            "C-1/streak/2026-06: acknowledgement 1, visit on 2026-07-10; reminders to CM-1 wait "
            "until 2026-07-10 inclusive\n")
      << r.err;
  at("2026-07-10T12:00:00+09:00");
  EXPECT_EQ(out("explain", {{"client", "C-1"}, {"language", "en"}}).find("visit announced") ==
                std::string::npos,
            false);
}

TEST_F(AckTest, PastItsLimitItPutsOffLessAndSaysSo) {
  const Response r = ack(kStreak, "CM-1", "2026-08-01");
  EXPECT_THAT(r.out,
              AllOf(HasSubstr("visit on 2026-08-01; reminders to CM-1 wait until 2026-07-14"),
                    HasSubstr("14 days after the due-by at most")));
}

TEST_F(AckTest, WhereNothingIsLeftToPutOffItIsRefused) {
  at("2026-07-15T09:00:00+09:00");
  EXPECT_THAT(refusal(kStreak, "CM-1", "2026-07-16"),
              AllOf(HasSubstr("nothing is put off"), HasSubstr("2026-07-14")));
}

TEST_F(AckTest, BadInputIsRefusedWithWhatToDo) {
  struct Row {
    const char *key, *by, *visit, *answer;
  };
  for (const Row& row : {
           Row{kStreak, "", "2026-07-02", "--by is missing"},
           Row{kStreak, "CM-1", "", "--visit is missing"},
           Row{kStreak, "CM-1", "2026-06-30", "is in the past: record a visit"},
           Row{kStreak, "CM-9", "2026-07-02", "no staff CM-9; omamorictl list staff"},
           Row{"C-1/streak/2026-05", "CM-1", "2026-07-02", "of C-1: C-1/"},
           Row{"C-1", "CM-1", "2026-07-02", "C-1/streak/2026-06"},
           Row{"C-9/streak/2026-05", "CM-1", "2026-07-02", "begins with the client's code"},
           Row{"", "CM-1", "2026-07-02", "begins with the client's code"},
           Row{"C-1/monitoring/2026-04-01/2026-06", "CM-1", "2026-07-02", "is over"},
       }) {
    EXPECT_THAT(refusal(row.key, row.by, row.visit), HasSubstr(row.answer)) << row.key;
  }
}

TEST_F(AckTest, AConcernIsNotPutOff) {
  EXPECT_THAT(refusal(concern(), "CM-1", "2026-07-02"), HasSubstr("a concern cannot be put off"));
}

TEST_F(AckTest, AWordIsAnAnswerUntilTheEndOfTheNextOpenDay) {
  at("2026-07-03T15:00:00+09:00");
  const std::string key = concern();
  const Response r = ack(key, "CM-1", "");
  EXPECT_EQ(r.out, key +
                       ": acknowledgement 1, CM-1 sees to it; it counts as answered until "
                       "2026-07-06 inclusive; record the visit or the contact\n")
      << r.err;
  ASSERT_EQ(store->facts("C-1")->acknowledgements.size(), 1U);
  const Acknowledgement word = store->facts("C-1")->acknowledgements[0];
  EXPECT_FALSE(word.visit_on);
  EXPECT_EQ(word.made_at, clock.now());
  EXPECT_THAT(out("explain", {{"client", "C-1"}, {"language", "en"}}),
              HasSubstr("; answered on 2026-07-03 (CM-1, acknowledgement 1)"));
  EXPECT_THAT(out("log", {{"kind", "ack"}}), HasSubstr(key));
}

TEST_F(AckTest, AWordOfALapseNeedsNoDayAndCanBeTakenBack) {
  const std::string key = key_of(ObligationKind::lapse);
  EXPECT_THAT(ack(key, "SV-1", "").out, HasSubstr("SV-1 sees to it"));
  EXPECT_THAT(ack(key, "CM-1", "").out, HasSubstr("CM-1 sees to it"));
  EXPECT_EQ(store->facts("C-1")->acknowledgements.size(), 2U);
  EXPECT_EQ(run("void", {{"kind", "acknowledgement"}, {"id", "1"}, {"reason", "誤り"}}).exit,
            Exit::ok);
  ASSERT_EQ(store->facts("C-1")->acknowledgements.size(), 1U);
  EXPECT_EQ(store->facts("C-1")->acknowledgements[0].staff, "CM-1");
}

TEST_F(AckTest, SomebodyWhoIsToldNothingMaySayItForOthersToSee) {
  CsvFiles more;
  more[CsvKind::staff] =
      "staff_code,name,role,office_code,email,channels\n"
      "CM-2,見本 三郎,case_manager,OF-1,saburo@example.com,email\n";
  ASSERT_EQ(import(more), "");
  const Response r = ack(kStreak, "CM-2", "2026-07-03");
  EXPECT_THAT(r.out, HasSubstr("CM-2 is told nothing of it anyway")) << r.err;
}

}  // namespace
}  // namespace omamori
