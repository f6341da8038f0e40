// The templates of an office: what is refused is refused with a line, and what is accepted renders
// whatever there is to say, within its bounds and with nothing of it taken for HTML.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/text/message_text.h"
#include "daemon/text/templates.h"
#include "tests/fuzz/promise.h"

namespace omamori {
namespace {

constexpr std::size_t kMostSaid = 600;
// Letters, so that whatever is of the data can be told from what is of the template.
const std::string kHostile = "ONI<b a=\"x\" c='y'>&amp;{{client}}{{{name}}}{{=<% %>=}}\n<% x %>KI";
constexpr std::size_t kLines = 3;

TemplateData hostile() {
  const std::string& x = kHostile;
  TemplateData data{x, x, x, x, x, x, x, {}, x};
  for (std::size_t i = 0; i < kLines; ++i) {
    const std::vector<std::string> notes(kLines, x);
    const TemplateLine line{x, x, x, x, x, x, x, notes, x, x};
    data.groups.push_back({x, x, std::vector<TemplateLine>(kLines, line)});
  }
  return data;
}

std::size_t count_of(std::string_view text, std::string_view what) {
  std::size_t count = 0;
  for (auto at = text.find(what); at != text.npos; at = text.find(what, at + 1)) ++count;
  return count;
}

void check_rendered(const std::string& text, Escaping escaping) {
  static const TemplateData data = hostile();
  const std::string once = render(text, data, escaping);
  promise(render(text, data, escaping) == once, "what is rendered twice is the same");
  constexpr std::size_t kMostRepeated = kLines * kLines * kLines;
  const std::size_t each = text.size() + count_of(text, "{{") * kHostile.size() * 6;
  promise(once.size() <= kMostRepeated * each, "what is rendered has an end");
  if (escaping == Escaping::html) {
    promise(count_of(once, "ONI<") == 0, "nothing of the data is HTML");
    promise(count_of(once, "ONI&lt;b a=&quot;x&quot;") <= count_of(once, "ONI"), "it is escaped");
  } else {
    promise(count_of(once, "ONI&lt;") <= count_of(text, "ONI&lt;"), "text is as it is");
  }
  const std::string none = render(text, {}, escaping);
  promise(none.size() <= text.size(), "where there is nothing to say nothing is added");
}

// Every channel has its words, whatever the layout is.
void check_message(const std::string& text, Escaping escaping) {
  Templates templates = builtin_templates();
  (escaping == Escaping::html ? templates.html_ja : templates.text_ja) = text;
  static const Digest digest = test_digest({}, Channel::email, Language::ja, {}, {});
  static const Message without = compose(digest, "m-1");
  const Message with = compose(digest, "m-1", templates);
  promise(with.subject == without.subject && with.json == without.json,
          "a layout changes no subject and no webhook");
}

void check(std::string_view input) {
  if (input.empty()) return;
  const Escaping escaping = input.front() == 'h' ? Escaping::html : Escaping::none;
  const std::string text(input.substr(1));
  const std::vector<std::string> problems = check_template(text, escaping);
  promise(check_template(text, escaping) == problems, "a template is judged alike");
  for (const std::string& problem : problems) {
    promise_of_message(problem, kMostSaid);
    const int line = std::atoi(problem.c_str());
    promise(line >= 1 && line <= lines_of(text), "a mistake is on a line of the template");
    promise(problem.find(": ") != problem.npos, "a mistake has words behind its line");
  }
  if (escaping == Escaping::html && problems.empty()) {
    promise(check_template(text, Escaping::none).empty(), "HTML is the stricter one");
  }
  if (!problems.empty()) return;
  check_rendered(text, escaping);
  check_message(text, escaping);
}

}  // namespace
}  // namespace omamori

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  omamori::check(omamori::text_of(data, size));
  return 0;
}
