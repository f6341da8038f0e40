// omamorictl's command line, made from the rows of daemon/commands/registry.h. What it gives does
// not depend on who will answer, omamorid or this process.
#pragma once

#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "daemon/control/request.h"

namespace omamori {

struct CommandLine {
  std::filesystem::path config_file;
  std::string clock;                      // --clock INSTANT, "" = none
  bool init = false;                      // `init`: no request, it is never sent to anybody
  bool demo = false;                      // of init
  Request request;                        // but for the files and the actor
  std::vector<std::string> import_paths;  // DIR, or KIND FILE
  std::string policy_path;                // of diff
};

// The line, or the exit code after help or an error have been printed. The environment variable
// OMAMORI_CONFIG stands in for --config.
std::variant<CommandLine, int> parse_command_line(int argc, const char* const* argv);

// Reads the files that the command names, if it takes any, into line.request.files. "" or what is
// wrong.
std::string attach_files(CommandLine& line);

}  // namespace omamori
