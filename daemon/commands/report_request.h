// What the reports are asked for, the same for all of them, and the clients they go through.
//
// A report is for the person at this machine (P7): it has codes, and what people wrote of a check's
// provider and method; no names of clients.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "daemon/commands/options.h"
#include "daemon/rules/obligations.h"

namespace omamori {

enum class Form { text, json, csv };

struct ReportRequest {
  Form form = Form::text;
  Language language = Language::ja;
  Day at{};
  std::string client, office, staff;  // "" = all
  bool about(const ClientVersion& who) const {
    return (office.empty() || office == who.office) && (staff.empty() || staff == who.case_manager);
  }
};

// Reads --at, --language, --json, --csv, --client, --office and --staff. Nothing, and the answer in
// `wrong`: not a day, two forms at once, or a code that nobody has.
std::optional<ReportRequest> report_request(const Request& request, Service& service,
                                            Response& wrong);

// Days from..until, both inclusive.
struct Span {
  Day from{};
  Day until{};
};
// --from and --until, else the days given; nothing, and the answer in `wrong`, if they are none or
// the wrong way round.
std::optional<Span> span_options(const Request& request, const Span& otherwise, Response& wrong);

// For a look back: the year that ends on --until or, without it, on the day asked about, unless
// --from says otherwise. What lies after that day is not known: a later end is cut to it.
std::optional<Span> year_span(const Request& request, const ReportRequest& asked, Response& wrong);

// Each client, or the one asked for, with its months judged on `day`. Clients that cannot be read
// are stepped over and named in `unreadable`; so is what `planning` had to leave out.
void each_client_day(Service& service, const Planning& planning, const ReportRequest& request,
                     Day day, std::vector<std::string>& unreadable,
                     const std::function<void(const ClientDay&)>& each);

}  // namespace omamori
