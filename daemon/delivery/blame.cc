#include "daemon/delivery/blame.h"

#include <algorithm>
#include <utility>

namespace omamori {
namespace {

constexpr const char* kLost = "lost";

// Messages that ended otherwise stay remembered; so many of them are of some other day.
void bound(std::map<std::string, std::uint64_t>& messages) {
  constexpr std::size_t kMost = 10'000;
  if (messages.size() >= kMost) messages.clear();
}

}  // namespace

Blame BlameBook::judge(const SendResult& result, const std::string& person,
                       const std::string& message, bool down) {
  if (const auto* again = std::get_if<TryAgain>(&result)) {
    return of_failure(*again, person, message, down);
  }
  if (const auto* no = std::get_if<Refused>(&result)) {
    return of_refusal(*no, person, message);
  }
  accepted(message);
  return {};
}

void BlameBook::accepted(const std::string& message) {
  if (everybody_met_) met_by_some_.insert(alike_);
  alike_.clear();
  row_.clear();
  everybody_met_ = false;
  lost_with_.erase(message);
  cleared_.erase(message);
  ++accepted_;
}

// Until others pass, a lost connection is an outage that begins.
Blame BlameBook::of_failure(const TryAgain& again, const std::string& person,
                            const std::string& message, bool down) {
  if (again.peer_down) return {Fault::peer, {}};
  if (!again.unclear) return {Fault::message, {}};
  const bool everybody = joins_row(kLost, person, message);
  bound(lost_with_);
  const bool alone = lost_with_.try_emplace(message, accepted_).first->second < accepted_;
  return {alone && !everybody && !down ? Fault::message : Fault::peer, {}};
}

Blame BlameBook::of_refusal(const Refused& no, const std::string& person,
                            const std::string& message) {
  const auto cleared = cleared_.find(message);
  const bool alone = cleared != cleared_.end() && cleared->second < accepted_;
  if (no.alike.empty() || alone) {
    cleared_.erase(message);
    return {Fault::message, {}};
  }
  everybody_met_ = joins_row(no.alike, person, message) || everybody_met_;
  row_.back().refused = true;
  // A server that was away and refuses one person is there again.
  if (!everybody_met_) return {Fault::message, {}};
  bound(cleared_);
  cleared_[message] = accepted_;
  Blame blame{Fault::peer, {}};
  for (Met& met : row_) {
    if (!std::exchange(met.refused, false) || met.message == message) continue;
    cleared_[met.message] = accepted_;
    blame.cleared.push_back(met.message);
  }
  return blame;
}

// True if with this one so many different people have met the same in a row. The newest is last.
bool BlameBook::joins_row(const std::string& alike, const std::string& person,
                          const std::string& message) {
  if (alike_ != alike) {
    row_.clear();
    everybody_met_ = false;
  }
  alike_ = alike;
  const auto known =
      std::find_if(row_.begin(), row_.end(), [&](const Met& met) { return met.person == person; });
  if (known != row_.end()) row_.erase(known);
  const std::size_t so_many = met_by_some_.count(alike) != 0 ? kPeopleAlikeAgain : kPeopleAlike;
  if (row_.size() >= so_many) row_.erase(row_.begin());
  row_.push_back({person, message, false});
  return row_.size() >= so_many;
}

}  // namespace omamori
