// One line that somebody typed in a reply, read as what it records. Pure.
//
// "1 訪問 9/14", "訪問9月14日（月）元気でした", "visited 9/14", "入院 9/1〜9/20", "取消": a number
// where the message has several lines, a word, a day, and a note behind it; in half or full width.
// A line that begins otherwise is prose, which people write to people, and is nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "daemon/model/door_act_kind.h"

namespace omamori {

// What a line asks for. Days are as they were typed: a form reads them
// (daemon/recording/act_form.h).
struct ReplyCommand {
  std::optional<int> number;       // of the message's lines; nothing: none was typed
  std::optional<DoorActKind> act;  // nothing: 取消, take back what was recorded
  std::string on;
  std::string until;  // of an absence; "" = not said
  std::string note;
  std::string client;  // a code that stood between number and word; "" = none
  bool operator==(const ReplyCommand&) const = default;
};

// It begins like a command and is none. It is asked back: nothing is guessed.
struct UnclearLine {
  enum class Why {
    no_day,      // 訪問 alone
    no_word,     // a number, and no word behind it
    no_number,   // the message has several lines, or not so many
    two_days,    // of which one is meant
    inexact,     // a day or about it
    denied,      // the note reads as if it had not taken place
    too_many,    // lines
    contradicts  // two lines say different days of one thing
  };
  Why why = Why::no_day;
  std::optional<int> number;
  std::optional<DoorActKind> act;
  bool operator==(const UnclearLine&) const = default;
};

// Nothing to do with us.
struct Prose {
  bool operator==(const Prose&) const = default;
};

using ReplyLine = std::variant<Prose, ReplyCommand, UnclearLine>;
ReplyLine read_reply_line(std::string_view line);

// The answers that somebody has put on one line, "1 訪問 9/14、2 予定 9/20"; mostly one.
std::vector<std::string> answers_in(std::string_view line);

}  // namespace omamori
