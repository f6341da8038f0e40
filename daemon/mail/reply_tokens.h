// What a line of a reply is made of: numbers, words and days, each taken from the front of what is
// left of it. Text is plain (daemon/import/csv/text.h). Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "daemon/model/door_act_kind.h"

namespace omamori {

// A line as it is compared and read: plain, without the marks people and programs set around it
// (bullets, *bold*, 「」, marks of direction).
std::string undressed(std::string_view line);

// A word that says what happened.
struct ReplyWord {
  std::string_view text;
  std::optional<DoorActKind> act;  // nothing: take back
};
// Nothing: it begins with none.
std::optional<ReplyWord> take_word(std::string_view& text);

// A number of at most three digits: "1", "1.", "(1)", "1番", "番号1". No day, time or count begins
// with it.
std::optional<int> take_number(std::string_view& text);

// "9/14", "令和8年9月14日": as much as days are written with, beginning with a digit or an era; ""
// = it begins with none. Whether there is such a day is for others to find out.
std::string_view take_day(std::string_view& text);
// "(月)", "(月曜日)": which people write beside a day, and which says nothing new.
void skip_weekday(std::string_view& text);
// "〜", "から", "to": between the first day of something and its last.
bool take_range(std::string_view& text);
// "または", "と", "and".
void skip_joiner(std::string_view& text);
// "に", "は", "on": between a word and its day.
void skip_particle(std::string_view& text);
// "です", "ます": behind a word at the end of a sentence.
void skip_ending(std::string_view& text);

// "か", "頃", "以降", "の週": behind a day, which is then not exact.
bool is_inexact(std::string_view behind_a_day);
// "不在でした", "no answer", "の予定です": a note by which what is said did not take place.
bool denies(std::string_view note);
// Does prose speak of what could be recorded, and not only of thanks?
bool speaks_of_something(std::string_view line);

bool is_separated(std::string_view text);
std::string_view without_separators(std::string_view text);
// "9/14", "14日", and not "36.8" or "2".
bool is_surely_a_day(std::string_view text);

}  // namespace omamori
