// What the doors make of bytes: requests that everybody would read alike, or a refusal.
#include "daemon/serve/http_reader.h"

#include <ostream>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace omamori {
namespace {

using testing::ElementsAre;
using testing::Pair;

const HttpLimits& usual() {
  static const HttpLimits limits;
  return limits;
}

// The status it is refused with, 200 for a whole request, 100 for one that waits, 0 for more.
int reading_of(HttpReader& reader) {
  switch (reader.read()) {
    case HttpReading::whole:
      return 200;
    case HttpReading::go_on:
      return 100;
    case HttpReading::refused:
      return reader.refusal().status;
    case HttpReading::more:
      return 0;
  }
  return -1;
}

int status_of(std::string_view bytes) {
  HttpReader reader(usual());
  reader.put(bytes);
  return reading_of(reader);
}

TEST(HttpReader, ARequestIsAValue) {
  HttpReader reader(usual());
  reader.put(
      "POST /a/TO%4BEN?x=1&x=2 HTTP/1.1\r\nHost: o.example:8480\r\nCookie: a=1\r\nCookie: b=2\r\n"
      "X-Forwarded-For: 192.0.2.1\r\nX-FORWARDED-for: 192.0.2.2\r\nContent-Length: 5\r\n\r\nhello");
  ASSERT_EQ(reader.read(), HttpReading::whole);
  EXPECT_TRUE(reader.keeps_alive());
  const HttpRequest request = reader.take();
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.path, "/a/TOKEN");
  EXPECT_THAT(request.query, ElementsAre(Pair("x", "2")));
  EXPECT_EQ(request.header("host"), "o.example:8480");
  EXPECT_EQ(request.header("cookie"), "a=1; b=2");
  EXPECT_EQ(request.header("x-forwarded-for"), "192.0.2.1, 192.0.2.2");
  EXPECT_EQ(request.body, "hello");
  EXPECT_FALSE(reader.begun());
}

TEST(HttpReader, RequestsFollowEachOther) {
  HttpReader reader(usual());
  reader.put("GET /1 HTTP/1.1\r\nHost: o\r\n\r\nPOST /2 HTTP/1.1\r\nHost: o\r\n");
  ASSERT_EQ(reader.read(), HttpReading::whole);
  EXPECT_EQ(reader.take().path, "/1");
  EXPECT_TRUE(reader.begun());
  ASSERT_EQ(reader.read(), HttpReading::more);
  reader.put("Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\nGET /3 HTTP/1.0\r\n\r\n");
  ASSERT_EQ(reader.read(), HttpReading::whole);
  EXPECT_EQ(reader.take().body, "abc");
  ASSERT_EQ(reader.read(), HttpReading::whole);
  EXPECT_FALSE(reader.keeps_alive()) << "HTTP/1.0";
  EXPECT_EQ(reader.take().path, "/3");
}

TEST(HttpReader, TrailersAreNoFields) {
  HttpReader reader(usual());
  reader.put(
      "POST / HTTP/1.1\r\nHost: o\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-Forwarded-For: x\r\n"
      "Host: evil\r\n\r\n");
  ASSERT_EQ(reader.read(), HttpReading::whole);
  const HttpRequest request = reader.take();
  EXPECT_EQ(request.header("x-forwarded-for"), "");
  EXPECT_EQ(request.header("host"), "o");
}

TEST(HttpReader, WhoWaitsToBeToldToGoOnIsToldOnce) {
  HttpReader reader(usual());
  reader.put("POST / HTTP/1.1\r\nHost: o\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n");
  EXPECT_EQ(reader.read(), HttpReading::go_on);
  EXPECT_EQ(reader.read(), HttpReading::more);
  reader.put("x");
  EXPECT_EQ(reader.read(), HttpReading::whole);
}

struct ReadCase {
  std::string bytes;
  int status;
};
void PrintTo(const ReadCase& row, std::ostream* out) { *out << row.bytes.substr(0, 120); }

class HttpBytes : public testing::TestWithParam<ReadCase> {};

TEST_P(HttpBytes, AreReadOrRefused) { EXPECT_EQ(status_of(GetParam().bytes), GetParam().status); }

std::string get(const std::string& target, const std::string& fields = "Host: o\r\n") {
  return "GET " + target + " HTTP/1.1\r\n" + fields + "\r\n";
}
std::string post(const std::string& fields, const std::string& body) {
  return "POST / HTTP/1.1\r\nHost: o\r\n" + fields + "\r\n" + body;
}

