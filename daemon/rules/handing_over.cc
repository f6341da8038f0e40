#include "daemon/rules/handing_over.h"

#include <cstddef>

namespace omamori {

std::optional<HandingOver> handing_over(const ClientFacts& facts, const ClientVersion& now,
                                        const Zone& zone, Instant changed_at) {
  std::optional<HandingOver> latest;
  int times = 0;
  for (std::size_t i = 0; i < facts.versions.size(); ++i) {
    const ClientVersion& version = facts.versions[i];
    const bool theirs = version.case_manager == now.case_manager;
    const bool were = i > 0 && facts.versions[i - 1].case_manager == now.case_manager;
    if (theirs && !were) ++times;
    if (theirs && !were && i > 0) {
      const bool today = version.known_from == zone.day_of(changed_at);
      const Instant since =
          today ? changed_at : zone.start_of(version.known_from + std::chrono::days{1});
      latest = HandingOver{version.known_from, since, times};
    }
    if (&version == &now) break;
  }
  return latest;
}

}  // namespace omamori
