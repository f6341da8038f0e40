// Which lines of a reply count: above, below and between what was quoted.
#include "daemon/mail/reply_reading.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace omamori {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const QuotedWords kOurs(
    {"2026年6月1日（月）　2件\n\n■ 期限までに行うこと\n\n"
     "1. C-1　6月分のモニタリング\n   いつ　　　6/1〜6/30に実施\n"
     "2. C-2　訪問 6/9\n\n"
     "本文のはじめに「番号 訪問 月/日」のように書いてください。\n\n"
     "-- \nお守り（宛先 CM-1）\n"});

std::vector<std::string> days(const ReadReply& reply) {
  std::vector<std::string> found;
  for (const ReplyCommand& command : reply.commands) {
    found.push_back(std::to_string(command.number.value_or(0)) + " " + command.on);
  }
  return found;
}

TEST(ReplyReading, LinesAboveBelowAndBetweenQuotesCount) {
  const auto read = read_reply(
      "お世話になっております。\n1 訪問 6/12\n\n> 1. C-1　6月分のモニタリング\n＞ 2 訪問 6/1\n"
      "2 予定 6/20\n| 2 訪問 6/3\n",
      kOurs, 2);
  EXPECT_THAT(days(read), ElementsAre("1 6/12", "2 6/20"));
  EXPECT_THAT(read.unclear, IsEmpty());
}

TEST(ReplyReading, WhatStandsInOurMessageIsNeverACommandThoughNothingMarksIt) {
  const auto read =
      read_reply("1 訪問 6/12\n2. C-2　訪問 6/9\n1. C-1　6月分のモニタ\nリング\n", kOurs, 2);
  EXPECT_THAT(days(read), ElementsAre("1 6/12"));
  EXPECT_THAT(read.unclear, IsEmpty());
}

TEST(ReplyReading, BelowASignatureNothingCountsButBelowOursItDoes) {
  EXPECT_THAT(days(read_reply("1 訪問 6/12\n-- \n2 訪問 6/13\n", kOurs, 2)), ElementsAre("1 6/12"));
  EXPECT_THAT(days(read_reply("-- \nお守り（宛先 CM-1）\n2 訪問 6/13\n", kOurs, 2)),
              ElementsAre("2 6/13"));
}

TEST(ReplyReading, ASignatureEndsAtTheNextQuotation) {
  EXPECT_THAT(days(read_reply("-- \n見本\n2 訪問 6/1\n> quoted\n1 訪問 6/12\n", kOurs, 2)),
              ElementsAre("1 6/12"));
}

TEST(ReplyReading, TwoAnswersOnOneLineAreTwo) {
  EXPECT_THAT(days(read_reply("1 訪問 6/12、2 予定 6/20", kOurs, 2)),
              ElementsAre("1 6/12", "2 6/20"));
  EXPECT_THAT(days(read_reply("1 訪問 6/12 2 予定 6/20", kOurs, 2)),
              ElementsAre("1 6/12", "2 6/20"));
  EXPECT_THAT(days(read_reply("1 訪問 6/12 次は 6/20 予定", kOurs, 2)), ElementsAre("1 6/12"));
}

TEST(ReplyReading, WithoutANumberOnlyWhereThereIsOneLine) {
  EXPECT_THAT(days(read_reply("訪問 6/12", kOurs, 1)), ElementsAre("1 6/12"));
  const auto of_two = read_reply("訪問 6/12", kOurs, 2);
  EXPECT_THAT(of_two.commands, IsEmpty());
  ASSERT_THAT(of_two.unclear, SizeIs(1));
  EXPECT_EQ(of_two.unclear.front().why, UnclearLine::Why::no_number);
}

TEST(ReplyReading, ANumberThatIsNotThereIsAskedBack) {
  for (const char* line : {"3 訪問 6/12", "0 訪問 6/12"}) {
    const auto read = read_reply(line, kOurs, 2);
    EXPECT_THAT(read.commands, IsEmpty()) << line;
    EXPECT_THAT(read.unclear, SizeIs(1)) << line;
  }
}

TEST(ReplyReading, TheSameTwiceIsOnceAndTwoDaysOfOneThingAreAskedBack) {
  EXPECT_THAT(days(read_reply("1 訪問 6/12\n1 訪問 6/12\n", kOurs, 2)), ElementsAre("1 6/12"));
  const auto read = read_reply("1 訪問 6/12\n1 訪問 6/13\n1 訪問 6/12\n2 予定 6/20\n", kOurs, 2);
  EXPECT_THAT(days(read), ElementsAre("2 6/20"));
  ASSERT_THAT(read.unclear, SizeIs(1));
  EXPECT_EQ(read.unclear.front().why, UnclearLine::Why::contradicts);
}

TEST(ReplyReading, AWordThatStandsSomewhereInOurMessageIsNoQuotation) {
  EXPECT_THAT(read_reply("1 訪問\n2 予定\n", kOurs, 2).unclear, SizeIs(2));
}

TEST(ReplyReading, WhatSpeaksOfSomethingAndRecordsNothingIsCountedThanksAreNot) {
  const auto read = read_reply(
      "お世話になっております。ご連絡ありがとうございます。\n1 訪問 6/12 元気\n2と3も同じです\n"
      "気になる様子があります\n> 訪問の件\n連絡をお待ちします\n",
      kOurs, 2);
  EXPECT_THAT(days(read), ElementsAre("1 6/12"));
  EXPECT_EQ(read.unread, 2);
}

TEST(ReplyReading, ABrokenNoteGoesOnButNobodyIsInHospitalInIt) {
  EXPECT_THAT(read_reply("1 訪問 6/12 妹さんと\n連絡済\n", kOurs, 2).unclear, IsEmpty());
  EXPECT_THAT(read_reply("1 訪問 6/12 妹さんと\n入院中\n", kOurs, 2).unclear, SizeIs(1));
}

TEST(ReplyReading, TheSameWithAnotherNoteIsTheSame) {
  EXPECT_THAT(days(read_reply("1 訪問 6/12 a\n1 訪問 6/12 b\n", kOurs, 2)), ElementsAre("1 6/12"));
}

TEST(ReplyReading, TakingBackNeedsNoNumberAndMayHaveOne) {
  const auto all = read_reply("取消", kOurs, 2);
  ASSERT_THAT(all.commands, SizeIs(1));
  EXPECT_EQ(all.commands.front(), (ReplyCommand{{}, {}, "", "", "", ""}));
  const auto one = read_reply("2 取消", kOurs, 2);
  ASSERT_THAT(one.commands, SizeIs(1));
  EXPECT_EQ(one.commands.front().number, 2);
}

}  // namespace
}  // namespace omamori
