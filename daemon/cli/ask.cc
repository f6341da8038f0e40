#include "daemon/cli/ask.h"

#include <chrono>
#include <optional>
#include <stdexcept>

#include "config/config_file.h"
#include "daemon/cli/output.h"
#include "daemon/cli/owner.h"
#include "daemon/cli/wait_for_outcome.h"
#include "daemon/commands/registry.h"
#include "daemon/control/client.h"
#include "daemon/delivery/delivery_loop.h"
#include "daemon/runtime/configured_notifiers.h"

namespace omamori {
namespace {

bool is_test(const Request& request) { return request.command == "test-message"; }

// What became of a test is worked out from its document, whatever is printed in the end.
Request as_asked(Request request) {
  if (is_test(request)) request.json = true;
  return request;
}

// Test messages that are due, each once, and nothing else.
void send_tests(Service& service) {
  const Ways ways = configured_ways(service.config(), service.zone());
  for (const std::string& problem : ways.problems) say_error(problem + "\n");
  const OneByOne one_by_one(ways);
  InlineCouriers couriers(one_by_one.lines());
  DeliveryLoop delivery(service, couriers, {});
  const Instant now = service.now();
  for (auto next = delivery.step(DeliveryLoop::Begin::test_only); next && *next <= now;) {
    next = delivery.step(DeliveryLoop::Begin::test_only);
  }
  delivery.step(DeliveryLoop::Begin::nothing);  // what answered last is written down
}

// As the owner of the database, while no daemon is.
int answer_ourselves(const CommandLine& line, const std::filesystem::path& socket) {
  auto opened = open_service(opening(line));
  if (const auto* failure = std::get_if<OpenFailure>(&opened)) {
    const std::string more =
        !failure->in_use ? ""
                         : "nobody answers at " + socket.string() +
                               ": if omamorid is just starting or stopping, or another omamorictl "
                               "is at work, try again; if omamorid runs with another "
                               "configuration, name that with --config\n";
    return no_answer(line, failure->exit, failure->text + more);
  }
  Service& service = *std::get<Opened>(opened).service;
  for (const std::string& notice : service.notices()) say_error(notice + "\n");
  const Response response = run_command(as_asked(line.request), service);
  if (!is_test(line.request) || response.exit != Exit::ok) return print(line, response);
  send_tests(service);
  // Nobody goes on sending when we are gone: one look is enough.
  return print(line, follow_test_message(
                         line.request, response,
                         [&](const Request& request) { return run_command(request, service); },
                         {std::chrono::milliseconds{0}, std::chrono::milliseconds{0}}));
}

// The daemon's answer, and for what takes its time, what came of it.
Response with_outcome(const Request& request, const Response& response,
                      const std::filesystem::path& socket) {
  const AskOwner ask = [&](const Request& asked) -> std::optional<Response> {
    const auto answered = ask_daemon(socket, asked, kPatience);
    if (const auto* good = std::get_if<Response>(&answered)) return *good;
    return {};
  };
  if (response.exit != Exit::ok) return response;
  if (is_test(request)) return follow_test_message(request, response, ask);
  if (request.command == "backup") return follow_backup(request, response, ask);
  if (request.command == "clock run-to") return follow_clock(request, response, ask);
  return response;
}

}  // namespace

int ask_and_print(CommandLine& line) {
  if (const std::string why = attach_files(line); !why.empty()) {
    say_refused(line, why + "\n");
    return static_cast<int>(Exit::refused);
  }
  const auto config = load_config(line.config_file);
  if (!config.value) return answer_ourselves(line, "");  // says what is wrong with it
  const std::filesystem::path& socket = config.value->control_socket;
  if (!line.clock.empty()) {
    if (!daemon_listens(socket)) return answer_ourselves(line, socket);
    return no_answer(line, Exit::usage,
                     "--clock: omamorid is running and has its own clock; leave --clock out, or "
                     "stop omamorid first\n");
  }
  const auto asked = ask_daemon(socket, as_asked(line.request), kPatience);
  if (const auto* response = std::get_if<Response>(&asked)) {
    return print(line, with_outcome(line.request, *response, socket));
  }
  const auto& unanswered = std::get<NoAnswer>(asked);
  if (unanswered.why == NoAnswer::Why::nobody_there) return answer_ourselves(line, socket);
  // The same words as when it breaks off in this process.
  if (unanswered.why == NoAnswer::Why::failed) throw std::runtime_error(unanswered.text);
  return no_answer(line, Exit::unavailable, unanswered.text + "\n");
}

}  // namespace omamori
