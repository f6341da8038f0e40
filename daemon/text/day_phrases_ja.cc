#include <chrono>

#include "daemon/text/day_phrases.h"
#include "daemon/text/phrasebook.h"

namespace omamori::japanese {
namespace {

using std::chrono::year_month_day;

constexpr std::size_t kMonthsNamed = 4;

int year_of(Day day) { return static_cast<int>(year_month_day(day).year()); }
int days_from(Day from, Day to) { return static_cast<int>((to - from).count()); }

std::string month_after(Month month, std::chrono::year previous) {
  const std::string year =
      month.year() == previous ? "" : number(static_cast<int>(month.year())) + "年";
  return year + number(static_cast<int>(static_cast<unsigned>(month.month()))) + "月";
}

}  // namespace

std::string number(int value) { return std::to_string(value); }

std::string date(Day day, Day today) {
  const year_month_day ymd(day);
  const std::string year = year_of(day) == year_of(today) ? "" : number(year_of(day)) + "/";
  return year + number(static_cast<int>(static_cast<unsigned>(ymd.month()))) + "/" +
         number(static_cast<int>(static_cast<unsigned>(ymd.day())));
}

std::string month_name(Month month, Day today) {
  return month_after(month, year_month_day(today).year());
}

// "4月・5月 未実施", and when there are many "4月〜12月のうち9か月 未実施".
std::string unmet(const std::vector<Month>& months, Day today) {
  if (months.empty()) return "未実施の月があります";
  if (months.size() > kMonthsNamed) {
    return month_name(months.front(), today) + "〜" +
           month_after(months.back(), months.front().year()) + "のうち" +
           number(static_cast<int>(months.size())) + "か月 未実施";
  }
  std::string out;
  auto year = year_month_day(today).year();
  for (const Month month : months) {
    out += (out.empty() ? "" : "・") + month_after(month, year);
    year = month.year();
  }
  return out + " 未実施";
}

std::string window_text(const Line& line, Day today, const std::string& verb) {
  const Window window = window_of(line);
  const std::string from = date(window.from, today);
  if (!window.until) return from + "以降に" + verb;
  if (*window.until <= window.from) return date(*window.until, today) + "までに" + verb;
  return from + "〜" + date(*window.until, today) + "に" + verb;
}

std::string past_window(const Line& line, Day today) {
  const Window window = window_of(line);
  const std::string until = window.until ? date(*window.until, today) : "";
  const bool one_day = !window.until || *window.until <= window.from;
  return (one_day ? until + "まで" : date(window.from, today) + "〜" + until) +
         "（期限を過ぎています）";
}

std::string by_the_day(const Line& line, Day today, const std::string& verb) {
  if (!line.about.due_by) return window_text(line, today, verb);
  return date(*line.about.due_by, today) + "までに" + verb +
         (line.days_late > 0 ? "（期限を過ぎています）" : "");
}

std::string time_left(const Line& line, Day today) {
  if (!line.about.due_by) return "";
  const std::string due = "期限（" + date(*line.about.due_by, today) + "）";
  if (line.days_late > 0) return due + "を" + number(line.days_late) + "日過ぎています。";
  const int left = days_from(today, *line.about.due_by);
  return left > 0 ? due + "まであと" + number(left) + "日です。" : "本日が期限です。";
}

}  // namespace omamori::japanese
