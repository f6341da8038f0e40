#include "daemon/commands/record_options.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "daemon/answer/codes.h"
#include "daemon/answer/json_text.h"
#include "daemon/import/csv/cells.h"
#include "daemon/import/csv/text.h"
#include "daemon/model/calendar.h"
#include "daemon/reminders/clock_hold.h"

namespace omamori {

void RecordOptions::fail(const std::string& why) {
  if (error_.empty()) error_ = why;
}

template <typename T>
std::optional<T> RecordOptions::keep(const std::string& name, const std::string& text,
                                     const Read<T>& read) {
  if (read.error.empty()) return read.value;
  if (error_.empty()) unread_ = true;
  fail("--" + name + " " + text + ": " + read.error);
  return {};
}

std::optional<Day> RecordOptions::day(const std::string& name) {
  const std::string text = request_.text(name);
  if (text.empty()) return {};
  return keep(name, text, read_day(text));
}

void RecordOptions::need_day_while_held(const std::string& name) {
  const auto hold = kept_clock_hold(service_.store());
  if (!hold) return;
  fail("--" + name + " DAY is needed: the clock is not believed (" + hold->why +
       "); omamorictl clock show says more");
}

Day RecordOptions::day_or(const std::string& name, Day otherwise) {
  if (request_.text(name).empty()) need_day_while_held(name);
  return day(name).value_or(otherwise);
}

Day RecordOptions::past_day(const std::string& name) {
  const Day today = service_.today();
  const Day day = day_or(name, today);
  // A clock that is held because it is behind is no reason to refuse what was seen since.
  const auto last = service_.store().last_instant();
  const bool held = kept_clock_hold(service_.store()).has_value();
  const Day latest = held && last ? std::max(today, service_.zone().day_of(*last)) : today;
  if (day > latest) fail("--" + name + " " + to_string(day) + " is in the future");
  return day;
}

std::optional<Month> RecordOptions::month(const std::string& name) {
  const std::string text = request_.text(name);
  if (text.empty()) return {};
  return keep(name, text, read_month(text));
}

InstantText RecordOptions::past_instant(const std::string& name, Instant otherwise) {
  const std::string text = request_.text(name);
  if (text.empty()) {
    need_day_while_held(name);
    return {otherwise, false};
  }
  const auto at = keep(name, text, read_instant(text, service_.zone()));
  if (!at) return {otherwise, false};
  const bool today_without_hour =
      at->day_only && service_.zone().day_of(at->at) == service_.today();
  if (at->at > service_.now() && !today_without_hour) {
    fail("--" + name + " " + text + " is in the future");
  }
  return *at;
}

std::string RecordOptions::free(const std::string& name) {
  std::string text(trim(request_.text(name)));
  const std::string_view problem = text_problem(text);
  if (!problem.empty()) fail("--" + name + ": " + std::string(problem));
  if (const auto read = read_text(text); !read.value) fail("--" + name + " " + read.error);
  return text;
}

std::string RecordOptions::required_free(const std::string& name, const std::string& why) {
  std::string text = free(name);
  if (text.empty()) fail("--" + name + " is missing: " + why);
  return text;
}

Response recorded_answer(const Request& request, const std::string& text, json::object facts) {
  if (request.json) return {Exit::ok, json_line(std::move(facts)), ""};
  return {Exit::ok, text + "\n", ""};
}

Response no_client(const std::string& code) {
  return refused("no client " + as_code(code) + "; omamorictl list clients shows the codes");
}

}  // namespace omamori
