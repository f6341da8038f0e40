// Links stand in stored words as placeholders, "{act:C-1/lapse/S-1/2026-06-13}", and become links
// when the bytes leave: nothing that is stored lets anybody act (P8), and another public_url or key
// holds for what waits, too. So does what a provider calls somebody: it stands in no stored
// message.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace omamori {

// What composing writes where a link is to stand: to answer one line…
std::string act_placeholder(std::string_view obligation);
// …or to confirm everybody of a provider's.
std::string attendance_placeholder(std::string_view staff);
// Where the provider's own name for the person of a check is to stand.
std::string ref_placeholder(std::string_view check);

// May any stand in it?
bool has_placeholder(std::string_view text);

// `text` with each of `placeholders` put through `fill`; where it answers with nothing the line is
// left out. Others stay as they are: somebody's name may look like one.
std::string with_links(std::string_view text, const std::vector<std::string>& placeholders,
                       const std::function<std::optional<std::string>(const std::string&)>& fill);

}  // namespace omamori
