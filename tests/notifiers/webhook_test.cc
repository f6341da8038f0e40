// WebhookNotifier against a real HTTP server, its signature verified by an
// implementation that is not ours.
#include "notifiers/webhook.h"

#include <cstdlib>

#include <gtest/gtest.h>

#include "daemon/model/calendar.h"
#include "tests/support/http_support.h"
#include "tests/support/places.h"
#include "tests/support/webhook_support.h"

namespace omamori {
namespace {

// One line for each secret.
std::string verified(const std::filesystem::path& request,
                     const std::vector<std::string>& with_secrets) {
  const std::string script = source_path("tests/npm/verify.mjs");
  if (!std::filesystem::exists(source_path("tests/npm/node_modules/standardwebhooks"))) {
    return "tests/npm/node_modules is missing: run ./dev setup";
  }
  std::vector<std::string> command{"/usr/bin/env", "node", script, request.string()};
  command.insert(command.end(), with_secrets.begin(), with_secrets.end());
  return run(command);
}

TEST(WebhookBody, TimestampIsTheSlotHoweverOftenItIsTried) {
  const auto body = webhook_body(message());
  EXPECT_EQ(std::get<WebhookBody>(body).bytes,
            R"({"type":"omamori.digest","timestamp":"2026-08-31T23:30:00Z","data":)" +
                message().json + "}");
}

TEST(WebhookBody, DataThatIsNoneIsNotSent) {
  for (const char* json : {"", "{", "[]", "1", "{}", R"({"slot":5})", R"({"slot":"tomorrow"})"}) {
    Message bad = message();
    bad.json = json;
    EXPECT_TRUE(std::holds_alternative<BadWebhook>(webhook_body(bad))) << json;
  }
}

TEST(WebhookBody, ThePublishedExampleIsSentAsItIs) {
  Message example = message();
  example.json = read_file(source_path("daemon/text/templates/webhook-example.json"));
  const auto body = boost::json::parse(std::get<WebhookBody>(webhook_body(example)).bytes);
  EXPECT_EQ(body.at("data"), boost::json::parse(example.json));
  EXPECT_EQ(body.at("timestamp"), body.at("data").at("slot"));
}

TEST(Webhook, ArrivesWithItsHeaders) {
  HttpServer server;
  WebhookNotifier notifier = caller(server.endpoint());
  const Instant at = *parse_instant("2026-09-01T00:00:05Z");
  const SendResult result = notifier.send(message(), {Channel::webhook, "case-tool"}, at);
  ASSERT_EQ(said(result), "sent: HTTP 204 No Content");
  const HeardRequest request = server.request(1);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.path, "/hooks/omamori?to=us");
  EXPECT_EQ(request.body, std::get<WebhookBody>(webhook_body(message())).bytes);
  EXPECT_EQ(request.header("content-type"), "application/json");
  EXPECT_EQ(request.header("user-agent"), "omamori");
  EXPECT_EQ(request.header("webhook-id"), "m-1");
  EXPECT_EQ(request.header("webhook-timestamp"), "1788220805");
  EXPECT_EQ(request.header("webhook-signature"),
            webhook_signature(secrets(), "m-1", 1788220805, request.body));
  EXPECT_EQ(request.header("expect"), "");
}

TEST(Webhook, AnotherImplementationVerifiesTheSignature) {
  HttpServer server;
  WebhookNotifier notifier = caller(server.endpoint());
  ASSERT_TRUE(is_sent(send(notifier)));
  EXPECT_EQ(verified(server.file(1), {kSecret}), "valid\n");
  EXPECT_EQ(verified(server.file(1), {kOther}), "invalid: No matching signature found\n");
}

TEST(Webhook, AnotherImplementationSeesThatTheBodyWasChanged) {
  HttpServer server;
  WebhookNotifier notifier = caller(server.endpoint());
  ASSERT_TRUE(is_sent(send(notifier)));
  auto request = boost::json::parse(read_file(server.file(1))).as_object();
  std::string body = server.request(1).body;
  body.replace(body.find("CM-1"), 4, "CM-2");
  request["body"] = base64(body);
  std::ofstream(server.note("tampered")) << boost::json::serialize(request);
  EXPECT_EQ(verified(server.note("tampered"), {kSecret}), "invalid: No matching signature found\n");
}

TEST(Webhook, WhileASecretIsChangedEitherVerifies) {
  HttpServer server;
  WebhookNotifier notifier =
      caller(server.endpoint(), secrets(std::string(kSecret) + "\n" + kOther + "\n"));
  ASSERT_TRUE(is_sent(send(notifier)));
  EXPECT_EQ(verified(server.file(1), {kSecret, kOther}), "valid\nvalid\n");
}

TEST(Webhook, OneConnectionCarriesManyMessages) {
  HttpServer server;
  WebhookNotifier notifier = caller(server.endpoint());
  for (const char* id : {"m-1", "m-2", "m-3"}) ASSERT_TRUE(is_sent(send(notifier, id))) << id;
  EXPECT_EQ(server.request(1).port, server.request(3).port) << "it reconnected";
  EXPECT_EQ(server.request(3).header("webhook-id"), "m-3");
}

TEST(Webhook, AServerThatHangsUpBetweenMessagesCostsNothing) {
  HttpServer server({"--close-after"});
  WebhookNotifier notifier = caller(server.endpoint());
  for (const char* id : {"m-1", "m-2", "m-3"}) {
    const SendResult result = send(notifier, id);
    EXPECT_TRUE(is_sent(result)) << said(result);
  }
  EXPECT_EQ(server.count(), 3);
}

TEST(Webhook, ALongBodyArrives) {
  HttpServer server;
  WebhookNotifier notifier = caller(server.endpoint());
  Message longer = message();
  longer.json = R"({"slot":"2026-08-31T23:30:00Z","items":")" + std::string(3'000'000, 'x') + "\"}";
  const SendResult result = notifier.send(longer, {Channel::webhook, "case-tool"}, now());
  ASSERT_TRUE(is_sent(result)) << said(result);
  EXPECT_EQ(server.request(1).body, std::get<WebhookBody>(webhook_body(longer)).bytes);
}

