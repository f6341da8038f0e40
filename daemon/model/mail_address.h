// Email addresses: which ones there may be, and how they are written. One rule for the
// configuration, the import and the notifiers: what one of them takes and another refuses would be
// known here and never told.
//
// libcurl 7.88 puts CR and LF of an envelope address on the wire, so that an address from an
// import could speak SMTP for us. Therefore nothing goes out that has not passed address_problem()
// again, whatever an older version may have let in. Pure; throws nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace omamori {

// What is wrong with `address`, for the person who typed it; nothing if it is fine. ASCII only, one
// '@', at most 254 bytes (RFC 5321 4.5.3.1), a host name with a dot after it. Dots in a row, at the
// front or before the '@' are accepted although RFC 5322 does not know them: Japanese telephone
// companies gave out such addresses, and they are still used. They are quoted on the wire.
std::optional<std::string> address_problem(std::string_view address);

// Capital letters of ASCII as small ones: how addresses are compared.
std::string in_small_letters(std::string_view text);

// The part after '@'; empty if there is none.
std::string_view domain_of(std::string_view address);

// Whether `address` is in one of `domains`: the whole domain, upper and lower case being equal; a
// subdomain is another domain. An empty list allows any.
bool domain_allowed(std::string_view address, const std::vector<std::string>& domains);

// `address` as envelope and headers need it: a local part with dots in unusual places is quoted,
// "a..b"@example.jp. The address must have passed address_problem().
std::string quoted_where_needed(std::string_view address);

}  // namespace omamori
