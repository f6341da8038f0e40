// Whether to try again: what a peer's reply means for a message. Pure tables; the transports only
// report what they saw. Refused is kept for "this peer will never take this message": whatever is
// wrong between us and the server (login, certificate, greeting) is mended by a person and must not
// cost a message, so it is TryAgain.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "notifiers/notifier.h"

namespace omamori {

// How an attempt by SMTP ended.
struct SmtpOutcome {
  int reply_code = 0;         // last reply of the server, 0 = none
  bool whole_body = false;    // the last byte of the body, and so the final dot, may have left us
  int curl_code = 0;          // CURLcode; 0 = the server accepted the message
  std::string server_words;   // last line of the server, may be empty
  std::string library_words;  // libcurl's account of the error, may be empty
};

// 4xx and 5xx of MAIL, RCPT and DATA come back as one CURLcode, so the reply code decides: 5xx is
// Refused, 4xx TryAgain. A reply code of 354 with the whole body sent means that the connection was
// lost after the final dot: the server may have taken the message, `unknown`. Whatever is not an
// answer to MAIL, RCPT, DATA or the final dot of this message is `peer_down`, a lost connection and
// 421 at any time too; but not that we ourselves broke off.
SendResult smtp_verdict(const SmtpOutcome& outcome);

// How an attempt by HTTP ended.
struct HttpOutcome {
  int status = 0;                                   // 0 = no reply
  std::optional<std::chrono::seconds> retry_after;  // the peer's wish
  bool request_sent = false;                        // all of it may have left us
  std::string words;                                // status line or error, may be empty
  bool stopped = false;                             // we broke off, nobody's fault
};

// 2xx Sent. 3xx Refused, as redirects are not followed. 4xx Refused, 410 with `gone`; but 408, 425,
// 429, and 5xx are TryAgain, `peer_down`. So is no reply; to a request that was sent it is
// `unknown` besides. Any other status is not HTTP as we know it: TryAgain, `peer_down`.
SendResult http_verdict(const HttpOutcome& outcome);

}  // namespace omamori
