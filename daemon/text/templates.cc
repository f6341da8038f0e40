#include "daemon/text/templates.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <exception>
#include <list>

// kainjow is a header that costs seconds; it is included here only.
#include <kainjow/mustache.hpp>

namespace omamori {
namespace {

namespace mustache = kainjow::mustache;
using Component = mustache::component<std::string>;
using Tag = mustache::tag_type;

constexpr std::size_t kLargestTemplate = 64 * 1024;
// kainjow walks sections recursively: this bounds its stack.
constexpr std::size_t kMostTags = 500;

// What may be named where. A list opens the scope below it, whose variables and those of all scopes
// above are then known.
struct Scope {
  std::string_view list;  // the section that opens it; empty for the outermost
  std::vector<std::string_view> variables;
};
const std::array<Scope, 4>& scopes() {
  static const std::array<Scope, 4> all{{
      {"", {"date", "count", "late", "introduction", "contact", "to", "attendance", "reply"}},
      {"groups", {"title", "color"}},
      {"lines",
       {"number", "client", "name", "headline", "window", "why", "action", "act", "detail"}},
      {"notes", {"note"}},
  }};
  return all;
}

// Empty text is false, so that a section can ask whether there is any.
mustache::data value(const std::string& text) {
  return text.empty() ? mustache::data(false) : mustache::data(text);
}

mustache::data data_of(const TemplateLine& line) {
  mustache::data out;
  out.set("number", value(line.number));
  out.set("client", value(line.client));
  out.set("name", value(line.name));
  out.set("headline", value(line.headline));
  out.set("window", value(line.window));
  out.set("why", value(line.why));
  out.set("action", value(line.action));
  out.set("act", value(line.act));
  out.set("detail", value(line.detail));
  mustache::data notes(mustache::data::type::list);
  for (const auto& note : line.notes) notes.push_back({"note", value(note)});
  out.set("notes", notes);
  return out;
}

mustache::data data_of(const TemplateData& data) {
  mustache::data out;
  out.set("date", value(data.date));
  out.set("count", value(data.count));
  out.set("late", value(data.late));
  out.set("introduction", value(data.introduction));
  out.set("contact", value(data.contact));
  out.set("to", value(data.to));
  out.set("attendance", value(data.attendance));
  out.set("reply", value(data.reply));
  mustache::data groups(mustache::data::type::list);
  for (const auto& group : data.groups) {
    mustache::data one;
    one.set("title", value(group.title));
    one.set("color", value(group.color));
    mustache::data lines(mustache::data::type::list);
    for (const auto& line : group.lines) lines.push_back(data_of(line));
    one.set("lines", lines);
    groups.push_back(one);
  }
  out.set("groups", groups);
  return out;
}

std::size_t count_of(const std::string& text, std::string_view what) {
  std::size_t count = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
  return count;
}

// Whether a tag would set other delimiters: kainjow overlooks blanks before the sign.
bool sets_delimiters(const std::string& text) {
  for (auto at = text.find("{{"); at != std::string::npos; at = text.find("{{", at + 1)) {
    const auto first = text.find_first_not_of(" \t\r\n\v\f{", at);
    if (first != std::string::npos && text[first] == '=') return true;
  }
  return false;
}

// What stands in a tag may be anything, somebody's name included: only what looks like a variable
// is repeated (P7).
std::string shown(const std::string& name) {
  constexpr std::size_t kLongest = 64;
  const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
  });
  return plain && name.size() <= kLongest ? name : "…";
}

std::string on_line_of(const std::string& text, std::size_t position, const std::string& message) {
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(position, text.size()));
  return std::to_string(std::count(text.begin(), end, '\n') + 1) + ": " + message;
}

// kainjow's own words: Unclosed section "late" at 12, which counts bytes.
std::string explained(const std::string& error, const std::string& text) {
  const auto at = error.rfind(" at ");
  if (at == std::string::npos) return "1: cannot be read as a template";
  const std::size_t position = std::strtoul(error.c_str() + at + 4, nullptr, 10);
  std::string words = error.substr(0, at);
  const auto open = words.find('"');
  if (open != std::string::npos) {
    const std::string name = words.substr(open + 1, words.rfind('"') - open - 1);
    words = words.substr(0, open) + '"' + shown(name) + '"';
  }
  return on_line_of(text, position, words);
}

