// /ping/UUID: a sensor or a script says how it went, as clients of Healthchecks.io do it (P8).
// daemon/web/README.md says what it takes and answers.
#pragma once

#include "daemon/reminders/context.h"
#include "daemon/web/http.h"
#include "daemon/web/ping_keys.h"

namespace omamori {

HttpResponse answer_ping(const HttpRequest& request, PingKeys& keys, Service& service);

}  // namespace omamori
