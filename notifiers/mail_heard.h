// What a mail server said during a look at it (notifiers/probe.h), as far as it shows how far one
// came and what it offers. Private to notifiers/.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace omamori {

struct MailHeard {
  // One line of an answer, with its line end or without.
  void hear(std::string_view line);

  std::chrono::milliseconds greeted_after{0};  // since this was made
  int greetings = 0;                           // 220: the greeting, then "ready to start TLS"
  int hellos = 0;                              // answers to EHLO
  bool offers_login = false;
  std::string logins;             // the ways, as they were written
  bool speaks_our_login = false;  // PLAIN or LOGIN, so that libcurl sees it
  bool small_letters = false;     // AUTH, its ways or STARTTLS, so that it does not
  bool logged_in = false;         // 235, where a login is offered
  bool wants_login = false;       // 530
  std::string refusal;            // a 4xx or 5xx behind which nothing was accepted

 private:
  void hear_what_it_can(std::string_view line);

  bool greeted_ = false;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

}  // namespace omamori
