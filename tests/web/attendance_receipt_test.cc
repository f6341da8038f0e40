// Who is told of what a page of attendance recorded in a provider's name.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/attendance_fixture.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

class AttendanceReceipt : public AttendanceTest {};

TEST_F(AttendanceReceipt, OfSeveralPeopleIsOneLineInTheProvidersNextDigest) {
  const std::string path = link();
  at("2026-05-15T16:00:00+09:00");
  post(path, "on=2026-05-15&outcome-S-1=ok&outcome-S-2=unreachable&outcome-S-3=ok");
  run_to("2026-05-18T08:29:59+09:00");
  EXPECT_EQ(when(kProvider).back(), "2026-05-15 08:30") << "it waits for a Monday";
  run_to("2026-05-18T09:00:00+09:00");
  EXPECT_EQ(when(kProvider).back(), "2026-05-18 08:30");
  const std::string text = newest_to(kProvider);
  EXPECT_THAT(text, AllOf(HasSubstr("3人の確認が記録されました（来た2・気になる0・来ていない1）"),
                          HasSubstr("お心当たりがない場合は"), Not(HasSubstr("青 <12>"))));
  EXPECT_EQ(times(text, "記録されました（"), 1);
  EXPECT_THAT(newest_to(kJiro), Not(HasSubstr("記録されました")));
}

TEST_F(AttendanceReceipt, OfOnePersonNamesTheCheck) {
  const std::string path = link();
  at("2026-05-15T16:00:00+09:00");
  post(path, "on=2026-05-15&outcome-S-2=unreachable");
  run_to("2026-05-18T09:00:00+09:00");
  EXPECT_THAT(
      newest_to(kProvider),
      AllOf(HasSubstr("C-2"), HasSubstr("安否確認 S-2 が「来ていない」（5/15）と記録されました"),
            HasSubstr("（記録 check-in 1）")));
}

// S-1 and S-2 lapse on the 23rd, a Saturday.
TEST_F(AttendanceReceipt, WhatEndsALapseIsSaidAtOnceAndToTheClientsSupervisor) {
  const std::string path = link();
  post(path, "on=2026-05-15&outcome-S-2=ok");
  run_to("2026-05-25T12:00:00+09:00");
  post(path, "on=2026-05-25&outcome-S-1=ok&outcome-S-2=ok");
  EXPECT_EQ(when(kProvider).back(), "2026-05-25 12:00");
  EXPECT_THAT(newest_to(kProvider), AllOf(HasSubstr("2人の確認が記録されました"),
                                          HasSubstr("安否確認の途切れのお知らせが止まりました")));
  run_to("2026-05-26T09:00:00+09:00");
  EXPECT_THAT(newest_to(kJiro),
              AllOf(HasSubstr("安否確認 S-1 が「来た」（5/25）と記録されました"),
                    HasSubstr("PR-1 さんにご確認ください"), Not(HasSubstr("S-2"))));
}

TEST_F(AttendanceReceipt, IsReadByWhoStandsInForAProviderWhoIsAway) {
  const std::string path = link();
  ASSERT_EQ(static_cast<int>(run("absence", {{"staff", "PR-1"},
                                             {"from", "2026-05-15"},
                                             {"until", "2026-05-30"},
                                             {"delegate", "CM-1"}})
                                 .exit),
            0);
  at("2026-05-15T16:00:00+09:00");
  post(path, "on=2026-05-15&outcome-S-1=ok");
  run_to("2026-05-18T09:00:00+09:00");
  EXPECT_THAT(newest_to(kTaro), HasSubstr("安否確認 S-1 が「来た」（5/15）と記録されました"));
}

TEST_F(AttendanceReceipt, OfWhatIsUndoneIsNone) {
  const std::string path = link();
  at("2026-05-15T16:00:00+09:00");
  const std::string nonce =
      nonce_in(post(path, "on=2026-05-15&outcome-S-1=ok&outcome-S-2=unreachable"));
  ASSERT_THAT(nonce, SizeIs(26));
  ASSERT_EQ(post(path + "/undo", "nonce=" + nonce).status, 200);
  run_to("2026-05-18T09:00:00+09:00");
  EXPECT_THAT(newest_to(kProvider), Not(HasSubstr("記録されました")));
}

}  // namespace
}  // namespace omamori
