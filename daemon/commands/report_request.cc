#include "daemon/commands/report_request.h"

#include <algorithm>

#include "daemon/commands/options.h"
#include "daemon/model/calendar.h"

namespace omamori {
namespace {

bool codes_are_known(const ReportRequest& asked, Service& service, Response& wrong) {
  if (!asked.client.empty() && !service.store().client(asked.client)) {
    wrong = no_such_client(asked.client);
  } else if (!asked.office.empty() && !service.store().office(asked.office)) {
    wrong = refused("no office " + asked.office + "; omamorictl list offices shows the codes");
  } else if (!asked.staff.empty() && !service.store().staff(asked.staff)) {
    wrong =
        refused("nobody has the code " + asked.staff + "; omamorictl list staff shows the codes");
  } else {
    return true;
  }
  return false;
}

}  // namespace

std::optional<ReportRequest> report_request(const Request& request, Service& service,
                                            Response& wrong) {
  std::string why;
  ReportRequest asked;
  const auto at = day_option(request, "at", service.today(), why);
  const auto language = language_option(request, service, why);
  if (request.json && request.flag("csv")) why = "--json and --csv: give one of them";
  if (!why.empty()) {
    wrong = wrong_usage(why);
    return {};
  }
  asked.form = request.json ? Form::json : request.flag("csv") ? Form::csv : Form::text;
  asked.language = *language;
  asked.at = *at;
  asked.client = request.text("client");
  asked.office = request.text("office");
  asked.staff = request.text("staff");
  if (!codes_are_known(asked, service, wrong)) return {};
  return asked;
}

std::optional<Span> span_options(const Request& request, const Span& otherwise, Response& wrong) {
  std::string why;
  const auto until = day_option(request, "until", otherwise.until, why);
  const auto from = day_option(request, "from", otherwise.from, why);
  if (why.empty() && *from > *until) {
    why = "--from " + to_string(*from) + " is after --until " + to_string(*until);
  }
  if (why.empty()) return Span{*from, *until};
  wrong = wrong_usage(why);
  return {};
}

std::optional<Span> year_span(const Request& request, const ReportRequest& asked, Response& wrong) {
  const auto until = span_options(request, {Day::min(), asked.at}, wrong);
  if (!until) return {};
  const Day last = std::min(until->until, asked.at);
  // A year before 29 February is 1 March.
  const auto year_before = std::chrono::year_month_day(last) - std::chrono::years{1};
  const Day begin = Day{year_before} + std::chrono::days{year_before.ok() ? 1 : 0};
  const auto span = span_options(request, {begin, last}, wrong);
  if (!span) return {};
  if (span->from > last) {
    wrong = wrong_usage("--from " + to_string(span->from) + " is after " + to_string(last));
    return {};
  }
  return Span{span->from, last};
}

void each_client_day(Service& service, const Planning& planning, const ReportRequest& request,
                     Day day, std::vector<std::string>& unreadable,
                     const std::function<void(const ClientDay&)>& each) {
  for (const std::string& row : planning.unreadable) unreadable.push_back(row);
  const auto judge = [&](const ClientFacts& facts) {
    const ClientMonths months = judge_months(facts, planning.terms, day);
    each({facts, months, planning.terms, planning.directory, planning.policy, day});
  };
  const auto left_out = [&](const std::string& code) { unreadable.push_back("client " + code); };
  if (request.client.empty()) {
    service.store().for_each_client([&](ClientFacts& facts) { judge(facts); }, left_out);
    return;
  }
  std::optional<ClientFacts> facts;
  try {
    facts = service.store().facts(request.client);
  } catch (const BadRow&) {
    left_out(request.client);
  }
  if (facts) judge(*facts);
}

}  // namespace omamori
