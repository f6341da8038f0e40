#include "daemon/doors/act_links.h"

#include <algorithm>

namespace omamori {
namespace {

constexpr std::string_view kBegin = "{act:";

using Link = std::function<std::optional<std::string>(const std::string&)>;

// Nothing: a link of it leads nowhere.
std::optional<std::string> line_with_links(std::string_view line,
                                           const std::vector<std::string>& obligations,
                                           const Link& link) {
  std::string out;
  while (true) {
    const std::size_t at = line.find(kBegin);
    const std::size_t end = at == std::string_view::npos ? at : line.find('}', at);
    if (end == std::string_view::npos) return out.append(line);
    const std::string key(line.substr(at + kBegin.size(), end - at - kBegin.size()));
    if (std::find(obligations.begin(), obligations.end(), key) == obligations.end()) {
      out.append(line.substr(0, at + kBegin.size()));
      line.remove_prefix(at + kBegin.size());
      continue;
    }
    const auto leads_to = link(key);
    if (!leads_to) return {};
    out.append(line.substr(0, at)).append(*leads_to);
    line.remove_prefix(end + 1);
  }
}

}  // namespace

std::string act_placeholder(std::string_view obligation) {
  return std::string(kBegin).append(obligation).append("}");
}

bool has_act_placeholder(std::string_view text) {
  return text.find(kBegin) != std::string_view::npos;
}

std::string with_links(std::string_view text, const std::vector<std::string>& obligations,
                       const Link& link) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    if (auto line = line_with_links(text.substr(0, end), obligations, link)) out += *line;
    text.remove_prefix(end);
  }
  return out;
}

}  // namespace omamori
