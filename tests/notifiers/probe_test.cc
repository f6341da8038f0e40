// The doctor's look at real servers of the loopback: with TLS and without, right and wrong, dead
// and deaf. No message is sent.
#include "notifiers/probe.h"

#include <sys/socket.h>
#include <unistd.h>

#include <future>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

#include "tests/support/certificates.h"
#include "tests/support/http_support.h"
#include "tests/support/mail_support.h"
#include "tests/support/patience.h"

namespace omamori {
namespace {

using testing::HasSubstr;

// Takes connections, as the kernel does it for a program that never looks, and says nothing. Closed
// it is a port at which nobody listens.
class DeafServer {
 public:
  DeafServer() : file_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* as_any = reinterpret_cast<sockaddr*>(&address);
    if (::bind(file_, as_any, size) != 0 || ::listen(file_, 128) != 0 ||
        ::getsockname(file_, as_any, &size) != 0) {
      throw std::runtime_error("no socket for a test");
    }
    port_ = ntohs(address.sin_port);
  }
  ~DeafServer() { close(); }
  DeafServer(const DeafServer&) = delete;
  DeafServer& operator=(const DeafServer&) = delete;
  int port() const { return port_; }
  void close() {
    if (file_ >= 0) ::close(file_);
    file_ = -1;
  }

