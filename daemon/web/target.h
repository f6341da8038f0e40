// What a stranger has encoded into a request line or a form, decoded once and strictly. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "daemon/recording/form_fields.h"

namespace omamori {

struct RequestTarget {
  std::string path;
  FormFields query;
};

// The target of a request line in the form that is meant for us, "/path?query". Nothing if it is
// any other: a whole URL, a fragment, characters that a URL cannot have, "." and ".." parts, and,
// behind a percent sign, no hexadecimal digits, a control character, "/" or "\", a dot, or what is
// not UTF-8 in the end. Two who read such a path may take it for two paths.
std::optional<RequestTarget> read_target(std::string_view text);

// application/x-www-form-urlencoded, also that of a query: "+" is a blank. Nothing if something in
// it is wrongly encoded, is not UTF-8, or is a control character other than a tab or a line end.
std::optional<FormFields> read_form(std::string_view text);

}  // namespace omamori
