#include "daemon/web/router.h"

#include <algorithm>
#include <string>

#include "daemon/web/act_route.h"
#include "daemon/web/attendance_route.h"
#include "daemon/web/ping_route.h"

namespace omamori {
namespace {

// Enough for every form; a row that takes files says more.
constexpr std::size_t kFormBody = std::size_t{64} * 1024;
constexpr std::size_t kFileBody = std::size_t{1024} * 1024;
// A log goes along with a ping, and is dropped.
constexpr std::size_t kPingBody = std::size_t{256} * 1024;
constexpr std::string_view kEvery = "*";  // the handler says which are allowed
constexpr std::string_view kReading = "GET, HEAD";
constexpr std::string_view kActing = "GET, HEAD, POST";

struct Route {
  std::string_view path;     // with '/' at its end: and all that begins with it
  std::string_view methods;  // as Allow says them
  HttpResponse (*answer)(const HttpRequest&, WebContext&);
  bool needs_database = true;
  std::size_t body = kFormBody;
};

// The process turns, or it would not answer.
HttpResponse healthz(const HttpRequest&, WebContext&) { return plain_text(200, "ok\n"); }

// Whoever asks from outside hears no names and no reasons (P7).
HttpResponse readyz(const HttpRequest&, WebContext& context) {
  const bool sound = context.has_database && context.sound();
  return plain_text(sound ? 200 : 503, sound ? "sound\n" : "degraded\n");
}

HttpResponse act(const HttpRequest& request, WebContext& context) {
  return answer_act(request, context.service);
}

HttpResponse attendance(const HttpRequest& request, WebContext& context) {
  return answer_attendance(request, context.service);
}

HttpResponse ping(const HttpRequest& request, WebContext& context) {
  return answer_ping(request, context.ping_keys, context.service);
}

HttpResponse style(const HttpRequest&, WebContext&) { return answer_style(); }

constexpr Route kRoutes[] = {
    {"/a/", kActing, act},
    {"/attendance/", kActing, attendance, true, kFileBody},
    {"/healthz", kReading, healthz, false},
    {"/ping/", kEvery, ping, true, kPingBody},
    {"/readyz", kReading, readyz, false},
    {"/style.css", kReading, style, false},
};

const Route* route_of(std::string_view path) {
  const auto* const found =
      std::find_if(std::begin(kRoutes), std::end(kRoutes), [&](const Route& route) {
        return route.path.ends_with('/') ? path.starts_with(route.path) : path == route.path;
      });
  return found == std::end(kRoutes) ? nullptr : found;
}

bool allows(std::string_view methods, std::string_view method) {
  if (methods == kEvery) return true;
  while (!methods.empty()) {
    const std::size_t comma = methods.find(", ");
    if (methods.substr(0, comma) == method) return true;
    methods = comma == std::string_view::npos ? std::string_view() : methods.substr(comma + 2);
  }
  return false;
}

}  // namespace

HttpResponse answer_http(const HttpRequest& request, WebContext& context) {
  const Route* route = route_of(request.path);
  if (route == nullptr) return plain_text(404, "not found\n");
  if (!allows(route->methods, request.method)) {
    HttpResponse refused = plain_text(405, "method not allowed\n");
    refused.headers["Allow"] = route->methods;
    return refused;
  }
  if (route->needs_database && !context.has_database) {
    HttpResponse later = plain_text(503, "not now; try again in a few minutes\n");
    later.headers["Retry-After"] = "300";
    return later;
  }
  return route->answer(request, context);
}

std::size_t most_body(std::string_view path) {
  const Route* route = route_of(path);
  return route == nullptr ? kFormBody : route->body;
}

}  // namespace omamori