TEST(Webhook, TheAnswerDecides) {
  const struct {
    const char* answer;
    const char* expected;
    bool peer_down;
  } rows[] = {
      {"200", "sent: HTTP 200 OK", false},
      {"400", "refused: HTTP 400 Bad Request: no such thing", false},
      {"410", "gone: HTTP 410 Gone: no such thing", false},
      {"429 120", "try again after 120s: HTTP 429 Too Many Requests: no such thing", true},
      {"500", "try again: HTTP 500 Internal Server Error: no such thing", false},
  };
  for (const auto& row : rows) {
    HttpServer server({"--answer", row.answer, "--body", "no such thing\nin detail"});
    const SendResult result = send_to(server.endpoint());
    EXPECT_EQ(said(result), row.expected) << row.answer;
    EXPECT_EQ(is_peer_down(result), row.peer_down) << row.answer;
  }
}

TEST(Webhook, RetryAfterIsASecondCountOrADateAndOfOneAnswerOnly) {
  HttpServer server({"--answer", "503 90", "--answer", "503 +7200", "--answer", "503 -5",
                     "--answer", "503 soon", "--answer", "503"});
  WebhookNotifier notifier = caller(server.endpoint());
  EXPECT_EQ(std::get<TryAgain>(send(notifier)).after, std::chrono::seconds{90});
  const auto before = now();
  const auto by_date = std::get<TryAgain>(send(notifier)).after;
  const auto elapsed = now() - before + std::chrono::seconds{1};  // both are cut to seconds
  ASSERT_TRUE(by_date.has_value());
  EXPECT_GE(*by_date + elapsed, std::chrono::seconds{7200});
  EXPECT_LE(*by_date, std::chrono::seconds{7200});
  for (const char* what : {"-5", "soon", "none"}) {
    EXPECT_EQ(std::get<TryAgain>(send(notifier)).after, std::nullopt) << what;
  }
  EXPECT_EQ(server.count(), 5);
}

TEST(Webhook, ARedirectIsNotFollowed) {
  HttpServer elsewhere;
  HttpServer server({"--answer", "307", "--location", elsewhere.url()});
  EXPECT_EQ(said(send_to(server.endpoint())),
            "try again: HTTP 307 Temporary Redirect (redirects are not followed)");
  EXPECT_EQ(elsewhere.count(), 0);
}

TEST(Webhook, AnAnswerWithoutEndIsCutShort) {
  HttpServer server({"--answer", "200", "--endless"});
  EXPECT_EQ(said(send_to(server.endpoint())), "sent: HTTP 200 OK");
  // What it could write until it noticed; the kernel's buffers hold some megabytes.
  EXPECT_LT(std::stoll(server.wait_for_note("endless")), 64 << 20);
}

TEST(Webhook, TheFirstLineOfAnAnswerIsBoundedAndPrintable) {
  const std::string body = "\x1b[31m" + std::string(1000, 'x') + "\n";
  HttpServer server({"--answer", "400", "--body", body});
  const std::string why = std::get<Refused>(send_to(server.endpoint())).why;
  EXPECT_EQ(why.find('\x1b'), std::string::npos);
  EXPECT_LE(why.size(), 300U);
  EXPECT_NE(why.find("[31mxxx"), std::string::npos) << why;
}

