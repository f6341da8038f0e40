#include "daemon/cli/doctor.h"

#include <unistd.h>

#include <cstdlib>

#include "config/config_file.h"
#include "daemon/cli/output.h"
#include "daemon/cli/owner.h"
#include "daemon/import/csv/words.h"

namespace omamori {
namespace {

// What the running service was given by systemd is there for root, too.
void use_credentials_of_the_service() {
  constexpr const char* kGiven = "/run/credentials/omamorid.service";
  if (access(kGiven, R_OK | X_OK) == 0) setenv("CREDENTIALS_DIRECTORY", kGiven, 0);
}

// All there is to say where the configuration cannot be read.
Response without_configuration(const CommandLine& line, const std::vector<FileError>& errors,
                               Language language) {
  const Tongue tongue(language);
  Findings findings;
  for (const FileError& error : errors) {
    findings.push_back(
        {Severity::error, "omamori.toml", to_string(error),
         tongue("直して、もう一度 doctor を動かす", "correct it and run doctor again")});
  }
  return report(findings, line.request, language);
}

}  // namespace

int doctor(const CommandLine& line, const NetworkProbe& probe, const ReadClock& read_clock) {
  const std::string asked = line.request.text("language");
  const auto language = asked.empty() ? Read<Language>{Language::ja, ""} : read_language(asked);
  if (!language.value) {
    say_refused(line, "--language " + asked + " " + language.error + "\n");
    return static_cast<int>(Exit::usage);
  }
  const auto config = load_config(line.config_file);
  if (!config.value) {
    return print(line, without_configuration(line, config.errors, *language.value));
  }
  use_credentials_of_the_service();
  Owner owner(line, config.value->control_socket);
  return print(line,
               examine(
                   *config.value, line.request,
                   [&](const Request& request) { return owner.ask(request); }, probe, read_clock));
}

}  // namespace omamori
