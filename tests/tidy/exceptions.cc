#include "tests/tidy/exceptions.h"

#include <algorithm>

namespace omamori::tidy {

// "to be mended" is a debt: mend it and take the line away. The other reasons are meant to stay.
const std::vector<Exception>& exceptions() {
  static const std::string kKeys = "to be mended: a typed key, read in one place";
  static const std::vector<Exception> all{
      {"wall_clock_is_read_once", "tests/notifiers/probe_test.cc", 1,
       "certificates made on the spot are valid from the true day"},
      {"wall_clock_is_read_once", "tests/support/certificates.h", 1,
       "certificates made on the spot are valid from the true day"},
      {"wall_clock_is_read_once", "tests/serve/wall_clock_timer_test.cc", 1,
       "the timer rings by the true clock"},
      {"wall_clock_is_read_once", "tests/support/webhook_support.h", 1,
       "who verifies a webhook compares its timestamp with the true clock"},
      {"keys_stay_whole", "daemon/commands/list_records.cc", 1, "the key of a JSON column"},
      {"keys_stay_whole", "daemon/commands/ack.cc", 1, kKeys},
      {"keys_stay_whole", "daemon/reminders/compose.cc", 1, kKeys},
      {"keys_stay_whole", "daemon/rules/acknowledgements.cc", 2, kKeys},
      {"keys_stay_whole", "daemon/rules/obligation_endings.cc", 1, kKeys},
      {"keys_stay_whole", "daemon/rules/weekly_times.cc", 1, kKeys},
      {"keys_stay_whole", "daemon/text/phrasebook.cc", 3, kKeys},
      {"keys_stay_whole", "db/store_trouble.cc", 1, kKeys},
      {"files_are_short", "db/store_outbox.cc", 1, "to be mended: a class of its own, two files"},
      {"files_are_short", "tests/rules/obligations_test.cc", 1, "to be mended: split by kind"},
  };
  return all;
}

Complaints not_excepted(const std::string& rule, const Complaints& complaints,
                        const std::vector<Exception>& exceptions) {
  Complaints left = complaints;
  for (const Exception& known : exceptions) {
    if (known.rule != rule) continue;
    const auto here = [&](const Complaint& c) { return c.path == known.path; };
    const auto found = std::count_if(left.begin(), left.end(), here);
    if (found <= known.places) std::erase_if(left, here);
    if (found >= known.places) continue;  // all excepted, or all shown: one of them is new
    left.push_back({known.path, 1,
                    "breaks " + rule + " at " + std::to_string(found) + " places, and " +
                        std::to_string(known.places) +
                        " are excepted: write the smaller number into tests/tidy/exceptions.cc, " +
                        "or take the line away"});
  }
  return left;
}

}  // namespace omamori::tidy
