#include "daemon/runtime/log.h"

#include <cstdlib>
#include <memory>

#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/sinks/systemd_sink.h>

#include "daemon/runtime/service_manager.h"

namespace omamori {
namespace {

spdlog::sink_ptr sink() {
  if (std::getenv("JOURNAL_STREAM") != nullptr) {
    return std::make_shared<spdlog::sinks::systemd_sink_mt>("omamorid");
  }
  auto console = std::make_shared<spdlog::sinks::stderr_sink_mt>();
  console->set_pattern("%Y-%m-%d %H:%M:%S %l: %v");
  return console;
}

spdlog::logger& logger() {
  static spdlog::logger the_logger("omamorid", sink());
  return the_logger;
}

// A peer's words may hold anything; a line of the log is one line.
void say(spdlog::level::level_enum level, const std::string& line) {
  logger().log(level, status_line(line));
}

}  // namespace

void log_info(const std::string& line) { say(spdlog::level::info, line); }
void log_warning(const std::string& line) { say(spdlog::level::warn, line); }
void log_error(const std::string& line) { say(spdlog::level::err, line); }

}  // namespace omamori
