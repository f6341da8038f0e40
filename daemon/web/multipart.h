// A file that somebody sent with a form (multipart/form-data, RFC 7578), by GMime: how a body falls
// into parts is a grammar with a long history of being read in two ways. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace omamori {

// The bytes of the first part of that name. Nothing if there is none, or the body is no form.
std::optional<std::string> file_in_form(const std::string& content_type, std::string_view body,
                                        std::string_view name);

}  // namespace omamori
