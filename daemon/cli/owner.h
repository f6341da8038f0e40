// The owner of the database, whoever that is: omamorid, asked over the control socket, or this
// process where none runs.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>

#include "daemon/cli/command_line.h"
#include "daemon/runtime/open_service.h"

namespace omamori {

// How long omamorid may take: an import of a large city, and others before us.
constexpr auto kPatience = std::chrono::minutes(10);

// As the line and the row of its command have it.
OpenRequest opening(const CommandLine& line);

// For whoever asks several times. This process becomes the owner at the first question that no
// daemon answers, and stays it as long as this lives.
class Owner {
 public:
  // Both must outlive it.
  Owner(const CommandLine& line, const std::filesystem::path& socket)
      : line_(line), socket_(socket) {}

  // The answer, or why there is none, in words that say what to do. Does not throw for what is
  // wrong with the database: a file we may not open, or a damaged one, hides nothing else.
  std::variant<Response, std::string> ask(Request request);

 private:
  std::variant<Response, std::string> answer_alone(Request request);

  const CommandLine& line_;
  const std::filesystem::path& socket_;
  std::optional<Opened> ourselves_;
};

}  // namespace omamori
