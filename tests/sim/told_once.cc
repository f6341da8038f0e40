#include "tests/sim/told_once.h"

namespace omamori::sim {

std::vector<std::string> ToldOnce::hear(const ToldMessage& message) {
  std::vector<std::string> wrong;
  for (const ToldLine& line : message.lines) {
    if (line.obligation.starts_with("trouble ")) continue;  // one subject may fail again
    if (line.stage == "withdrawn") {
      // Whoever heard that it was none hears of it anew, should it come back.
      std::erase_if(told_, [&](const auto& told) {
        return told.first.starts_with(line.obligation + " ") &&
               told.first.ends_with(" to " + message.staff);
      });
      continue;
    }
    const std::string what = line.obligation + " " + line.stage + " again " +
                             std::to_string(line.repeat) + " to " + message.staff;
    const auto [first, fresh] =
        told_.try_emplace(what, First{message.accepted.id, message.accepted.answered});
    if (fresh) continue;
    const bool says_so = line.remarks.find("may be a repetition") != std::string::npos;
    const bool same_message = first->second.message == message.accepted.id;
    if (first->second.answered || !(same_message || says_so)) {
      wrong.push_back("P3: told twice: " + what + " by " + first->second.message + " and " +
                      message.accepted.id);
    }
    first->second.answered = message.accepted.answered;
  }
  return wrong;
}

}  // namespace omamori::sim
