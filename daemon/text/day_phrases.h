// Days, months and the time left, as the phrasebooks say them in each language. Pure.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "daemon/model/digest.h"
#include "daemon/model/facts.h"

namespace omamori {
namespace english {

std::string number(int value);
std::string days(int count);                    // "1 day", "2 days"
std::string name_of(std::chrono::month month);  // "Sep"
// "1 Sep", with the year where it is not this one.
std::string date(Day day, Day today);
std::string month_name(Month month, Day today);
// The months of a streak: "Apr, May not visited".
std::string unmet(const std::vector<Month>& months, Day today);
// When to do what `verb` says.
std::string window_text(const Line& line, Day today, const std::string& verb);
// A streak whose window is over: when it should have been.
std::string past_window(const Line& line, Day today);
std::string by_the_day(const Line& line, Day today, const std::string& verb);
// Where the due-by stands seen from today; empty without one.
std::string time_left(const Line& line, Day today);

}  // namespace english

namespace japanese {

std::string number(int value);
// "9/1", with the year where it is not this one.
std::string date(Day day, Day today);
std::string month_name(Month month, Day today);
// The months of a streak: "4月・5月 未実施".
std::string unmet(const std::vector<Month>& months, Day today);
// When to do what `verb` says.
std::string window_text(const Line& line, Day today, const std::string& verb);
// A streak whose window is over: when it should have been.
std::string past_window(const Line& line, Day today);
std::string by_the_day(const Line& line, Day today, const std::string& verb);
// Where the due-by stands seen from today; empty without one.
std::string time_left(const Line& line, Day today);

}  // namespace japanese

}  // namespace omamori
