// EmailNotifier against a real SMTP server with real certificates.
#include "notifiers/email.h"

#include <atomic>
#include <future>

#include <gtest/gtest.h>

#include "daemon/model/calendar.h"
#include "tests/support/certificates.h"
#include "tests/support/mail_support.h"
#include "tests/support/patience.h"

namespace omamori {
namespace {

// Sends to a server of a test, however slow that is.
EmailNotifier mailer(SmtpConfig smtp, const std::string& password = "", UtcOffset offset = {},
                     std::stop_token stop = {}) {
  return {std::move(smtp), password, std::move(offset), std::move(stop), kPatient};
}

Message message(const std::string& id) {
  return {id,   "【お守り】1件", "訪問してください。\n", "<p>訪問してください。</p>\n",
          "{}", "omamori.digest"};
}

SendResult send(EmailNotifier& notifier, const std::string& to = "cm-1@example.lg.jp",
                const std::string& id = "m-1") {
  return notifier.send(message(id), {Channel::email, to}, *parse_instant("2026-08-31T23:30:00Z"));
}

// What tests/support/smtp_server.py needs to speak TLS.
std::vector<std::string> tls_options(const std::string& tls, const std::string& name) {
  std::vector<std::string> options = certificates().options(name);
  options.insert(options.end(), {"--tls", tls});
  return options;
}

SmtpConfig trusting(SmtpConfig smtp) {
  smtp.ca_file = certificates().file("ca.pem");
  return smtp;
}

TEST(Email, OneConnectionCarriesManyMessages) {
  SmtpServer server;
  EmailNotifier notifier =
      mailer(server.config(), "", [](Instant) { return std::chrono::hours{9}; });
  for (const char* id : {"m-1", "m-2", "m-3"}) {
    const SendResult result = send(notifier, "cm-1@example.lg.jp", id);
    ASSERT_TRUE(is_sent(result)) << to_text(result);
  }
  EXPECT_EQ(to_text(send(notifier)), "sent: 250 2.0.0 kept as 4");
  EXPECT_EQ(server.envelope(1).at("peer"), server.envelope(3).at("peer")) << "it reconnected";
  EXPECT_EQ(server.envelope(1).at("from"), "omamori@example.lg.jp");
  EXPECT_EQ(server.envelope(1).at("to"), boost::json::parse(R"(["cm-1@example.lg.jp"])"));
  EXPECT_EQ(read_mail(server.eml(2)).date, "2026-09-01T08:30:00+09:00");
}

TEST(Email, StartTlsWithAuthenticationAndATrustedCertificate) {
  auto options = tls_options("starttls", "good");
  options.insert(options.end(), {"--login", "omamori:ひみつ s3cret"});
  SmtpServer server(options);
  SmtpConfig smtp = trusting(server.config(Tls::starttls));
  smtp.username = "omamori";
  EmailNotifier notifier = mailer(smtp, "ひみつ s3cret");
  const SendResult result = send(notifier);
  ASSERT_TRUE(is_sent(result)) << to_text(result);
  EXPECT_EQ(server.envelope(1).at("tls"), true);
  EXPECT_EQ(server.envelope(1).at("login"), true);
}

TEST(Email, AWrongPasswordIsNotTheMessagesFault) {
  auto options = tls_options("starttls", "good");
  options.insert(options.end(), {"--login", "omamori:right"});
  SmtpServer server(options);
  SmtpConfig smtp = trusting(server.config(Tls::starttls));
  smtp.username = "omamori";
  EmailNotifier notifier = mailer(smtp, "wrong-s3cret");
  const SendResult result = send(notifier);
  EXPECT_TRUE(is_try_again(result)) << to_text(result);
  EXPECT_TRUE(is_peer_down(result)) << to_text(result);
  EXPECT_NE(to_text(result).find("535"), std::string::npos) << to_text(result);
  EXPECT_EQ(to_text(result).find("s3cret"), std::string::npos) << to_text(result);
  EXPECT_EQ(server.accepted(), 0);
}

TEST(Email, ImplicitTls) {
  SmtpServer server(tls_options("implicit", "good"));
  EmailNotifier notifier = mailer(trusting(server.config(Tls::implicit)));
  const SendResult result = send(notifier);
  ASSERT_TRUE(is_sent(result)) << to_text(result);
  EXPECT_EQ(server.envelope(1).at("tls"), true);
}

TEST(Email, ACertificateThatDoesNotHoldSendsNothing) {
  for (const std::string tls : {"starttls", "implicit"}) {
    for (const std::string name : {"wrong-name", "expired", "untrusted"}) {
      SmtpServer server(tls_options(tls, name));
      EmailNotifier notifier =
          mailer(trusting(server.config(tls == "starttls" ? Tls::starttls : Tls::implicit)));
      const SendResult result = send(notifier);
      EXPECT_TRUE(is_try_again(result)) << tls << " " << name << ": " << to_text(result);
      EXPECT_TRUE(is_peer_down(result)) << tls << " " << name << ": " << to_text(result);
      EXPECT_NE(to_text(result).find("SSL"), std::string::npos) << to_text(result);
      EXPECT_EQ(server.accepted(), 0) << tls << " " << name;
    }
  }
}

TEST(Email, AServerWithoutTlsGetsNothing) {
  SmtpServer server;
  for (const Tls tls : {Tls::starttls, Tls::implicit}) {
    EmailNotifier notifier = mailer(trusting(server.config(tls)));
    const SendResult result = send(notifier);
    EXPECT_TRUE(is_try_again(result)) << to_text(result);
    EXPECT_TRUE(is_peer_down(result)) << to_text(result);
  }
  EXPECT_EQ(server.accepted(), 0);
}

TEST(Email, PlainTextIsNotSpokenToAnotherMachine) {
  SmtpConfig smtp;
  smtp.host = "mail.example.lg.jp";
  smtp.tls = Tls::none;
  smtp.from = "omamori@example.lg.jp";
  EmailNotifier notifier = mailer(smtp);
  const SendResult result = send(notifier);
  EXPECT_TRUE(is_try_again(result)) << to_text(result);
  EXPECT_TRUE(is_peer_down(result)) << to_text(result);
  EXPECT_NE(to_text(result).find("smtp.tls"), std::string::npos) << to_text(result);
}

TEST(Email, ARefusalAndABusyServerAreToldApart) {
  SmtpServer server({"--refuse", "gone=550 5.1.1 no such user", "--refuse", "full=452 4.2.2 full"});
  EmailNotifier notifier = mailer(server.config());
  const SendResult gone = send(notifier, "gone@example.lg.jp");
  EXPECT_TRUE(is_refused(gone)) << to_text(gone);
  EXPECT_NE(to_text(gone).find("550 5.1.1 no such user"), std::string::npos) << to_text(gone);
  const SendResult full = send(notifier, "full@example.lg.jp");
  EXPECT_TRUE(is_try_again(full)) << to_text(full);
  EXPECT_FALSE(is_peer_down(full)) << "others fare better";
  const SendResult fine = send(notifier);
  EXPECT_TRUE(is_sent(fine)) << to_text(fine);
  EXPECT_EQ(server.accepted(), 1);
}

TEST(Email, ABodyThatIsRefusedIsRefused) {
  SmtpServer refusing({"--refuse-body", "554 5.7.1 looks like spam"});
  EmailNotifier notifier = mailer(refusing.config());
  const SendResult refused = send(notifier);
  EXPECT_TRUE(is_refused(refused)) << to_text(refused);
  SmtpServer busy({"--refuse-body", "451 4.3.0 later"});
  EmailNotifier other = mailer(busy.config());
  const SendResult later = send(other);
  EXPECT_TRUE(is_try_again(later)) << to_text(later);
  EXPECT_FALSE(is_peer_down(later)) << to_text(later);
  SmtpServer closing({"--refuse-body", "421 4.3.2 shutting down"});
  EmailNotifier third = mailer(closing.config());
  const SendResult down = send(third);
  EXPECT_TRUE(is_try_again(down)) << to_text(down);
}

TEST(Email, AServerThatGreetsWithNoIsTriedAgain) {
  SmtpServer server({"--refuse-greeting"});
  EmailNotifier notifier = mailer(server.config());
  const SendResult result = send(notifier);
  EXPECT_TRUE(is_try_again(result)) << to_text(result);
  EXPECT_TRUE(is_peer_down(result)) << to_text(result);
  EXPECT_NE(to_text(result).find("554"), std::string::npos) << to_text(result);
}

TEST(Email, LostAfterTheFinalDotIsUnknown) {
  SmtpServer server({"--drop-after-dot"});
  EmailNotifier notifier = mailer(server.config());
  const SendResult result = send(notifier);
  EXPECT_TRUE(is_unknown(result)) << to_text(result);
}

TEST(Email, NobodyListeningIsTriedAgain) {
  SmtpServer server;
  const SmtpConfig smtp = server.config();
  server.end();
  EmailNotifier notifier = mailer(smtp);
  const SendResult result = send(notifier);
  EXPECT_TRUE(is_try_again(result)) << to_text(result);
  EXPECT_TRUE(is_peer_down(result)) << to_text(result);
}

TEST(Email, AServerThatHangsUpBetweenMessagesCostsNothing) {
  SmtpServer server({"--close-after"});
  EmailNotifier notifier = mailer(server.config());
  for (int i = 0; i < 5; ++i) {
    const SendResult result = send(notifier, "cm-1@example.lg.jp", "m-" + std::to_string(i));
    EXPECT_TRUE(is_sent(result)) << i << " " << to_text(result);
  }
  EXPECT_EQ(server.accepted(), 5);
}

TEST(Email, OnlyAllowedDomainsAreAsked) {
  SmtpServer server;
  SmtpConfig smtp = server.config();
  smtp.allowed_domains = {"example.lg.jp"};
  EmailNotifier notifier = mailer(smtp);
  const SendResult outside = send(notifier, "cm-1@elsewhere.example");
  EXPECT_TRUE(is_refused(outside)) << to_text(outside);
  EXPECT_NE(to_text(outside).find("elsewhere.example"), std::string::npos) << to_text(outside);
  EXPECT_TRUE(is_sent(send(notifier)));
  EXPECT_EQ(server.accepted(), 1);
}

TEST(Email, AddressesWithDotsInARowArrive) {
  SmtpServer server;
  EmailNotifier notifier = mailer(server.config());
  const SendResult result = send(notifier, "minsei..1.@docomo.example");
  ASSERT_TRUE(is_sent(result)) << to_text(result);
  EXPECT_EQ(read_mail(server.eml(1)).to, "minsei..1.@docomo.example");
}

// The clock of a test whose server never answers: it stands still until that is known.
std::atomic<bool> ten_minutes_later{false};
std::chrono::steady_clock::time_point stepped_clock() {
  return std::chrono::steady_clock::time_point{} + std::chrono::minutes{ten_minutes_later ? 10 : 0};
}

// libcurl's own limits add up to half an hour there.
TEST(Email, AServerThatNeverAnswersTheFinalDotIsGivenUpAfterItsLimit) {
  for (const std::string step : {"dot", "RCPT"}) {
    ten_minutes_later = false;
    const ScriptedMailServer server({"--rule", step + "=hang"});
    TimeLimits limits = kPatient;
    limits.reply = std::chrono::seconds{599};
    limits.now = &stepped_clock;
    EmailNotifier notifier(server.config(), "", {}, {}, limits);
    auto sending = std::async(std::launch::async, [&] { return send(notifier); });
    EXPECT_EQ(server.wait_until_it_holds(), step);
    ten_minutes_later = true;
    const SendResult result = sending.get();
    EXPECT_EQ(is_unknown(result), step == "dot") << to_text(result);
    EXPECT_NE(to_text(result).find("no answer in time"), std::string::npos) << to_text(result);
  }
}

// Sends, and requests the stop once the server holds back its reply to `command`, for ever: nothing
// but the stop ends it.
SendResult stopped_at(const std::string& command, const SmtpServer& server) {
  std::stop_source stop;
  EmailNotifier notifier = mailer(server.config(), "", {}, stop.get_token());
  auto sending = std::async(std::launch::async, [&] { return send(notifier); });
  EXPECT_EQ(server.wait_until_it_holds(), command);
  stop.request_stop();
  return sending.get();
}

TEST(EmailStop, WhileTheReplyToTheFinalDotIsAwaitedTheOutcomeIsUnknown) {
  const SmtpServer server({"--hold-reply", "cm-1"});
  const SendResult result = stopped_at("DATA", server);
  EXPECT_TRUE(is_unknown(result)) << to_text(result);
  EXPECT_FALSE(is_peer_down(result)) << "nobody's fault";
  EXPECT_NE(to_text(result).find("broken off by omamori"), std::string::npos) << to_text(result);
}

TEST(EmailStop, BeforeTheMessageHasLeftItIsTriedAgain) {
  const SmtpServer server({"--hold-rcpt", "cm-1"});
  const SendResult result = stopped_at("RCPT", server);
  EXPECT_TRUE(is_try_again(result)) << to_text(result);
  EXPECT_FALSE(is_peer_down(result));
  EXPECT_NE(to_text(result).find("broken off by omamori"), std::string::npos) << to_text(result);
}

TEST(EmailStop, AfterwardsNothingIsSent) {
  const SmtpServer server;
  std::stop_source stop;
  EmailNotifier notifier = mailer(server.config(), "", {}, stop.get_token());
  ASSERT_TRUE(is_sent(send(notifier)));
  stop.request_stop();
  const SendResult result = send(notifier);
  EXPECT_TRUE(is_try_again(result)) << to_text(result);
  EXPECT_FALSE(is_peer_down(result));
  EXPECT_EQ(server.accepted(), 1);
}

// Whose answer to a goodbye would have to be waited for, up to two minutes.
TEST(EmailStop, AServerIsLeftWithoutAGoodbye) {
  for (const bool stopping : {true, false}) {
    const SmtpServer server;
    std::stop_source stop;
    {
      EmailNotifier notifier = mailer(server.config(), "", {}, stop.get_token());
      ASSERT_TRUE(is_sent(send(notifier)));
      if (stopping) stop.request_stop();
    }
    EXPECT_EQ(server.wait_for_the_end_of_a_connection(), !stopping);
  }
}

}  // namespace
}  // namespace omamori
