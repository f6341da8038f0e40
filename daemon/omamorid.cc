// The service. It works out who must be told what, tells them, and writes down that it did.
//
// Exit codes: 0 done; 1 something could not be told or planned (the output says what); 2 wrong
// command line; 3 the database cannot be had; 78 configuration or policy cannot be used.
#include <iostream>

#include <CLI/CLI.hpp>

#include "config/secret.h"
#include "daemon/once.h"
#include "daemon/opening.h"
#include "notifiers/email.h"
#include "notifiers/file.h"

namespace omamori {
namespace {

struct Ways {
  std::unique_ptr<EmailNotifier> email;
  std::unique_ptr<FileNotifier> file;
  std::string error;
};

Ways open_ways(const Service& service) {
  Ways ways;
  const Config& config = service.config();
  const UtcOffset offset = [&zone = service.zone()](Instant at) { return zone.offset_at(at); };
  if (!config.smtp.host.empty()) {
    std::string password;
    if (!config.smtp.password_file.empty()) {
      auto secret = read_secret(config.smtp.password_file);
      if (!secret.value) {
        ways.error = to_string(secret.errors.front());
        return ways;
      }
      password = std::move(*secret.value);
    }
    ways.email = std::make_unique<EmailNotifier>(config.smtp, std::move(password), offset);
  }
  if (!config.file_directory.empty()) {
    const std::string from =
        config.smtp.from.empty() ? "omamori@localhost.invalid" : config.smtp.from;
    ways.file = std::make_unique<FileNotifier>(config.file_directory, from, offset);
  }
  return ways;
}

bool sound(const OnceReport& report) {
  for (const Delivered& d : report.delivered) {
    if (d.outcome != AttemptOutcome::sent) return false;
  }
  return report.refused.empty() && report.composed.unreachable.empty() && report.stuck.empty() &&
         report.decided.failed.empty() && report.decided.restored.empty() &&
         report.unreadable().empty();
}

int once(const OpenRequest& request) {
  auto opened = open_service(request);
  if (const auto* failure = std::get_if<OpenFailure>(&opened)) {
    std::cerr << failure->text;
    return static_cast<int>(failure->exit);
  }
  Service& service = *std::get<Opened>(opened).service;
  for (const std::string& notice : service.notices()) std::cerr << notice << "\n";
  const Ways ways = open_ways(service);
  if (!ways.error.empty()) {
    std::cerr << ways.error << "\n";
    return static_cast<int>(Exit::config);
  }
  const Outlets outlets{ways.email.get(), ways.file.get(), {}};
  const OnceReport report = run_once(service, outlets, service.act(request.actor));
  std::cout << once_text(report, service);
  return sound(report) ? 0 : static_cast<int>(Exit::refused);
}

int run(int argc, char** argv) {
  CLI::App app{"omamorid: reminds case managers of monitoring until it is done"};
  OpenRequest request;
  request.actor = "omamorid";
  request.config_file = "/etc/omamori/omamori.toml";
  bool only_once = false;
  app.add_option("--config", request.config_file, "omamori.toml");
  app.add_option("--clock", request.clock,
                 "take this for now (2026-11-24T08:30:00+09:00); demo databases only");
  app.add_flag("--once", only_once, "decide, tell what is due now, and exit");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : static_cast<int>(Exit::usage);
  }
  if (!only_once) {
    std::cerr << "omamorid: say --once; this version does one round and exits (a systemd timer or "
                 "cron can call it every morning)\n";
    return static_cast<int>(Exit::usage);
  }
  return once(request);
}

}  // namespace
}  // namespace omamori

int main(int argc, char** argv) {
  try {
    return omamori::run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "omamorid: " << error.what() << "\n";
    return static_cast<int>(omamori::Exit::unavailable);
  }
}
