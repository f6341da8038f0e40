// The operator's command. Parses the command line into a Request, reads the files it names, and
// asks omamorid over the control socket; if no daemon runs, the same functions answer in this
// process. What is printed and the exit code do not depend on the way. Exit codes:
// daemon/control/request.h.
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <stdexcept>

#include <boost/json/serialize.hpp>

#include "config/config_file.h"
#include "daemon/cli/command_line.h"
#include "daemon/cli/wait_for_outcome.h"
#include "daemon/commands/registry.h"
#include "daemon/control/client.h"
#include "daemon/delivery/delivery_loop.h"
#include "daemon/delivery/senders.h"
#include "daemon/doctor/examination.h"
#include "daemon/import/csv/words.h"
#include "daemon/runtime/configured_notifiers.h"
#include "daemon/runtime/demo_clocks.h"
#include "daemon/runtime/open_service.h"

namespace omamori {
namespace {

// An import of a large city, and others before us.
constexpr auto kPatience = std::chrono::minutes(10);

OpenRequest opening(const CommandLine& line) {
  OpenRequest request{line.config_file, line.request.actor, line.clock};
  const CommandRow* row = find_command(line.request.command);
  request.takes_policy = !row || !row->leaves_policy;
  return request;
}

// Why nothing was done: to people as text, and with --json also as the one document that a program
// expects on standard output.
void say_refused(const CommandLine& line, const std::string& why) {
  if (line.request.json) {
    const std::string text = why.substr(0, why.find_last_not_of('\n') + 1);
    std::cout << boost::json::serialize(boost::json::object{{"error", text}}) << "\n";
  }
  std::cerr << why;
}

int init(const CommandLine& line) {
  const auto made = initialise(opening(line), line.demo);
  if (const auto* failure = std::get_if<OpenFailure>(&made)) {
    say_refused(line, failure->text);
    return static_cast<int>(failure->exit);
  }
  std::cout << std::get<std::string>(made);
  return 0;
}

int print(const CommandLine& line, const Response& response) {
  if (response.out.empty() && response.exit != Exit::ok) {
    say_refused(line, response.err);
  } else {
    std::cout << response.out << std::flush;
    std::cerr << response.err;
  }
  return static_cast<int>(response.exit);
}

// Nothing was answered, and why. For `status` that is the answer: down.
int no_answer(const CommandLine& line, Exit exit, const std::string& why) {
  say_refused(line, why);
  return line.request.command == "status" ? static_cast<int>(Exit::usage) : static_cast<int>(exit);
}

bool is_test(const Request& request) { return request.command == "test-message"; }

// What became of a test is worked out from its document, whatever is printed in the end.
Request as_asked(Request request) {
  if (is_test(request)) request.json = true;
  return request;
}

// Test messages that are due, each once, and nothing else.
void send_tests(Service& service) {
  const Ways ways = configured_ways(service.config(), service.zone());
  for (const std::string& problem : ways.problems) std::cerr << problem << "\n";
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
  for (const std::string& notice : service.notices()) std::cerr << notice << "\n";
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
  if (request.command == "clock run-to") return follow_clock(request, response, ask);
  return response;
}

// What the running service was given by systemd is there for root, too.
void use_credentials_of_the_service() {
  constexpr const char* kGiven = "/run/credentials/omamorid.service";
  if (access(kGiven, R_OK | X_OK) == 0) setenv("CREDENTIALS_DIRECTORY", kGiven, 0);
}

// The owner of the database, whoever that is: the daemon, or we ourselves from the first question
// on.
class Owner {
 public:
  Owner(const CommandLine& line, const std::filesystem::path& socket)
      : line_(line), socket_(socket) {}

  std::variant<Response, std::string> ask(Request request) {
    if (!ourselves_ && line_.clock.empty()) {
      const auto asked = ask_daemon(socket_, request, kPatience);
      if (const auto* response = std::get_if<Response>(&asked)) return *response;
      const auto& unanswered = std::get<NoAnswer>(asked);
      if (unanswered.why != NoAnswer::Why::nobody_there) return unanswered.text;
    }
    // A file we may not open, or a damaged one, hides nothing else that doctor has found.
    try {
      return answer_alone(std::move(request));
    } catch (const std::exception& error) {
      return std::string(error.what());
    }
  }

 private:
  std::variant<Response, std::string> answer_alone(Request request) {
    if (!ourselves_) {
      auto opened = open_service(opening(line_));
      if (const auto* failure = std::get_if<OpenFailure>(&opened)) return failure->text;
      ourselves_ = std::get<Opened>(std::move(opened));
    }
    request.options["alone"] = "yes";
    return run_command(request, *ourselves_->service);
  }

  const CommandLine& line_;
  const std::filesystem::path& socket_;
  std::optional<Opened> ourselves_;
};

int doctor(const CommandLine& line) {
  const std::string asked = line.request.text("language");
  const auto language = asked.empty() ? Read<Language>{Language::ja, ""} : read_language(asked);
  if (!language.value) {
    say_refused(line, "--language " + asked + " " + language.error + "\n");
    return static_cast<int>(Exit::usage);
  }
  const auto config = load_config(line.config_file);
  if (!config.value) {
    const Tongue tongue(*language.value);
    Findings findings;
    for (const FileError& error : config.errors) {
      findings.push_back(
          {Severity::error, "omamori.toml", to_string(error),
           tongue("直して、もう一度 doctor を動かす", "correct it and run doctor again")});
    }
    return print(line, report(findings, line.request, *language.value));
  }
  use_credentials_of_the_service();
  Owner owner(line, config.value->control_socket);
  return print(line, examine(
                         *config.value, line.request,
                         [&](const Request& request) { return owner.ask(request); }, CurlProbe(),
                         &read_machine_clock));
}

int answer(CommandLine& line) {
  if (line.request.command == "doctor") return doctor(line);
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

int run(int argc, char** argv) {
  auto parsed = parse_command_line(argc, argv);
  if (const int* exit = std::get_if<int>(&parsed)) return *exit;
  CommandLine& line = std::get<CommandLine>(parsed);
  line.request.actor = "uid:" + std::to_string(getuid());
  return line.init ? init(line) : answer(line);
}

}  // namespace
}  // namespace omamori

int main(int argc, char** argv) {
  try {
    return omamori::run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "omamorictl: " << error.what() << "\n";
    return static_cast<int>(omamori::Exit::unavailable);
  }
}
