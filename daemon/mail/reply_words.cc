#include "daemon/mail/reply_words.h"

#include <algorithm>
#include <utility>

#include "daemon/mail/reply_tokens.h"

namespace omamori {
namespace {

// Does a word stand alone, and not at the front of a sentence (連絡ありがとうございます)?
bool ends_here(std::string_view rest) {
  if (rest.starts_with("。")) return without_separators(rest).empty();
  if (rest.empty() || is_separated(rest) || rest.starts_with("(")) return true;
  skip_particle(rest);
  return !take_day(rest).empty();
}

class LineReader {
 public:
  explicit LineReader(std::string_view text) : text_(text) {}

  ReplyLine read() {
    number_ = take_number(text_);
    if (number_) skip_client();
    std::string_view day_first = text_;
    const std::string_view day = take_day(day_first);
    const bool digits = day.find_first_not_of("0123456789") == std::string_view::npos;
    if (!digits) return with_day_first(day, day_first);
    const auto word = take_word(text_);
    if (!word || !ends_here(text_)) return no_command();
    return word->act ? of_act(*word->act) : of_undo();
  }

 private:
  // "1. C-1 訪問 9/14": people copy the line's beginning.
  void skip_client() {
    std::string_view rest = text_;
    std::size_t end = 0;
    while (end < rest.size() && static_cast<unsigned char>(rest[end]) > ' ' &&
           static_cast<unsigned char>(rest[end]) < 0x7F) {
      ++end;
    }
    std::string_view word = without_separators(rest.substr(end));
    std::string_view day = rest;
    if (end == 0 || !take_day(day).empty() || end == rest.size() || take_word(rest) ||
        !take_word(word))
      return;
    client_ = text_.substr(0, end);
    text_ = without_separators(text_.substr(end));
  }

  // A number with prose behind it may be the number of a line, and may be none.
  ReplyLine no_command() const {
    if (!number_) return Prose{};
    return UnclearLine{UnclearLine::Why::no_word, number_, {}};
  }

  UnclearLine unclear(UnclearLine::Why why, DoorActKind act) const { return {why, number_, act}; }

  ReplyLine of_undo() const {
    if (!without_separators(text_).empty()) return no_command();
    return ReplyCommand{number_, {}, "", "", "", client_};
  }

  ReplyLine of_act(DoorActKind act) {
    text_ = without_separators(text_);
    skip_particle(text_);
    const std::string_view on = take_day(text_);
    // Our own example, broken by a mail program.
    if (!number_ && text_.starts_with("月/日")) return Prose{};
    if (on.empty()) return unclear(UnclearLine::Why::no_day, act);
    skip_weekday(text_);
    ReplyCommand command{number_, act, std::string(on), "", "", client_};
    if (act == DoorActKind::away) {
      command.until = last_day();
      if (command.until.empty() && has_a_day(text_)) {
        return unclear(UnclearLine::Why::two_days, act);
      }
    }
    return with_note(std::move(command));
  }

  // What is behind a day may make it none.
  ReplyLine with_note(ReplyCommand command) {
    const DoorActKind act = *command.act;
    const bool until = act == DoorActKind::away && !command.until.empty();
    if (until && text_.starts_with("まで")) text_.remove_prefix(std::string_view("まで").size());
    if (is_inexact(text_)) return unclear(UnclearLine::Why::inexact, act);
    if (another_day_follows()) return unclear(UnclearLine::Why::two_days, act);
    command.note = without_separators(text_);
    if (act == DoorActKind::away || act == DoorActKind::on_it) return command;
    if (denies(command.note)) return unclear(UnclearLine::Why::denied, act);
    if (speaks_of_another_day(command.note)) return unclear(UnclearLine::Why::two_days, act);
    return command;
  }

  // "次回 10/5" is no day of this visit; any other may be.
  static bool speaks_of_another_day(std::string_view note) {
    for (const std::string_view next : {"次回", "次は"}) {
      if (const std::size_t at = note.find(next); at != std::string_view::npos) {
        note = note.substr(0, at);
      }
    }
    return has_a_day(note);
  }

  // "9/14-15", "9/14・9/20": one visit is of one day.
  bool another_day_follows() const {
    std::string_view rest = text_;
    std::string_view range = text_;
    if (take_range(range) && !take_day(range).empty()) return true;
    rest = without_separators(rest);
    skip_joiner(rest);
    rest = without_separators(rest);
    return is_surely_a_day(take_day(rest));
  }

  static bool has_a_day(std::string_view text) {
    while (!text.empty()) {
      if (is_surely_a_day(take_day(text))) return true;
      if (!text.empty()) text.remove_prefix(1);
    }
    return false;
  }

  // "9/14 訪問", "9/14に訪問しました。", "1 9/14 訪問 元気": the same, where the word stands alone.
  ReplyLine with_day_first(std::string_view day, std::string_view rest) {
    skip_weekday(rest);
    rest = without_separators(rest);
    skip_particle(rest);
    const auto word = take_word(rest);
    if (!word || !word->act) return no_command();
    // "1-3 訪問 9/14": of several lines.
    if (!without_separators(rest).empty() && has_a_day(rest)) {
      return unclear(UnclearLine::Why::no_number, *word->act);
    }
    skip_ending(rest);
    const bool alone = without_separators(rest).empty() || rest.starts_with(' ');
    if (!alone) return no_command();
    text_ = rest;
    return with_note({number_, word->act, std::string(day), "", "", client_});
  }

  std::string last_day() {
    std::string_view rest = text_;
    if (!take_range(rest)) return "";
    const std::string_view until = take_day(rest);
    if (until.empty()) return "";
    text_ = rest;
    skip_weekday(text_);
    return std::string(until);
  }

  std::string_view text_;
  std::optional<int> number_;
  std::string client_;
};

// "2 予定 6/20" behind what was said of line 1 is an answer of its own.
bool begins_an_answer(std::string_view text) {
  const bool numbered = take_number(text).has_value();
  const auto word = numbered ? take_word(text) : std::nullopt;
  if (!word || !word->act) return false;
  text = without_separators(text);
  return !take_day(text).empty();
}

}  // namespace

ReplyLine read_reply_line(std::string_view line) {
  const std::string text = undressed(line);
  if (text.empty()) return Prose{};
  return LineReader(text).read();
}

std::vector<std::string> answers_in(std::string_view line) {
  const std::string text = undressed(line);
  std::vector<std::string> answers(1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = std::string_view(text).substr(i);
    const bool behind_a_gap = i > 0 && is_separated(std::string_view(text).substr(i - 1, 1));
    const bool behind_a_comma = std::string_view(text).substr(0, i).ends_with("、");
    // "1、2、3 訪問" is no three of them.
    const bool has_words = std::any_of(answers.back().begin(), answers.back().end(), [](char c) {
      return static_cast<unsigned char>(c) >= 0xE4 || (c >= 'a' && c <= 'z');
    });
    if ((behind_a_gap || behind_a_comma) && has_words && begins_an_answer(rest)) {
      answers.emplace_back();
    }
    answers.back() += text[i];
  }
  return answers;
}

}  // namespace omamori
