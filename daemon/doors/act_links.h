// Links stand in stored words as placeholders, "{act:C-1/lapse/S-1/2026-06-13}", and become links
// when the bytes leave: nothing that is stored lets anybody act (P8), and another public_url or key
// holds for what waits, too.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace omamori {

// What composing writes where a link is to stand.
std::string act_placeholder(std::string_view obligation);

// Does any stand in it?
bool has_act_placeholder(std::string_view text);

// `text` with each placeholder of `obligations` put through `link`; where it answers with nothing
// the line is left out. Other placeholders stay as they are: somebody's name may look like one.
std::string with_links(std::string_view text, const std::vector<std::string>& obligations,
                       const std::function<std::optional<std::string>(const std::string&)>& link);

}  // namespace omamori
