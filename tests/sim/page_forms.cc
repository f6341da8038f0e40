#include "tests/sim/page_forms.h"

#include <algorithm>
#include <array>

namespace omamori::sim {
namespace {

// Of the inside of a tag; "" = it has none.
std::string attribute(std::string_view tag, std::string_view name) {
  const std::string mark = " " + std::string(name) + "=\"";
  const std::size_t at = tag.find(mark);
  if (at == std::string_view::npos) return {};
  const std::size_t begin = at + mark.size();
  return std::string(tag.substr(begin, tag.find('"', begin) - begin));
}

void add_input(std::string_view tag, PageForm& form) {
  const std::string name = attribute(tag, "name");
  const std::string type = attribute(tag, "type");
  const std::string value = attribute(tag, "value");
  if (type == "file") {
    form.takes_file = true;
  } else if (type == "radio") {
    form.choices[name].push_back(value);
    if (tag.find(" checked") != std::string_view::npos) form.as_it_stands[name] = value;
  } else {
    form.as_it_stands[name] = value;
    if (type != "hidden") form.typed.push_back(name);
  }
}

}  // namespace

bool PageForm::asks(const std::string& name) const {
  return std::find(typed.begin(), typed.end(), name) != typed.end();
}

std::vector<PageForm> forms_in(std::string_view html) {
  std::vector<PageForm> forms;
  bool inside = false;
  for (auto at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
    const std::string_view tag = html.substr(at + 1, html.find('>', at) - at - 1);
    if (tag.starts_with("form ")) {
      forms.emplace_back();
      forms.back().action = attribute(tag, "action");
      inside = true;
    } else if (tag == "/form") {
      inside = false;
    } else if (inside && tag.starts_with("input ")) {
      add_input(tag, forms.back());
    } else if (inside && tag.starts_with("textarea ")) {
      const std::string name = attribute(tag, "name");
      forms.back().typed.push_back(name);
      const std::size_t begin = html.find('>', at) + 1;
      forms.back().as_it_stands[name] = html.substr(begin, html.find('<', begin) - begin);
    }
  }
  return forms;
}

std::string encoded(const FormFields& fields) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  const auto put = [&](const std::string& text) {
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                         (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
      out += plain ? std::string(1, c) : std::string{'%', kHex[byte >> 4U], kHex[byte & 0xFU]};
    }
  };
  for (const auto& [name, value] : fields) {
    if (!out.empty()) out += '&';
    put(name);
    out += '=';
    put(value);
  }
  return out;
}

}  // namespace omamori::sim
