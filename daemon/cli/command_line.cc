#include "daemon/cli/command_line.h"

#include <algorithm>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <string_view>
#include <utility>

#include <CLI/CLI.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "config/text_file.h"

namespace omamori {
namespace {

// A subcommand whose options become Request.options under the same names.
class Sub {
 public:
  Sub(CLI::App& parent, CommandLine& line, const std::string& name, const std::string& what,
      const std::string& command = "")
      : line_(line), app_(parent.add_subcommand(name, what)) {
    app_->fallthrough();
    app_->callback([this_command = command.empty() ? name : command, &line] {
      line.request.command = this_command;
    });
  }
  Sub& positional(const std::string& name, const std::string& what, bool required = true) {
    CLI::Option* option = app_->add_option_function<std::string>(name, setter(name), what);
    if (required) option->required();
    return *this;
  }
  Sub& option(const std::string& name, const std::string& what) {
    app_->add_option_function<std::string>("--" + name, setter(name), what);
    return *this;
  }
  Sub& flag(const std::string& name, const std::string& what) {
    app_->add_flag_callback(
        "--" + name, [this_name = name, &line = line_] { line.request.options[this_name] = "yes"; },
        what);
    return *this;
  }
  CLI::App& app() { return *app_; }

 private:
  std::function<void(const std::string&)> setter(const std::string& name) {
    return [name, &line = line_](const std::string& value) { line.request.options[name] = value; };
  }
  CommandLine& line_;
  CLI::App* app_;
};

// A word that only has subcommands.
CLI::App* group(CLI::App& app, const std::string& name, const std::string& what) {
  CLI::App* made = app.add_subcommand(name, what);
  made->require_subcommand(1)->fallthrough();
  return made;
}

// How it went over a time.
void add_reports(CLI::App& app, CommandLine& line) {
  CLI::App* report = group(app, "report", "how it went over a time (the last year)");
  const auto add = [&](const std::string& name, const std::string& what) {
    Sub(*report, line, name, what, "report " + name)
        .option("from", "first day")
        .option("until", "last day")
        .option("office", "only of this office")
        .option("staff", "only of this case manager")
        .option("client", "only of this client")
        .option("at", "as known on another day")
        .option("language", "ja or en")
        .flag("csv", "for a spreadsheet");
  };
  add("visits", "were people seen in time?");
  add("checks", "were the safety checks kept, and was it enough?");
}

void add_reading(CLI::App& app, CommandLine& line) {
  Sub(app, line, "check", "are configuration, policy and people sound?");
  Sub(app, line, "doctor",
      "configuration, database, disk, clock, mail server with a login, endpoints, people: what is "
      "wrong and what to do; exit 0 all well, 1 warnings, 2 errors")
      .option("language", "ja or en");
  Sub(app, line, "status", "is everything told that should be? exit 0 sound, 1 degraded, 2 down");
  Sub(app, line, "plan", "which months are asked for, and in what state they are")
      .option("client", "only this client")
      .option("at", "as of another day")
      .option("language", "ja or en")
      .flag("all", "every decision period, not only the present one")
      .flag("gaps", "only periods with a gap that nothing confirms");
  Sub(app, line, "show", "everything known of one client")
      .positional("client", "client code")
      .option("at", "as of another day")
      .option("language", "ja or en");
  Sub(app, line, "calendar", "a client's year, a line a month and a mark a day")
      .positional("client", "client code")
      .option("year", "fiscal year, from its April on (this one)")
      .option("from", "twelve months from this month on, 2026-01")
      .option("at", "as of another day")
      .option("language", "ja or en");
  Sub(app, line, "explain", "why this interval, why these months, who was told what")
      .positional("client", "client code")
      .option("at", "as of another day")
      .option("language", "ja or en");
  Sub(app, line, "list", "offices staff clients …; due overdue checks workload visits")
      .positional("kind", "what to list")
      .option("client", "only of this client")
      .option("at", "as of another day")
      .option("language", "ja or en")
      .option("office", "only of this office")
      .option("staff", "only of this case manager")
      .option("from", "visits: first day")
      .option("until", "due, visits: last day")
      .option("months", "workload: how many months ahead (12)")
      .flag("csv", "for a spreadsheet: due overdue checks workload visits");
  add_reports(app, line);
  Sub(app, line, "export", "one of the six kinds as CSV, to standard output")
      .positional("kind", "offices staff clients safety_checks check_ins monitorings");
  Sub(app, line, "log", "the journal")
      .option("client", "only about this client")
      .option("kind", "only rows of this kind")
      .option("since", "from this day on")
      .option("limit", "at most so many rows")
      .flag("verify", "check the chain of hashes")
      .option("head", "SEQ:HASH printed earlier: also shows a truncation");
}

void add_diff(CLI::App& app, CommandLine& line) {
  Sub diff(app, line, "diff", "whose months, obligations and messages a new policy.toml changes");
  diff.option("until", "messages up to this day (two weeks)")
      .option("client", "only this client")
      .option("limit", "at most so many clients (100)")
      .option("language", "ja or en");
  diff.app().add_option("file", line.policy_path, "the new policy.toml")->required();
}

void add_records(CLI::App& app, CommandLine& line) {
  CLI::App* record = group(app, "record", "write down what happened");
  Sub(*record, line, "monitoring", "a monitoring visit", "record monitoring")
      .positional("client", "client code")
      .option("on", "day of the visit (today)")
      .option("for-month", "the month it closes, by agreement with the city")
      .option("by", "who went")
      .option("note", "free text, never sent");
  Sub(*record, line, "check-in", "a safety check was carried out", "record check-in")
      .positional("check", "safety check code")
      .positional("outcome", "ok, concern or unreachable")
      .option("at", "when (now)")
      .option("by", "who looked")
      .option("note", "free text, never sent");
  Sub(*record, line, "contact", "a contact after a lapse or a concern", "record contact")
      .positional("client", "client code")
      .option("on", "day (today)")
      .option("by", "who")
      .option("note", "free text, never sent");
}

void add_changes(CLI::App& app, CommandLine& line) {
  Sub(app, line, "void", "declare a record wrong; it stays, with the reason")
      .positional("kind", "monitoring check-in contact suspension acknowledgement absence")
      .positional("id", "as list and show print it")
      .option("reason", "why (required)");
  Sub(app, line, "suspend", "hospital, long absence: nothing is told but to the supervisor")
      .positional("client", "client code")
      .option("from", "first day (today)")
      .option("until", "last day (open)")
      .option("reason", "why (required)")
      .option("by", "who decided");
  Sub(app, line, "resume", "the suspension is over")
      .positional("client", "client code")
      .option("until", "last suspended day (yesterday)");
  Sub(app, line, "assign", "give the client to a case manager")
      .positional("client", "client code")
      .positional("staff", "staff code");
  Sub(app, line, "end", "service ends")
      .positional("client", "client code")
      .option("on", "last day (today)")
      .flag("undo", "it goes on after all");
  Sub(app, line, "absence", "somebody is away")
      .positional("staff", "staff code")
      .option("from", "first day (today)")
      .option("until", "last day (open)")
      .option("delegate", "who is told instead (the supervisor)");
}

void add_import(CLI::App& app, CommandLine& line) {
  Sub import(app, line, "import", "CSV files in: a directory, or KIND FILE");
  import.flag("dry-run", "show what would change, change nothing")
      .flag("yes", "also when case manager, plan kind or period of many clients change");
  import.app()
      .add_option("what", line.import_paths, "DIR, or KIND FILE")
      ->required()
      ->expected(1, 2);
}

// preview, outbox, endpoint, trouble, test-message, acknowledgements.
void add_telling(CLI::App& app, CommandLine& line) {
  Sub(app, line, "preview", "who would be told what, and when")
      .option("until", "last day (required)")
      .option("staff", "only what this person is told")
      .option("language", "ja or en")
      .flag("all", "every line, however many")
      .flag("if-silent", "as if nothing were recorded from now on");
  CLI::App* outbox = group(app, "outbox", "messages: waiting, sent, refused");
  Sub(*outbox, line, "list", "one line a message", "outbox list")
      .option("state", "only in this state")
      .option("limit", "at most so many (50)");
  Sub(*outbox, line, "show", "one message, with its attempts", "outbox show")
      .positional("id", "as the list prints it");
  Sub(*outbox, line, "retry", "try it now", "outbox retry")
      .positional("id", "as the list prints it");
  Sub(*outbox, line, "drop", "never send it", "outbox drop")
      .positional("id", "as the list prints it")
      .option("reason", "why (required)");
  Sub(app, line, "test-message", "does a message reach this person?")
      .option("to", "staff code (required)")
      .option("channel", "email, webhook or file (the person's first)");
  Sub(app, line, "ack",
      "\"I am going there on that day\": pauses the reminders to the one who says it")
      .positional("obligation", "key, as show and explain print it")
      .option("by", "staff code (required)")
      .option("visit", "day of the visit (required)");
}

void add_running(CLI::App& app, CommandLine& line) {
  CLI::App* endpoint = group(app, "endpoint", "webhooks");
  Sub(*endpoint, line, "list", "every endpoint and its state", "endpoint list");
  Sub(*endpoint, line, "enable", "one that asked never to be called again", "endpoint enable")
      .positional("name", "as in omamori.toml");
  Sub(app, line, "reload", "read policy.toml and omamori.toml again")
      .option("language", "ja or en")
      .flag("yes", "also when the plans of many clients change");
  CLI::App* clock = group(app, "clock", "what time the daemon goes by");
  Sub(*clock, line, "show", "the clock, and whether it is held", "clock show");
  Sub(*clock, line, "accept", "the clock is right: end the hold", "clock accept");
  Sub(*clock, line, "run-to", "demo databases: let the clock run to there", "clock run-to")
      .positional("instant", "2026-11-24T08:30:00+09:00");
  CLI::App* trouble = group(app, "trouble", "what failed and is being said to the operator");
  Sub(*trouble, line, "list", "one line a subject", "trouble list");
  Sub(*trouble, line, "drop", "it is dealt with", "trouble drop")
      .positional("subject", "as the list prints it")
      .option("reason", "why (required)");
}

// Where the line cannot be read, what it says of --json may not have been, either.
bool wants_json(int argc, const char* const* argv) {
  return std::any_of(argv, argv + argc,
                     [](const char* word) { return std::string_view(word) == "--json"; });
}

// The one document that a program expects on standard output, as omamorictl says all else that it
// refuses.
void say_in_json(const std::string& why) {
  std::cout << boost::json::serialize(boost::json::object{{"error", why}}) << "\n";
}

}  // namespace

std::variant<CommandLine, int> parse_command_line(int argc, const char* const* argv) {
  CLI::App app{"omamorictl: the operator's command of omamori"};
  CommandLine line;
  line.config_file = "/etc/omamori/omamori.toml";
  app.add_option("--config", line.config_file, "omamori.toml")->envname("OMAMORI_CONFIG");
  app.add_option("--clock", line.clock, "take this for now; demo databases only");
  app.add_flag("--json", line.request.json, "one JSON document instead of text");
  app.require_subcommand(1)->fallthrough();
  CLI::App* init = app.add_subcommand("init", "configuration files and an empty database");
  init->fallthrough();
  init->add_flag("--demo", line.demo, "for a made-up clock; no way out but files");
  add_reading(app, line);
  add_import(app, line);
  add_diff(app, line);
  add_records(app, line);
  add_changes(app, line);
  add_telling(app, line);
  add_running(app, line);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (app.exit(error) == 0) return 0;
    if (wants_json(argc, argv)) say_in_json(error.what());
    return static_cast<int>(Exit::usage);
  }
  line.init = init->parsed();
  return line;
}

