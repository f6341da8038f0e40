// The service. It works out who must be told what, tells them, and writes down that it did.
//
// Exit codes: 0 done; 1 (--once) something could not be told or planned, the output says what; 2
// wrong command line; 3 the database cannot be had; 78 configuration or policy cannot be used.
#include <iostream>

#include <CLI/CLI.hpp>

#include "daemon/import/csv/date_text.h"
#include "daemon/runtime/configured_notifiers.h"
#include "daemon/runtime/run_once.h"
#include "daemon/serve/serve.h"

namespace omamori {
namespace {

bool sound(const OnceReport& report) {
  for (const Delivered& d : report.delivered) {
    if (d.outcome != AttemptOutcome::sent) return false;
  }
  return report.refused.empty() && report.composed.unreachable.empty() && report.stuck.empty() &&
         report.decided.failed.empty() && report.decided.restored.empty() &&
         report.unreadable().empty();
}

int once(Service& service, const std::string& actor) {
  const Ways ways = configured_ways(service.config(), service.zone());
  for (const std::string& problem : ways.problems) std::cerr << problem << "\n";
  if (!ways.problems.empty()) return static_cast<int>(Exit::config);
  const OneByOne one_by_one(ways);
  const OnceReport report = run_once(service, one_by_one.lines(), service.act(actor));
  std::cout << once_text(report, service);
  return sound(report) ? 0 : static_cast<int>(Exit::refused);
}

struct CommandLine {
  OpenRequest open;
  ServeOptions serve;
  std::string until;
  bool once = false;
};

// "" or what is wrong.
std::string settle(CommandLine& line, const Service& service) {
  if (!line.until.empty()) {
    const auto until = read_instant(line.until, service.zone());
    if (!until.value) return "--until " + line.until + ": " + until.error;
    line.serve.until = until.value->at;
  }
  return "";
}

int run(CommandLine& line) {
  line.open.clock_runs = line.once         ? ClockRuns::not_at_all
                         : line.serve.fast ? ClockRuns::from_wake_to_wake
                                           : ClockRuns::as_usual;
  auto opened = open_service(line.open);
  if (const auto* failure = std::get_if<OpenFailure>(&opened)) {
    std::cerr << failure->text;
    return static_cast<int>(failure->exit);
  }
  Opened& open = std::get<Opened>(opened);
  if (line.once) {
    for (const std::string& notice : open.service->notices()) std::cerr << notice << "\n";
    return once(*open.service, line.open.actor);
  }
  if (const std::string why = settle(line, *open.service); !why.empty()) {
    std::cerr << why << "\n";
    return static_cast<int>(Exit::usage);
  }
  line.serve.config_file = line.open.config_file;
  return serve(open, line.serve);
}

int run(int argc, char** argv) {
  CLI::App app{"omamorid: reminds case managers of monitoring until it is done"};
  CommandLine line;
  line.open.actor = "omamorid";
  line.open.config_file = "/etc/omamori/omamori.toml";
  app.add_option("--config", line.open.config_file, "omamori.toml");
  auto* clock =
      app.add_option("--clock", line.open.clock,
                     "begin at this instant (2026-11-24T08:30:00+09:00); demo databases only");
  auto* only_once = app.add_flag("--once", line.once, "decide, tell what is due now, and exit");
  auto* fast = app.add_flag("--fast", line.serve.fast,
                            "the clock jumps from wake to wake, as far as --until or `omamorictl "
                            "clock run-to` says")
                   ->needs(clock)
                   ->excludes(only_once);
  app.add_option("--until", line.until, "with --fast: run there and end")->needs(fast);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : static_cast<int>(Exit::usage);
  }
  return run(line);
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
