#include "daemon/runtime/open_service.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>

#include "config/config_file.h"
#include "config/policy_file.h"
#include "daemon/doors/token_key.h"
#include "daemon/import/csv/date_text.h"
#include "daemon/model/calendar.h"
#include "daemon/runtime/demo_clocks.h"
#include "daemon/runtime/machine_clock.h"
#include "daemon/settings/policy_intake.h"

namespace omamori {

// Compiled in by the build from config/omamori.toml and config/policy.toml.
extern const char* const kExampleConfig;
extern const char* const kExamplePolicy;

namespace {

constexpr const char* kDemoConfig =
    R"(# A demonstration: messages become .eml files in outbox/, nothing leaves the machine.
[database]
path = "omamori.db"
[policy]
path = "policy.toml"
[file]
directory = "outbox"
)";

OpenFailure config_failure(const std::vector<FileError>& errors) {
  OpenFailure failure{Exit::config, ""};
  for (const FileError& error : errors) failure.text += to_string(error) + "\n";
  return failure;
}

// Where root is asked, whose the database is: the service's user's, one not yet made the user's
// whose directory it is made in. Nothing: there is nobody else to be.
std::optional<struct stat> owner_for_root(const std::filesystem::path& path) {
  struct stat info {};
  if (geteuid() != 0) return {};
  const bool known = stat(path.c_str(), &info) == 0 || stat(path.parent_path().c_str(), &info) == 0;
  if (!known || info.st_uid == 0) return {};
  return info;
}

// The directory of the settings is root's; what the service must read there is given to it.
std::string make_key_for_links(const Config& config) {
  const std::filesystem::path key = config.http.token_key;
  if (std::error_code unknown; std::filesystem::exists(key, unknown)) return "";
  if (const auto problem = make_token_key(key)) {
    return "no key for links was made: " + *problem + "\n";
  }
  const auto owner = owner_for_root(config.database);
  if (owner && chown(key.c_str(), owner->st_uid, owner->st_gid) != 0) {
    return "cannot give " + key.string() + " to the service: " + std::strerror(errno) + "\n";
  }
  return "";
}

OpenFailure open_failure(const OpenError& error) {
  return {Exit::unavailable, std::string(error.what()) + "\n",
          error.reason() == OpenError::Reason::in_use};
}

struct ClockChoice {
  std::unique_ptr<Clock> clock;
  std::string error;
};

std::unique_ptr<Clock> clock_from(Instant start, ClockRuns runs) {
  switch (runs) {
    case ClockRuns::as_usual:
      return std::make_unique<ShiftedClock>(start);
    case ClockRuns::from_wake_to_wake:
      return std::make_unique<JumpingClock>(start);
    case ClockRuns::not_at_all:
      break;
  }
  return std::make_unique<FixedClock>(start);
}

ClockChoice choose_clock(const std::string& text, ClockRuns runs, const Zone& zone) {
  if (text.empty()) return {std::make_unique<SystemClock>(), ""};
  const auto instant = read_instant(text, zone);
  if (!instant.value) return {nullptr, "--clock " + text + ": " + instant.error};
  return {clock_from(instant.value->at, runs), ""};
}

// A policy that has just been accepted for the first time has said its warnings already.
void add_notices(const Reloaded& policy, std::vector<std::string>& notices) {
  for (const Said& error : policy.errors) notices.push_back(error.en);
  if (!policy.errors.empty()) {
    notices.emplace_back("the policy kept in the database is used instead");
  }
  for (const std::string& note : texts_in(Language::en, policy.notes)) {
    const bool said = std::find(notices.begin(), notices.end(), note) != notices.end();
    const bool report = note.starts_with("warning: ") || note.starts_with("policy: ");
    if (report && !said) notices.push_back(note);
  }
}

std::string write_if_missing(const std::filesystem::path& path, const char* text,
                             std::string& made) {
  if (std::error_code gone; std::filesystem::exists(path, gone)) return "";
  std::ofstream file(path);
  file << text;
  file.close();
  if (!file) return "cannot write " + path.string() + ": " + std::strerror(errno);
  made += "wrote " + path.string() + "\n";
  return "";
}

}  // namespace

std::string become_owner_of(const std::filesystem::path& path) {
  const auto owner = owner_for_root(path);
  if (!owner) return "";
  if (setegid(owner->st_gid) != 0 || seteuid(owner->st_uid) != 0) {
    return "cannot become the owner of " + path.string() + ": " + std::strerror(errno);
  }
  return "";
}

