#include "daemon/doctor/finding.h"

#include <algorithm>
#include <array>

#include "daemon/answer/json_text.h"
#include "daemon/answer/text_table.h"

namespace omamori {
namespace {

constexpr std::array kAll{Severity::ok, Severity::warning, Severity::error};

std::string shown(Severity severity, const Tongue& tongue) {
  switch (severity) {
    case Severity::ok:
      return tongue("正常", "ok");
    case Severity::warning:
      return tongue("注意", "warning");
    case Severity::error:
      return tongue("異常", "error");
  }
  return "";
}

std::string padded(const std::string& text, int width) {
  const int there = display_width(text);
  return text + std::string(static_cast<std::size_t>(std::max(width - there, 0)), ' ');
}

// A city can have hundreds of checks that are late: a person reads some of them.
constexpr std::size_t kMostOfAKind = 20;

std::string kind_of(const Finding& finding) {
  return finding.where.substr(0, finding.where.find(':'));
}

// One behind the last finding in a row of the same severity and kind as findings[from].
std::size_t end_of_kind(const Findings& findings, std::size_t from) {
  std::size_t end = from + 1;
  while (end < findings.size() && findings[end].severity == findings[from].severity &&
         kind_of(findings[end]) == kind_of(findings[from])) {
    ++end;
  }
  return end;
}

}  // namespace

std::string text_in(const json::object& object, const char* key) {
  const json::value* found = object.if_contains(key);
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

std::string_view to_word(Severity severity) {
  switch (severity) {
    case Severity::ok:
      return "ok";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
  }
  return "";
}

Severity worst(const Findings& findings) {
  Severity found = Severity::ok;
  for (const Finding& finding : findings) found = std::max(found, finding.severity);
  return found;
}

std::string text_of(Findings findings, const Tongue& tongue) {
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Finding& a, const Finding& b) { return a.severity > b.severity; });
  int severities = 0;
  int places = 0;
  std::array<std::size_t, kAll.size()> counts{};
  for (const Finding& finding : findings) {
    severities = std::max(severities, display_width(shown(finding.severity, tongue)));
    places = std::max(places, display_width(finding.where));
    ++counts[static_cast<std::size_t>(finding.severity)];
  }
  const std::string indent(static_cast<std::size_t>(severities + places) + 4, ' ');
  std::string out;
  for (std::size_t i = 0; i < findings.size();) {
    const std::size_t end = end_of_kind(findings, i);
    for (const std::size_t shown_end = std::min(end, i + kMostOfAKind); i < shown_end; ++i) {
      const Finding& finding = findings[i];
      out += padded(shown(finding.severity, tongue), severities) + "  " +
             padded(finding.where, places) + "  " + finding.what + "\n";
      if (!finding.to_do.empty()) out += indent + "→ " + finding.to_do + "\n";
    }
    if (i < end) {
      out += indent + tongue("ほか ", "") + std::to_string(end - i) +
             tongue(" 件。--json ですべて見られる", " more like these; --json lists them all") +
             "\n";
    }
    i = end;
  }
  for (auto severity = kAll.rbegin(); severity != kAll.rend(); ++severity) {
    out += (severity == kAll.rbegin() ? "" : tongue("、", ", ")) + shown(*severity, tongue) + " " +
           std::to_string(counts[static_cast<std::size_t>(*severity)]);
  }
  return out + "\n";
}

json::value json_of(const Findings& findings) {
  json::array array;
  for (const Finding& finding : findings) {
    json::object object{{"severity", to_word(finding.severity)},
                        {"where", finding.where},
                        {"what", finding.what},
                        {"to_do", nullptr}};
    if (!finding.to_do.empty()) object["to_do"] = finding.to_do;
    array.push_back(std::move(object));
  }
  return array;
}

Findings findings_of(const json::value& array) {
  Findings findings;
  if (!array.is_array()) return findings;
  for (const json::value& value : array.get_array()) {
    if (!value.is_object()) continue;
    const json::object& object = value.get_object();
    const std::string word = text_in(object, "severity");
    const auto severity =
        std::find_if(kAll.begin(), kAll.end(), [&](Severity s) { return to_word(s) == word; });
    findings.push_back({severity == kAll.end() ? Severity::error : *severity,
                        text_in(object, "where"), text_in(object, "what"),
                        text_in(object, "to_do")});
  }
  return findings;
}

}  // namespace omamori