INSTANTIATE_TEST_SUITE_P(
    Targets, HttpBytes,
    testing::Values(ReadCase{get("/"), 200}, ReadCase{get("/a/b?c=d"), 200},
                    ReadCase{get("http://o/"), 400}, ReadCase{get("o:443"), 400},
                    ReadCase{get("*"), 400}, ReadCase{get("/a/../b"), 400},
                    ReadCase{get("/%2e%2e/b"), 400}, ReadCase{get("/a%2Fb"), 400},
                    ReadCase{get("/a%00"), 400}, ReadCase{get("/%zz"), 400},
                    ReadCase{get(std::string("/a\0b", 4)), 400}, ReadCase{get("/a b"), 400},
                    ReadCase{get("/\xFF"), 400}, ReadCase{get("/" + std::string(2047, 'x')), 200},
                    ReadCase{get("/" + std::string(2048, 'x')), 414},
                    ReadCase{get("/" + std::string(9000, 'x')), 414},
                    ReadCase{"CONNECT o:443 HTTP/1.1\r\nHost: o\r\n\r\n", 405},
                    ReadCase{"TRACE / HTTP/1.1\r\nHost: o\r\n\r\n", 405},
                    ReadCase{"BREW / HTTP/1.1\r\nHost: o\r\n\r\n", 501},
                    ReadCase{"get / HTTP/1.1\r\nHost: o\r\n\r\n", 501},
                    ReadCase{"OPTIONS * HTTP/1.1\r\nHost: o\r\n\r\n", 400},
                    ReadCase{"DELETE / HTTP/1.1\r\nHost: o\r\n\r\n", 200}));

