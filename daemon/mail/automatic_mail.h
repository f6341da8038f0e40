// Mail that no person wrote: out-of-office notes, reports of delivery, lists. It is counted, and
// neither recorded nor answered: two machines would talk for ever. Pure.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace omamori {

struct MailHead {
  std::vector<std::pair<std::string, std::string>> fields;  // name in small letters, value
  std::string subject;
};

// By RFC 3834, by what programs put into their own fields, and by subjects in both languages, for
// who says nothing better. A word for the count, "auto-submitted"; "" = a person wrote it.
std::string why_automatic(const MailHead& head);

}  // namespace omamori
