// What the commands share that write down what happened: record …, void, suspend, resume, assign,
// end, absence.
#pragma once

#include <optional>
#include <string>

#include <boost/json/object.hpp>

#include "daemon/commands/options.h"
#include "daemon/import/csv/date_text.h"

namespace omamori {

// The options of one request, read as values. The first mistake is kept and ends the command.
class RecordOptions {
 public:
  // Both must outlive it.
  RecordOptions(const Request& request, Service& service) : request_(request), service_(service) {}

  bool wrong() const { return !error_.empty(); }
  // To give where something is wrong.
  Response answer() const { return unread_ ? wrong_usage(error_) : refused(error_); }

  std::optional<Day> day(const std::string& name);
  // `otherwise` where it is not given, unless the clock is held: nobody knows what day it is then.
  Day day_or(const std::string& name, Day otherwise);
  // Today where it is not given, and not after today: records tell of what was, not of what is
  // planned.
  Day past_day(const std::string& name);
  std::optional<Month> month(const std::string& name);
  InstantText past_instant(const std::string& name, Instant otherwise);
  // Free text, without what would break a line elsewhere.
  std::string free(const std::string& name);
  std::string required_free(const std::string& name, const std::string& why);

 private:
  template <typename T>
  std::optional<T> keep(const std::string& name, const std::string& text, const Read<T>& read);
  void fail(const std::string& why);
  // Of what was not given: the clock's word is taken only while it is believed.
  void need_day_while_held(const std::string& name);

  const Request& request_;
  Service& service_;
  std::string error_;
  bool unread_ = false;  // the command line is wrong, rather than what it asks for
};

// `text` for people, the same facts for programs.
Response recorded_answer(const Request& request, const std::string& text,
                         boost::json::object facts);
// As no_such_client(), but an empty code is refused like any other that nobody has.
Response no_client(const std::string& code);

}  // namespace omamori
