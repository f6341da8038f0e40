#include "daemon/serve/http_answer.h"

#include <algorithm>
#include <map>
#include <ostream>  // Boost 1.81 forgets it in what follows
#include <string_view>

#include <boost/beast/http/status.hpp>

namespace omamori {
namespace {

char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool equal_but_for_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return small(x) == small(y); });
}

struct ByName {
  bool operator()(const std::string& a, const std::string& b) const {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                        [](char x, char y) { return small(x) < small(y); });
  }
};
using Fields = std::map<std::string, std::string, ByName>;

const Fields& common_fields() {
  static const Fields all{
      {"Cache-Control", "no-store"},
      {"Content-Security-Policy",
       "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
       "frame-ancestors 'none'"},
      {"Referrer-Policy", "no-referrer"},
      {"X-Content-Type-Options", "nosniff"},
      {"X-Frame-Options", "DENY"},
  };
  return all;
}

bool is_token(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  });
}

bool is_value(std::string_view value) {
  return std::all_of(value.begin(), value.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 && byte != 0x7F;
  });
}

// How long the body is, and whether another request follows, is ours to say.
bool is_ours(std::string_view name) {
  for (const char* ours : {"Connection", "Content-Length", "Transfer-Encoding"}) {
    if (equal_but_for_case(name, ours)) return true;
  }
  return false;
}

bool can_be_said(const HttpResponse& response) {
  if (response.status < 200 || response.status > 599) return false;
  return is_value(response.content_type) &&
         std::all_of(response.headers.begin(), response.headers.end(), [](const auto& field) {
           return is_token(field.first) && is_value(field.second) && !is_ours(field.first);
         });
}

std::string_view reason_of(int status) {
  const auto reason =
      boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(status));
  return {reason.data(), reason.size()};
}

}  // namespace

std::string answer_bytes(const HttpResponse& response, const HttpAnswerForm& form) {
  if (!can_be_said(response)) return answer_bytes(plain_text(500, "internal error\n"), form);
  Fields fields = common_fields();
  if (form.tls) fields["Strict-Transport-Security"] = "max-age=31536000";
  const bool bodiless = response.status == 204 || response.status == 304;
  if (!bodiless) {
    fields["Content-Length"] = std::to_string(response.body.size());
    if (!response.content_type.empty()) fields["Content-Type"] = response.content_type;
  }
  for (const auto& [name, value] : response.headers) fields[name] = value;
  fields["Connection"] = form.keep_alive ? "keep-alive" : "close";
  std::string bytes = "HTTP/1.1 " + std::to_string(response.status) + " ";
  bytes += reason_of(response.status);
  bytes += "\r\n";
  for (const auto& [name, value] : fields) bytes += name + ": " + value + "\r\n";
  bytes += "\r\n";
  if (!bodiless && !form.without_body) bytes += response.body;
  return bytes;
}

}  // namespace omamori
