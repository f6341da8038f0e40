#include "daemon/web/ping_route.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <variant>

#include "daemon/doors/ping_key.h"
#include "daemon/reminders/clock_hold.h"
#include "daemon/web/ping_record.h"

namespace omamori {
namespace {

constexpr int kGreatestStatus = 255;

// What stands behind the key, as the clients of Healthchecks write it.
enum class Signal { success, start, log, fail, failed_run };
enum class Unread { nothing_there, no_such_status };

std::variant<Signal, Unread> read_signal(std::string_view text) {
  if (text.empty()) return Signal::success;
  text.remove_prefix(1);
  if (text == "start") return Signal::start;
  if (text == "log") return Signal::log;
  if (text == "fail") return Signal::fail;
  const bool digits = !text.empty() && std::all_of(text.begin(), text.end(),
                                                   [](char c) { return c >= '0' && c <= '9'; });
  if (!digits) return Unread::nothing_there;
  int status = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), status);
  if (read.ec != std::errc{} || status > kGreatestStatus) return Unread::no_such_status;
  return status == 0 ? Signal::success : Signal::failed_run;
}

// Nothing: it confirms nothing, and nothing is written.
std::optional<Outcome> outcome_of(Signal signal, const CheckRecord& check) {
  switch (signal) {
    case Signal::success:
      return Outcome::ok;
    case Signal::fail:
      return Outcome::concern;
    case Signal::failed_run:
      return check.fail_means.value_or(Outcome::unreachable);
    case Signal::start:
    case Signal::log:
      break;
  }
  return {};
}

// Whatever is not theirs looks alike, by whatever method: unknown, of a lower generation, over.
std::optional<CheckRecord> check_by(std::string_view key, PingKeys& keys, Service& service) {
  const auto code = keys.check_of(key, service);
  auto check = code ? service.store().check(*code) : std::nullopt;
  if (!check) return {};
  const Day today = service.today();
  const auto client = service.store().client(check->client);
  const bool ended = (check->terms.until && *check->terms.until < today) ||
                     (client && client->ended_on && *client->ended_on < today);
  if (ended) return {};
  return check;
}

HttpResponse not_allowed(const HttpRequest& request, const CheckRecord& check, Service& service) {
  note_refused_ping(check.code, check.client, request.method, service);
  HttpResponse refused = plain_text(405, "method not allowed");
  refused.headers["Allow"] = check.get_allowed ? "GET, POST" : "POST";
  return refused;
}

}  // namespace

HttpResponse answer_ping(const HttpRequest& request, PingKeys& keys, Service& service) {
  const std::string_view rest = std::string_view(request.path).substr(kPingPath.size());
  const std::string_view key = rest.substr(0, rest.find('/'));
  const auto check = check_by(key, keys, service);
  if (!check) return plain_text(404, "not found");
  const auto signal = read_signal(rest.substr(key.size()));
  if (const auto* unread = std::get_if<Unread>(&signal)) {
    return *unread == Unread::nothing_there ? plain_text(404, "not found")
                                            : plain_text(400, "invalid url format");
  }
  const bool allowed = request.method == "POST" || (request.method == "GET" && check->get_allowed);
  if (!allowed) return not_allowed(request, *check, service);
  Ping ping{check->code, check->client, Outcome::ok, ""};
  if (const auto named = request.query.find("rid"); named != request.query.end()) {
    const auto run = read_uuid(named->second);
    if (!run) return plain_text(400, "invalid uuid format");
    ping.run = *run;
  }
  if (const auto outcome = outcome_of(std::get<Signal>(signal), *check)) {
    // It would count for the day the clock says, which is not believed.
    if (kept_clock_hold(service.store())) return plain_text(503, "clock not believed; try again");
    ping.outcome = *outcome;
    record_ping(ping, service);
  }
  HttpResponse answer = plain_text(200, "OK");
  answer.headers["Ping-Body-Limit"] = "0";
  return answer;
}

}  // namespace omamori
