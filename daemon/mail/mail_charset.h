// The text of a mail as UTF-8, and in the lines that were typed. Pure.
#pragma once

#include <string>
#include <string_view>

namespace omamori {

// `charset` as the mail names it, "" = it does not. What it names wrongly is read as what it can
// be; a character that cannot be read is "〓".
std::string utf8_of_mail(std::string_view bytes, const std::string& charset);

// format=flowed (RFC 3676): a line that ends with a blank goes on in the next one.
std::string unflowed(std::string_view text, bool delete_blank);

}  // namespace omamori
