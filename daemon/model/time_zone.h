// Local time where the office is: an instant to a local day, and a local day and time of day back
// to an instant. Only this file and its .cc know the time zone database.
#pragma once

#include <memory>
#include <string>

#include "daemon/model/facts.h"
#include "daemon/model/time_of_day.h"

namespace date {
class time_zone;
}

namespace omamori {

class Zone {
 public:
  // `name` as in the IANA database, "Asia/Tokyo". Throws std::invalid_argument naming it if the
  // machine does not know it.
  explicit Zone(const std::string& name);

  Day day_of(Instant instant) const;
  TimeOfDay time_of_day(Instant instant) const;
  // The instant of `time` on `day`. A time that does not exist (a gap when clocks go forward) is
  // the first instant after the gap; one that exists twice is the earlier.
  Instant at(Day day, TimeOfDay time) const;
  Instant start_of(Day day) const { return at(day, TimeOfDay{}); }
  // Local time minus UTC.
  std::chrono::seconds offset_at(Instant instant) const;
  // "2026-04-01 08:30" for people.
  std::string local_text(Instant instant) const;
  const std::string& name() const { return name_; }

 private:
  std::string name_;
  const date::time_zone* zone_;
};

}  // namespace omamori