std::variant<Opened, OpenFailure> open_service(const OpenRequest& request) {
  auto config = load_config(request.config_file);
  if (!config.value) return config_failure(config.errors);
  const Zone zone(config.value->zone);
  ClockChoice clock = choose_clock(request.clock, request.clock_runs, zone);
  if (!clock.clock) return OpenFailure{Exit::usage, clock.error + "\n"};
  if (const std::string why = become_owner_of(config.value->database); !why.empty()) {
    return OpenFailure{Exit::unavailable, why + "\n"};
  }
  Opened opened;
  try {
    opened.store = std::make_unique<Store>(config.value->database, OpenOptions{});
  } catch (const OpenError& error) {
    return open_failure(error);
  } catch (const SqliteError& error) {
    return OpenFailure{Exit::unavailable, std::string(error.what()) + "\n"};
  }
  if (!request.clock.empty() && !opened.store->demo()) {
    return OpenFailure{Exit::usage,
                       "--clock is only for a database made by `omamorictl init --demo`\n"};
  }
  const Instant now = clock.clock->now();
  StartPolicy start =
      start_policy(*opened.store, *config.value, {request.actor, now, zone.day_of(now)});
  if (!start.policy) {
    OpenFailure failure{Exit::config, ""};
    for (const std::string& notice : start.notices) failure.text += notice + "\n";
    failure.text += "no policy: the file cannot be used and none is kept in the database\n";
    return failure;
  }
  if (const std::string& problem = opened.store->known_problem(); !problem.empty()) {
    start.notices.push_back("warning: " + problem +
                            ": whether this is the database that was used last is not known");
  }
  std::vector<Day> holidays = start_holidays(request.config_file, start.notices);
  Templates templates = start_templates(*config.value, start.notices);
  std::optional<TokenKey> token_key = start_token_key(*config.value, start.notices);
  opened.clock = std::move(clock.clock);
  opened.service = std::make_unique<Service>(*opened.store, *opened.clock,
                                             Service::Parts{std::move(*config.value),
                                                            std::move(*start.policy),
                                                            std::move(holidays),
                                                            {},
                                                            std::move(templates),
                                                            std::move(token_key)});
  try {
    if (request.takes_policy) {
      const Reloaded policy = take_policy(*opened.service, request.actor, Consent::at_start);
      add_notices(policy, start.notices);
    } else if (opened.store->kept_policy()->text !=
               load_policy(opened.service->config().policy).text) {
      start.notices.emplace_back(
          "policy.toml is not the policy in force; omamorictl reload takes it over");
    }
  } catch (const SqliteError& error) {
    return OpenFailure{Exit::unavailable, std::string(error.what()) + "\n"};
  }
  opened.service->use_notices(std::move(start.notices));
  return opened;
}

std::variant<std::string, OpenFailure> initialise(const OpenRequest& request, bool demo) {
  const std::filesystem::path directory = request.config_file.parent_path();
  std::string made;
  std::error_code problem;
  if (!directory.empty()) std::filesystem::create_directories(directory, problem);
  std::string why =
      write_if_missing(request.config_file, demo ? kDemoConfig : kExampleConfig, made);
  if (!why.empty()) return OpenFailure{Exit::unavailable, why + "\n"};
  auto config = load_config(request.config_file);
  if (!config.value) return config_failure(config.errors);
  why = write_if_missing(config.value->policy, kExamplePolicy, made);
  if (!why.empty()) return OpenFailure{Exit::unavailable, why + "\n"};
  if (demo && (!config.value->smtp.host.empty() && config.value->smtp.host != "127.0.0.1" &&
               config.value->smtp.host != "localhost")) {
    return OpenFailure{Exit::config, "a demo database may only send to this machine: " +
                                         request.config_file.string() +
                                         " has an [smtp] host that is not localhost\n"};
  }
  made += make_key_for_links(*config.value);
  why = become_owner_of(config.value->database);
  if (!why.empty()) return OpenFailure{Exit::unavailable, why + "\n"};
  if (!config.value->file_directory.empty()) {
    std::filesystem::create_directories(config.value->file_directory, problem);
  }
  const ClockChoice clock =
      choose_clock(request.clock, ClockRuns::not_at_all, Zone(config.value->zone));
  if (!clock.clock) return OpenFailure{Exit::usage, clock.error + "\n"};
  try {
    OpenOptions options;
    options.create = true;
    options.demo = demo;
    options.now = clock.clock->now();
    const Store store(config.value->database, options);
    made += "made the database " + config.value->database.string() + "\n";
  } catch (const OpenError& error) {
    return open_failure(error);
  } catch (const SqliteError& error) {
    return OpenFailure{Exit::unavailable, std::string(error.what()) + "\n"};
  }
  // Opening it once accepts the policy, so a later bad file finds this one kept.
  auto opened = open_service(request);
  if (const auto* failure = std::get_if<OpenFailure>(&opened)) return *failure;
  return made;
}

}  // namespace omamori