namespace {

// Whatever is too large for a policy never reaches the daemon.
std::string attach_policy(CommandLine& line) {
  auto text = read_settings_file(line.policy_path);
  if (!text.value) return to_string(text.errors.front());
  line.request.files.push_back({line.policy_path, std::move(*text.value)});
  return "";
}

// A city's years of check-ins have less, and a request to omamorid has to carry it.
constexpr std::uintmax_t kLargestFile = std::uintmax_t{128} << 20;

// Why a file is not even opened: reading a device would never end.
std::string problem_of(const std::filesystem::path& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) return "there is no such file";
  if (std::filesystem::is_directory(status)) {
    return "is a directory; to import all files in it say: import DIR";
  }
  if (!std::filesystem::is_regular_file(status)) return "is not a file";
  if (std::filesystem::file_size(path, error) > kLargestFile && !error) {
    return "is larger than " + std::to_string(kLargestFile >> 20) + " MiB; split it";
  }
  return "";
}

}  // namespace

std::string attach_files(CommandLine& line) {
  if (line.request.command == "diff") return attach_policy(line);
  std::vector<std::filesystem::path> files;
  if (line.import_paths.size() == 2) {
    line.request.options["kind"] = line.import_paths[0];
    files.emplace_back(line.import_paths[1]);
  } else {
    const std::filesystem::path directory = line.import_paths[0];
    if (std::error_code gone; !std::filesystem::is_directory(directory, gone)) {
      return line.import_paths[0] + ": not a directory; for one file say: import KIND FILE";
    }
    for (const char* kind :
         {"offices", "staff", "clients", "safety_checks", "check_ins", "monitorings"}) {
      const auto path = directory / (std::string(kind) + ".csv");
      if (std::error_code gone; std::filesystem::exists(path, gone)) files.push_back(path);
    }
  }
  for (const auto& path : files) {
    if (std::string why = problem_of(path); !why.empty()) return path.string() + ": " + why;
    std::ifstream file(path, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), {}};
    if (!file.is_open() || file.bad()) return path.string() + ": cannot be read";
    line.request.files.push_back({path.filename().string(), std::move(bytes)});
  }
  return "";
}

}  // namespace omamori
