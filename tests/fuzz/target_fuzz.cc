// The target of a request line, and a form: what is taken means the same when it is written anew.
#include <cstdint>
#include <string>
#include <string_view>

#include "daemon/web/target.h"
#include "tests/fuzz/promise.h"

namespace omamori {
namespace {

// Every byte behind a percent sign, but for what must not be in a path.
std::string encoded(std::string_view text, std::string_view as_they_are) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (as_they_are.find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += '%';
      out += kHex[byte >> 4U];
      out += kHex[byte & 15U];
    }
  }
  return out;
}

std::string encoded(const FormFields& fields) {
  std::string out;
  for (const auto& [name, value] : fields) {
    out += (out.empty() ? "" : "&") + encoded(name, "") + '=' + encoded(value, "");
  }
  return out;
}

void check_target(std::string_view text) {
  const auto target = read_target(text);
  if (!target) return;
  promise(target->path.starts_with('/'), "a path begins with a slash");
  promise((target->path + '/').find("/../") == std::string::npos, "no path leads up");
  promise((target->path + '/').find("/./") == std::string::npos, "no path stands still");
  promise(target->path.find('\\') == std::string::npos, "there is no other slash");
  const auto again = read_target(encoded(target->path, "/.") + '?' + encoded(target->query));
  promise(again && again->path == target->path, "a path written anew is the same");
  promise(again && again->query == target->query, "a query written anew is the same");
}

void check_form(std::string_view text) {
  const auto form = read_form(text);
  if (!form) return;
  const auto again = read_form(encoded(*form));
  promise(again && *again == *form, "a form written anew is the same");
}

}  // namespace
}  // namespace omamori

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  omamori::check_target(text);
  omamori::check_form(text);
  return 0;
}
