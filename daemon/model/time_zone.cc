#include "daemon/model/time_zone.h"

#include <optional>
#include <stdexcept>

#include <date/tz.h>

#include "daemon/model/calendar.h"

namespace omamori {
namespace {

// The offset found last, with the instants between which it holds: planning asks for a few days
// around one another again and again, and the database is slow to find them.
const date::sys_info& info_at(const date::time_zone& zone, Instant instant) {
  thread_local const date::time_zone* last_zone = nullptr;
  thread_local date::sys_info last;
  if (last_zone != &zone || instant < last.begin || instant >= last.end) {
    last = zone.get_info(instant);
    last_zone = &zone;
  }
  return last;
}

std::chrono::seconds local_seconds(const date::time_zone& zone, Instant instant) {
  return instant.time_since_epoch() + info_at(zone, instant).offset;
}

// The instant of a local time well inside a stretch with one offset; near a change of the clocks,
// which may be as much as a day, nothing.
std::optional<Instant> plain_instant(const date::time_zone& zone, std::chrono::seconds local) {
  constexpr std::chrono::days kFarFromChange{2};
  const date::sys_info& info = info_at(zone, Instant{local});
  const Instant instant{local - info.offset};
  if (instant - kFarFromChange < info.begin || instant + kFarFromChange >= info.end) return {};
  return instant;
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
  if (const auto plain = plain_instant(*zone_, local)) return *plain;
  const auto info = zone_->get_info(date::local_seconds{local});
  if (info.result == date::local_info::nonexistent) return info.first.end;
  return Instant{local - info.first.offset};
}

std::chrono::seconds Zone::offset_at(Instant instant) const {
  return info_at(*zone_, instant).offset;
}

std::string Zone::local_text(Instant instant) const {
  const auto minutes = time_of_day(instant).since_midnight.count();
  const auto two = [](long n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return to_string(day_of(instant)) + " " + two(minutes / 60) + ":" + two(minutes % 60);
}

}  // namespace omamori
