// The address of a provider's page: GET shows everybody whom they confirm and changes nothing, POST
// records what was chosen, POST to /file what stands in a list, POST to /undo takes it back (P8).
#pragma once

#include "daemon/reminders/context.h"
#include "daemon/web/http.h"

namespace omamori {

// For every path that begins with "/attendance/". Loop thread; what is recorded is in the journal.
HttpResponse answer_attendance(const HttpRequest& request, Service& service);

}  // namespace omamori
