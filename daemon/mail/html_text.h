// The text of an HTML mail, as its reader sees it: for replies that have no plain text (libxml2
// reads the HTML). Pure.
#pragma once

#include <string>
#include <string_view>

namespace omamori {

// `html` is UTF-8. One line a block; what a mail program marks as quoted (blockquote) gets "> " in
// front. Never refuses: what is no HTML is its own text.
std::string text_of_html(std::string_view html);

}  // namespace omamori
