// Whose fault an answer is, by what others were answered around it.
#include "daemon/delivery/blame.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace omamori {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

SendResult told() { return Sent{"250 ok"}; }
SendResult lost() { return TryAgain{.why = "hung up", .unclear = true}; }
SendResult denied() { return Refused{"554 5.7.1 denied", false, "RCPT 554 5.7.1"}; }
SendResult no_user() { return Refused{"550 no user", false, "RCPT 550"}; }
SendResult not_here() { return Refused{"550 5.1.1 no such user"}; }

class BlameTest : public testing::Test {
 protected:
  // Each person has one message.
  Fault to(const std::string& person, const SendResult& result, bool down = false) {
    return by("to-" + person, person, result, down);
  }
  Fault by(const std::string& message, const std::string& person, const SendResult& result,
           bool down = false) {
    const Blame blame = book_.judge(result, person, message, down);
    cleared_ = blame.cleared;
    return blame.fault;
  }
  BlameBook book_;
  std::vector<std::string> cleared_;
};

TEST_F(BlameTest, WhatIsClearNeedsNobodyElse) {
  EXPECT_EQ(to("A", told()), Fault::none);
  EXPECT_EQ(to("A", TryAgain{.why = "no connection", .peer_down = true}), Fault::peer);
  EXPECT_EQ(to("A", TryAgain{.why = "451 later"}), Fault::message);
  EXPECT_EQ(to("A", not_here()), Fault::message);
}

TEST_F(BlameTest, ThreePeopleRefusedAlikeAreTheServersFaultAndTheFirstTwoAreCleared) {
  EXPECT_EQ(to("A", denied()), Fault::message);
  EXPECT_EQ(to("B", denied()), Fault::message);
  EXPECT_THAT(cleared_, IsEmpty());
  EXPECT_EQ(to("C", denied()), Fault::peer);
  EXPECT_THAT(cleared_, ElementsAre("to-A", "to-B"));
  EXPECT_EQ(to("D", denied()), Fault::peer);
  EXPECT_THAT(cleared_, IsEmpty()) << "once is enough";
}

TEST_F(BlameTest, TwoPeopleAreNoOutageHoweverOftenTheyAreRefused) {
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(to("A", denied()), Fault::message);
    EXPECT_EQ(to("B", denied()), Fault::message);
  }
}

TEST_F(BlameTest, WhoeverIsAcceptedInBetweenShowsThatTheServerWorks) {
  to("A", denied());
  to("B", denied());
  to("D", told());
  EXPECT_EQ(to("C", denied()), Fault::message);
}

TEST_F(BlameTest, AnotherRefusalBeginsAnotherRow) {
  to("A", denied());
  to("B", denied());
  EXPECT_EQ(to("C", no_user()), Fault::message);
  EXPECT_EQ(to("D", denied()), Fault::message);
}

TEST_F(BlameTest, AnAddressThatIsNoneIsNeverTheServers) {
  for (const char* person : {"A", "B", "C", "D"}) {
    EXPECT_EQ(to(person, not_here()), Fault::message) << person;
  }
}

TEST_F(BlameTest, ALostConnectionIsTheServersWhileNobodyElseIsTold) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(to("A", lost()), Fault::peer);
}

TEST_F(BlameTest, WhoLosesItWhileOthersAreToldIsAlone) {
  EXPECT_EQ(to("A", lost()), Fault::peer) << "not known yet";
  to("B", told());
  for (int i = 0; i < 5; ++i) EXPECT_EQ(to("A", lost()), Fault::message);
  to("A", told());
  EXPECT_EQ(to("A", lost()), Fault::peer) << "that is over, and this is new";
}

TEST_F(BlameTest, ThreeWhoWereAloneAreNotAloneTogether) {
  for (const char* person : {"A", "B", "C"}) {
    to(person, lost());
    to("D", told());
  }
  EXPECT_EQ(to("A", lost()), Fault::message);
  EXPECT_EQ(to("B", lost()), Fault::message);
  EXPECT_EQ(to("C", lost()), Fault::peer);
}

TEST_F(BlameTest, AProbeThatMeetsTheSameKeepsThePeerDown) {
  for (const char* person : {"A", "B", "C"}) to(person, denied());
  EXPECT_EQ(to("A", denied(), true), Fault::peer);
  EXPECT_EQ(to("A", lost(), true), Fault::peer);
  EXPECT_EQ(to("A", not_here(), true), Fault::message) << "it answered about this person";
}

TEST_F(BlameTest, AServerThatWasAwayAndRefusesOnePersonIsThereAgain) {
  EXPECT_EQ(to("A", no_user(), true), Fault::message);
}

// Three addresses that are dead, with nobody in between, and a server that says no more than 550.
TEST_F(BlameTest, WhoWasClearedAndIsRefusedAgainAfterOthersPassedIsRefusedForGood) {
  for (const char* person : {"A", "B", "C"}) to(person, no_user());
  to("D", told());
  for (const char* person : {"A", "B", "C"}) {
    EXPECT_EQ(to(person, no_user()), Fault::message) << person;
  }
}

// A city's own server that takes mail for the city only: half of the people are elsewhere.
TEST_F(BlameTest, WhatSomeMeetWhileOthersPassTakesTenInARowTheNextTime) {
  for (const char* person : {"A", "B", "C"}) to(person, denied());
  to("D", told());
  for (int i = 1; i <= 9; ++i) {
    EXPECT_EQ(to("E" + std::to_string(i), denied()), Fault::message) << i;
  }
  EXPECT_EQ(to("E10", denied()), Fault::peer) << "and then it may be an outage after all";
}

TEST_F(BlameTest, OneMessageThatFailsWhileOthersToTheSamePersonPassIsAlone) {
  EXPECT_EQ(by("poison", "A", lost()), Fault::peer) << "not known yet";
  by("other", "A", told());
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(by("poison", "A", lost()), Fault::message);
    by("other", "A", told());
  }
}

}  // namespace
}  // namespace omamori