INSTANTIATE_TEST_SUITE_P(
    Heads, HttpBytes,
    testing::Values(
        ReadCase{get("/", ""), 400}, ReadCase{get("/", "Host:\r\n"), 400},
        ReadCase{get("/", "Host: a\r\nHost: a\r\n"), 400},
        ReadCase{get("/", "Host: a\r\nhOST: b\r\n"), 400}, ReadCase{get("/", "Host: a,b\r\n"), 400},
        ReadCase{get("/", "Host: a/b\r\n"), 400}, ReadCase{get("/", "Host: u@a\r\n"), 400},
        ReadCase{get("/", "Host: [::1]:80\r\n"), 200}, ReadCase{"GET / HTTP/1.0\r\n\r\n", 200},
        ReadCase{"GET / HTTP/2.0\r\nHost: o\r\n\r\n", 505}, ReadCase{"GET /\r\n\r\n", 400},
        ReadCase{"GET / HTTP/1.1\nHost: o\n\n", 400}, ReadCase{"\r\n\r\n\r\n", 400},
        ReadCase{"\x16\x03\x01\r\n\r\n", 400}, ReadCase{get("/", "Host: o\r\nX : 1\r\n"), 400},
        ReadCase{get("/", "Host: o\r\n: 1\r\n"), 400},
        ReadCase{get("/", std::string("Host: o\r\nX: a\0b\r\n", 17)), 400},
        ReadCase{get("/", "Host: o\r\nX: " + std::string(8100, 'x') + "\r\n"), 200},
        ReadCase{get("/", "Host: o\r\nX: " + std::string(8192, 'x') + "\r\n"), 431},
        ReadCase{get("/", "Host: o\r\nExpect: 200-ok\r\n"), 417},
        ReadCase{"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505}));

INSTANTIATE_TEST_SUITE_P(
    Bodies, HttpBytes,
    testing::Values(
        ReadCase{post("Content-Length: 2\r\n", "ab"), 200},
        ReadCase{post("Content-Length: 3\r\n", "ab"), 0},
        ReadCase{post("Content-Length: 65536\r\n", std::string(65536, 'x')), 200},
        ReadCase{post("Content-Length: 65537\r\n", ""), 413},
        ReadCase{post("Content-Length: 99999999999999999999999\r\n", ""), 400},
        ReadCase{post("Content-Length: -1\r\n", ""), 400},
        ReadCase{post("Content-Length: +1\r\n", "a"), 400},
        ReadCase{post("Content-Length: 1 1\r\n", "a"), 400},
        ReadCase{post("Content-Length: 1\r\nContent-Length: 1\r\n", "a"), 400},
        ReadCase{post("Content-Length: 1, 1\r\n", "a"), 400},
        ReadCase{post("Content-Length: 1, 2\r\n", "ab"), 400},
        ReadCase{post("Content-Length: 1\r\nContent-Length: 2\r\n", "ab"), 400},
        ReadCase{post("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400},
        ReadCase{post("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n", "0\r\n\r\n"), 400},
        ReadCase{post("Transfer-Encoding: chunked\r\n", "1\r\na\r\n0\r\n\r\n"), 200},
        ReadCase{post("Transfer-Encoding: Chunked\r\n", "0\r\n\r\n"), 200},
        ReadCase{post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 501},
        ReadCase{post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
                 400},
        ReadCase{post("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n"), 501},
        ReadCase{post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), 501},
        ReadCase{"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        ReadCase{post("Transfer-Encoding: chunked\r\n", "z\r\na\r\n"), 400},
        ReadCase{post("Transfer-Encoding: chunked\r\n", "-1\r\na\r\n"), 400},
        ReadCase{post("Transfer-Encoding: chunked\r\n", "10001\r\n"), 413},
        ReadCase{post("Transfer-Encoding: chunked\r\n", "ffffffffffffffff1\r\n"), 400},
        ReadCase{post("Transfer-Encoding: chunked\r\n", "1;" + std::string(9000, 'x')), 400},
        ReadCase{post("Transfer-Encoding: chunked\r\n",
                      "0\r\n" + std::string("X: ") + std::string(9000, 'x')),
                 400}));

TEST(HttpReader, ThePathSaysHowLargeABodyMayBe) {
  HttpLimits limits;
  limits.body = [](std::string_view path) { return path == "/large" ? 100'000U : 10U; };
  const auto status = [&](const std::string& path, int length) {
    HttpReader reader(limits);
    reader.put("POST " + path +
               " HTTP/1.1\r\nHost: o\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n");
    return reading_of(reader);
  };
  EXPECT_EQ(status("/large", 100'000), 0);
  EXPECT_EQ(status("/large", 100'001), 413);
  EXPECT_EQ(status("/small", 10), 0);
  EXPECT_EQ(status("/small", 11), 413);
}

TEST(HttpReader, AHeaderHasOneBoundInPiecesAndAsAWhole) {
  const auto status = [](const std::string& text, std::size_t piece) {
    HttpReader reader(usual());
    int last = 0;
    for (std::size_t at = 0; at < text.size() && last == 0; at += piece) {
      reader.put(std::string_view(text).substr(at, piece));
      last = reading_of(reader);
    }
    return last;
  };
  for (const std::size_t piece : {1U, 100U, 8192U, 99999U}) {
    EXPECT_EQ(status(get("/", "Host: o\r\nX: " + std::string(8192 - 32, 'x') + "\r\n"), piece),
              200);
    EXPECT_EQ(status(get("/", "Host: o\r\nX: " + std::string(8192 - 31, 'x') + "\r\n"), piece),
              431);
    EXPECT_EQ(status(get("/" + std::string(9000, 'x')), piece), 414);
    EXPECT_EQ(status(get("/" + std::string(2000, 'x'), "X: " + std::string(7000, 'x')), piece),
              431);
  }
}

TEST(HttpReader, ARequestThatEndsInTheMiddleIsRefused) {
  HttpReader reader(usual());
  reader.put("GET / HTTP/1.1\r\nHo");
  ASSERT_EQ(reader.read(), HttpReading::more);
  reader.put_end();
  EXPECT_EQ(reader.read(), HttpReading::refused);
  EXPECT_EQ(reader.refusal().status, 400);
}

TEST(HttpReader, ARefusalRepeatsNothingOfTheRequest) {
  HttpReader reader(usual());
  reader.put("SECRET /SECRET HTTP/1.1\r\nHost: SECRET\r\n\r\n");
  ASSERT_EQ(reader.read(), HttpReading::refused);
  EXPECT_EQ(reader.refusal().body, "not implemented\n");
}

struct ReadAll {
  std::string requests;  // that were whole, in order
  bool refused = false;
};

void read_on(HttpReader& reader, ReadAll& all) {
  while (!all.refused) {
    const int status = reading_of(reader);
    if (status == 0) return;
    if (status == 200) {
      const HttpRequest request = reader.take();
      all.requests += request.method + request.path + request.body + "|";
    }
    all.refused = status >= 400;
  }
}

// Requests that were right, with bytes changed, taken out, doubled: none harms, and in pieces they
// are the same as whole. Only that something is wrong may be seen later, when more has come.
TEST(HttpReader, PiecesOfWhateverComesAreReadAsTheWhole) {
  const std::vector<std::string> seeds{
      get("/a/TOKEN?x=%41"), post("Content-Length: 5\r\n", "a=1&b"),
      post("Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nT: 1\r\n\r\n"),
      get("/1") + get("/2", "Host: o\r\nConnection: close\r\n")};
  const std::string bytes = std::string("\r\n: %/.0aG\0\x80,;-", 15);
  std::mt19937 random(11);
  const auto below = [&](std::size_t most) { return random() % most; };
  for (int i = 0; i < 20'000; ++i) {
    std::string text = seeds[below(seeds.size())];
    for (auto changes = below(4); changes > 0; --changes) {
      const std::size_t at = below(text.size());
      const auto kind = below(3);
      if (kind == 0) text[at] = bytes[below(bytes.size())];
      if (kind == 1) text.erase(at, below(4));
      if (kind == 2) text.insert(at, text.substr(below(text.size()), below(30)));
      if (text.empty()) text = "x";
    }
    HttpReader at_once(usual());
    ReadAll whole;
    at_once.put(text);
    read_on(at_once, whole);
    HttpReader reader(usual());
    ReadAll pieces;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t size = 1 + below(9);
      reader.put(std::string_view(text).substr(at, size));
      read_on(reader, pieces);
      at += size;
    }
    ASSERT_EQ(pieces.requests, whole.requests) << text;
    ASSERT_TRUE(whole.refused || !pieces.refused) << text;
  }
}

}  // namespace
}  // namespace omamori
