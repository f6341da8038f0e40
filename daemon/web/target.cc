#include "daemon/web/target.h"

#include "daemon/model/utf8.h"

namespace omamori {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7F;
}

// Nothing if a percent sign is not followed by two hexadecimal digits.
std::optional<std::string> decoded(std::string_view text, bool plus_is_blank) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus_is_blank) {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      if (text.size() - i < 3) return {};
      const int high = hex_digit(text[i + 1]);
      const int low = hex_digit(text[i + 2]);
      if (high < 0 || low < 0) return {};
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return out;
}

// RFC 3986: what may stand in a path or query as it is, and the percent sign.
bool is_of_a_target(char c) {
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return true;
  return std::string_view("-._~!$&'()*+,;=:@/?%").find(c) != std::string_view::npos;
}

std::optional<std::string> decoded_part(std::string_view part) {
  auto text = decoded(part, false);
  if (!text || *text == "." || *text == "..") return {};
  // A slash came from "%2F"; a dot that needed no encoding was meant for somebody who looks twice.
  if (text->find_first_of("/\\") != std::string::npos) return {};
  for (std::size_t i = 0; i + 2 < part.size(); ++i) {
    if (part[i] == '%' && part[i + 1] == '2' && hex_digit(part[i + 2]) == 14) return {};
  }
  for (const char c : *text) {
    if (is_control(c)) return {};
  }
  return text;
}

std::optional<std::string> read_path(std::string_view path) {
  std::string whole;
  while (!path.empty()) {
    path.remove_prefix(1);  // the slash
    const std::size_t slash = path.find('/');
    const auto part = decoded_part(path.substr(0, slash));
    if (!part) return {};
    whole += "/" + *part;
    path = slash == std::string_view::npos ? std::string_view() : path.substr(slash);
  }
  if (!is_utf8(whole)) return {};
  return whole;
}

}  // namespace

std::optional<RequestTarget> read_target(std::string_view text) {
  if (text.empty() || text.front() != '/') return {};
  for (const char c : text) {
    if (!is_of_a_target(c)) return {};
  }
  const std::size_t mark = text.find('?');
  const auto path = read_path(text.substr(0, mark));
  if (!path) return {};
  RequestTarget target{*path, {}};
  if (mark == std::string_view::npos) return target;
  auto query = read_form(text.substr(mark + 1));
  if (!query) return {};
  target.query = std::move(*query);
  return target;
}

std::optional<FormFields> read_form(std::string_view text) {
  FormFields fields;
  while (!text.empty()) {
    const std::size_t end = text.find('&');
    const std::string_view field = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    if (field.empty()) continue;
    const std::size_t sign = field.find('=');
    const auto name = decoded(field.substr(0, sign), true);
    const auto value =
        decoded(sign == std::string_view::npos ? std::string_view() : field.substr(sign + 1), true);
    if (!name || !value || !is_utf8(*name) || !is_utf8(*value)) return {};
    for (const char c : *name + *value) {
      if (is_control(c) && c != '\t' && c != '\r' && c != '\n') return {};
    }
    fields[*name] = *value;
  }
  return fields;
}

}  // namespace omamori
