// Why a client's plan is what it is, in sentences a supervisor understands: one section for each
// question. Pure: from the gathered facts to text. Sentences name rules by what they do, not by
// their numbers.
#pragma once

#include <string>
#include <vector>

#include "daemon/answer/labels.h"
#include "daemon/commands/client_view.h"

namespace omamori {

struct Section {
  std::string name;  // for machines: "interval", "months", …
  std::string title;
  std::vector<std::string> lines;
};

// Who asked for which interval, what lengthens it and until when (R6).
Section explain_interval(const ClientView& view, const Tongue& say);
// Each required or waived month of the period shown, and the unmet ones of others: state, and the
// rule behind it (R1–R9).
Section explain_months(const ClientView& view, const Tongue& say);
// What visits closed, and those that closed nothing (R8).
Section explain_visits(const ClientView& view, const Tongue& say);
Section explain_checks(const ClientView& view, const Tongue& say);
// Suspensions, renewal and whatever else somebody must do now.
Section explain_live(const ClientView& view, const Tongue& say);
// Who was told what and when, who was not and why, and how it ended (P4).
Section explain_told(const ClientView& view, const Tongue& say);
// What happens next if nobody does anything (P1).
Section explain_next(const ClientView& view, const Tongue& say);
// Where each fact came from: journal row, line of the file, record, version of the policy.
Section explain_sources(const ClientView& view, const Tongue& say);

std::vector<Section> explain(const ClientView& view, const Tongue& say);

}  // namespace omamori
