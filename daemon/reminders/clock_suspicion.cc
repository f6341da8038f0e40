#include "daemon/reminders/clock_suspicion.h"

#include "daemon/model/calendar.h"

namespace omamori {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr hours kForwardStep{24};
// At start there is no reading before; a machine that was off for longer and has no time server may
// have lost its clock.
constexpr hours kLongAway{35 * 24};

std::string utc(Instant instant) { return to_string(instant) + " UTC"; }

}  // namespace

std::optional<ClockSuspicion> clock_suspicion(const ClockFacts& f) {
  const Instant wall = f.now.wall;
  const std::string says = "the clock says " + utc(wall);
  if (wall < f.built) {
    return ClockSuspicion{true, says + ", before this program was built (" + utc(f.built) + ")"};
  }
  if (f.last_instant && wall < *f.last_instant - kSmallStepBack) {
    return ClockSuspicion{
        true, says + ", behind the last instant acted on (" + utc(*f.last_instant) + ")"};
  }
  if (f.before) {
    const auto step = (wall - f.before->wall) - (f.now.since_boot - f.before->since_boot);
    if (step <= kForwardStep) return {};
    const auto hours_ahead = std::chrono::duration_cast<hours>(step).count();
    return ClockSuspicion{
        false, says + "; it stepped forward by " + std::to_string(hours_ahead) + " hours"};
  }
  if (f.last_instant && wall - *f.last_instant > kLongAway && !f.now.synchronised) {
    return ClockSuspicion{false, says + ", more than 35 days after the last instant acted on (" +
                                     utc(*f.last_instant) + "), and no time server confirms it"};
  }
  return {};
}

bool clock_has_corrected_itself(const ClockHold& hold, ClockFacts facts) {
  facts.before.reset();
  if (hold.behind) return !clock_suspicion(facts);
  if (hold.trusted) {
    facts.before = hold.trusted;
    return !clock_suspicion(facts);
  }
  // Nobody has watched it: only one that has gone back behind where it was held has been set.
  return hold.seen && facts.now.wall < *hold.seen && !clock_suspicion(facts);
}

bool clock_hold_is_over(const ClockHold& hold, const ClockReading& now) {
  const bool right = hold.synchronised_since && now.synchronised &&
                     now.since_boot - *hold.synchronised_since >= minutes{10};
  const bool known = hold.told && now.since_boot - *hold.told >= hours{24};
  return right && known;
}

}  // namespace omamori
