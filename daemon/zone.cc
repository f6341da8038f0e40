#include "daemon/zone.h"

#include <stdexcept>

#include <date/tz.h>

#include "daemon/calendar.h"

namespace omamori {
namespace {

std::chrono::seconds local_seconds(const date::time_zone& zone, Instant instant) {
  return instant.time_since_epoch() + zone.get_info(instant).offset;
}

}  // namespace

Zone::Zone(const std::string& name) : name_(name), zone_(nullptr) {
  try {
    zone_ = date::locate_zone(name);
  } catch (const std::runtime_error&) {
    throw std::invalid_argument("unknown time zone \"" + name + "\"; names look like Asia/Tokyo");
  }
}

Day Zone::day_of(Instant instant) const {
  return Day{std::chrono::floor<std::chrono::days>(local_seconds(*zone_, instant))};
}

TimeOfDay Zone::time_of_day(Instant instant) const {
  const auto local = local_seconds(*zone_, instant);
  const auto into_day = local - std::chrono::floor<std::chrono::days>(local);
  return TimeOfDay{std::chrono::floor<std::chrono::minutes>(into_day)};
}

Instant Zone::at(Day day, TimeOfDay time) const {
  const std::chrono::seconds local = day.time_since_epoch() + time.since_midnight;
  const auto info = zone_->get_info(date::local_seconds{local});
  if (info.result == date::local_info::nonexistent) return info.first.end;
  return Instant{local - info.first.offset};
}

std::chrono::seconds Zone::offset_at(Instant instant) const {
  return zone_->get_info(instant).offset;
}

std::string Zone::local_text(Instant instant) const {
  const auto minutes = time_of_day(instant).since_midnight.count();
  const auto two = [](long n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return to_string(day_of(instant)) + " " + two(minutes / 60) + ":" + two(minutes % 60);
}

}  // namespace omamori
