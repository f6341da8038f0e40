#include <boost/json.hpp>

#include "daemon/model/bilingual.h"
#include "daemon/model/calendar.h"
#include "daemon/text/message_text.h"
#include "daemon/text/phrasebook.h"
#include "daemon/text/weekly_text.h"

namespace omamori {
namespace {

template <typename Value>
boost::json::value text_or_null(const std::optional<Value>& value) {
  return value ? boost::json::value(to_string(*value)) : boost::json::value(nullptr);
}

// The sentence why it comes to the reader, if it is not theirs to hear, before that of why now.
std::string reason_of(const Line& line, const Phrasebook& book, Day today) {
  std::string reason = book.standing_in(line);
  if (reason.ends_with('.')) reason += ' ';
  return reason + book.line(line, today).why;
}

boost::json::object item(const Line& line, const Digest& digest, Day today) {
  const Language language = digest.language;
  const Obligation& about = line.about;
  std::optional<Month> month;
  if (!about.months.empty()) month = about.months.front();
  boost::json::object out;
  out["key"] = about.key;
  out["client"] = about.client;
  out["kind"] = to_word(about.kind);
  out["stage"] = line.withdrawn ? std::string("withdrawn") : line.reminder.stage;
  out["repeat"] = line.reminder.repeat;
  out["month"] = text_or_null(month);
  out["from"] = to_string(about.window_from);
  out["due_by"] = text_or_null(about.due_by);
  out["days_late"] = line.days_late;
  out["reason"] = reason_of(line, phrasebook(language), today);
  const auto add = [&](const char* key, const std::string& text) {
    if (!text.empty()) out[key] = text;
  };
  add("instead_of", line.instead_of);
  add("handed_over_from", line.handed_over_from);
  add("act_url", line.act);
  if (asks_its_provider(line)) add("attendance_url", digest.attendance);
  if (line.maybe_repeat) out["maybe_repeat"] = true;
  if (about.kind == ObligationKind::trouble) {
    add("subject", trouble_subject(about));
    add("detail", kept_in(language, line.detail));
  }
  return out;
}

}  // namespace

std::string webhook_data(const Digest& digest) {
  const Day today = today_of(digest);
  boost::json::array items;
  for (Line& line : most_pressing_first(digest.lines, today)) {
    line.staff_names = nullptr;  // programs go by codes
    items.push_back(item(line, digest, today));
  }
  boost::json::object data;
  data["to"] = digest.to;
  data["slot"] = to_string(digest.slot);
  data["items"] = std::move(items);
  if (digest.parts > 1) {
    data["part"] = digest.part;
    data["parts"] = digest.parts;
  }
  if (digest.weekly) data["weekly"] = weekly_json(*digest.weekly);
  return boost::json::serialize(data);
}

}  // namespace omamori
