// Bytes at the doors, read whole and in pieces: the same requests, within their bounds, or a
// refusal that can be said. The first byte says how long the pieces are.
#include <cstdint>
#include <string>
#include <string_view>

#include "daemon/serve/http_reader.h"
#include "tests/fuzz/promise.h"

namespace omamori {
namespace {

constexpr std::size_t kBody = 1000;

struct Heard {
  std::string requests;
  int refused = 0;  // the status; 0 = it was not
};

void check(const HttpRequest& request) {
  promise(!request.method.empty(), "a request has a method");
  promise(request.path.starts_with('/'), "a path begins with a slash");
  promise(request.path.find("/../") == std::string::npos, "no path leads up");
  promise(request.body.size() <= kBody, "no body is larger than it may be");
  for (const char c : request.path) {
    promise(static_cast<unsigned char>(c) >= 0x20, "a path has no control characters");
  }
  for (const auto& [name, value] : request.headers) {
    promise(value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos,
            "a field is one line");
  }
}

std::string text_of(const HttpRequest& request) {
  std::string text = request.method + ' ' + request.path;
  for (const auto& [name, value] : request.query) text += '\n' + name + '=' + value;
  for (const auto& [name, value] : request.headers) text += '\n' + name + ": " + value;
  return text + "\n\n" + request.body + '\n';
}

void read_on(HttpReader& reader, Heard& heard) {
  while (heard.refused == 0) {
    switch (reader.read()) {
      case HttpReading::more:
        return;
      case HttpReading::go_on:
        break;
      case HttpReading::whole: {
        const HttpRequest request = reader.take();
        check(request);
        heard.requests += text_of(request);
        break;
      }
      case HttpReading::refused:
        heard.refused = reader.refusal().status;
        promise(heard.refused >= 400 && heard.refused < 600, "a refusal is one");
        break;
    }
  }
}

Heard hear(std::string_view bytes, std::size_t piece) {
  HttpLimits limits;
  limits.header = 512;
  limits.target = 200;
  limits.body = [](std::string_view) { return kBody; };
  HttpReader reader(limits);
  Heard heard;
  while (!bytes.empty()) {
    reader.put(bytes.substr(0, piece));
    bytes.remove_prefix(piece < bytes.size() ? piece : bytes.size());
    read_on(reader, heard);
  }
  reader.put_end();
  read_on(reader, heard);
  return heard;
}

}  // namespace
}  // namespace omamori

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using omamori::hear;
  using omamori::promise;
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto whole = hear(bytes, bytes.size() + 1);
  const auto pieces = hear(bytes, 1 + data[0] % 40U);
  promise(whole.requests == pieces.requests, "pieces are read as the whole");
  promise((whole.refused == 0) == (pieces.refused == 0), "pieces are refused as the whole");
  return 0;
}
