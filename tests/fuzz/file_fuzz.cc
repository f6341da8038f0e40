// A file sent with a form, as a browser words it: what comes out stood in the body. The first line
// is the Content-Type, the rest the body.
#include <cstdint>
#include <string>
#include <string_view>

#include "daemon/web/multipart.h"
#include "tests/fuzz/promise.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const std::size_t end = all.find('\n');
  if (end == std::string_view::npos) return 0;
  const std::string_view body = all.substr(end + 1);
  // A field with control characters does not come so far (daemon/serve/http_reader.h).
  const std::string type(all.substr(0, end));
  for (const char c : type) {
    if (static_cast<unsigned char>(c) < 0x20) return 0;
  }
  const auto file = omamori::file_in_form(type, body, "file");
  omamori::promise(!file || file->size() <= body.size() * 2, "a file came with the form");
  return 0;
}
