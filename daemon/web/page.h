// Pages of HTML from the templates compiled in: the frame that all have, and what stands in it.
// Works without scripts; every value is escaped.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "daemon/model/facts.h"
#include "daemon/web/http.h"

namespace omamori {

struct WebTemplates {
  std::string page, act, act_done, act_gone, attendance, attendance_done, style;
};
const WebTemplates& web_templates();

// What a template is filled with. An empty text is false to a section.
struct PageData {
  std::map<std::string, std::string> texts;
  std::map<std::string, std::vector<PageData>> lists;
};

struct Page {
  Language language = Language::ja;
  std::string title;
  std::string to;  // staff code in the foot; "" = nobody's
  PageData data;
};

HttpResponse render_page(int status, const std::string& body_template, const Page& page);

}  // namespace omamori
