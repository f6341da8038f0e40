#include <array>
#include <chrono>

#include "daemon/text/day_phrases.h"
#include "daemon/text/phrasebook.h"

namespace omamori::english {
namespace {

using std::chrono::year_month_day;

constexpr std::size_t kMonthsNamed = 4;
constexpr std::array kMonthNames{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

int days_from(Day from, Day to) { return static_cast<int>((to - from).count()); }

}  // namespace

std::string number(int value) { return std::to_string(value); }
std::string days(int count) { return number(count) + (count == 1 ? " day" : " days"); }

std::string name_of(std::chrono::month month) {
  return kMonthNames.at(static_cast<unsigned>(month) - 1);
}

std::string date(Day day, Day today) {
  const year_month_day ymd(day);
  const bool other_year = ymd.year() != year_month_day(today).year();
  return number(static_cast<int>(static_cast<unsigned>(ymd.day()))) + " " + name_of(ymd.month()) +
         (other_year ? " " + number(static_cast<int>(ymd.year())) : "");
}

std::string month_name(Month month, Day today) {
  const bool other_year = month.year() != year_month_day(today).year();
  return name_of(month.month()) + (other_year ? " " + number(static_cast<int>(month.year())) : "");
}

std::string unmet(const std::vector<Month>& months, Day today) {
  if (months.empty()) return "Months not visited";
  if (months.size() > kMonthsNamed) {
    return month_name(months.front(), today) + " to " + month_name(months.back(), today) + ": " +
           number(static_cast<int>(months.size())) + " months not visited";
  }
  std::string out;
  for (const Month month : months) out += (out.empty() ? "" : ", ") + month_name(month, today);
  return out + " not visited";
}

std::string window_text(const Line& line, Day today, const std::string& verb) {
  const Window window = window_of(line);
  if (!window.until) return verb + " from " + date(window.from, today);
  if (*window.until <= window.from) return verb + " by " + date(*window.until, today);
  return verb + " between " + date(window.from, today) + " and " + date(*window.until, today);
}

std::string past_window(const Line& line, Day today) {
  const Window window = window_of(line);
  const std::string until = window.until ? date(*window.until, today) : "";
  const bool one_day = !window.until || *window.until <= window.from;
  return (one_day ? "by " + until : date(window.from, today) + " to " + until) + " (past)";
}

std::string by_the_day(const Line& line, Day today, const std::string& verb) {
  if (!line.about.due_by) return window_text(line, today, verb);
  return verb + " by " + date(*line.about.due_by, today) + (line.days_late > 0 ? " (past)" : "");
}

std::string time_left(const Line& line, Day today) {
  if (!line.about.due_by) return "";
  const std::string due = date(*line.about.due_by, today);
  if (line.days_late > 0) return "Was due " + due + ", " + days(line.days_late) + " ago.";
  const int left = days_from(today, *line.about.due_by);
  return left > 0 ? "Due " + due + ", in " + days(left) + "." : "Due today.";
}

}  // namespace omamori::english