// libcurl takes 200 for what it cannot read.
TEST(Webhook, AnAnswerThatIsNoHttpTellsNobody) {
  for (const char* protocol : {"HTTP/(.1", "HTTP/x", "HTTP/"}) {
    HttpServer server({"--protocol", protocol, "--answer", "503"});
    const SendResult result = send_to(server.endpoint());
    EXPECT_TRUE(is_unknown(result)) << protocol << ": " << said(result);
    EXPECT_EQ(server.count(), 1) << "it has arrived";
  }
  HttpServer old({"--protocol", "HTTP/1.0", "--answer", "200"});
  EXPECT_EQ(said(send_to(old.endpoint())), "sent: HTTP 200 OK");
}

TEST(Webhook, AHeaderThatLooksLikeAStatusLineIsNone) {
  for (const char* header : {"HTTP/1.1: 503", "HTTP-Note: 503", "HTTP/1.1 503: no"}) {
    HttpServer server({"--header", header, "--answer", "200", "--answer", "410"});
    EXPECT_EQ(said(send_to(server.endpoint())), "sent: HTTP 200 OK") << header;
    const SendResult second = send_to(server.endpoint());
    EXPECT_TRUE(is_refused(second)) << header << ": " << said(second);
  }
}

TEST(Webhook, HungUpInsteadOfAnAnswerIsUnknown) {
  HttpServer server({"--hang-up-after", "0"});
  const SendResult result = send_to(server.endpoint());
  EXPECT_TRUE(is_unknown(result)) << said(result);
}

TEST(Webhook, HungUpOnAKeptConnectionIsRepeatedUnderTheSameIdAndStillUnknown) {
  HttpServer server({"--hang-up-after", "1"});
  WebhookNotifier notifier = caller(server.endpoint());
  ASSERT_TRUE(is_sent(send(notifier, "m-1")));
  const SendResult result = send(notifier, "m-2");
  EXPECT_TRUE(is_unknown(result)) << said(result);
  for (int n = 2; n <= server.count(); ++n) {
    EXPECT_EQ(server.request(n).header("webhook-id"), "m-2");
    EXPECT_EQ(server.request(n).body, server.request(1).body);
  }
}

TEST(Webhook, NobodyListeningIsTriedAgain) {
  HttpServer server;
  server.end();
  const SendResult result = send_to(server.endpoint());
  EXPECT_TRUE(is_try_again(result)) << said(result);
  EXPECT_TRUE(is_peer_down(result));
}

TEST(Webhook, AnotherEndpointIsRefused) {
  HttpServer server;
  WebhookNotifier notifier = caller(server.endpoint());
  const SendResult result = notifier.send(message(), {Channel::webhook, "other"}, now());
  EXPECT_EQ(said(result), "refused: the endpoint asked for is another than case-tool");
  EXPECT_EQ(server.count(), 0);
}

TEST(Webhook, AnIdThatWouldBreakTheHeadersOrTheSignatureIsRefused) {
  HttpServer server;
  WebhookNotifier notifier = caller(server.endpoint());
  for (const char* id : {"", "m 1", "m.1", "m\r\nx-other: 1"}) {
    EXPECT_TRUE(is_refused(send(notifier, id))) << id;
  }
  EXPECT_EQ(server.count(), 0);
}

TEST(Webhook, ProxiesOfTheEnvironmentAreNotUsed) {
  HttpServer proxy;
  HttpServer server;
  const std::string url = "http://localhost:" + std::to_string(proxy.port());
  ::setenv("http_proxy", url.c_str(), 1);
  ::setenv("all_proxy", url.c_str(), 1);
  const SendResult result = send_to(server.endpoint());
  ::unsetenv("http_proxy");
  ::unsetenv("all_proxy");
  EXPECT_TRUE(is_sent(result)) << said(result);
  EXPECT_EQ(proxy.count(), 0);
  EXPECT_EQ(server.count(), 1);
}

TEST(Webhook, PlainTextIsNotSpokenToAnotherMachine) {
  for (const bool allow_private : {false, true}) {
    const SendResult result = send_to({"case-tool", "http://10.0.0.1/hook", "", allow_private, ""});
    EXPECT_EQ(said(result),
              "try again: http:// is only for this machine; the url must be https://");
    EXPECT_TRUE(is_peer_down(result));
  }
}

TEST(Webhook, APrivateAddressIsNotConnectedTo) {
  for (const char* host : {"10.0.0.1", "169.254.169.254", "[fd00::1]", "[::ffff:192.168.0.1]"}) {
    const SendResult result =
        send_to({"case-tool", "https://" + std::string(host) + "/hook", "", false, ""});
    EXPECT_TRUE(is_try_again(result)) << said(result);
    EXPECT_TRUE(is_peer_down(result)) << said(result);
    EXPECT_NE(said(result).find("is private; allow_private = true"), std::string::npos)
        << said(result);
  }
}

}  // namespace
}  // namespace omamori
