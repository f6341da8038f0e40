// Does our own mail server vouch for the sender ([reply] require)? Pure.
#pragma once

#include <optional>
#include <string>

#include "daemon/mail/incoming_mail.h"

namespace omamori {

// "dkim=pass": the method, and what it must have found.
struct RequiredResult {
  std::string method, result;
};
// Nothing: it is not of that form, or of a method that says nothing of a sender.
std::optional<RequiredResult> read_required_result(const std::string& text);

// Only fields count that bear the name of the host which received the mail last and stand above the
// second Received (RFC 8601 section 5); that server must take away what comes with its own name.
// And only a result for the domain of the sender: anybody can sign for a domain of their own.
bool vouched_for(const IncomingMail& mail, const RequiredResult& required);

}  // namespace omamori
