// Whether to try again: what a peer's reply means for a message. Pure tables; the transports only
// report what they saw. Refused is kept for "this peer will never take this message": whatever is
// wrong between us and the server (login, certificate, greeting) is mended by a person and must not
// cost a message, so it is TryAgain.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "notifiers/notifier.h"

namespace omamori {

// The steps of handing a message to a mail server, in their order.
enum class SmtpStep {
  connect,      // nothing was heard yet
  greeting,     // a connection stands
  hello,        // EHLO
  start_tls,    // with the handshake
  login,        // AUTH
  mail,         // MAIL FROM
  rcpt,         // RCPT TO
  data,         // DATA, and the text on its way
  end_of_data,  // the last byte of it, and so the final dot, may have left us
};

// The three digits a line of a mail server begins with; 0 = it begins with something else.
int smtp_code(std::string_view line);

// How an attempt by SMTP ended.
struct SmtpOutcome {
  bool accepted = false;              // libcurl says so
  SmtpStep step = SmtpStep::connect;  // the last that was begun
  std::string reply = {};             // the last line of the server's whole answer to it; "" = none
  bool broken_off = false;            // by us, nobody's fault
  std::string library_words = {};     // libcurl's account of the error, may be empty
};

// RULES.md section 5, "Whose fault a refusal is". Up to MAIL it is the peer's; at RCPT the
// person's, after that the message's. From RCPT on a connection that is lost is `unclear`, as is a
// server that says it closes or wants a login; after the final dot `unknown` besides,
// whatever was heard of an answer that did not come whole.
SendResult smtp_verdict(const SmtpOutcome& outcome);

// The status of a line "HTTP/1.1 404 Not Found"; 0 = it is none. libcurl takes 200 for the status
// of a line that begins with HTTP/ and goes on as it likes.
int http_status(std::string_view line);

// How an attempt by HTTP ended.
struct HttpOutcome {
  int status = 0;                                   // 0 = no reply
  std::optional<std::chrono::seconds> retry_after;  // the peer's wish
  bool request_sent = false;                        // all of it may have left us
  std::string words;                                // status line or error, may be empty
  bool stopped = false;                             // we broke off, nobody's fault
};

// The same table for HTTP: 2xx Sent; 410 `gone`; 413 and 422 Refused, the message's; 400, 409 and
// 415 Refused unless everybody meets them; every other 3xx and 4xx is the endpoint's, until it is
// mended; 408, 425, 429 and 5xx are the endpoint's for now, but 500 is `unclear`, since one message
// can make a program fail. So is no reply to a request that was sent, `unknown` besides.
SendResult http_verdict(const HttpOutcome& outcome);

}  // namespace omamori