// Walks what kainjow has parsed and says what is not allowed.
class Checker {
 public:
  Checker(const std::string& text, Escaping escaping) : text_(text), escaping_(escaping) {}

  // `depth`: how many lists are open.
  void check(const std::vector<Component>& components, std::size_t depth) {
    for (const auto& component : components) check(component, depth);
  }
  std::vector<std::string> problems;

 private:
  void check(const Component& component, std::size_t depth) {
    const std::string& name = component.tag.name;
    switch (component.tag.type) {
      case Tag::text:
      case Tag::comment:
      case Tag::section_end:
        return;
      case Tag::variable:
        return check_variable(component, depth);
      case Tag::unescaped_variable:
        if (escaping_ == Escaping::html) {
          add(component,
              "{{{" + shown(name) + "}}} would not be escaped; write {{" + shown(name) + "}}");
        }
        return check_variable(component, depth);
      case Tag::section_begin:
      case Tag::section_begin_inverted:
        return check_section(component, depth);
      case Tag::partial:
        return add(component, "partials ({{>" + shown(name) + "}}) are not supported");
      case Tag::set_delimiter:
        return add(component, "other delimiters than {{ }} are not supported");
    }
  }

  void check_variable(const Component& component, std::size_t depth) {
    if (!is_variable(component.tag.name, depth)) unknown(component, depth);
  }

  void check_section(const Component& component, std::size_t depth) {
    const bool opens =
        depth + 1 < scopes().size() && scopes().at(depth + 1).list == component.tag.name;
    if (!opens && !is_variable(component.tag.name, depth)) return unknown(component, depth);
    const bool enters = opens && component.tag.type == Tag::section_begin;
    check(component.children, enters ? depth + 1 : depth);
  }

  static bool is_variable(const std::string& name, std::size_t depth) {
    for (std::size_t i = 0; i <= depth; ++i) {
      const auto& known = scopes().at(i).variables;
      if (std::find(known.begin(), known.end(), name) != known.end()) return true;
    }
    return false;
  }

  void unknown(const Component& component, std::size_t depth) {
    std::string known;
    for (std::size_t i = 0; i <= depth; ++i) {
      for (const auto& name : scopes().at(i).variables) known += " " + std::string(name);
    }
    if (depth + 1 < scopes().size()) known += " " + std::string(scopes().at(depth + 1).list);
    add(component, "there is no \"" + shown(component.tag.name) + "\" here; known here:" + known);
  }

  void add(const Component& component, const std::string& message) {
    problems.push_back(on_line_of(text_, component.position, message));
  }

  const std::string& text_;
  Escaping escaping_;
};

// Parsing costs more than rendering, and a morning's messages have one layout. Kept are the last
// few of each thread: text and HTML in two languages.
mustache::mustache& parsed(const std::string& text, Escaping escaping) {
  struct Kept {
    std::string text;
    Escaping escaping;
    mustache::mustache view;
  };
  constexpr std::size_t kMost = 4;
  thread_local std::list<Kept> kept;
  for (Kept& one : kept) {
    if (one.escaping == escaping && one.text == text) return one.view;
  }
  if (kept.size() == kMost) kept.pop_back();
  kept.push_front({text, escaping, mustache::mustache(text)});
  if (escaping == Escaping::none) {
    kept.front().view.set_custom_escape([](const std::string& as_it_is) { return as_it_is; });
  }
  return kept.front().view;
}

}  // namespace

std::string render(const std::string& text, const TemplateData& data, Escaping escaping) {
  return parsed(text, escaping).render(data_of(data));
}

std::vector<std::string> check_template(const std::string& text, Escaping escaping) {
  if (text.size() > kLargestTemplate) return {"1: the template is larger than 64 KiB"};
  if (count_of(text, "{{") > kMostTags) return {"1: the template has more than 500 tags"};
  // Before parsing: with other delimiters the tags could not be counted.
  if (sets_delimiters(text)) return {"1: other delimiters than {{ }} are not supported"};
  mustache::context<std::string> names;
  mustache::context_internal<std::string> context(names);
  Component root;
  std::string error;
  try {
    const mustache::parser<std::string> parser(text, context, root, error);
  } catch (const std::exception&) {
    error = "Unclosed tag at " + std::to_string(text.size());  // at() inside the library
  }
  if (!error.empty()) return {explained(error, text)};
  Checker checker(text, escaping);
  checker.check(root.children, 0);
  return std::move(checker.problems);
}

}  // namespace omamori
