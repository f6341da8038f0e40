#include "daemon/cli/receive_mail.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <iostream>
#include <utility>

#include "config/config_file.h"
#include "daemon/cli/output.h"
#include "daemon/cli/owner.h"
#include "daemon/control/client.h"

namespace omamori {
namespace {

// omamorid reads no more of a mail (daemon/mail/incoming_mail.h), and hears that there was more.
constexpr std::size_t kMost = 256 * 1024 + 1;

// What is behind it is taken as well: a mail server is not to be left with a broken pipe.
std::string read_mail_from(std::istream& from) {
  std::string bytes;
  std::array<char, 16384> some{};
  while (from.read(some.data(), some.size()) || from.gcount() > 0) {
    const auto length = static_cast<std::size_t>(from.gcount());
    bytes.append(some.data(), std::min(length, kMost - bytes.size()));
  }
  return bytes;
}

}  // namespace

int receive_mail_here(CommandLine& line, std::istream& mail) {
  // Who called us need not hear what we say: the exit code is what counts.
  std::signal(SIGPIPE, SIG_IGN);
  line.request.files = {{"mail", read_mail_from(mail)}};
  const auto config = load_config(line.config_file);
  if (!config.value) {
    for (const FileError& error : config.errors) say_error(to_string(error) + "\n");
    return static_cast<int>(Exit::try_later);
  }
  const auto asked = ask_daemon(config.value->control_socket, line.request, kPatience);
  if (const auto* response = std::get_if<Response>(&asked)) return print(line, *response);
  return no_answer(line, Exit::try_later, std::get<NoAnswer>(asked).text + "\n");
}

int exit_for_mail_server(int argc, const char* const* argv, int exit) {
  const bool mail =
      std::any_of(argv, argv + argc, [](const char* word) { return kReceiveMail == word; });
  return mail && exit != 0 ? static_cast<int>(Exit::try_later) : exit;
}

}  // namespace omamori
