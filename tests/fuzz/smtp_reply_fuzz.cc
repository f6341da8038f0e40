// What a mail server answers: a message is told only when all of it has left us and was taken, and
// for good refused only by who says so.
//
// The first byte says how the server is spoken to: an even one with a login.
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "notifiers/email.h"
#include "notifiers/mail_heard.h"
#include "notifiers/probe.h"
#include "notifiers/verdict.h"
#include "tests/fuzz/answering_peer.h"
#include "tests/fuzz/promise.h"
#include "tests/support/results.h"

namespace omamori {
namespace {

constexpr const char* kPassword = "Geheim-1234";
constexpr TimeLimits kEnough{std::chrono::seconds{60}, std::chrono::seconds{60},
                             std::chrono::seconds{60}};

const Message& message() {
  static const Message one{"m-1", "subject", "text\n", "", "{}", "omamori.digest"};
  return one;
}

std::string account_of(const SendResult& result) {
  if (const auto* sent = std::get_if<Sent>(&result)) return sent->reply;
  if (const auto* again = std::get_if<TryAgain>(&result)) return again->why;
  return std::get<Refused>(result).why;
}

void check_result(const SendResult& result) {
  const std::string account = account_of(result);
  promise_of_account(account);
  if (const auto* refused = std::get_if<Refused>(&result)) {
    constexpr std::size_t kShort = 40;
    promise(refused->alike.size() <= kShort, "what several have met has a short name");
    promise(!refused->gone, "a mail server asks nobody never to come again");
  }
}

// Every step, with this as the answer to it.
void check_verdicts(std::string_view reply) {
  const std::string line(reply.substr(0, reply.find('\n')));
  const int code = smtp_code(line);
  promise(code >= 0 && code <= 999, "a code has three digits");
  for (int i = 0; i <= static_cast<int>(SmtpStep::end_of_data); ++i) {
    const auto step = static_cast<SmtpStep>(i);
    for (const bool broken_off : {false, true}) {
      const SendResult result = smtp_verdict({false, step, line, broken_off, "words"});
      check_result(result);
      const bool taken = step == SmtpStep::end_of_data && code / 100 == 2;
      promise(is_sent(result) == taken, "told is what was taken after the final dot");
      promise(!is_refused(result) || (code >= 500 && code < 600), "only a 5xx is for good");
      promise(!is_unknown(result) || step == SmtpStep::end_of_data, "unknown is after the dot");
    }
  }
}

void check_heard(std::string_view words) {
  MailHeard heard;
  std::size_t longest = 0;
  std::string_view rest = words;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    longest = std::max(longest, end);
    heard.hear(rest.substr(0, end));
    check_verdicts(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  promise(heard.greetings + heard.hellos <= lines_of(words), "a line is one answer");
  promise(heard.logins.size() <= longest && heard.refusal.size() <= longest, "a line is kept");
  promise(!heard.speaks_our_login || heard.offers_login, "who speaks our login offers one");
}

SmtpConfig config_of(const AnsweringPeer& peer, bool with_login) {
  SmtpConfig smtp;
  smtp.host = "127.0.0.1";
  smtp.port = peer.port();
  smtp.tls = Tls::none;
  smtp.from = "omamori@city.example";
  if (with_login) smtp.username = "omamori";
  return smtp;
}

void check_sending(AnsweringPeer& peer, const SmtpConfig& smtp, std::string_view words) {
  peer.say(words);
  SendResult result;
  {
    EmailNotifier notifier(smtp, kPassword, {}, {}, kEnough);
    result = notifier.send(message(), {Channel::email, "cm@city.example"}, Instant{});
  }
  check_result(result);
  promise(account_of(result).find(kPassword) == std::string::npos ||
              words.find(kPassword) != words.npos,
          "no account holds a secret that the server did not say");
  const std::string heard = peer.heard();
  const bool all_left = heard.find("\r\n.\r\n") != heard.npos;
  const bool said_no = words.find('4') != words.npos || words.find('5') != words.npos;
  promise(!is_sent(result) || all_left, "told is what has left");
  promise(!is_refused(result) || words.find('5') != words.npos, "only a 5xx is for good");
  promise(!is_unknown(result) || heard.find("DATA\r\n") != heard.npos, "unknown is what was begun");
  promise(!all_left || is_sent(result) || is_unknown(result) || said_no,
          "what has left and was not refused may have been taken");
}

void check_look(AnsweringPeer& peer, const SmtpConfig& smtp, std::string_view words) {
  peer.say(words);
  const CurlProbe probe(std::chrono::seconds{60});
  const PeerFacts facts = probe.mail_server(smtp, std::string(kPassword));
  const std::string heard = peer.heard();
  promise(heard.find("DATA") == heard.npos, "a look sends no mail");
  promise(!facts.timed_out, "who has answered was not too slow");
  promise(facts.failed_at || words.find('2') != words.npos, "a look that went well was answered");
  promise(!facts.logged_in || facts.offers_login, "nobody logs in where no login is offered");
}

void check(std::string_view input) {
  if (input.empty()) return;
  static AnsweringPeer peer;
  const bool with_login = static_cast<unsigned char>(input.front()) % 2 == 0;
  const std::string_view words = input.substr(1);
  check_heard(words);
  const SmtpConfig smtp = config_of(peer, with_login);
  check_sending(peer, smtp, words);
  check_look(peer, smtp, words);
}

}  // namespace
}  // namespace omamori

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  omamori::check(omamori::text_of(data, size));
  return 0;
}
