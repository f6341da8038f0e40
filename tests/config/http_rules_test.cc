// [http] of omamori.toml: what is taken, and what is said of what is not.
#include "config/http_rules.h"

#include <ostream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/config_file.h"
#include "tests/support/config_test_support.h"

namespace omamori {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Parsed<Config> parsed_http(const std::string& keys, const std::string& directory) {
  return parse_config("[http]\n" + keys, "o.toml", directory);
}

TEST(HttpSection, ListensAtAddressesAndSockets) {
  EXPECT_EQ(parse_listen("127.0.0.1:8480"), (ListenPlace{"", "127.0.0.1", 8480, false}));
  EXPECT_EQ(parse_listen("[::1]:0"), (ListenPlace{"", "::1", 0, true}));
  EXPECT_EQ(parse_listen("0.0.0.0:65535"), (ListenPlace{"", "0.0.0.0", 65535, false}));
  EXPECT_EQ(parse_listen("unix:/run/omamori/http.sock"),
            (ListenPlace{"/run/omamori/http.sock", "", 0, false}));
  for (const char* text : {"",
                           ":",
                           ":8480",
                           "8480",
                           "127.0.0.1",
                           "127.0.0.1:",
                           "127.0.0.1:65536",
                           "127.0.0.1:-1",
                           "127.0.0.1:+1",
                           "127.0.0.1:8480 ",
                           "::1:8480",
                           "[::1]",
                           "[::1]:",
                           "[127.0.0.1]:80",
                           "[]:80",
                           "localhost:8480",
                           "*:8480",
                           "unix:",
                           "http://127.0.0.1:80",
                           "127.0.0.1:80:80"}) {
    EXPECT_EQ(parse_listen(text), std::nullopt) << text;
  }
}

TEST(HttpSection, EachKeyFillsItsField) {
  const auto parsed = parsed_http(
      "listen = \"[::]:443\"\npublic_url = \"https://o.jp/\"\ncertificate_file = \"c.pem\"\n"
      "key_file = \"k.pem\"\ntrusted_proxies = [\"192.0.2.1\", \"::1\"]\ntoken_key = \"t\"",
      "");
  ASSERT_THAT(test::texts(parsed.errors), IsEmpty());
  Config expected;
  expected.http = {"[::]:443", "https://o.jp", "c.pem", "k.pem", {"192.0.2.1", "::1"}, "t"};
  EXPECT_EQ(*parsed.value, expected);
}

TEST(HttpSection, PathsAreThoseOfTheFile) {
  const auto tls = parsed_http(
      "listen = \"0.0.0.0:443\"\ncertificate_file = \"tls/c.pem\"\nkey_file = \"tls/k.pem\"",
      "/etc/omamori");
  ASSERT_THAT(test::texts(tls.errors), IsEmpty());
  EXPECT_EQ(tls.value->http.certificate_file, "/etc/omamori/tls/c.pem");
  EXPECT_EQ(tls.value->http.key_file, "/etc/omamori/tls/k.pem");
  EXPECT_EQ(tls.value->http.token_key, "/etc/omamori/token-key");
  const auto socket = parsed_http(
      "listen = \"unix:../http.sock\"\ntrusted_proxies = [\"www-data\"]", "/etc/omamori");
  ASSERT_THAT(test::texts(socket.errors), IsEmpty());
  EXPECT_EQ(socket.value->http.listen, "unix:/etc/http.sock");
}

TEST(HttpSection, ASlashAtTheEndOfPublicUrlIsDropped) {
  for (const auto& [written, kept] : std::vector<std::pair<std::string, std::string>>{
           {"https://o.example", "https://o.example"},
           {"https://o.example/", "https://o.example"},
           {"https://o.example/omamori/", "https://o.example/omamori"},
           {"http://127.0.0.1:8480/", "http://127.0.0.1:8480"},
           {"http://[::1]:8480", "http://[::1]:8480"}}) {
    const auto parsed =
        parsed_http("listen = \"127.0.0.1:8480\"\npublic_url = \"" + written + "\"", "");
    ASSERT_THAT(test::texts(parsed.errors), IsEmpty()) << written;
    EXPECT_EQ(parsed.value->http.public_url, kept);
  }
}

// A mistake and the one error it gives.
struct HttpMistake {
  const char* text;
  const char* error;
};
void PrintTo(const HttpMistake& row, std::ostream* out) { *out << row.text; }

class WrongHttpSection : public testing::TestWithParam<HttpMistake> {};

TEST_P(WrongHttpSection, IsNamedWithItsPlace) {
  EXPECT_THAT(test::texts(parsed_http(GetParam().text, "/etc/omamori").errors),
              ElementsAre(std::string("o.toml:") + GetParam().error));
}

#define LISTEN "listen = \"127.0.0.1:8480\"\n"
#define PLACE_ERROR                                                                       \
  "`listen` must be an address with a port such as \"127.0.0.1:8480\" or \"[::1]:8480\"," \
  " or \"unix:\" with a path"
#define OPEN_ERROR                                                                   \
  "`listen` is open to the network, so it needs `certificate_file` and `key_file`; " \
  "without them only \"127.0.0.1:PORT\", \"[::1]:PORT\" or \"unix:PATH\""
#define PROXY_ERROR                                                                        \
  "an item of `trusted_proxies` must be an address such as \"127.0.0.1\", or the name of " \
  "a user such as \"www-data\" who is at the other end of a unix socket"

INSTANTIATE_TEST_SUITE_P(
    Http, WrongHttpSection,
    testing::Values(
        HttpMistake{"listen = \"localhost:8480\"", "2:10: " PLACE_ERROR},
        HttpMistake{"listen = \"8480\"\ncertificate_file = \"c\"\nkey_file = \"k\"",
                    "2:10: " PLACE_ERROR},
        HttpMistake{"listen = 8480",
                    "2:10: `listen` must be a string, found an integer; put it in "
                    "quotes"},
        HttpMistake{"listen = \"0.0.0.0:80\"", "2:10: " OPEN_ERROR},
        HttpMistake{"listen = \"[::]:80\"", "2:10: " OPEN_ERROR},
        HttpMistake{"listen = \"192.0.2.1:80\"", "2:10: " OPEN_ERROR},
        HttpMistake{"listen = \"0.0.0.0:443\"\ncertificate_file = \"c\"",
                    "3:20: `certificate_file` needs `key_file` as well"},
        HttpMistake{LISTEN "key_file = \"k\"", "3:12: `key_file` needs `certificate_file` as well"},
        HttpMistake{LISTEN "key_file = 1\ncertificate_file = \"c\"",
                    "3:12: `key_file` must be a string, found an integer; put it in quotes"},
        HttpMistake{"listen = \"unix:/s\"\ncertificate_file = \"c\"\nkey_file = \"k\"",
                    "3:20: `certificate_file` is of no use at a unix socket: whoever stands in "
                    "front of it speaks TLS"},
        HttpMistake{"public_url = \"https://o.example\"",
                    "2:14: `public_url` needs `listen` as well: nobody would answer there"},
        HttpMistake{LISTEN "public_url = \"http://o.example\"",
                    "3:14: `public_url` must begin with https:// (http:// is possible to this "
                    "machine only, as in http://127.0.0.1/)"},
        HttpMistake{LISTEN "public_url = \"https://o.example/?a=1\"",
                    "3:14: `public_url` must not hold a query (?…): what is asked for is put "
                    "behind it"},
        HttpMistake{LISTEN "public_url = \"https://o.example/#a\"",
                    "3:14: `public_url` must not hold a fragment (#…); it would never be sent"},
        HttpMistake{LISTEN "trusted_proxies = [\"10.0.0.0/8\"]", "3:20: " PROXY_ERROR},
        HttpMistake{LISTEN "trusted_proxies = [\"www-data\"]",
                    "3:19: `trusted_proxies` must hold addresses, because `listen` is one; found "
                    "www-data"},
        HttpMistake{"listen = \"unix:/s\"\ntrusted_proxies = [\"127.0.0.1\"]",
                    "3:19: `trusted_proxies` must hold users, because `listen` is a unix socket; "
                    "found 127.0.0.1"},
        HttpMistake{"token_key = \"\"", "2:13: `token_key` must not be empty"},
        HttpMistake{"lisen = \"127.0.0.1:1\"",
                    "2:1: unknown key `lisen` in [http]; did you mean `listen`?"}));

TEST(HttpSection, ASocketPathHas107BytesAtMostWithItsDirectory) {
  const auto at = [](std::size_t length) {
    return "listen = \"unix:" + std::string(length - 5, 's') + "\"";
  };
  EXPECT_THAT(test::texts(parsed_http(at(107), "/etc").errors), IsEmpty());
  EXPECT_THAT(test::texts(parsed_http(at(108), "/etc").errors),
              ElementsAre("o.toml:2:10: `listen` is 108 bytes long with its directory; a socket's "
                          "path has at most 107"));
}

}  // namespace
}  // namespace omamori
