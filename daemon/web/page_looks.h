// Into the access log: somebody opened the page of a client by their link.
#pragma once

#include <string>

#include "daemon/reminders/context.h"

namespace omamori {

// `staff`: for whom the link was made. What cannot be written down is shown all the same.
void note_page(const std::string& staff, const std::string& client, Service& service);

}  // namespace omamori
