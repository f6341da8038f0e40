#include "daemon/answer/ping_words.h"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "daemon/answer/json_values.h"
#include "daemon/model/calendar.h"

namespace omamori {
namespace {

constexpr std::size_t kDayAndBlank = 11;  // of "2026-06-05 09:00"

}  // namespace

// All are of one day.
std::string ping_times(const CheckInRecord& record, const Zone& zone, const Tongue& say) {
  if (!record.pings) return "";
  const std::string first = zone.local_text(record.pings->first).substr(kDayAndBlank);
  const std::string last = zone.local_text(record.pings->last).substr(kDayAndBlank);
  const std::string times = std::to_string(record.pings->times);
  const std::string span = first == last ? first : first + "-" + last;
  return span +
         say("、" + times + "回", record.pings->times == 1 ? ", once" : ", " + times + " times");
}

std::string ping_settings(const CheckRecord& check, const std::optional<RefusedPing>& refused,
                          const Tongue& say) {
  std::string text;
  const auto add = [&](const std::string& part) {
    text += (text.empty() ? "" : say("、", "; ")) + part;
  };
  if (check.fail_means == Outcome::concern) add(say("失敗は気がかり", "a failure is a concern"));
  if (check.get_allowed) add(say("GETも可", "GET counts"));
  if (refused) {
    add(refused->method + say(" は受け付けない（" + to_string(refused->on) + "）",
                              " refused on " + to_string(refused->on)));
  }
  return text;
}

boost::json::value json_of(const std::optional<PingTimes>& pings) {
  if (!pings) return nullptr;
  return boost::json::object{
      {"first", json_of(pings->first)}, {"last", json_of(pings->last)}, {"times", pings->times}};
}

boost::json::value json_of(const std::optional<RefusedPing>& refused) {
  if (!refused) return nullptr;
  return boost::json::object{{"method", refused->method}, {"on", json_of(refused->on)}};
}

}  // namespace omamori
