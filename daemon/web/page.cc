#include "daemon/web/page.h"

#include <kainjow/mustache.hpp>

namespace omamori {
namespace {

namespace mustache = kainjow::mustache;

mustache::data value(const std::string& text) {
  return text.empty() ? mustache::data(false) : mustache::data(text);
}

void fill(mustache::data& out, const PageData& data) {
  for (const auto& [name, text] : data.texts) out.set(name, value(text));
  for (const auto& [name, list] : data.lists) {
    mustache::data rows(mustache::data::type::list);
    for (const PageData& row : list) {
      mustache::data one;
      fill(one, row);
      rows.push_back(one);
    }
    out.set(name, rows);
  }
}

mustache::data in_language(Language language) {
  mustache::data out;
  out.set("ja", mustache::data(language == Language::ja));
  out.set("en", mustache::data(language == Language::en));
  out.set("lang", language == Language::ja ? "ja" : "en");
  return out;
}

}  // namespace

HttpResponse render_page(int status, const std::string& body_template, const Page& page) {
  mustache::data data = in_language(page.language);
  fill(data, page.data);
  mustache::data frame = in_language(page.language);
  frame.set("title", value(page.title));
  frame.set("to", value(page.to));
  frame.set("body", mustache::mustache(body_template).render(data));
  HttpResponse response;
  response.status = status;
  response.content_type = "text/html; charset=utf-8";
  response.body = mustache::mustache(web_templates().page).render(frame);
  return response;
}

}  // namespace omamori
