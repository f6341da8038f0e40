#include "daemon/web/request_words.h"

#include <string>

namespace omamori {

Language language_of(const HttpRequest& request, Language otherwise) {
  const auto asked = request.query.find("lang");
  if (asked == request.query.end()) return otherwise;
  if (asked->second == "en") return Language::en;
  return asked->second == "ja" ? Language::ja : otherwise;
}

std::optional<FormFields> form_of(const HttpRequest& request) {
  const std::string type = request.header("content-type");
  if (!type.starts_with("application/x-www-form-urlencoded")) return {};
  return read_form(request.body);
}

}  // namespace omamori
