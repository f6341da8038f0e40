#include "daemon/doors/act_links.h"

#include <algorithm>

namespace omamori {
namespace {

constexpr std::string_view kAct = "{act:";
constexpr std::string_view kAttendance = "{attendance:";
constexpr std::string_view kRef = "{ref:";

using Fill = std::function<std::optional<std::string>(const std::string&)>;

std::string placeholder(std::string_view begin, std::string_view about) {
  return std::string(begin).append(about).append("}");
}

// Nothing: there is nothing to stand in it.
std::optional<std::string> filled(std::string_view line,
                                  const std::vector<std::string>& placeholders, const Fill& fill) {
  std::string out;
  while (true) {
    const std::size_t at = line.find('{');
    const std::size_t end = at == std::string_view::npos ? at : line.find('}', at);
    if (end == std::string_view::npos) return out.append(line);
    const std::string found(line.substr(at, end + 1 - at));
    if (std::find(placeholders.begin(), placeholders.end(), found) == placeholders.end()) {
      out.append(line.substr(0, at + 1));
      line.remove_prefix(at + 1);
      continue;
    }
    const auto text = fill(found);
    if (!text) return {};
    out.append(line.substr(0, at)).append(*text);
    line.remove_prefix(end + 1);
  }
}

}  // namespace

std::string act_placeholder(std::string_view obligation) { return placeholder(kAct, obligation); }

std::string attendance_placeholder(std::string_view staff) {
  return placeholder(kAttendance, staff);
}

std::string ref_placeholder(std::string_view check) { return placeholder(kRef, check); }

bool has_placeholder(std::string_view text) {
  const auto has = [&](std::string_view begin) {
    return text.find(begin) != std::string_view::npos;
  };
  return has(kAct) || has(kAttendance) || has(kRef);
}

std::string with_links(std::string_view text, const std::vector<std::string>& placeholders,
                       const Fill& fill) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    if (auto line = filled(text.substr(0, end), placeholders, fill)) out += *line;
    text.remove_prefix(end);
  }
  return out;
}

}  // namespace omamori
