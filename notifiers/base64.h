// Base64 (RFC 4648 section 4, with padding), for mail bodies, webhook secrets and
// the files of a request. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace omamori {

// `bytes` on one line.
std::string base64(std::string_view bytes);

// The bytes `text` stands for; nothing unless it is exactly what base64() writes for them: no
// spaces, no missing padding, no stray bits at the end.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace omamori
