#include "daemon/text/templates.h"

#include <algorithm>
#include <array>
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
          add(component, "{{{" + name + "}}} would not be escaped; write {{" + name + "}}");
        }
        return check_variable(component, depth);
      case Tag::section_begin:
      case Tag::section_begin_inverted:
        return check_section(component, depth);
      case Tag::partial:
        return add(component, "partials ({{>" + name + "}}) are not supported");
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
    add(component, "there is no \"" + component.tag.name + "\" here; known here:" + known);
  }

  void add(const Component& component, const std::string& message) {
    const auto begin = text_.begin();
    const auto position = static_cast<std::ptrdiff_t>(std::min(component.position, text_.size()));
    const auto line = std::count(begin, begin + position, '\n') + 1;
    problems.push_back(std::to_string(line) + ": " + message);
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
  if (count_of(text, "{{=") > 0) return {"1: other delimiters than {{ }} are not supported"};
  mustache::context<std::string> names;
  mustache::context_internal<std::string> context(names);
  Component root;
  std::string error;
  try {
    const mustache::parser<std::string> parser(text, context, root, error);
  } catch (const std::exception& failure) {
    error = failure.what();  // at() inside the library
  }
  if (!error.empty()) return {"1: " + error};
  Checker checker(text, escaping);
  checker.check(root.children, 0);
  return std::move(checker.problems);
}

}  // namespace omamori
