// What `omamorictl doctor` has found: one line a person can act on. Pure.
//
// Codes, hosts and paths only (P7): no name, no address of a person, no free text, no URL.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <boost/json/fwd.hpp>

#include "daemon/answer/labels.h"

namespace omamori {

// ok       looked at and sound
// warning  works today; somebody should see to it
// error    somebody is not told, or the answer could not be found out
enum class Severity { ok, warning, error };
std::string_view to_word(Severity severity);

struct Finding {
  Severity severity = Severity::ok;
  std::string where;  // stable, for programs: "smtp", "webhook:case-tool", "staff:CM-1"
  std::string what;   // in the reader's language
  std::string to_do;  // in the reader's language; empty where all is well
  bool operator==(const Finding&) const = default;
};
using Findings = std::vector<Finding>;

Severity worst(const Findings& findings);

// The worst first, otherwise in the order in which they were found; a line for each and one for
// what to do, and at the end how many of which.
std::string text_of(Findings findings, const Tongue& tongue);

// An array of {"severity","where","what","to_do"}; `to_do` is null where there is nothing to do.
boost::json::value json_of(const Findings& findings);
// Nothing is lost between the two; what is no such array gives nothing.
Findings findings_of(const boost::json::value& array);

// The text behind `key`, empty if there is none.
std::string text_in(const boost::json::object& object, const char* key);

}  // namespace omamori
