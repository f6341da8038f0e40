#include "notifiers/verdict.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <system_error>

namespace omamori {
namespace {

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
  std::string words = one_line(outcome.reply);
  const std::string library = one_line(outcome.library_words);
  if (!library.empty()) words += words.empty() ? library : " (" + library + ")";
  return words.empty() ? "no answer" : words;
}

// "5.1.1" of "550 5.1.1 no such user" (RFC 2034): the class, which is that of the code, a subject
// and a detail of up to three digits (RFC 3463); "" if the reply has none.
std::string enhanced_code(const std::string& reply) {
  constexpr std::size_t kAfterCode = 4;
  constexpr std::size_t kMostDigits = 3;
  if (reply.size() <= kAfterCode) return "";
  const std::size_t end = reply.find_first_of(" \r\n", kAfterCode);
  const std::string word = reply.substr(kAfterCode, end - kAfterCode);
  if (word.size() < 2 || word[0] != reply[0] || word[1] != '.') return "";
  std::size_t numbers = 0;
  for (std::size_t at = 2; at <= word.size();) {
    const std::size_t dot = std::min(word.find('.', at), word.size());
    const bool digits = std::all_of(word.begin() + static_cast<std::ptrdiff_t>(at),
                                    word.begin() + static_cast<std::ptrdiff_t>(dot),
                                    [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || dot == at || dot - at > kMostDigits) return "";
    ++numbers;
    at = dot + 1;
  }
  return numbers == 2 ? word : "";
}

// 421 may be said to any command, and means that the server is closing for everybody. 530
// authentication required, 534 mechanism too weak, 535 wrong password, 538 encryption required:
// said of us, not of the message.
bool is_about_us(int code) {
  return code == 421 || code == 530 || code == 534 || code == 535 || code == 538;
}

// 5.1.x speaks of an address and 5.2.x of a mailbox (RFC 3463): this person's. But 5.1.7 and 5.1.8
// speak of the sender's.
bool is_about_person(const std::string& enhanced) {
  if (enhanced == "5.1.7" || enhanced == "5.1.8") return false;
  return enhanced.starts_with("5.1.") || enhanced.starts_with("5.2.");
}

const char* word(SmtpStep step) {
  if (step == SmtpStep::rcpt) return "RCPT";
  return step == SmtpStep::data ? "DATA" : "the final dot";
}

// The server has said no to MAIL or to something before.
SendResult refused_by_peer(const SmtpOutcome& outcome, int code) {
  constexpr int kTooBig =
      552;  // RFC 1870: said of this message's size; 5.2.x of the sender's mailbox
  const std::string enhanced = enhanced_code(outcome.reply);
  if (outcome.step == SmtpStep::mail && enhanced == "5.3.4") return Refused{account(outcome)};
  if (outcome.step == SmtpStep::mail && code == kTooBig && !enhanced.starts_with("5.2.")) {
    return Refused{account(outcome), false, "MAIL 552"};
  }
  // A server that does not let itself be spoken to may do so in a minute; a login or a sender that
  // is refused will be until somebody does something.
  const bool until_mended = code >= 500 && outcome.step >= SmtpStep::login;
  return TryAgain{.why = account(outcome), .peer_down = true, .until_mended = until_mended};
}

// The server has said no to RCPT, DATA or the final dot.
SendResult refused_by_rule(const SmtpOutcome& outcome, int code) {
  if (code < 500) return TryAgain{account(outcome)};
  const std::string enhanced = enhanced_code(outcome.reply);
  if (is_about_person(enhanced)) return Refused{account(outcome)};
  std::string alike = std::string(word(outcome.step)) + " " + std::to_string(code);
  if (!enhanced.empty()) alike += " " + enhanced;
  return Refused{account(outcome), false, alike};
}

}  // namespace

int http_status(std::string_view line) {
  constexpr std::size_t kDigits = 3;
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (!line.starts_with("HTTP/")) return 0;
  const std::size_t space = std::min(line.find(' '), line.size());
  const std::string_view version = line.substr(5, space - 5);
  const bool known = version == "1.1" || version == "1.0" || version == "2" || version == "3";
  const std::string_view code = line.substr(space).substr(0, 1 + kDigits);
  if (!known || code.size() != 1 + kDigits || !std::all_of(code.begin() + 1, code.end(), digit)) {
    return 0;
  }
  const std::string_view behind = line.substr(space + code.size());
  if (!behind.empty() && std::string_view(" \r\n").find(behind.front()) == behind.npos) return 0;
  return (code[1] - '0') * 100 + (code[2] - '0') * 10 + (code[3] - '0');
}

int smtp_code(std::string_view line) {
  constexpr std::size_t kDigits = 3;
  unsigned code = 0;
  const std::string_view digits = line.substr(0, kDigits);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code);
  return error == std::errc{} && end == digits.data() + kDigits ? static_cast<int>(code) : 0;
}

SendResult smtp_verdict(const SmtpOutcome& outcome) {
  const int code = smtp_code(outcome.reply);
  const bool after_dot = outcome.step == SmtpStep::end_of_data;
  if (outcome.accepted || (after_dot && code / 100 == 2)) return Sent{account(outcome)};
  const bool is_no = code >= 400 && code < 600;
  if (is_no && !outcome.broken_off) {
    if (outcome.step <= SmtpStep::mail) return refused_by_peer(outcome, code);
    if (!is_about_us(code)) return refused_by_rule(outcome, code);
    return TryAgain{.why = account(outcome), .unclear = true};  // to whom, others' fate will tell
  }
  TryAgain again{account(outcome)};
  again.unknown = after_dot;
  if (after_dot) {
    again.why =
        "no whole answer after the end of the message, it may have been accepted: " + again.why;
  }
  again.ours = outcome.broken_off;
  if (outcome.broken_off) return again;
  again.peer_down = outcome.step <= SmtpStep::mail;
  again.unclear = !again.peer_down;
  return again;
}

SendResult http_verdict(const HttpOutcome& outcome) {
  std::string words = one_line(outcome.words);
  const int status = outcome.status;
  if (words.empty()) words = status == 0 ? "no reply" : "HTTP " + std::to_string(status);
  if (status == 0) {
    const bool lost_in_it = outcome.request_sent && !outcome.stopped;
    return TryAgain{.why = words,
                    .unknown = outcome.request_sent,
                    .peer_down = !outcome.request_sent && !outcome.stopped,
                    .unclear = lost_in_it,
                    .ours = outcome.stopped};
  }
  if (status >= 200 && status < 300) return Sent{words};
  if (status >= 300 && status < 400) words += " (redirects are not followed)";
  switch (status) {
    case 410:
      return Refused{words, true};
    case 413:  // too large
    case 422:  // its contents
      return Refused{words};
    case 400:
    case 409:
    case 415:
      return Refused{words, false, "HTTP " + std::to_string(status)};
    case 500:
      return TryAgain{.why = words, .after = outcome.retry_after, .unclear = true};
    default:
      break;
  }
  const bool may_pass = status == 408 || status == 425 || status == 429;
  const bool until_mended = status >= 300 && status < 500 && !may_pass;
  return TryAgain{
      .why = words, .after = outcome.retry_after, .peer_down = true, .until_mended = until_mended};
}

}  // namespace omamori
