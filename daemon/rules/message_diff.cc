#include "daemon/rules/message_diff.h"

#include <algorithm>
#include <functional>

#include "daemon/model/reminder.h"

namespace omamori {
namespace {

using Same = std::function<bool(const Reminder&, const Reminder&)>;

bool to_the_same(const Reminder& a, const Reminder& b) {
  return a.obligation == b.obligation && a.staff == b.staff;
}
bool of_the_same_rank(const Reminder& a, const Reminder& b) {
  return to_the_same(a, b) && a.days == b.days;
}
bool of_the_same_stage(const Reminder& a, const Reminder& b) {
  return to_the_same(a, b) && a.stage == b.stage && a.repeat == b.repeat;
}

// Each message has at most one partner. A client has some dozen messages in a few months.
class Pairing {
 public:
  Pairing(const std::vector<Foretold>& before, const std::vector<Foretold>& after)
      : before_(before),
        after_(after),
        partner_(before.size(), nullptr),
        taken_(after.size(), false) {}

  void pair(const Same& same) {
    for (std::size_t i = 0; i < before_.size(); ++i) {
      for (std::size_t j = 0; !partner_[i] && j < after_.size(); ++j) {
        if (taken_[j] || !same(before_[i].reminder, after_[j].reminder)) continue;
        partner_[i] = &after_[j];
        taken_[j] = true;
      }
    }
  }

  std::vector<MessageChange> differing(const Zone& zone) const {
    std::vector<MessageChange> found;
    for (std::size_t i = 0; i < before_.size(); ++i) {
      if (!partner_[i]) {
        found.push_back({before_[i], {}});
      } else if (zone.day_of(before_[i].at) != zone.day_of(partner_[i]->at)) {
        found.push_back({before_[i], *partner_[i]});
      }
    }
    for (std::size_t j = 0; j < after_.size(); ++j) {
      if (!taken_[j]) found.push_back({{}, after_[j]});
    }
    return found;
  }

 private:
  const std::vector<Foretold>& before_;
  const std::vector<Foretold>& after_;
  std::vector<const Foretold*> partner_;
  std::vector<bool> taken_;
};

Instant first_of(const MessageChange& change) {
  if (!change.before) return change.after->at;
  return change.after ? std::min(change.before->at, change.after->at) : change.before->at;
}

}  // namespace

std::vector<MessageChange> compare_messages(const std::vector<Foretold>& before,
                                            const std::vector<Foretold>& after, const Zone& zone) {
  const auto equal = [](const Foretold& a, const Foretold& b) {
    return a.at == b.at && of_the_same_rank(a.reminder, b.reminder);
  };
  if (std::equal(before.begin(), before.end(), after.begin(), after.end(), equal)) return {};
  Pairing pairing(before, after);
  pairing.pair(of_the_same_rank);
  pairing.pair(of_the_same_stage);
  std::vector<MessageChange> found = pairing.differing(zone);
  std::stable_sort(found.begin(), found.end(), [](const MessageChange& a, const MessageChange& b) {
    return first_of(a) < first_of(b);
  });
  return found;
}

}  // namespace omamori
