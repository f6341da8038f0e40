// What a receiver of webhooks, or of heartbeats, answers: a message is told only when it was
// accepted, and for good refused only by who says so; of an answer only its beginning counts.
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "notifiers/heartbeat.h"
#include "notifiers/probe.h"
#include "notifiers/verdict.h"
#include "notifiers/webhook.h"
#include "tests/fuzz/answering_peer.h"
#include "tests/fuzz/promise.h"
#include "tests/support/results.h"

namespace omamori {
namespace {

constexpr const char* kKey = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr const char* kSecretPath = "/ping/6f1c2e";
constexpr TimeLimits kEnough{std::chrono::seconds{60}, std::chrono::seconds{60},
                             std::chrono::seconds{60}};

const Message& message() {
  static const Message one{
      "m-1",           "subject", "text\n", "", R"({"to":"CM-1","slot":"2026-08-31T23:30:00Z"})",
      "omamori.digest"};
  return one;
}

void check_result(const SendResult& result) {
  if (const auto* sent = std::get_if<Sent>(&result)) {
    promise_of_account(sent->reply);
  } else if (const auto* again = std::get_if<TryAgain>(&result)) {
    promise_of_account(again->why);
    promise(!again->after || again->after->count() > 0, "a wish to wait is one");
  } else {
    const auto& refused = std::get<Refused>(result);
    promise_of_account(refused.why);
    constexpr std::size_t kShort = 40;
    promise(refused.alike.size() <= kShort, "what several have met has a short name");
  }
}

// The status of each head that is said: "HTTP/1.1 200".
bool says(std::string_view words, char first) {
  for (auto at = words.find("HTTP/"); at != words.npos; at = words.find("HTTP/", at + 1)) {
    const auto space = words.find(' ', at);
    if (space == words.npos) return false;
    const auto code = words.find_first_not_of(' ', space);
    if (code != words.npos && words[code] == first) return true;
  }
  return false;
}

// The status of an answer that begins as it should and says it at once, without "go on" before.
int plain_status(std::string_view words) {
  constexpr std::size_t kDigits = 3;
  if (!words.starts_with("HTTP/1.1 ") && !words.starts_with("HTTP/1.0 ")) return 0;
  const std::string_view line = words.substr(9, words.find('\n') - 9);
  const std::string_view code = line.substr(0, kDigits);
  const bool plain =
      words.find('\n') != words.npos && line.find('\0') == line.npos && line.size() > kDigits &&
      (line[kDigits] == ' ' || line.substr(kDigits) == "\r") &&
      std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
  const int status = plain ? std::atoi(std::string(code).c_str()) : 0;
  return status >= 200 ? status : 0;
}

void check_sent(const SendResult& result, std::string_view words) {
  check_result(result);
  if (const int status = plain_status(words); status != 0) {
    promise(is_sent(result) == (status < 300), "a status is heard whatever comes behind it");
    promise(!is_unknown(result), "who has answered leaves no doubt");
  }
  const auto* again = std::get_if<TryAgain>(&result);
  promise(again == nullptr || again->why.find(kSecretPath) == std::string::npos ||
              words.find(kSecretPath) != words.npos,
          "no account repeats a URL that the peer did not say");
  promise(!is_sent(result) || says(words, '2'), "told is what was accepted");
  promise(!is_refused(result) || says(words, '4'), "only a 4xx is for good");
}

void check_webhook(AnsweringPeer& peer, const std::string& url, std::string_view words) {
  peer.say(words);
  SendResult result;
  {
    const WebhookEndpoint endpoint{"case-tool", url, "", true, {}};
    WebhookNotifier notifier(endpoint, std::get<WebhookSecrets>(parse_webhook_secrets(kKey)), {},
                             kEnough);
    result = notifier.send(message(), {Channel::webhook, "case-tool"}, Instant{});
  }
  check_sent(result, words);
  const std::string heard = peer.heard();
  promise(!is_sent(result) || heard.find("webhook-signature: v1,") != heard.npos,
          "what is told was signed");
  promise(!is_unknown(result) || heard.find("omamori.digest") != heard.npos,
          "unknown is what has left");
}

void check_heartbeat(AnsweringPeer& peer, const std::string& url, std::string_view words) {
  peer.say(words);
  SendResult result;
  {
    HeartbeatConfig heartbeat;
    heartbeat.url = url;
    HeartbeatNotifier notifier(heartbeat, {}, kEnough);
    result = notifier.send({}, {}, {});
  }
  check_sent(result, words);
  const std::string heard = peer.heard();
  promise(!is_unknown(result), "a heartbeat is not sent in doubt");
  promise(!is_sent(result) || heard.starts_with("GET "), "a heartbeat is a GET");
}

void check_page(AnsweringPeer& peer, const std::string& url, std::string_view words) {
  peer.say(words);
  const PageFacts facts = CurlProbe(std::chrono::seconds{60}).page(url);
  peer.heard();
  constexpr std::size_t kBeginning = 1024;
  promise(facts.body.size() <= kBeginning, "of a page its beginning is kept");
  promise(facts.status >= 0 && facts.status <= 999, "a status has three digits");
  promise(facts.status != 0 || facts.peer.failed_at, "where no page came something failed");
}

void check_verdicts(std::string_view words) {
  for (const int status : {0, 100, 200, 302, 400, 404, 410, 413, 429, 500, 503, 999}) {
    for (const bool sent : {false, true}) {
      const HttpOutcome outcome{status, {}, sent, std::string(words), false};
      const SendResult result = http_verdict(outcome);
      check_result(result);
      promise(is_sent(result) == (status == 200), "told is what was accepted");
      promise(!is_unknown(result) || (sent && status == 0), "unknown is what was not answered");
    }
  }
}

void check(std::string_view words) {
  static AnsweringPeer peer;
  const std::string url = "http://127.0.0.1:" + std::to_string(peer.port()) + kSecretPath;
  check_verdicts(words);
  check_webhook(peer, url, words);
  check_heartbeat(peer, url, words);
  check_page(peer, url, words);
}

}  // namespace
}  // namespace omamori

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  omamori::check(omamori::text_of(data, size));
  return 0;
}