 private:
  int file_;
  int port_ = 0;
};

const CurlProbe kProbe{kPatience};

// How a server that never answers is given up: at `step`, by a limit that is over by then. On a
// slow machine it is over before; then it is doubled.
template <typename Look>
PeerFacts given_up_at(ProbeStep step, const Look& look) {
  for (std::chrono::milliseconds limit{50};; limit *= 2) {
    const PeerFacts facts = look(CurlProbe{limit});
    if (!facts.timed_out || facts.failed_at >= step) return facts;
  }
}

std::vector<std::string> with_login(std::vector<std::string> options = {}) {
  options.insert(options.end(), {"--login", "omamori:sesame"});
  return options;
}

SmtpConfig login(SmtpConfig smtp) {
  smtp.username = "omamori";
  smtp.ca_file = certificates().file("ca.pem");
  return smtp;
}

std::vector<std::string> tls(const std::string& kind, const std::string& name) {
  std::vector<std::string> options = certificates().options(name);
  options.insert(options.end(), {"--tls", kind});
  return options;
}

// ---- mail ---------------------------------------------------------------------------------------

TEST(MailProbe, LogsInAndSendsNothing) {
  const struct {
    Tls tls;
    std::vector<std::string> options;
  } all[] = {{Tls::none, {}},
             {Tls::starttls, tls("starttls", "good")},
             {Tls::implicit, tls("implicit", "good")}};
  for (const auto& row : all) {
    const SmtpServer server(with_login(row.options));
    const PeerFacts facts = kProbe.mail_server(login(server.config(row.tls)), "sesame");
    EXPECT_FALSE(facts.failed_at.has_value()) << facts.words;
    EXPECT_TRUE(facts.logged_in);
    EXPECT_EQ(facts.encrypted, row.tls != Tls::none);
    EXPECT_EQ(facts.certificate.has_value(), row.tls != Tls::none);
    EXPECT_EQ(facts.address, "127.0.0.1");
    EXPECT_EQ(server.accepted(), 0);
  }
}

TEST(MailProbe, ReadsWhenTheCertificateEnds) {
  const SmtpServer server(with_login(tls("starttls", "good")));
  const PeerFacts facts = kProbe.mail_server(login(server.config(Tls::starttls)), "sesame");
  ASSERT_TRUE(facts.certificate.has_value()) << facts.words;
  EXPECT_THAT(facts.certificate->subject, HasSubstr("localhost"));
  ASSERT_TRUE(facts.certificate->not_after.has_value());
  const auto made = *facts.certificate->not_after - std::chrono::days{2};
  EXPECT_GE(made, certificates().begun());
  EXPECT_LE(made, std::chrono::system_clock::now());
}

TEST(MailProbe, AWrongPasswordIsTheLogin) {
  for (const Tls kind : {Tls::none, Tls::starttls}) {
    const SmtpServer server(
        with_login(kind == Tls::none ? std::vector<std::string>{} : tls("starttls", "good")));
    const PeerFacts facts = kProbe.mail_server(login(server.config(kind)), "wrong");
    EXPECT_EQ(facts.failed_at, ProbeStep::login) << facts.words;
    EXPECT_THAT(facts.words, HasSubstr("535"));
    EXPECT_FALSE(facts.logged_in);
  }
}

TEST(MailProbe, WithoutAPasswordTheRestIsLookedAt) {
  const SmtpServer server(with_login(tls("starttls", "good")));
  const PeerFacts facts = kProbe.mail_server(login(server.config(Tls::starttls)), {});
  EXPECT_FALSE(facts.logged_in);
  EXPECT_TRUE(facts.offers_login);
  EXPECT_TRUE(facts.certificate.has_value());
}

TEST(MailProbe, ACertificateThatIsNotBelievedIsStillRead) {
  for (const char* name : {"wrong-name", "expired", "untrusted"}) {
    for (const char* kind : {"starttls", "implicit"}) {
      const SmtpServer server(with_login(tls(kind, name)));
      const Tls how = std::string(kind) == "starttls" ? Tls::starttls : Tls::implicit;
      const PeerFacts facts = kProbe.mail_server(login(server.config(how)), "sesame");
      EXPECT_EQ(facts.failed_at, ProbeStep::tls) << name << " " << kind << ": " << facts.words;
      EXPECT_FALSE(facts.words.empty());
      EXPECT_FALSE(facts.logged_in) << "the password must not have left";
      ASSERT_TRUE(facts.certificate.has_value()) << name << " " << kind;
      EXPECT_THAT(facts.certificate->subject,
                  HasSubstr(std::string(name) == "wrong-name" ? "other.example" : "localhost"));
    }
  }
}

TEST(MailProbe, AServerWithoutStarttlsIsNoEncryption) {
  const SmtpServer server;
  const PeerFacts facts = kProbe.mail_server(login(server.config(Tls::starttls)), "sesame");
  EXPECT_EQ(facts.failed_at, ProbeStep::tls) << facts.words;
}

TEST(MailProbe, AServerThatWantsNoLoginIsNotLoggedInto) {
  const SmtpServer server;
  const PeerFacts facts = kProbe.mail_server(login(server.config(Tls::none)), "sesame");
  EXPECT_FALSE(facts.failed_at.has_value()) << facts.words;
  EXPECT_FALSE(facts.offers_login);
  EXPECT_FALSE(facts.logged_in);
}

TEST(MailProbe, HowFarOneComesWithADeadOne) {
  DeafServer deaf;
  SmtpConfig smtp = login(SmtpServer().config(Tls::none));
  smtp.port = deaf.port();
  const auto look = [&](const CurlProbe& probe) { return probe.mail_server(smtp, "sesame"); };
  PeerFacts facts = given_up_at(ProbeStep::hello, look);
  EXPECT_EQ(facts.failed_at, ProbeStep::hello) << facts.words;
  EXPECT_TRUE(facts.timed_out);
  smtp.tls = Tls::implicit;
  facts = given_up_at(ProbeStep::tls, look);
  EXPECT_EQ(facts.failed_at, ProbeStep::tls) << facts.words;
  EXPECT_TRUE(facts.timed_out);
  deaf.close();
  facts = kProbe.mail_server(smtp, "sesame");
  EXPECT_EQ(facts.failed_at, ProbeStep::connect) << facts.words;
  smtp.host = "no-such-host.invalid";
  facts = kProbe.mail_server(smtp, "sesame");
  EXPECT_EQ(facts.failed_at, ProbeStep::look_up) << facts.words;
  const SmtpServer closed({"--refuse-greeting"});
  facts = kProbe.mail_server(login(closed.config(Tls::none)), "sesame");
  EXPECT_EQ(facts.failed_at, ProbeStep::hello);
  EXPECT_THAT(facts.words, HasSubstr("554 no mail service here"));
}

// ---- what a mail server offers
// --------------------------------------------------------------------

PeerFacts look_at(const std::vector<std::string>& script, bool with_password = true) {
  const SmtpServer server(script);
  SmtpConfig smtp = server.config(Tls::none);
  if (with_password) smtp.username = "omamori";
  return kProbe.mail_server(
      smtp, with_password ? std::optional<std::string>("sesame") : std::optional<std::string>());
}

TEST(MailProbe, NamesTheLoginsThatAreNotOurs) {
  const PeerFacts facts = look_at({"--offer", "AUTH CRAM-MD5 DIGEST-MD5"});
  EXPECT_EQ(facts.logins, "CRAM-MD5 DIGEST-MD5");
  EXPECT_TRUE(facts.offers_login);
  EXPECT_FALSE(facts.speaks_our_login);
  EXPECT_FALSE(facts.small_letters);
  EXPECT_FALSE(facts.logged_in);
}

TEST(MailProbe, SeesWhatLibcurlDoesNot) {
  for (const char* line : {"auth plain login", "Auth PLAIN", "AUTH login"}) {
    const PeerFacts facts = look_at({"--offer", line, "--answer", "MAIL=530 5.7.0 log in first"});
    EXPECT_TRUE(facts.small_letters) << line;
    EXPECT_FALSE(facts.speaks_our_login) << line;
    EXPECT_FALSE(facts.logged_in) << line << ": is understood now? Then nothing need be said of it";
  }
  const PeerFacts understood = look_at(
      {"--offer", "AUTH=LOGIN", "--offer", "AUTH PLAIN LOGIN", "--answer", "AUTH=235 welcome"});
  EXPECT_TRUE(understood.speaks_our_login);
  EXPECT_TRUE(understood.logged_in) << understood.words;
  const SmtpServer server({"--offer", "starttls"});
  const PeerFacts tls = kProbe.mail_server(login(server.config(Tls::starttls)), "sesame");
  EXPECT_EQ(tls.failed_at, ProbeStep::tls) << tls.words;
  EXPECT_TRUE(tls.small_letters);
}

TEST(MailProbe, ARequiredLoginIsSeenWithAndWithoutOne) {
  for (const bool with_password : {true, false}) {
    const PeerFacts facts = look_at(
        {"--offer", "SIZE", "--answer", "MAIL=530 5.7.0 authenticate first"}, with_password);
    EXPECT_TRUE(facts.wants_login);
    EXPECT_EQ(facts.failed_at, ProbeStep::afterwards);
    EXPECT_EQ(facts.words, "530 5.7.0 authenticate first");
  }
}

TEST(MailProbe, ASenderThatIsRefusedIsSeen) {
  for (const char* reply : {"550 no such sender", "553 not yours", "451 not now"}) {
    const PeerFacts facts = look_at({"--answer", std::string("MAIL=") + reply}, false);
    EXPECT_EQ(facts.failed_at, ProbeStep::afterwards) << reply;
    EXPECT_EQ(facts.words, reply);
  }
}

TEST(MailProbe, ASlowGreetingIsWaitedForAndMeasured) {
  EXPECT_GE(CurlProbe().limits().mail, std::chrono::seconds{30}) << "as long as the notifier";
  const SmtpServer server({"--hold-greeting"});
  const SmtpConfig smtp = server.config(Tls::none);
  auto looking = std::async(std::launch::async, [&] { return kProbe.mail_server(smtp, {}); });
  EXPECT_EQ(server.wait_until_it_holds(), "greeting");
  const auto held = std::chrono::steady_clock::now();
  const auto waited = std::chrono::steady_clock::now() - held;
  server.release();
  const PeerFacts facts = looking.get();
  EXPECT_FALSE(facts.failed_at.has_value()) << facts.words;
  EXPECT_GE(facts.greeted_after, waited);
  EXPECT_GT(facts.greeted_after, std::chrono::milliseconds{0});
}

TEST(MailProbe, ConnectingHasALimitOfItsOwn) {
  // 192.0.2.1 is nobody's: whatever the network says of it, it is no answer.
  SmtpConfig smtp = SmtpServer().config(Tls::none);
  smtp.host = "192.0.2.1";
  const CurlProbe hasty{ProbeLimits{std::chrono::milliseconds{1}, kPatience}};
  const PeerFacts facts = hasty.mail_server(smtp, {});
  EXPECT_EQ(facts.failed_at, ProbeStep::connect) << facts.words;
}

// ---- endpoints ----------------------------------------------------------------------------------

UrlPeer peer(const std::string& url) { return {url, false, certificates().file("ca.pem")}; }

TEST(UrlProbe, ShakesHandsAndAsksForNothing) {
  const HttpServer plain;
  PeerFacts facts = kProbe.url(peer(plain.url()));
  EXPECT_FALSE(facts.failed_at.has_value()) << facts.words;
  EXPECT_FALSE(facts.encrypted);
  EXPECT_EQ(plain.count(), 0);

  const HttpServer server(certificates().options("good"));
  facts = kProbe.url(peer(server.url("https")));
  EXPECT_FALSE(facts.failed_at.has_value()) << facts.words;
  EXPECT_TRUE(facts.encrypted);
  ASSERT_TRUE(facts.certificate && facts.certificate->not_after);
  EXPECT_EQ(server.count(), 0);
}

TEST(UrlProbe, APageOfOurOwnIsAskedForOnce) {
  const HttpServer server;
  const PageFacts facts = kProbe.page(server.url());
  EXPECT_EQ(facts.status, 204) << "what the server of the tests says";
  EXPECT_EQ(server.count(), 1);
  EXPECT_EQ(server.request(1).method, "GET");
  const PageFacts nobody = kProbe.page("http://127.0.0.1:1/healthz");
  EXPECT_EQ(nobody.status, 0);
  EXPECT_EQ(nobody.peer.failed_at, ProbeStep::connect);
}

TEST(UrlProbe, APageThatIsNoHttpSaysWhatFailed) {
  const HttpServer server({"--protocol", "HTTP/20", "--answer", "200"});
  const PageFacts facts = kProbe.page(server.url());
  EXPECT_EQ(facts.status, 0);
  EXPECT_EQ(facts.peer.failed_at, ProbeStep::afterwards);
  EXPECT_EQ(facts.peer.words, "the answer is no HTTP");
}

TEST(UrlProbe, ACertificateThatIsNotBelievedIsStillRead) {
  for (const char* name : {"wrong-name", "expired", "untrusted"}) {
    const HttpServer server(certificates().options(name));
    const PeerFacts facts = kProbe.url(peer(server.url("https")));
    EXPECT_EQ(facts.failed_at, ProbeStep::tls) << name << ": " << facts.words;
    EXPECT_TRUE(facts.certificate && facts.certificate->not_after) << name;
  }
}

TEST(UrlProbe, HowFarOneComesWithADeadOne) {
  DeafServer deaf;
  const std::string port = std::to_string(deaf.port());
  const PeerFacts facts = given_up_at(ProbeStep::tls, [&](const CurlProbe& probe) {
    return probe.url(peer("https://localhost:" + port + "/"));
  });
  EXPECT_EQ(facts.failed_at, ProbeStep::tls) << facts.words;
  EXPECT_TRUE(facts.timed_out);
  deaf.close();
  EXPECT_EQ(kProbe.url(peer("https://localhost:" + port + "/")).failed_at, ProbeStep::connect);
  EXPECT_EQ(kProbe.url(peer("https://no-such-host.invalid/")).failed_at, ProbeStep::look_up);
}

TEST(UrlProbe, APrivateAddressIsNotCalledUnlessAllowed) {
  const PeerFacts refused = kProbe.url(peer("https://10.255.255.1/"));
  EXPECT_EQ(refused.failed_at, ProbeStep::not_allowed);
  EXPECT_THAT(refused.words, HasSubstr("10.255.255.1 is private"));
  UrlPeer allowed = peer("https://10.255.255.1/");
  allowed.allow_private = true;
  const CurlProbe hasty{std::chrono::milliseconds{300}};  // nobody may be there
  EXPECT_NE(hasty.url(allowed).failed_at, ProbeStep::not_allowed);
}

}  // namespace
}  // namespace omamori
