// What a line of a reply means, and what it does not.
#include "daemon/mail/reply_words.h"

#include <string>

#include <gtest/gtest.h>

namespace omamori {
namespace {

std::string shown(const ReplyLine& line) {
  if (std::holds_alternative<Prose>(line)) return "prose";
  const auto number = [](const std::optional<int>& n) { return n ? std::to_string(*n) + " " : ""; };
  const auto word = [](const std::optional<DoorActKind>& act) {
    return act ? std::string(to_word(*act)) : std::string("undo");
  };
  if (const auto* unclear = std::get_if<UnclearLine>(&line)) {
    const char* const why[] = {"no day",  "no word", "no number", "two days",
                               "inexact", "denied",  "too many",  "contradicts"};
    return number(unclear->number) + "? " + why[static_cast<int>(unclear->why)];
  }
  const auto& command = std::get<ReplyCommand>(line);
  std::string text = number(command.number) + word(command.act);
  if (!command.on.empty()) text += " " + command.on;
  if (!command.until.empty()) text += " to " + command.until;
  if (!command.note.empty()) text += " | " + command.note;
  return text;
}

struct Row {
  const char* line;
  const char* means;
};

class ReplyWords : public testing::TestWithParam<Row> {};

TEST_P(ReplyWords, Means) {
  EXPECT_EQ(shown(read_reply_line(GetParam().line)), GetParam().means) << GetParam().line;
}

INSTANTIATE_TEST_SUITE_P(
    Commands, ReplyWords,
    testing::Values(
        Row{"訪問 9/14", "visited 9/14"}, Row{"訪問9/14", "visited 9/14"},
        Row{"１　訪問　９／１４", "1 visited 9/14"}, Row{"1.訪問 9/14", "1 visited 9/14"},
        Row{"①訪問 9/14", "1 visited 9/14"}, Row{"1番 訪問 9/14", "1 visited 9/14"},
        Row{"2) 予定：9/20", "2 will_visit 9/20"}, Row{"訪問予定 9/20", "will_visit 9/20"},
        Row{"訪問しました 9/14", "visited 9/14"},
        Row{"訪問 9月14日（月）元気でした", "visited 9月14日 | 元気でした"},
        Row{"訪問 令和8年9月14日", "visited 令和8年9月14日"},
        Row{"訪問 R8.9.14", "visited R8.9.14"},
        Row{"訪問 2026-09-14、次回は電話", "visited 2026-09-14 | 次回は電話"},
        Row{"訪問 9/14 10時", "visited 9/14 | 10時"},
        Row{"訪問 9/14 次回は9/28", "visited 9/14 | 次回は9/28"},
        Row{"連絡 9/14 電話", "contacted 9/14 | 電話"}, Row{"対応 9/20", "on_it 9/20"},
        Row{"終了 3/31", "ended 3/31"}, Row{"入院 9/1", "away 9/1"},
        Row{"入院 9/1〜9/20", "away 9/1 to 9/20"}, Row{"入院 9/1-9/20", "away 9/1 to 9/20"},
        Row{"1 入院 9/1から 9/20 肺炎", "1 away 9/1 to 9/20 | 肺炎"},
        Row{"9/14 訪問", "visited 9/14"}, Row{"9/14に訪問しました。", "visited 9/14"},
        Row{"(1) 訪問 9/14", "1 visited 9/14"}, Row{"・番号1 訪問 9/14", "1 visited 9/14"},
        Row{"「1 訪問 9/14」", "1 visited 9/14"}, Row{"*1 訪問 9/14*", "1 visited 9/14"},
        Row{"1. C-1　訪問 9/14", "1 visited 9/14"}, Row{"入院 9/1→9/20", "away 9/1 to 9/20"},
        Row{"訪問 9.14", "visited 9.14"}, Row{"1 9/14 訪問", "1 visited 9/14"},
        Row{"Visited 9/14", "visited 9/14"}, Row{"2 planned 9/20", "2 will_visit 9/20"},
        Row{"on it 9/20", "on_it 9/20"}, Row{"取消", "undo"}, Row{"取り消し。", "undo"},
        Row{"2 取消", "2 undo"}, Row{"undo", "undo"}));

INSTANTIATE_TEST_SUITE_P(
    AskedBack, ReplyWords,
    testing::Values(Row{"訪問", "? no day"}, Row{"1 訪問 昨日", "1 ? no day"},
                    Row{"1 訪問 月/日", "1 ? no day"}, Row{"1 行きました", "1 ? no word"},
                    Row{"訪問 9/14 9/20", "? two days"}, Row{"訪問 9/14・9/20", "? two days"},
                    Row{"訪問 9/14-15", "? two days"}, Row{"予定 9/20 または 9/21", "? two days"},
                    Row{"対応。", "? no day"}, Row{"入院 9/1 それから 9/20", "? two days"}));

INSTANTIATE_TEST_SUITE_P(WhatDidNotTakePlace, ReplyWords,
                         testing::Values(Row{"1 訪問 12/14 不在でした", "1 ? denied"},
                                         Row{"1 訪問 12/13 できませんでした", "1 ? denied"},
                                         Row{"1 訪問 12/12 キャンセルになりました", "1 ? denied"},
                                         Row{"1 visited 12/14 no one home", "1 ? denied"},
                                         Row{"1 訪問 12/15 の予定です", "1 ? denied"},
                                         Row{"1 連絡 12/14 つかず", "1 ? denied"},
                                         Row{"1 終了 12/14 ではありません", "1 ? denied"},
                                         Row{"1 訪問 12/14は不在、12/10に訪問", "1 ? denied"},
                                         Row{"1 訪問 12/14 変化なし", "1 visited 12/14 | 変化なし"},
                                         Row{"1 入院 12/14 本人不在", "1 away 12/14 | 本人不在"}));

INSTANTIATE_TEST_SUITE_P(
    WhatIsNotExact, ReplyWords,
    testing::Values(Row{"予定 12/20か21", "? inexact"}, Row{"予定 12/20以降", "? inexact"},
                    Row{"予定 12/20の週", "? inexact"}, Row{"予定 12/20まで", "? inexact"},
                    Row{"訪問 12/14頃", "? inexact"}, Row{"訪問 12/14?", "? inexact"},
                    Row{"1-3 訪問 12/14", "? no number"}, Row{"1、2、3 訪問 12/14", "1 ? no word"},
                    Row{"1 12/14 訪問 元気", "1 visited 12/14 | 元気"},
                    Row{"入院 9/1〜9/20まで", "away 9/1 to 9/20"}));

INSTANTIATE_TEST_SUITE_P(
    Prose, ReplyWords,
    testing::Values(Row{"", "prose"}, Row{"お世話になっております。", "prose"},
                    Row{"連絡ありがとうございます。", "prose"},
                    Row{"訪問の件、承知しました。", "prose"}, Row{"対応いたします。", "prose"},
                    Row{"042-123-4567", "prose"}, Row{"〒188-0011 西東京市", "prose"},
                    Row{"2026年9月14日(月) 8:30 omamori <omamori@city.example>:", "prose"},
                    Row{"9/14に訪問の相談がありました。", "prose"}, Row{"取消の件ですが", "prose"},
                    Row{"10時に訪問します", "prose"}, Row{"1234 訪問です", "prose"},
                    Row{"8:30に電話", "prose"}, Row{"2 件とも承知しました。", "prose"},
                    Row{"連絡済。よろしく", "prose"}, Row{"I visited them on 9/14", "prose"}));

}  // namespace
}  // namespace omamori
