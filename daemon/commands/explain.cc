#include "daemon/answer/json_text.h"
#include "daemon/answer/json_values.h"
#include "daemon/commands/client_json.h"
#include "daemon/commands/explanation.h"
#include "daemon/commands/options.h"
#include "daemon/model/calendar.h"

namespace omamori {
namespace {

std::string heading(const ClientView& view, const Tongue& say) {
  std::string text = view.facts.code;
  if (!view.names.name.empty()) text += " " + view.names.name;
  text += say("（", " (") + to_string(view.day) + say(" 現在）\n", ")\n");
  if (view.period) {
    const Period& p = view.period->period;
    text += say("支給決定 ", "Decision ") + say.range(p.start, p.end) + say("、", ", ") +
            say.word(p.plan_kind) + say("、", ", ") + say.word(p.decision_kind) + "\n";
  }
  if (view.facts.ended_on) {
    text += say("利用は " + to_string(*view.facts.ended_on) + " まで\n",
                "Service until " + to_string(*view.facts.ended_on) + "\n");
  }
  return text;
}

std::string text_of(const ClientView& view, const std::vector<Section>& sections,
                    const Tongue& say) {
  std::string out = heading(view, say);
  for (const Section& section : sections) {
    if (section.lines.empty()) continue;
    out += "\n" + say("■ ", "== ") + section.title + "\n";
    for (const std::string& line : section.lines) out += "  " + line + "\n";
  }
  return out;
}

std::string json_text(const ClientView& view, const std::vector<Section>& sections) {
  json::object object = client_json(view);
  json::array explanation;
  for (const Section& section : sections) {
    json::array lines;
    for (const std::string& line : section.lines) lines.emplace_back(json::string(line));
    explanation.push_back(json::object{
        {"section", section.name}, {"title", section.title}, {"lines", std::move(lines)}});
  }
  object["explanation"] = std::move(explanation);
  return json_line(object);
}

}  // namespace

Response explain_command(const Request& request, Service& service) {
  std::string why;
  const auto at = day_option(request, "at", service.today(), why);
  if (!at) return wrong_usage(why);
  const auto language = language_option(request, service, why);
  if (!language) return wrong_usage(why);
  auto facts = service.store().facts(request.text("client"));
  if (!facts) return no_such_client(request.text("client"));
  const ClientView view(service, std::move(*facts), *at);
  const Tongue say(*language);
  const std::vector<Section> sections = explain(view, say);
  return {Exit::ok, request.json ? json_text(view, sections) : text_of(view, sections, say), ""};
}

}  // namespace omamori
