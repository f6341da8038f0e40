// The operator's command. Parses the command line into a Request, reads the files it names, and has
// the same functions answer that the daemon uses. Exit codes: daemon/commands/command.h.
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <iterator>

#include <CLI/CLI.hpp>
#include <boost/json/serialize.hpp>

#include "daemon/opening.h"

namespace omamori {
namespace {

struct CommandLine {
  OpenRequest open;
  Request request;
  std::vector<std::string> paths;  // of import
  bool demo = false;
};

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

void add_reading(CLI::App& app, CommandLine& line) {
  Sub(app, line, "check", "are configuration, policy and people sound?");
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
  Sub(app, line, "explain", "why this interval, why these months, who was told what")
      .positional("client", "client code")
      .option("at", "as of another day")
      .option("language", "ja or en");
  Sub(app, line, "list", "offices staff clients periods safety_checks check_ins monitorings …")
      .positional("kind", "what to list")
      .option("client", "only of this client")
      .option("at", "as of another day")
      .option("language", "ja or en");
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

void add_records(CLI::App& app, CommandLine& line) {
  CLI::App* record = app.add_subcommand("record", "write down what happened");
  record->require_subcommand(1)->fallthrough();
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
  import.app().add_option("what", line.paths, "DIR, or KIND FILE")->required()->expected(1, 2);
}

// Reads what `import` names. "" or what is wrong.
std::string attach_files(CommandLine& line) {
  std::vector<std::filesystem::path> files;
  if (line.paths.size() == 2) {
    line.request.options["kind"] = line.paths[0];
    files.emplace_back(line.paths[1]);
  } else {
    const std::filesystem::path directory = line.paths[0];
    if (std::error_code gone; !std::filesystem::is_directory(directory, gone)) {
      return line.paths[0] + ": not a directory; for one file say: import KIND FILE";
    }
    for (const char* kind :
         {"offices", "staff", "clients", "safety_checks", "check_ins", "monitorings"}) {
      const auto path = directory / (std::string(kind) + ".csv");
      if (std::error_code gone; std::filesystem::exists(path, gone)) files.push_back(path);
    }
  }
  for (const auto& path : files) {
    std::ifstream file(path, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), {}};
    if (!file.is_open() || file.bad()) return path.string() + ": cannot be read";
    line.request.files.push_back({path.filename().string(), std::move(bytes)});
  }
  return "";
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
  const auto made = initialise(line.open, line.demo);
  if (const auto* failure = std::get_if<OpenFailure>(&made)) {
    say_refused(line, failure->text);
    return static_cast<int>(failure->exit);
  }
  std::cout << std::get<std::string>(made);
  return 0;
}

int answer(CommandLine& line) {
  if (line.request.command == "import") {
    if (const std::string why = attach_files(line); !why.empty()) {
      say_refused(line, why + "\n");
      return static_cast<int>(Exit::refused);
    }
  }
  auto opened = open_service(line.open);
  if (const auto* failure = std::get_if<OpenFailure>(&opened)) {
    say_refused(line, failure->text);
    return line.request.command == "status" ? 2 : static_cast<int>(failure->exit);
  }
  Service& service = *std::get<Opened>(opened).service;
  for (const std::string& notice : service.notices()) std::cerr << notice << "\n";
  const Response response = commands().at(line.request.command)(line.request, service);
  if (response.out.empty() && response.exit != Exit::ok) {
    say_refused(line, response.err);
  } else {
    std::cout << response.out << std::flush;
    std::cerr << response.err;
  }
  return static_cast<int>(response.exit);
}

int run(int argc, char** argv) {
  CLI::App app{"omamorictl: the operator's command of omamori"};
  CommandLine line;
  line.open.config_file = "/etc/omamori/omamori.toml";
  line.open.actor = "uid:" + std::to_string(getuid());
  line.request.actor = line.open.actor;
  app.add_option("--config", line.open.config_file, "omamori.toml")->envname("OMAMORI_CONFIG");
  app.add_option("--clock", line.open.clock, "take this for now; demo databases only");
  app.add_flag("--json", line.request.json, "one JSON document instead of text");
  app.require_subcommand(1)->fallthrough();
  CLI::App* init_command = app.add_subcommand("init", "configuration files and an empty database");
  init_command->fallthrough();
  init_command->add_flag("--demo", line.demo, "for a made-up clock; no way out but files");
  add_reading(app, line);
  add_import(app, line);
  add_records(app, line);
  add_changes(app, line);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : static_cast<int>(Exit::usage);
  }
  return init_command->parsed() ? init(line) : answer(line);
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
