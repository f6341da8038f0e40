// Is all well with omamori itself, and if not, what is not? The one judgement: `status` and its
// exit code, the unit's STATUS=, the heartbeat and `doctor` read this value and only word it. Pure;
// what it is made from is read by daemon/reminders/health_facts.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "daemon/model/bilingual.h"
#include "daemon/reminders/health_facts.h"

namespace omamori {

// see_to_it  works today; somebody should see to it
// untold     somebody is not told what they should be, and others have heard of it or will
// unheard    somebody is not told, and nobody would hear of that otherwise: no heartbeat is said
enum class Gravity { see_to_it, untold, unheard };

// Codes, hosts and numbers only (P7).
struct Complaint {
  Gravity gravity = Gravity::see_to_it;
  std::string subject;  // stable, for programs: "turn", "clock", "person:CM-1", "trouble:policy"
  Said what;            // one clause
  std::optional<Instant> since;
  std::string detail;  // what a machine said; may be empty
  Said to_do;
};

struct Health {
  std::vector<Complaint> complaints;  // what explains most comes first
  bool sound() const { return complaints.empty(); }
};
Health judge(const HealthFacts& facts);
Health health_of(Service& service);

// "smtp is down (since 2026-06-01 08:30): connection refused": without what to do.
std::string in_words(const Complaint& complaint, Language language, const Zone& zone);

// Why no heartbeat is said, in words with staff codes only; "" = it is said. It says: "whatever is
// owed is told, or I can tell somebody that it is not". So it is withheld only when nobody would
// hear of it otherwise: what the operator has been told of (a mail server that is down while
// another channel works, a client that cannot be planned) does not stop it.
std::string why_unheard(const Health& health, const Zone& zone);

}  // namespace omamori
