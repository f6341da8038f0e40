// The forms of a page as a browser, or a program that follows links, finds them: enough of HTML for
// the pages of daemon/web, and no more.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/web/target.h"

namespace omamori::sim {

struct PageForm {
  std::string action;
  bool takes_file = false;
  FormFields as_it_stands;         // what is sent if nobody types or chooses anything
  std::vector<std::string> typed;  // names of the fields that somebody types into
  std::map<std::string, std::vector<std::string>> choices;  // by name of the field

  bool asks(const std::string& name) const;
};

std::vector<PageForm> forms_in(std::string_view html);

// application/x-www-form-urlencoded.
std::string encoded(const FormFields& fields);

}  // namespace omamori::sim
