#include "daemon/cli/owner.h"

#include <exception>
#include <utility>

#include "daemon/commands/registry.h"
#include "daemon/control/client.h"

namespace omamori {

OpenRequest opening(const CommandLine& line) {
  OpenRequest request{line.config_file, line.request.actor, line.clock};
  const CommandRow* row = find_command(line.request.command);
  request.takes_policy = !row || !row->leaves_policy;
  return request;
}

std::variant<Response, std::string> Owner::ask(Request request) {
  if (!ourselves_ && line_.clock.empty()) {
    const auto asked = ask_daemon(socket_, request, kPatience);
    if (const auto* response = std::get_if<Response>(&asked)) return *response;
    const auto& unanswered = std::get<NoAnswer>(asked);
    if (unanswered.why != NoAnswer::Why::nobody_there) return unanswered.text;
  }
  try {
    return answer_alone(std::move(request));
  } catch (const std::exception& error) {
    return std::string(error.what());
  }
}

std::variant<Response, std::string> Owner::answer_alone(Request request) {
  if (!ourselves_) {
    auto opened = open_service(opening(line_));
    if (const auto* failure = std::get_if<OpenFailure>(&opened)) return failure->text;
    ourselves_ = std::get<Opened>(std::move(opened));
  }
  request.options["alone"] = "yes";
  return run_command(request, *ourselves_->service);
}

}  // namespace omamori
