#include "daemon/text/phrases_message.h"

#include <algorithm>
#include <array>

#include "daemon/model/bilingual.h"
#include "daemon/model/message.h"
#include "daemon/text/day_phrases.h"

namespace omamori {
namespace {

using std::chrono::year_month_day;

std::string n(int value) { return std::to_string(value); }

std::string in_brackets(const std::string& text, Language language) {
  if (text.empty()) return "";
  return language == Language::ja ? "（" + text + "）" : " (" + text + ")";
}

// "（至急1件・本日期限1件・期限超過2件）", empty if there is none of them.
std::string pressing(const std::vector<Line>& lines, Day today, Language language) {
  const bool ja = language == Language::ja;
  std::string out;
  const auto add = [&](Tone tone, const char* japanese, const char* english) {
    const auto count = std::count_if(lines.begin(), lines.end(),
                                     [&](const Line& l) { return tone_of(l, today) == tone; });
    if (count == 0) return;
    if (!out.empty()) out += ja ? "・" : ", ";
    const std::string number = std::to_string(count);
    out += ja ? japanese + number + "件" : number + " " + english;
  };
  add(Tone::urgent, "至急", "urgent");
  add(Tone::today, "本日期限", "due today");
  add(Tone::overdue, "期限超過", "overdue");
  return in_brackets(out, language);
}

std::string subject_mark(MessageKind kind, Language language) {
  const bool ja = language == Language::ja;
  switch (kind) {
    case MessageKind::digest:
      return ja ? "【お守り】" : "[omamori] ";
    case MessageKind::urgent:
      return ja ? "【お守り・至急】" : "[omamori: urgent] ";
    case MessageKind::trouble:
      return ja ? "【お守り・障害】" : "[omamori: trouble] ";
    case MessageKind::weekly:
      return ja ? "【お守り・週報】" : "[omamori: weekly] ";
    case MessageKind::test:
      return ja ? "【お守り・テスト】" : "[omamori: test] ";
    case MessageKind::answer:
      return ja ? "【お守り・返信】" : "[omamori: reply] ";
  }
  return "";
}

// "メールで", " by email"; empty if it is not said.
std::string by(std::optional<Channel> channel, Language language) {
  if (!channel) return "";
  const bool ja = language == Language::ja;
  switch (*channel) {
    case Channel::email:
      return ja ? "メールで" : " by email";
    case Channel::webhook:
      return ja ? " Webhook で" : " by webhook";
    case Channel::file:
      return ja ? "ファイルで" : " as a file";
  }
  return "";
}

std::string date(Day day, Day today, Language language) {
  return language == Language::ja ? japanese::date(day, today) : english::date(day, today);
}

}  // namespace

std::string_view group_title(Tone tone, Language language) {
  const bool ja = language == Language::ja;
  switch (tone) {
    case Tone::urgent:
      return ja ? "至急ご確認ください" : "Please look into these at once";
    case Tone::today:
      return ja ? "本日が期限です" : "Due today";
    case Tone::overdue:
      return ja ? "期限を過ぎています" : "Overdue";
    case Tone::ahead:
      return ja ? "期限までに行うこと" : "To do by their day";
    case Tone::information:
      return ja ? "お知らせ" : "For your information";
    case Tone::withdrawn:
      return ja ? "解消しました" : "Resolved";
  }
  return "";
}

std::string long_date(Day day, Language language) {
  constexpr std::array kDays{"日", "月", "火", "水", "木", "金", "土"};
  constexpr std::array kWeekdays{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                 "Thursday", "Friday", "Saturday"};
  const year_month_day ymd(day);
  const unsigned weekday = std::chrono::weekday(day).c_encoding();
  const std::string year = n(static_cast<int>(ymd.year()));
  const std::string of_month = n(static_cast<int>(static_cast<unsigned>(ymd.day())));
  if (language == Language::ja) {
    const std::string month = n(static_cast<int>(static_cast<unsigned>(ymd.month())));
    return year + "年" + month + "月" + of_month + "日（" + kDays.at(weekday) + "）";
  }
  return std::string(kWeekdays.at(weekday)) + ", " + of_month + " " +
         english::name_of(ymd.month()) + " " + year;
}

std::string subject_of(const Digest& digest, const std::vector<Line>& lines, Day today) {
  const Language language = digest.language;
  const bool ja = language == Language::ja;
  const std::string mark = subject_mark(kind_by_subject(digest, lines), language);
  if (digest.kind == MessageKind::test) {
    return mark + (ja ? digest.to + " さんへのテスト送信です" : "A test message to " + digest.to);
  }
  const std::string day = date(today, today, language);
  if (lines.empty()) return mark + day + (ja ? " お知らせはありません" : ": nothing to tell");
  if (lines.size() > 1) {
    const std::string count = n(static_cast<int>(lines.size()));
    return mark + day + (ja ? " " + count + "件" : ": " + count + " items") +
           pressing(lines, today, language);
  }
  const Line& only = lines.front();
  const std::string& client = only.about.client;
  const bool due_today = tone_of(only, today) == Tone::today;
  return mark + (client.empty() ? "" : client + (ja ? " " : ": ")) +
         phrasebook(language).line(only, today).headline +
         in_brackets(due_today ? (ja ? "本日期限" : "due today") : "", language);
}

std::string part_of(const Digest& digest) {
  if (digest.parts < 2) return "";
  const std::string parts = n(digest.parts);
  const std::string part = n(digest.part);
  return Said("お知らせが多いため、急ぐものから順に" + parts + "通に分けています。これは" + part +
                  "通目です。",
              "This comes in " + parts + " messages, most urgent first; this is number " + part +
                  ". ")
      .in(digest.language);
}

std::string introduction_of(const Digest& digest) {
  const std::string over = by(digest.over, digest.language);
  if (digest.kind == MessageKind::test) {
    return Said("これは「お守り」のテスト送信です。" + digest.to + " さんに" + over +
                    "届きました。お知らせの設定は正常です。対応の必要はありません。",
                "This is a test message of omamori. It has reached " + digest.to + over +
                    ". Messages arrive as they should; there is nothing to do.")
        .in(digest.language);
  }
  if (!digest.lines.empty()) return "";
  return Said("現在、お知らせすることはありません。", "There is nothing to tell at present.")
      .in(digest.language);
}

std::string_view reply_word(DoorActKind act, Language language) {
  const bool ja = language == Language::ja;
  switch (act) {
    case DoorActKind::visited:
      return ja ? "訪問" : "visited";
    case DoorActKind::will_visit:
      return ja ? "予定" : "planned";
    case DoorActKind::contacted:
      return ja ? "連絡" : "contacted";
    case DoorActKind::on_it:
      return ja ? "対応" : "on it";
    case DoorActKind::away:
      return ja ? "入院" : "hospital";
    case DoorActKind::ended:
      return ja ? "終了" : "ended";
    case DoorActKind::not_mine:
      break;
  }
  return "";
}

std::string reply_example(DoorActKind act, bool numbered, Language language) {
  const bool ja = language == Language::ja;
  std::string example = numbered ? (ja ? "番号 " : "number ") : "";
  return example.append(reply_word(act, language)).append(ja ? " 月/日" : " month/day");
}

std::string reply_of(const Digest& digest, const std::vector<Line>& lines) {
  if (digest.replies.empty()) return "";
  std::string examples;
  for (const DoorActKind act : digest.replies) {
    examples += digest.language == Language::ja ? "「" : examples.empty() ? "\"" : ", \"";
    examples += reply_example(act, lines.size() > 1, digest.language);
    examples += digest.language == Language::ja ? "」" : "\"";
  }
  const std::string code(kReplyPlaceholder);
  return Said("このメールへの返信でも記録できます。本文のはじめに" + examples +
                  "のように書いてください（受付番号 " + code + "）。",
              "Or reply to this mail: begin it with a line such as " + examples + " (reference " +
                  code + ").")
      .in(digest.language);
}

std::string lateness_of(const Digest& digest) {
  const int late = digest.slots_late_days;
  if (late <= 0) return "";
  const std::string meant =
      date(digest.slot_day, digest.slot_day + std::chrono::days{late}, digest.language);
  return Said(meant + "にお送りする予定だったお知らせです。" + n(late) +
                  "日遅れてお送りしています。",
              "This was to be sent on " + meant + "; it comes " + english::days(late) + " late.")
      .in(digest.language);
}

}  // namespace omamori
