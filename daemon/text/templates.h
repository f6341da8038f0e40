// The layout of messages: Mustache files, built in and replaceable by an office.
//
// An office's directory may hold any of
//   digest.ja.text.mustache  digest.ja.html.mustache  digest.en.text.mustache  …en.html…
//   weekly.ja.text.mustache  and so on: the weekly overview
// What is not there is built in. A template that loses the client, the window or the action would
// make a reminder useless without anybody noticing, and Mustache renders a misspelt variable as
// nothing; therefore each is checked before it is used, and one bad file refuses the directory.
//
// Variables: date, count, late, introduction, contact, to, attendance (the link of a provider to
// the page of everybody of theirs; on a line of its own), reply (how to reply by mail; on a line of
// its own); the list `groups` with title, color and
// the list `lines` with number, client, name, headline, window, why, action, act (the link to
// answer by; on a line of its own), detail (technical, in messages of trouble; may have several
// lines) and the list `notes` with note. A weekly message uses of a line `client` (a code; of whom
// depends on the section), `headline` and `why`. Any but the lists may be empty, and is then false
// to a section. `name` is empty unless privacy.show_names is set (P7). Not allowed: partials, other
// delimiters, unescaped variables in HTML, a list outside its place. So rendering ends, and its
// size is bounded by the template's size times the number of lines.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/model/bilingual.h"

namespace omamori {

struct Templates {
  std::string text_ja, html_ja, text_en, html_en;
  std::string weekly_text_ja, weekly_html_ja, weekly_text_en, weekly_html_en;
};

const Templates& builtin_templates();

// `problems` is empty, or says what to mend, one "FILE:LINE: message" each; `templates` then are
// the built-in ones. An unknown *.mustache file is a problem (a misspelt name would have no
// effect).
struct LoadedTemplates {
  Templates templates;
  std::vector<std::string> problems;
};
LoadedTemplates load_templates(const std::filesystem::path& directory);
// Of such a problem: where, and nothing of what stands in the file: what mail says of it (P7).
Said place_of_problem(const std::string& problem);

// What a template is filled with.
struct TemplateLine {
  std::string number, client, name, headline, window, why, action;
  std::vector<std::string> notes;
  std::string detail;
  std::string act = {};
};
struct TemplateGroup {
  std::string title, color;
  std::vector<TemplateLine> lines;
};
struct TemplateData {
  std::string date, count, late, introduction, contact, to, attendance;
  std::vector<TemplateGroup> groups;
  std::string reply = {};
};
enum class Escaping { none, html };

// `text` must have passed check_template(); a template that cannot be parsed renders as nothing.
std::string render(const std::string& text, const TemplateData& data, Escaping escaping);

// "LINE: message" for everything in `text` that its variables and structure get wrong.
std::vector<std::string> check_template(const std::string& text, Escaping escaping);

}  // namespace omamori
