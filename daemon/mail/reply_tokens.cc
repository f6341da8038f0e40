#include "daemon/mail/reply_tokens.h"

#include <algorithm>
#include <array>

#include "daemon/import/csv/text.h"
#include "daemon/model/mail_address.h"

namespace omamori {
namespace {

using Act = std::optional<DoorActKind>;

// The longest comes first of those that begin alike: 訪問予定 is no 訪問.
constexpr std::array kWords{
    ReplyWord{"訪問しました", DoorActKind::visited},
    ReplyWord{"訪問予定日", DoorActKind::will_visit},
    ReplyWord{"訪問予定", DoorActKind::will_visit},
    ReplyWord{"訪問します", DoorActKind::will_visit},
    ReplyWord{"訪問済み", DoorActKind::visited},
    ReplyWord{"訪問した", DoorActKind::visited},
    ReplyWord{"訪問済", DoorActKind::visited},
    ReplyWord{"訪問日", DoorActKind::visited},
    ReplyWord{"訪問", DoorActKind::visited},
    ReplyWord{"予定日", DoorActKind::will_visit},
    ReplyWord{"予定", DoorActKind::will_visit},
    ReplyWord{"連絡しました", DoorActKind::contacted},
    ReplyWord{"連絡済み", DoorActKind::contacted},
    ReplyWord{"連絡した", DoorActKind::contacted},
    ReplyWord{"連絡済", DoorActKind::contacted},
    ReplyWord{"連絡", DoorActKind::contacted},
    ReplyWord{"対応予定", DoorActKind::on_it},
    ReplyWord{"対応します", DoorActKind::on_it},
    ReplyWord{"対応中", DoorActKind::on_it},
    ReplyWord{"対応", DoorActKind::on_it},
    ReplyWord{"入院中", DoorActKind::away},
    ReplyWord{"入院", DoorActKind::away},
    ReplyWord{"長期不在", DoorActKind::away},
    ReplyWord{"利用終了", DoorActKind::ended},
    ReplyWord{"終了", DoorActKind::ended},
    ReplyWord{"取り消し", Act{}},
    ReplyWord{"取消し", Act{}},
    ReplyWord{"取消", Act{}},
    ReplyWord{"visited", DoorActKind::visited},
    ReplyWord{"will visit", DoorActKind::will_visit},
    ReplyWord{"planned", DoorActKind::will_visit},
    ReplyWord{"contacted", DoorActKind::contacted},
    ReplyWord{"reached", DoorActKind::contacted},
    ReplyWord{"on it", DoorActKind::on_it},
    ReplyWord{"hospital", DoorActKind::away},
    ReplyWord{"away", DoorActKind::away},
    ReplyWord{"ended", DoorActKind::ended},
    ReplyWord{"undo", Act{}},
};

constexpr std::array<std::string_view, 10> kSeparators{" ", ":", "、", ",", "・",
                                                       ".", ")", "-",  "/", "。"};
constexpr std::array<std::string_view, 9> kRange{"~", "〜", "から", "–",    "-",
                                                 "→", "->", "to",   "until"};
constexpr std::array<std::string_view, 7> kJoiners{"または", "又は", "および", "か",
                                                   "と",     "or",   "and"};
constexpr std::array<std::string_view, 3> kParticles{"に", "は", "on "};
constexpr std::array<std::string_view, 5> kEndings{"です", "でした", "します", "しました",
                                                   "いたします"};
// What days are written with (daemon/import/csv/date_text.h).
constexpr std::array<std::string_view, 11> kOfDays{"/",    "-",    ".",    "年", "月", "日",
                                                   "令和", "平成", "昭和", "元", "R"};
// "2 件とも", "3人で": a count, and no number of a line.
constexpr std::array<std::string_view, 6> kCounters{"件", "人", "名", "回", "点", "つ"};
constexpr std::array<std::string_view, 4> kBeforeNumbers{"番号", "no.", "#", "("};
constexpr std::array<std::string_view, 16> kAround{"・", "•",  "●",  "■",  "○",  "※",  "→", "*",
                                                   "_",  "「", "『", "」", "』", "\"", "“", "”"};

constexpr std::array<std::string_view, 14> kInexact{"か",     "頃",     "ごろ",   "以降",   "以前",
                                                    "の週",   "まで",   "前後",   "あたり", "?",
                                                    "くらい", "ぐらい", "または", "又は"};
constexpr std::array<std::string_view, 44> kDenials{
    "不在",     "留守",       "できず",   "できな",    "できませ", "出来ず",     "出来な",
    "出来ませ", "行けず",     "行けな",   "行けませ",  "会えず",   "会えな",     "会えませ",
    "つかず",   "つかな",     "つきませ", "とれず",    "とれな",   "とれませ",   "取れず",
    "取れな",   "取れませ",   "つながら", "繋がら",    "出ず",     "出ませ",     "中止",
    "延期",     "キャンセル", "変更にな", "ではあり",  "じゃな",   "していませ", "未実施",
    "未訪問",   "予定です",   "する予定", "no answer", "no one",   "nobody",     "cancel",
    "not ",     "n't"};
constexpr std::array<std::string_view, 17> kMentions{
    "訪問", "予定", "連絡", "対応",  "入院",     "終了",    "取消",    "取り消", "気にな",
    "不在", "死亡", "転出", "visit", "hospital", "contact", "reached", "undo"};
constexpr std::array<std::string_view, 10> kCourtesies{"ありがと", "有難",   "お世話", "よろしく",
                                                       "宜しく",   "お願い", "了解",   "承知",
                                                       "thank",    "regards"};

template <class List>
bool has_any(std::string_view text, const List& list) {
  return std::any_of(list.begin(), list.end(), [&](std::string_view one) {
    return text.find(one) != std::string_view::npos;
  });
}

template <class List>
std::size_t length_of_one(std::string_view text, const List& list) {
  for (const std::string_view one : list) {
    if (text.starts_with(one)) return one.size();
  }
  return 0;
}

template <class List>
std::size_t length_of_last(std::string_view text, const List& list) {
  for (const std::string_view one : list) {
    if (text.ends_with(one)) return one.size();
  }
  return 0;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Marks of direction and of no width, which mail programs put in: U+200B to U+200F, U+202A to
// U+202E, U+2060 to U+2069.
std::string without_unseen(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const bool unseen = text.size() >= 3 && text[0] == '\xE2' &&
                        ((text[1] == '\x80' && ((text[2] >= '\x8B' && text[2] <= '\x8F') ||
                                                (text[2] >= '\xAA' && text[2] <= '\xAE'))) ||
                         (text[1] == '\x81' && text[2] >= '\xA0' && text[2] <= '\xA9'));
    if (!unseen) out += text.front();
    text.remove_prefix(unseen ? 3 : 1);
  }
  return out;
}

// Does a day or a time begin with the digits before `rest`?
bool goes_on_as_a_day(std::string_view rest) {
  const bool digit = rest.size() > 1 && is_digit(rest[1]);
  return rest.starts_with("/") || rest.starts_with("月") || rest.starts_with("年") ||
         (digit && (rest.starts_with(".") || rest.starts_with("-") || rest.starts_with(":")));
}

}  // namespace

std::string undressed(std::string_view line) {
  const std::string kept = plain(without_unseen(line));
  std::string_view text = trim(kept);
  for (bool again = true; again;) {
    const std::size_t before = length_of_one(text, kAround);
    text.remove_prefix(before);
    const std::size_t behind = length_of_last(text, kAround);
    text.remove_suffix(behind);
    text = trim(text);
    again = before + behind > 0;
  }
  const bool bullet = text.starts_with("- ") && text.size() > 2;
  return std::string(bullet ? trim(text.substr(2)) : text);
}

std::optional<ReplyWord> take_word(std::string_view& text) {
  for (const ReplyWord& word : kWords) {
    if (in_small_letters(text.substr(0, word.text.size())) != word.text) continue;
    text.remove_prefix(word.text.size());
    return word;
  }
  return {};
}

std::optional<int> take_number(std::string_view& text) {
  std::string_view rest = text;
  rest.remove_prefix(length_of_one(in_small_letters(rest.substr(0, 8)), kBeforeNumbers));
  while (rest.starts_with(' ')) rest.remove_prefix(1);
  std::size_t end = 0;
  while (end < rest.size() && is_digit(rest[end])) ++end;
  constexpr std::size_t kMostDigits = 3;
  if (end == 0 || end > kMostDigits) return {};
  const std::string_view digits = rest.substr(0, end);
  rest.remove_prefix(end);
  if (rest.starts_with("番")) rest.remove_prefix(std::string_view("番").size());
  if (goes_on_as_a_day(rest)) return {};
  std::string_view word = rest;
  if (!rest.empty() && !is_separated(rest) && !take_word(word)) return {};
  rest = without_separators(rest);
  if (length_of_one(rest, kCounters) != 0) return {};
  int number = 0;
  for (const char c : digits) number = number * 10 + (c - '0');
  text = rest;
  return number;
}

std::string_view take_day(std::string_view& text) {
  std::size_t end = 0;
  bool has_digit = false;
  bool has_slash = false;
  while (end < text.size()) {
    const std::string_view rest = text.substr(end);
    if (has_slash && rest.front() == '-') break;  // 9/1-9/20 are two
    if (is_digit(rest.front())) {
      has_digit = true;
      ++end;
      continue;
    }
    const std::size_t length = length_of_one(rest, kOfDays);
    const bool separates = rest.front() == '-' || rest.front() == '.' || rest.front() == '/';
    const bool goes_on = rest.size() > 1 && is_digit(rest[1]);
    if (length == 0 || (separates && (end == 0 || !goes_on))) break;
    has_slash = has_slash || rest.front() == '/';
    end += length;
    if (rest.starts_with("日")) break;
  }
  if (!has_digit) return {};
  const std::string_view day = text.substr(0, end);
  text.remove_prefix(end);
  return day;
}

void skip_weekday(std::string_view& text) {
  const std::size_t open = text.starts_with("(") ? 1 : text.starts_with(" (") ? 2 : 0;
  const std::size_t close = text.find(')');
  constexpr std::size_t kLongest = 12;
  if (open == 0 || close == std::string_view::npos || close > kLongest) return;
  constexpr std::array<std::string_view, 8> kDays{"月", "火", "水", "木", "金", "土", "日", "祝"};
  if (length_of_one(text.substr(open), kDays) != 0) text.remove_prefix(close + 1);
}

bool take_range(std::string_view& text) {
  std::string_view rest = text;
  while (rest.starts_with(' ')) rest.remove_prefix(1);
  const std::size_t length = length_of_one(rest, kRange);
  if (length == 0) return false;
  rest.remove_prefix(length);
  while (rest.starts_with(' ')) rest.remove_prefix(1);
  text = rest;
  return true;
}

void skip_joiner(std::string_view& text) { text.remove_prefix(length_of_one(text, kJoiners)); }

void skip_particle(std::string_view& text) { text.remove_prefix(length_of_one(text, kParticles)); }

void skip_ending(std::string_view& text) { text.remove_prefix(length_of_one(text, kEndings)); }

bool is_inexact(std::string_view behind_a_day) {
  return length_of_one(behind_a_day, kInexact) != 0 &&
         !behind_a_day.starts_with("から");  // the first day of several
}

bool denies(std::string_view note) { return has_any(in_small_letters(note), kDenials); }

bool speaks_of_something(std::string_view line) {
  const std::string text = in_small_letters(undressed(line));
  if (has_any(text, kCourtesies)) return false;
  std::string_view rest = text;
  while (!rest.empty() && is_digit(rest.front())) rest.remove_prefix(1);
  const bool of_a_line =
      rest.size() < text.size() && (rest.starts_with("と") || rest.starts_with("も"));
  return of_a_line || has_any(text, kMentions);
}

bool is_separated(std::string_view text) { return length_of_one(text, kSeparators) != 0; }

std::string_view without_separators(std::string_view text) {
  while (const std::size_t length = length_of_one(text, kSeparators)) text.remove_prefix(length);
  return text;
}

bool is_surely_a_day(std::string_view text) {
  return text.find('/') != std::string_view::npos || text.ends_with("日");
}

}  // namespace omamori
