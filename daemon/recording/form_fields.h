// What somebody filled in, by the names of the fields: on a page, or in the lines of a reply.
#pragma once

#include <map>
#include <string>

namespace omamori {

// Of a name given twice the last.
using FormFields = std::map<std::string, std::string>;

}  // namespace omamori
