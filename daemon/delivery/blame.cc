#include "daemon/delivery/blame.h"

#include <algorithm>
#include <utility>

namespace omamori {
namespace {

constexpr const char* kLost = "lost";

}  // namespace

Blame BlameBook::judge(const SendResult& result, const std::string& person,
                       const std::string& message, bool down) {
  if (const auto* again = std::get_if<TryAgain>(&result)) {
    return of_failure(*again, person, message, down);
  }
  if (const auto* no = std::get_if<Refused>(&result)) {
    return of_refusal(*no, person, message, down);
  }
  accepted(person);
  return {};
}

void BlameBook::accepted(const std::string& person) {
  alike_.clear();
  row_.clear();
  lost_to_.erase(person);
  for (auto& [other, alone] : lost_to_) alone = true;
}

// Until others pass, a lost connection is an outage that begins.
Blame BlameBook::of_failure(const TryAgain& again, const std::string& person,
                            const std::string& message, bool down) {
  if (again.peer_down) return {Fault::peer, {}};
  if (!again.unclear) return {Fault::message, {}};
  const bool everybody = joins_row(kLost, person, message);
  const bool alone = lost_to_[person];
  return {alone && !everybody && !down ? Fault::message : Fault::peer, {}};
}

Blame BlameBook::of_refusal(const Refused& no, const std::string& person,
                            const std::string& message, bool down) {
  if (no.alike.empty()) return {Fault::message, {}};
  const bool everybody = joins_row(no.alike, person, message);
  row_.back().refused = true;
  if (!everybody && !down) return {Fault::message, {}};
  Blame blame{Fault::peer, {}};
  for (Met& met : row_) {
    if (std::exchange(met.refused, false) && met.message != message) {
      blame.cleared.push_back(met.message);
    }
  }
  return blame;
}

// True if with this one so many different people have met the same in a row. The newest is last.
bool BlameBook::joins_row(const std::string& alike, const std::string& person,
                          const std::string& message) {
  if (alike_ != alike) row_.clear();
  alike_ = alike;
  const auto known =
      std::find_if(row_.begin(), row_.end(), [&](const Met& met) { return met.person == person; });
  if (known != row_.end()) row_.erase(known);
  if (row_.size() == kPeopleAlike) row_.erase(row_.begin());
  row_.push_back({person, message, false});
  return row_.size() >= kPeopleAlike;
}

}  // namespace omamori
