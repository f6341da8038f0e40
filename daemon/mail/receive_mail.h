// What becomes of a mail that the mail server hands over (`omamorictl receive-mail`): a reply is
// recorded and answered; everything else is counted, and nobody hears of it (P8). Loop thread.
#pragma once

#include <string>

#include "daemon/control/request.h"
#include "daemon/reminders/context.h"

namespace omamori {

// `mail` as it came. Exit 0: handled, or refused; 75: not now, the mail server keeps it. What is
// said of it holds nothing of the mail's text (P7). Throws what the store throws: then nothing was
// recorded.
Response receive_mail(const std::string& mail, const std::string& actor, Service& service);

}  // namespace omamori
