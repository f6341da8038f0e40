// From a configuration file to a running Service: what both programs do first.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "daemon/control/request.h"
#include "daemon/reminders/context.h"

namespace omamori {

// Everything a program holds while it works. Members are destroyed in reverse, the store last.
struct Opened {
  std::unique_ptr<Store> store;
  std::unique_ptr<Clock> clock;
  std::unique_ptr<Service> service;
};

// Why it could not be, with the exit code for it; `text` says what to do.
struct OpenFailure {
  Exit exit = Exit::unavailable;
  std::string text;
  bool in_use = false;  // another process owns the database
};

// What becomes of `--clock INSTANT` while the program runs.
enum class ClockRuns { not_at_all, as_usual, from_wake_to_wake };

struct OpenRequest {
  std::filesystem::path config_file;
  std::string actor;
  std::string clock;  // --clock INSTANT, "" = the machine's; only for a demo database
  ClockRuns clock_runs = ClockRuns::not_at_all;
  // A policy.toml that has changed is put in force. Else the kept one stays, and a notice says so:
  // for who looks at what a change would do.
  bool takes_policy = true;
};

// Reads the configuration, becomes the owner of the database if started as root, takes the lock,
// and settles which policy is in force. Does not throw for anything a file, a policy or another
// process can do.
std::variant<Opened, OpenFailure> open_service(const OpenRequest& request);

// As root: becomes whose the database is, or whose the directory where it will be, so that no files
// are left that the service cannot open. "" or why not.
std::string become_owner_of(const std::filesystem::path& database);

// `omamorictl init`: writes omamori.toml and policy.toml where they are missing (never over
// existing ones), makes the database and accepts the policy. `demo`: a database for a made-up
// clock, with no way out but files. Returns what was made, one line each.
std::variant<std::string, OpenFailure> initialise(const OpenRequest& request, bool demo);

}  // namespace omamori
