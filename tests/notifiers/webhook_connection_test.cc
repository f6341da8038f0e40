// How a webhook's connection is made and broken off: TLS with real certificates, addresses that are
// not connected to, and a stop while the server thinks.
#include <sys/socket.h>
#include <unistd.h>

#include <future>

#include <gtest/gtest.h>
#include <netinet/in.h>

#include "notifiers/webhook.h"
#include "tests/support/certificates.h"
#include "tests/support/http_support.h"
#include "tests/support/webhook_support.h"

namespace omamori {
namespace {

WebhookEndpoint over_tls(const HttpServer& server, const std::string& host = "localhost") {
  return {"case-tool", server.url("https", host), "", false, certificates().file("ca.pem")};
}

TEST(WebhookTls, ANameThatLeadsToAPrivateAddressIsNotConnectedTo) {
  // libcurl takes *.localhost for this machine without asking anybody; to us it is a name like any
  // other that a name server could answer with 127.0.0.1.
  HttpServer server(certificates().options("alias"));
  WebhookEndpoint endpoint = over_tls(server, "tool.localhost");
  const SendResult refused = send_to(endpoint);
  EXPECT_NE(said(refused).find("is private"), std::string::npos) << said(refused);
  EXPECT_TRUE(is_peer_down(refused));
  EXPECT_EQ(server.count(), 0);
  endpoint.allow_private = true;
  const SendResult allowed = send_to(endpoint);
  EXPECT_TRUE(is_sent(allowed)) << said(allowed);
  EXPECT_EQ(server.count(), 1);
}

TEST(WebhookTls, ATrustedCertificate) {
  HttpServer server(certificates().options("good"));
  WebhookNotifier notifier = caller(over_tls(server));
  for (const char* id : {"m-1", "m-2"}) {
    const SendResult result = send(notifier, id);
    ASSERT_TRUE(is_sent(result)) << said(result);
  }
  EXPECT_EQ(server.request(1).port, server.request(2).port);
}

TEST(WebhookTls, ACertificateThatDoesNotHoldSendsNothing) {
  for (const std::string name : {"wrong-name", "expired", "untrusted"}) {
    HttpServer server(certificates().options(name));
    const SendResult result = send_to(over_tls(server));
    EXPECT_TRUE(is_try_again(result)) << name << ": " << said(result);
    EXPECT_TRUE(is_peer_down(result)) << name;
    EXPECT_NE(said(result).find("SSL"), std::string::npos) << said(result);
    EXPECT_EQ(server.count(), 0) << name;
  }
}

TEST(WebhookTls, WithoutCaFileTheSystemsAuthoritiesDecide) {
  HttpServer server(certificates().options("good"));
  WebhookEndpoint endpoint = over_tls(server);
  endpoint.ca_file.clear();
  const SendResult result = send_to(endpoint);
  EXPECT_TRUE(is_try_again(result)) << said(result);
  EXPECT_EQ(server.count(), 0);
}

TEST(WebhookTls, TlsBefore12IsNotSpoken) {
  auto options = certificates().options("good");
  options.push_back("--old-tls");
  HttpServer server(options);
  const SendResult result = send_to(over_tls(server));
  EXPECT_TRUE(is_try_again(result)) << said(result);
  EXPECT_NE(said(result).find("version"), std::string::npos) << said(result);
  EXPECT_EQ(server.count(), 0);
}

TEST(WebhookStop, WhileTheServerThinksTheAttemptEndsAndItsOutcomeIsUnknown) {
  HttpServer server({"--hang"});
  std::stop_source stop;
  WebhookNotifier notifier = caller(server.endpoint(), secrets(), stop.get_token());
  auto sending = std::async(std::launch::async, [&] { return send(notifier); });
  server.wait_for_requests(1);
  stop.request_stop();
  const SendResult result = sending.get();  // nothing else ends it: the server hangs for ever
  EXPECT_TRUE(is_unknown(result)) << said(result);
  EXPECT_NE(said(result).find("broken off by omamori"), std::string::npos) << said(result);
  EXPECT_FALSE(is_peer_down(result)) << "nobody's fault";
}

// Takes connections and says nothing.
class SilentPort {
 public:
  SilentPort() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* where = reinterpret_cast<sockaddr*>(&address);
    if (::bind(socket_, where, size) != 0 || ::listen(socket_, 1) != 0 ||
        ::getsockname(socket_, where, &size) != 0) {
      throw std::runtime_error("no port");
    }
    port_ = ntohs(address.sin_port);
  }
  SilentPort(const SilentPort&) = delete;
  SilentPort& operator=(const SilentPort&) = delete;
  ~SilentPort() {
    ::close(taken_);
    ::close(socket_);
  }
  int port() const { return port_; }
  // Waits for a connection.
  bool take() {
    taken_ = ::accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
    return taken_ >= 0;
  }

 private:
  int socket_;
  int taken_ = -1;
  int port_ = 0;
};

TEST(WebhookStop, BeforeTheRequestHasLeftItIsTriedAgain) {
  SilentPort port;
  std::stop_source stop;
  const std::string url = "https://127.0.0.1:" + std::to_string(port.port()) + "/";
  WebhookNotifier notifier = caller({"case-tool", url, "", false, ""}, secrets(), stop.get_token());
  auto sending = std::async(std::launch::async, [&] { return send(notifier); });
  ASSERT_TRUE(port.take());  // and the TLS handshake waits for us
  stop.request_stop();
  const SendResult result = sending.get();
  EXPECT_TRUE(is_try_again(result)) << said(result);
  EXPECT_NE(said(result).find("broken off by omamori"), std::string::npos) << said(result);
  EXPECT_FALSE(is_peer_down(result)) << "nobody's fault";
}

TEST(WebhookStop, AfterwardsNothingIsSent) {
  HttpServer server;
  std::stop_source stop;
  WebhookNotifier notifier = caller(server.endpoint(), secrets(), stop.get_token());
  ASSERT_TRUE(is_sent(send(notifier)));
  stop.request_stop();
  const SendResult result = send(notifier, "m-2");
  EXPECT_TRUE(is_try_again(result)) << said(result);
  EXPECT_FALSE(is_peer_down(result));
  EXPECT_EQ(server.count(), 1);
}

}  // namespace
}  // namespace omamori
