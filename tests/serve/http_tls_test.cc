// TLS of the doors' own: the certificate, its renewal, and what is not TLS.
#include <filesystem>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <gmock/gmock.h>
#include <openssl/x509.h>

#include "tests/support/certificates.h"
#include "tests/support/door_support.h"

namespace omamori {
namespace {

namespace asio = boost::asio;
using testing::HasSubstr;
using testing::StartsWith;

class TlsDoors : public testing::Test {
 protected:
  TlsDoors() { put_in_place("good"); }

  void put_in_place(const std::string& name) const {
    constexpr auto kOver = std::filesystem::copy_options::overwrite_existing;
    std::filesystem::copy_file(certificates().file(name + ".pem"), file("c.pem"), kOver);
    std::filesystem::copy_file(certificates().file(name + ".key"), file("k.pem"), kOver);
  }
  std::filesystem::path file(const std::string& name) const { return directory_.path() / name; }
  HttpConfig config() const {
    HttpConfig http;
    http.listen = "127.0.0.1:0";
    http.certificate_file = file("c.pem");
    http.key_file = file("k.pem");
    return http;
  }
  static HttpListener::Handler handler() {
    return [](const HttpRequest& request) { return plain_text(200, "hello " + request.path); };
  }

  ScratchDirectory directory_;
};

struct Heard {
  std::string subject;  // of the certificate
  std::string answer;
};

// Believes any certificate: which one it was is what the test looks at.
Heard ask_by_tls(const std::string& place) {
  asio::io_context io;
  asio::ssl::context tls(asio::ssl::context::tls_client);
  asio::ssl::stream<asio::ip::tcp::socket> stream(io, tls);
  const auto port = static_cast<std::uint16_t>(parse_listen(place).value().port);
  stream.next_layer().connect({asio::ip::make_address("127.0.0.1"), port});
  stream.handshake(asio::ssl::stream_base::client);
  X509* certificate = ::SSL_get1_peer_certificate(stream.native_handle());
  char name[256] = {};
  ::X509_NAME_get_text_by_NID(::X509_get_subject_name(certificate), NID_commonName, name,
                              sizeof name);
  ::X509_free(certificate);
  const std::string request = "GET /tls HTTP/1.1\r\nHost: o\r\nConnection: close\r\n\r\n";
  asio::write(stream, asio::buffer(request));
  Heard heard{name, ""};
  boost::system::error_code end;
  asio::read(stream, asio::dynamic_buffer(heard.answer), end);
  EXPECT_EQ(end, asio::error::eof) << "said goodbye as TLS wants it";
  return heard;
}

TEST_F(TlsDoors, AnswerAndAskForTlsFromNowOn) {
  RunningDoors doors(config(), handler());
  ASSERT_EQ(doors.why(), "");
  const Heard heard = ask_by_tls(doors.place());
  EXPECT_EQ(heard.subject, "localhost");
  EXPECT_THAT(heard.answer, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(heard.answer, HasSubstr("Strict-Transport-Security: max-age=31536000\r\n"));
  EXPECT_THAT(heard.answer, HasSubstr("\r\n\r\nhello /tls"));
}

TEST_F(TlsDoors, ARenewedCertificateIsTakenAndABadOneIsNot) {
  RunningDoors doors(config(), handler());
  put_in_place("alias");
  doors.reread_certificate();
  EXPECT_EQ(ask_by_tls(doors.place()).subject, "tool.localhost");
  std::filesystem::copy_file(certificates().file("good.pem"), file("c.pem"),
                             std::filesystem::copy_options::overwrite_existing);
  doors.reread_certificate();
  EXPECT_EQ(ask_by_tls(doors.place()).subject, "tool.localhost") << "the key is another's";
  std::ofstream(file("c.pem")) << "rubbish";
  doors.reread_certificate();
  EXPECT_EQ(ask_by_tls(doors.place()).subject, "tool.localhost");
  const auto problems = doors.problems();
  ASSERT_GE(problems.size(), 3U);
  EXPECT_THAT(problems, testing::Contains("the doors' new certificate is in use"));
  EXPECT_THAT(problems, testing::Contains("[http] key_file " + file("k.pem").string() +
                                          " holds no key of that certificate (PEM, without a "
                                          "password); the certificate before stays in use"));
  EXPECT_THAT(problems, testing::Contains("[http] certificate_file " + file("c.pem").string() +
                                          " holds no certificate that can be used (PEM, the "
                                          "server's own first); the certificate before stays in "
                                          "use"));
}

TEST_F(TlsDoors, WhatIsNoTlsEndsAndCostsNobodyATurn) {
  RunningDoors doors(config(), handler());
  DoorClient plain(doors.place());
  plain.say("GET / HTTP/1.1\r\nHost: o\r\n\r\n").hear();
  DoorClient silent(doors.place());
  DoorClient half(doors.place());
  half.say(std::string("\x16\x03\x01\x02", 4));
  EXPECT_EQ(ask_by_tls(doors.place()).subject, "localhost");
  doors.pass(HttpLimits().request);
  EXPECT_EQ(silent.hear(), "");
  EXPECT_EQ(half.hear(), "");
  EXPECT_EQ(doors.open_connections(), 0U);
}

TEST_F(TlsDoors, WithoutFilesThatCanBeUsedStayShut) {
  std::filesystem::remove(file("k.pem"));
  RunningDoors doors(config(), handler());
  EXPECT_THAT(doors.why(), StartsWith("[http] key_file: " + file("k.pem").string()));
  std::ofstream(file("k.pem")) << "SECRET rubbish";
  RunningDoors again(config(), handler());
  EXPECT_EQ(again.why().find("SECRET"), std::string::npos);
  EXPECT_THAT(again.why(), HasSubstr("holds no key of that certificate"));
}

}  // namespace
}  // namespace omamori
