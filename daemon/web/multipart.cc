#include "daemon/web/multipart.h"

#include <algorithm>
#include <memory>

#include "daemon/mime/gmime_object.h"

namespace omamori {
namespace {

// A form has files, not forms within a form; to look for the ends of many is work for nothing.
bool has_forms_within(std::string_view body) {
  static constexpr std::string_view kWithin = "multipart/";
  const auto same = [](char a, char b) {
    return a == b || (a >= 'A' && a <= 'Z' && a - 'A' + 'a' == b);
  };
  return std::search(body.begin(), body.end(), kWithin.begin(), kWithin.end(), same) != body.end();
}

// The head that a mail would have had: how GMime learns the boundary.
std::string with_head(const std::string& content_type, std::string_view body) {
  return "MIME-Version: 1.0\r\nContent-Type: " + content_type + "\r\n\r\n" + std::string(body);
}

bool is_named(GMimeObject* part, std::string_view name) {
  const char* given = g_mime_object_get_content_disposition_parameter(part, "name");
  return given != nullptr && name == given;
}

}  // namespace

std::optional<std::string> file_in_form(const std::string& content_type, std::string_view body,
                                        std::string_view name) {
  const bool may_be_a_form = content_type.starts_with("multipart/form-data") &&
                             content_type.find_first_of("\r\n") == std::string::npos;
  if (!may_be_a_form || has_forms_within(body)) return {};
  init_gmime();
  const std::string text = with_head(content_type, body);
  const OwnedGMime<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(text.data(), text.size()));
  const OwnedGMime<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  const OwnedGMime<GMimeObject> root(g_mime_parser_construct_part(parser.get(), nullptr));
  if (!root || !GMIME_IS_MULTIPART(root.get())) return {};
  GMimeMultipart* parts = GMIME_MULTIPART(root.get());
  for (int i = 0; i < g_mime_multipart_get_count(parts); ++i) {
    GMimeObject* part = g_mime_multipart_get_part(parts, i);
    if (GMIME_IS_PART(part) && is_named(part, name)) return content_of(GMIME_PART(part));
  }
  return {};
}

}  // namespace omamori
