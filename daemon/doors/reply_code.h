// The codes by which a reply names the message that it answers (P8). Worked out of the key as links
// are and kept nowhere; the store knows a hash of code and person. A code alone does nothing: it
// opens what the mail address of that person may answer.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/doors/token.h"

namespace omamori {

// "K7Q2M4XD": 40 bits.
std::string make_reply_code(const TokenKey& key, std::string_view staff, std::string_view message,
                            int generation);

// "K7Q2-M4XD", as people read it.
std::string shown_code(const std::string& code);

// What the store keeps of it. Codes of different people may be the same, and are not mixed up.
std::string hash_of_code(std::string_view staff, std::string_view code);

// `address` of [reply] with {code} in it, as it is written for a code.
std::string reply_address(std::string_view address, const std::string& code);

// The code in whatever a reply was sent to or, where that has none, behind "[#" in its subject.
// Nothing: there is none, or there are different ones.
std::optional<std::string> code_of_reply(std::string_view address,
                                         const std::vector<std::string>& sent_to,
                                         std::string_view subject);

}  // namespace omamori
