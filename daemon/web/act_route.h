// The address of a link in a message: GET shows what it is about and changes nothing, POST records,
// POST to /undo takes it back (P8).
#pragma once

#include "daemon/reminders/context.h"
#include "daemon/web/http.h"

namespace omamori {

// For every path that begins with "/a/". Loop thread; what is recorded is in the journal.
HttpResponse answer_act(const HttpRequest& request, Service& service);

// "/style.css", for every page.
HttpResponse answer_style();

}  // namespace omamori
