// What does not work, in the reader's language: the sentences of a `trouble` line. Pure.
//
// A subject is a word, or a word and a name: "policy", "peer smtp", "peer webhook:case-tool",
// "endpoint case-tool", "client C-1", "row …", "person CM-1", "clock", "disk", "config",
// "templates". One that is not known here still gets sentences that are true of any.
#pragma once

#include <string>

#include "daemon/model/facts.h"

namespace omamori {

struct TroubleWords {
  std::string headline;
  std::string why;     // what it means for the people who wait for messages
  std::string action;  // what the reader can do
};

// Supervisors edit the policy and ask for the rest; the operator mends.
TroubleWords trouble_words(const std::string& subject, Role reader, Language language);

}  // namespace omamori
