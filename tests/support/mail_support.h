// What the tests of email have in common: scratch directories, an .eml read by a mail library that
// is not ours, a real SMTP server.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include <boost/json.hpp>

#include "config/config.h"
#include "notifiers/notifier.h"
#include "tests/support/child_process.h"
#include "tests/support/places.h"
#include "tests/support/results.h"
#include "tests/support/scratch_directory.h"
#include "tests/support/waiting.h"

namespace omamori {

// An email as Python's mail library understands it, under its strict policy.
struct ReadMail {
  std::map<std::string, std::string> headers;              // lower case names
  std::string from_name, from_address;                     // the one sender
  std::string to;                                          // the one recipient
  std::string date;                                        // ISO 8601 with offset
  std::vector<std::pair<std::string, std::string>> parts;  // content type, content
  std::size_t header_count = 0;
  std::size_t longest_line = 0;
  bool clean = false;  // no defect, ASCII, CRLF everywhere and at the end
  std::string text() const { return parts.empty() ? "" : parts.front().second; }
};

inline ReadMail read_mail(const std::filesystem::path& eml) {
  const auto json =
      boost::json::parse(run({source_path("tests/support/read_mail.py"), eml.string()}));
  const auto& mail = json.as_object();
  ReadMail out;
  for (const auto& [name, value] : mail.at("headers").as_object()) {
    out.headers[std::string(name)] = boost::json::value_to<std::string>(value);
  }
  out.from_name = boost::json::value_to<std::string>(mail.at("from_name"));
  out.from_address = boost::json::value_to<std::string>(mail.at("from_address"));
  const auto to = boost::json::value_to<std::vector<std::string>>(mail.at("to"));
  if (to.size() == 1) out.to = to.front();
  out.date = boost::json::value_to<std::string>(mail.at("date"));
  for (const auto& part : mail.at("parts").as_array()) {
    out.parts.emplace_back(boost::json::value_to<std::string>(part.at("type")),
                           boost::json::value_to<std::string>(part.at("content")));
  }
  out.header_count = boost::json::value_to<std::size_t>(mail.at("header_count"));
  out.longest_line = boost::json::value_to<std::size_t>(mail.at("longest_line"));
  out.clean = mail.at("defects").as_array().empty() && mail.at("ascii").as_bool() &&
              mail.at("ends_with_crlf").as_bool() && mail.at("bare_line_ends") == 0;
  return out;
}

// tests/support/smtp_server.py, running on a free port of the loopback for as long as this lives.
class SmtpServer {
 public:
  explicit SmtpServer(const std::vector<std::string>& options = {})
      : SmtpServer("tests/support/smtp_server.py", options) {}

  int port() const { return port_; }
  SmtpConfig config(Tls tls = Tls::none) const {
    SmtpConfig smtp;
    smtp.host = "localhost";
    smtp.port = port_;
    smtp.tls = tls;
    smtp.from = "omamori@example.lg.jp";
    return smtp;
  }
  void end() { process_.end(); }
  // Until it holds back a reply (--hold-reply, --hold-rcpt): the command.
  std::string wait_until_it_holds() const {
    wait_until([&] { return has_note("held"); });
    return read_file(mail_.path() / "held");
  }
  // Gives every reply that is held back, also those to come.
  void release() const { process_.ask(SIGUSR1); }
  // Until a client has hung up: whether one had said QUIT.
  bool wait_for_the_end_of_a_connection() const {
    wait_until([&] { return has_note("gone"); });
    return has_note("goodbye");
  }
  // `there` is looked at whenever the server has written something down.
  template <typename Condition>
  void wait_until(Condition there) const {
    wait_for_files(mail_.path(), there);
  }

  // How many messages it has accepted.
  int accepted() const {
    int count = 0;
    while (std::filesystem::exists(eml(count + 1))) ++count;
    return count;
  }
  std::filesystem::path eml(int number) const {
    return mail_.path() / (std::to_string(number) + ".eml");
  }
  // The envelope of the n-th message: from, to, tls, login, peer.
  boost::json::object envelope(int number) const {
    const auto path = mail_.path() / (std::to_string(number) + ".json");
    return boost::json::parse(read_file(path)).as_object();
  }

 protected:
  SmtpServer(const std::string& program, const std::vector<std::string>& options)
      : process_(command(program, mail_.path(), options)) {
    const std::string line = process_.read_line();
    if (line.empty()) throw std::runtime_error(program + " did not start");
    port_ = std::stoi(line);
  }
  const std::filesystem::path& directory() const { return mail_.path(); }

 private:
  bool has_note(const char* name) const { return std::filesystem::exists(mail_.path() / name); }
  static std::vector<std::string> command(const std::string& program,
                                          const std::filesystem::path& directory,
                                          const std::vector<std::string>& options) {
    std::vector<std::string> all{source_path(program), directory.string()};
    all.insert(all.end(), options.begin(), options.end());
    return all;
  }

  ScratchDirectory mail_;
  ChildProcess process_;
  int port_ = 0;
};

// tests/support/scripted_smtp.py: misbehaves at the step it is told to.
class ScriptedMailServer : public SmtpServer {
 public:
  explicit ScriptedMailServer(const std::vector<std::string>& options)
      : SmtpServer("tests/support/scripted_smtp.py", options) {}
  // A line for each step a client has come to: "RCPT cm-1@example.jp".
  std::string steps() const { return read_file(directory() / "steps"); }
};

}  // namespace omamori
