// Which address is whose: one row for each in router.cc, and nothing else to do to add one. Pure
// but for what a handler does.
//
// GET and HEAD never act (P8): whatever follows links changes nothing. One row says otherwise: the
// ping of a check that allows GET.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

#include "daemon/reminders/context.h"
#include "daemon/web/http.h"
#include "daemon/web/ping_keys.h"

namespace omamori {

// What handlers stand on. One thread, that of the service.
struct WebContext {
  Service& service;
  // Is all well? The one judgement, daemon/reminders/health.h; may be some seconds old, so that
  // nobody outside can keep us looking.
  std::function<bool()> sound;
  // False while there is no database that may be read: only what needs none is answered.
  bool has_database = true;
  PingKeys ping_keys{};
};

HttpResponse answer_http(const HttpRequest& request, WebContext& context);

// Of a request to this path; more is refused before it is read.
std::size_t most_body(std::string_view path);

}  // namespace omamori
