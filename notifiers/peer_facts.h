// What a look at a mail server or an endpoint has shown, as plain values: how far one came, and
// with which certificate. What it means is decided elsewhere (daemon/doctor/network_findings.h).
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "daemon/model/facts.h"

namespace omamori {

// The steps of a connection in their order. A look that went wrong names the step at which.
enum class ProbeStep {
  look_up,      // the host's name
  connect,      // TCP
  not_allowed,  // the address the name led to is one we must not call
  hello,        // the server's greeting and answers before TLS or login
  tls,          // the handshake and the certificate
  login,        // AUTH with user name and password
  afterwards,   // the first word of a mail, MAIL FROM, which is then taken back
};

struct TlsCertificate {
  std::string subject;  // "CN = mail.example.lg.jp"
  std::optional<Instant> not_after;
  bool operator==(const TlsCertificate&) const = default;
};

struct PeerFacts {
  std::optional<ProbeStep> failed_at;  // nothing: it went to the end
  bool timed_out = false;
  std::string words;  // the library's or the server's own about the failure
  std::string address;
  bool encrypted = false;
  bool offers_login = false;                  // SMTP: named AUTH among what it can do
  bool logged_in = false;                     // SMTP: 235
  std::optional<TlsCertificate> certificate;  // also of one that was not believed
  std::string logins{};                       // SMTP: the ways to log in, as the server wrote them
  bool speaks_our_login = false;  // PLAIN or LOGIN is among them, in letters libcurl understands
  bool small_letters = false;     // AUTH or STARTTLS are not in letters libcurl understands
  bool wants_login = false;       // SMTP: 530
  // SMTP: from the beginning of the look to the server's first word.
  std::chrono::milliseconds greeted_after{0};
};

// What came back when a page was asked for.
struct PageFacts {
  PeerFacts peer;
  int status = 0;    // 0: no answer
  std::string body;  // its beginning
};

}  // namespace omamori
