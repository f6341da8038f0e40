#include "daemon/mail/answer_words.h"

#include <algorithm>

#include "daemon/text/phrases_message.h"

namespace omamori {
namespace {

class Writer {
 public:
  Writer(const ReplyAnswer& answer, Language language) : answer_(answer), language_(language) {}

  std::string text() {
    const bool any = write(true, say("次のとおり記録しました。", "This was recorded:"));
    write(false, any ? say("次は記録していません。", "This was not recorded:")
                     : say("何も記録していません。", "Nothing was recorded:"));
    if (answer_.outcomes.empty()) nothing_read();
    if (answer_.unread > 0 && !answer_.outcomes.empty()) {
      add("");
      add(say(
          "ほかに " + std::to_string(answer_.unread) +
              "行ありましたが、記録していません。記録することは、1行に1件ずつ書いてください。",
          std::to_string(answer_.unread) +
              " more lines were not recorded. Please write what is to be recorded one a line."));
    }
    if (!all_done()) examples();
    if (!answer_.undo_until.empty()) {
      add("");
      add(say("取り消すときは、" + answer_.undo_until +
                  " までに、このメールに「取消」とだけ書いて返信してください。",
              "To take it back, reply to this mail with the one word \"undo\" by " +
                  answer_.undo_until + "."));
    }
    if (answer_.is_last) {
      add("");
      add(say(
          "本日のご返信への回答はこれが最後です。この後のご返信も、読み取れたものは記録します。",
          "This is the last answer of today; what can be read of further replies is recorded."));
    }
    add("");
    add("-- ");
    add(say("お守り（宛先 " + answer_.to + "）", "omamori (to " + answer_.to + ")"));
    return std::move(text_);
  }

  std::string subject() const {
    const auto done = std::count_if(answer_.outcomes.begin(), answer_.outcomes.end(),
                                    [](const ReplyOutcome& outcome) { return outcome.done; });
    const std::string mark = say("【お守り・返信】", "[omamori: reply] ");
    if (done == 0) return mark + say("記録できませんでした", "nothing was recorded");
    const bool all = static_cast<std::size_t>(done) == answer_.outcomes.size();
    const std::string count = std::to_string(done);
    return mark + (all ? say("記録しました（" + count + "件）", count + " recorded")
                       : say(count + "件を記録、一部は記録できませんでした",
                             count + " recorded, some were not"));
  }

 private:
  std::string say(const std::string& ja, const std::string& en) const {
    return language_ == Language::ja ? ja : en;
  }

  void add(const std::string& line) { text_.append(line).push_back('\n'); }

  bool all_done() const {
    return !answer_.outcomes.empty() &&
           std::all_of(answer_.outcomes.begin(), answer_.outcomes.end(),
                       [](const ReplyOutcome& outcome) { return outcome.done; });
  }

  // False: there is none of them.
  bool write(bool done, const std::string& title) {
    bool any = false;
    for (const ReplyOutcome& outcome : answer_.outcomes) {
      if (outcome.done != done) continue;
      if (!any) {
        if (!text_.empty()) add("");
        add(title);
        add("");
      }
      any = true;
      std::string line = outcome.number == 0 ? "・" : std::to_string(outcome.number) + ". ";
      if (!outcome.client.empty()) line += outcome.client + say("　", "  ");
      add(line + outcome.what.in(language_));
      if (!outcome.means.in(language_).empty()) add("   " + outcome.means.in(language_));
    }
    return any;
  }

  void nothing_read() {
    if (answer_.too_large) {
      add(
          say("メールが大きすぎて、最後まで読めませんでした。何も記録していません。"
              "添付のない短い返信でお送りください。",
              "The mail was too large to be read to its end; nothing was recorded. Please send a "
              "short reply without attachments."));
    } else if (answer_.replies.empty()) {
      add(say("このお知らせには、返信で記録できることがありません。何も記録していません。",
              "Nothing can be recorded by a reply to this message; nothing was."));
    } else {
      add(say("ご返信から、記録することを読み取れませんでした。何も記録していません。",
              "No line of your reply could be read as something to record; nothing was."));
    }
  }

  void examples() {
    if (answer_.replies.empty()) return;
    add("");
    add(
        say("本文のはじめに、次のように1行ずつ書いて、もう一度返信してください"
            "（月/日は数字で。「予定」はこれからの日、ほかは済んだ日）。",
            "Please reply once more, beginning with lines like these (month/day in figures; a day "
            "to come for \"planned\", else a day past):"));
    for (const DoorActKind act : answer_.replies) {
      add("   " + reply_example(act, answer_.numbered, language_));
    }
  }

  const ReplyAnswer& answer_;
  Language language_;
  std::string text_;
};

}  // namespace

Said why_unclear(const UnclearLine& line) {
  switch (line.why) {
    case UnclearLine::Why::no_day:
      return {"日付がありません", "there is no day"};
    case UnclearLine::Why::no_word:
      return {"番号の後の言葉が読み取れません", "the word behind the number could not be read"};
    case UnclearLine::Why::no_number:
      return {"どの件のことか、お知らせの番号を先に書いてください",
              "which line of the message is meant? Put its number in front"};
    case UnclearLine::Why::two_days:
      return {"日付が2つあります。1行に1日ずつ書いてください",
              "there are two days; write one a line"};
    case UnclearLine::Why::inexact:
      return {"日付がはっきりしません。1日に決めて書いてください",
              "the day is not exact; write one day"};
    case UnclearLine::Why::denied:
      return {
          "実施できなかったようにも読めるため、記録していません。会えた日、連絡がとれた日だけを書い"
          "てください",
          "it reads as if it had not taken place; write only a day on which it did"};
    case UnclearLine::Why::too_many:
      return {"1通で読める件数を超えています", "there are more lines than are read of one mail"};
    case UnclearLine::Why::contradicts:
      return {"同じ件に、違う日付が書かれています", "different days are given for the same line"};
  }
  return {""};
}

AnswerWords answer_words(const ReplyAnswer& answer, Language language) {
  Writer writer(answer, language);
  return {writer.subject(), writer.text()};
}

}  // namespace omamori
