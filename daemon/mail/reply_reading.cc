#include "daemon/mail/reply_reading.h"

#include <algorithm>

#include "daemon/import/csv/text.h"
#include "daemon/mail/reply_tokens.h"

namespace omamori {
namespace {

bool contradict(const ReplyCommand& a, const ReplyCommand& b) {
  return a.act && a.act == b.act && a.number == b.number && (a.on != b.on || a.until != b.until);
}

constexpr std::size_t kMostCommands = 100;

// The note apart: one visit is one.
bool is_the_same(const ReplyCommand& a, const ReplyCommand& b) {
  return a.act == b.act && a.number == b.number && a.on == b.on && a.until == b.until &&
         a.client == b.client;
}

class Reading {
 public:
  explicit Reading(int lines) : lines_(lines) {}

  void add(const ReplyLine& line, const std::string& text, bool above, const QuotedWords& ours) {
    const auto* unclear = std::get_if<UnclearLine>(&line);
    const auto* said = std::get_if<ReplyCommand>(&line);
    const bool prose = !unclear && !said;
    if (unclear && goes_on_with(*unclear)) return;
    in_note_ = (said && !said->note.empty()) || (in_note_ && prose && !match_key(text).empty());
    if (unclear) {
      // "101 Heights" in an address is no line of ours.
      const bool no_line = unclear->why == UnclearLine::Why::no_word && *unclear->number > lines_;
      if (!no_line && !ours.has_beginning(text)) ask(*unclear);
    } else if (said) {
      add(*said);
    } else if (above && speaks_of_something(text)) {
      ++found_.unread;
    }
  }

  ReadReply found() && { return std::move(found_); }

 private:
  // A note that a mail program has broken goes on with a word, perhaps; but nobody is in hospital,
  // or gone, in half a sentence.
  bool goes_on_with(const UnclearLine& line) const {
    return in_note_ && !line.number && line.why == UnclearLine::Why::no_day &&
           line.act != DoorActKind::away && line.act != DoorActKind::ended;
  }

  void add(ReplyCommand command) {
    if (!command.number && lines_ == 1) command.number = command.act ? 1 : 0;
    const bool takes_back_all = !command.act && !command.number.value_or(0);
    if (takes_back_all) command.number.reset();
    const int number = command.number.value_or(0);
    if (!takes_back_all && (number < 1 || number > lines_)) {
      return ask(UnclearLine::Why::no_number, command);
    }
    auto& known = found_.commands;
    const auto same = [&](const ReplyCommand& one) { return is_the_same(one, command); };
    if (std::any_of(known.begin(), known.end(), same)) return;
    if (known.size() >= kMostCommands) return ask(UnclearLine::Why::too_many, command);
    const auto other = std::find_if(known.begin(), known.end(), [&](const ReplyCommand& one) {
      return contradict(one, command);
    });
    if (other != known.end()) {
      known.erase(other);
      contradicted_.push_back(command);
      return ask(UnclearLine::Why::contradicts, command);
    }
    const bool was = std::any_of(
        contradicted_.begin(), contradicted_.end(),
        [&](const ReplyCommand& c) { return c.act == command.act && c.number == command.number; });
    if (!was) known.push_back(std::move(command));
  }

  void ask(UnclearLine::Why why, const ReplyCommand& command) {
    ask({why, command.number, command.act});
  }
  void ask(const UnclearLine& line) {
    auto& asked = found_.unclear;
    const bool known = std::find(asked.begin(), asked.end(), line) != asked.end();
    if (!known && asked.size() < kMostCommands) asked.push_back(line);
  }

  int lines_;
  ReadReply found_;
  bool in_note_ = false;  // the line before had a note
  std::vector<ReplyCommand> contradicted_;
};

}  // namespace

ReadReply read_reply(std::string_view text, const QuotedWords& ours, int lines) {
  Reading reading(lines);
  for (const TypedLine& line : typed_lines(text, ours)) {
    for (const std::string& answer : answers_in(line.text)) {
      reading.add(read_reply_line(answer), answer, line.above, ours);
    }
  }
  return std::move(reading).found();
}

}  // namespace omamori
