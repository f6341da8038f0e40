// Requests and responses as the JSON text that the control socket carries. Pure: errors are values.
//
// Text is bytes to the commands, so it is to this codec: what is not UTF-8 passes unchanged. A key
// that is unknown is refused, so that an older omamorid never does half of what a newer omamorictl
// asked for. `actor` does not travel: the server knows who asks.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "daemon/control/request.h"

namespace omamori {

inline constexpr const char* kControlTarget = "/v1/command";

// A value, or what is wrong with the text.
template <typename T>
struct Decoded {
  std::optional<T> value;
  std::string error;
};

std::string encode_request(const Request& request);
// `options`, `files` and `json` may be missing. The actor is left empty.
Decoded<Request> decode_request(std::string_view text);

std::string encode_response(const Response& response);
Decoded<Response> decode_response(std::string_view text);

// {"error": why}, the body of every answer but 200.
std::string encode_error(std::string_view why);
// `why`, or the text itself if it is no such document.
std::string decode_error(std::string_view text);

}  // namespace omamori
