#include "notifiers/verdict.h"

#include <algorithm>

namespace omamori {
namespace {

// CURLE_SEND_ERROR and CURLE_ABORTED_BY_CALLBACK as numbers, so that this file needs no curl.
constexpr int kSendError = 55;
constexpr int kAborted = 42;

constexpr std::size_t kLongestWords = 300;

// A peer's words go to the journal and to STATUS=: one line, printable, bounded.
std::string one_line(std::string words) {
  if (words.size() > kLongestWords) words.resize(kLongestWords);
  std::replace_if(
      words.begin(), words.end(), [](char c) { return c < ' ' || c > '~'; }, ' ');
  while (!words.empty() && words.back() == ' ') words.pop_back();
  return words;
}

std::string account(const SmtpOutcome& outcome) {
  std::string words = one_line(outcome.server_words);
  if (words.empty() && outcome.reply_code != 0) words = std::to_string(outcome.reply_code);
  const std::string library = one_line(outcome.library_words);
  if (!library.empty()) words += words.empty() ? library : " (" + library + ")";
  if (words.empty()) words = "curl error " + std::to_string(outcome.curl_code);
  return words;
}

// 530 authentication required, 534 mechanism too weak, 535 wrong password, 538 encryption required:
// said of us, not of the message.
bool is_about_login(int code) { return code == 530 || code == 534 || code == 535 || code == 538; }

// 421 may be said to any command, and means that the server is closing for everybody.
constexpr int kClosing = 421;

// Whether the last reply was a no to MAIL, RCPT, DATA or the final dot. libcurl 7.88 reports a
// refused MAIL, RCPT or DATA as 55 and a refused final dot as 8, as it does a refused greeting;
// only then the body has not been sent. EHLO, STARTTLS and AUTH fail with codes of their own.
bool is_about_message(const SmtpOutcome& outcome) {
  const int code = outcome.reply_code;
  return code >= 400 && code < 600 && code != kClosing && !is_about_login(code) &&
         (outcome.curl_code == kSendError || outcome.whole_body);
}

}  // namespace

SendResult smtp_verdict(const SmtpOutcome& outcome) {
  if (outcome.curl_code == 0) return Sent{account(outcome)};
  const bool about_message = is_about_message(outcome);
  if (about_message && outcome.reply_code >= 500) return Refused{account(outcome)};
  const bool peer_down = !about_message && outcome.curl_code != kAborted;
  if (outcome.reply_code == 354 && outcome.whole_body) {
    return TryAgain{
        "no reply after the end of the message, it may have been accepted: " + account(outcome),
        std::nullopt, true, peer_down};
  }
  return TryAgain{account(outcome), std::nullopt, false, peer_down};
}

SendResult http_verdict(const HttpOutcome& outcome) {
  std::string words = one_line(outcome.words);
  if (words.empty()) {
    words = outcome.status == 0 ? "no reply" : "HTTP " + std::to_string(outcome.status);
  }
  const int status = outcome.status;
  if (status == 0) {
    return TryAgain{words, std::nullopt, outcome.request_sent, !outcome.stopped};
  }
  if (status >= 200 && status < 300) return Sent{words};
  if (status >= 300 && status < 400) return Refused{words + " (redirects are not followed)"};
  const bool may_pass = status == 408 || status == 425 || status == 429;
  if (status >= 400 && status < 500 && !may_pass) return Refused{words, status == 410};
  return TryAgain{words, outcome.retry_after, false, true};
}

}  // namespace omamori
