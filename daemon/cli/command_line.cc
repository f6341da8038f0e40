#include "daemon/cli/command_line.h"

#include <algorithm>
#include <iostream>
#include <map>
#include <string_view>
#include <utility>

#include <CLI/CLI.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "config/text_file.h"
#include "daemon/cli/import_files.h"
#include "daemon/commands/registry.h"

namespace omamori {
namespace {

using Kind = CommandOption::Kind;

// Gives one option of a command to the parser, which writes its value into the line.
void add_option(CLI::App& command, const CommandOption& option, CommandLine& line) {
  const std::string name(option.name), help(option.help);
  const auto set = [name, &line](const std::string& text) { line.request.options[name] = text; };
  switch (option.kind) {
    case Kind::positional:
      command.add_option_function<std::string>(name, set, help)->required();
      break;
    case Kind::value:
      command.add_option_function<std::string>("--" + name, set, help);
      break;
    case Kind::flag:
      command.add_flag_callback(
          "--" + name, [set] { set("yes"); }, help);
      break;
    case Kind::path:
      command.add_option_function<std::string>(
          name, [set](const std::string& text) { set(std::filesystem::absolute(text)); }, help);
      break;
    case Kind::policy_file:
      command.add_option(name, line.policy_path, help)->required();
      break;
    case Kind::import_files:
      command.add_option(name, line.import_paths, help)->required()->expected(1, 2);
      break;
  }
}

CLI::App* add_command(CLI::App& parent, const std::string& word, const CommandRow& row,
                      CommandLine& line) {
  CLI::App* command = parent.add_subcommand(word, std::string(row.summary))->fallthrough();
  command->callback([command, &row, &line] {
    // `backup` is a command and has some of its own, which come first.
    if (command->get_subcommands().empty()) line.request.command = row.name;
  });
  for (const CommandOption& option : row.options) add_option(*command, option, line);
  return command;
}

// A word that only has subcommands.
CLI::App* add_group(CLI::App& app, const std::string& name) {
  const auto& groups = command_groups();
  const auto group = std::find_if(groups.begin(), groups.end(),
                                  [&](const CommandGroup& g) { return g.name == name; });
  const std::string summary(group == groups.end() ? "" : group->summary);
  return app.add_subcommand(name, summary)->require_subcommand(1)->fallthrough();
}

void add_commands(CLI::App& app, CommandLine& line) {
  std::map<std::string, CLI::App*> groups;
  for (const CommandRow& row : commands()) {
    if (row.hidden) continue;
    const std::string name(row.name);
    const std::size_t space = name.find(' ');
    if (space == std::string::npos) {
      groups[name] = add_command(app, name, row, line);
      continue;
    }
    CLI::App*& group = groups[name.substr(0, space)];
    if (!group) group = add_group(app, name.substr(0, space));
    add_command(*group, name.substr(space + 1), row, line);
  }
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
  add_commands(app, line);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (app.exit(error) == 0) return 0;
    if (wants_json(argc, argv)) say_in_json(error.what());
    return static_cast<int>(Exit::usage);
  }
  line.init = line.request.command == "init";
  line.demo = line.init && line.request.flag("demo");
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

std::string attach_import(CommandLine& line) {
  std::vector<CommandFile>& files = line.request.files;
  if (line.import_paths.size() == 1) {
    return read_import_directory(line.import_paths[0], line.request.flag("ignore-others"), files);
  }
  line.request.options["kind"] = line.import_paths[0];
  return read_import_file(line.import_paths[1], files);
}

bool takes(const std::string& command, Kind kind) {
  const CommandRow* row = find_command(command);
  return row && std::any_of(row->options.begin(), row->options.end(),
                            [&](const CommandOption& option) { return option.kind == kind; });
}

}  // namespace

std::string attach_files(CommandLine& line) {
  if (takes(line.request.command, Kind::policy_file)) return attach_policy(line);
  if (takes(line.request.command, Kind::import_files)) return attach_import(line);
  return "";
}

}  // namespace omamori
