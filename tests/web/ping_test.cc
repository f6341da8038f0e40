// P8: what a sensor says with the key of its check, and what nobody says without it.
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/ping_fixture.h"

namespace omamori {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class PingTest : public PingFixture {};

TEST_F(PingTest, WhatIsNoSignalIsNotTaken) {
  EXPECT_EQ(ping("/256"), "400 invalid url format");
  EXPECT_EQ(ping("/99999999999999999999"), "400 invalid url format");
  for (const char* behind : {"/", "/ok", "/-1", "/1x", "/start/", "/fail/1", "/START"}) {
    EXPECT_EQ(ping(behind), "404 not found") << behind;
  }
  EXPECT_EQ(ping("", "run-1"), "400 invalid uuid format");
  EXPECT_THAT(records(), IsEmpty());
}

TEST_F(PingTest, WhoeverHasNoLivingKeySeesNothing) {
  const std::string mine = key();
  const auto before = written();
  std::vector<std::string> paths{"/ping/", "/ping/S-1", "/ping/" + std::string(36, '0'),
                                 "/ping/0a1b2c3d-0000-4fff-8000-00000000abcd", mine + "0"};
  for (const std::string& path : paths) {
    for (const char* method : {"POST", "GET", "HEAD", "PUT"}) {
      const HttpResponse answer = ask(method, path);
      EXPECT_EQ(answer.status, 404) << method << path;
      EXPECT_EQ(answer.body, "not found");
      EXPECT_THAT(answer.headers, IsEmpty());
    }
  }
  EXPECT_EQ(written(), before);
  std::string capitals = mine;
  for (char& c : capitals) c = c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
  EXPECT_EQ(ask("POST", "/ping/" + capitals.substr(6)).status, 200);
}

TEST_F(PingTest, AKeyIsDeadWhenThereIsANewOne) {
  const std::string old_key = key();
  WebContext context{*service, [] { return true; }};
  HttpRequest request;
  request.method = "POST";
  request.path = old_key;
  EXPECT_EQ(answer_http(request, context).status, 200);
  const std::string made = out("check-key", {{"check", "S-1"}, {"new", ""}});
  EXPECT_EQ(answer_http(request, context).status, 404);
  EXPECT_NE(key(), old_key);
  EXPECT_THAT(made, HasSubstr(key()));
  request.path = key();
  EXPECT_EQ(answer_http(request, context).status, 200);
  EXPECT_THAT(out("log", {{"kind", "check.key"}}), HasSubstr("S-1"));
  EXPECT_THAT(out("log", {}), Not(HasSubstr(key().substr(6)))) << "nothing to steal";
}

TEST_F(PingTest, ACheckThatIsImportedLaterHasItsKeyAtOnce) {
  WebContext context{*service, [] { return true; }};
  HttpRequest request;
  request.method = "POST";
  request.path = key();
  EXPECT_EQ(answer_http(request, context).status, 200);
  ASSERT_EQ(import({{CsvKind::safety_checks,
                     "check_code,client_code,from,every_days\nS-2,C-1,2026-07-01,30\n"}}),
            "");
  request.path = key("S-2");
  EXPECT_EQ(answer_http(request, context).status, 200)
      << "not in force yet: as `record check-in` has it";
}

TEST_F(PingTest, WhatHasEndedLooksUnknown) {
  const std::string mine = key();
  check_says("until", "2026-06-05");
  EXPECT_EQ(ask("POST", mine).status, 200) << "its last day";
  at("2026-06-06T00:00:00+09:00");
  EXPECT_EQ(ask("POST", mine).status, 404);
  EXPECT_EQ(ask("GET", mine).status, 404);
  EXPECT_THAT(run("check-key", {{"check", "S-1"}}).err, HasSubstr("has ended"));
  check_says("until", "2026-12-31");
  EXPECT_EQ(ask("POST", mine).status, 200);
  out("end", {{"client", "C-1"}, {"on", "2026-06-06"}});
  EXPECT_EQ(ask("POST", mine).status, 200);
  at("2026-06-07T00:00:00+09:00");
  EXPECT_EQ(ask("POST", mine).status, 404);
}

TEST_F(PingTest, OnlyAPostCountsUnlessTheCheckAllowsGet) {
  for (const char* method : {"GET", "HEAD", "PUT", "DELETE"}) {
    const HttpResponse answer = ask(method, key());
    EXPECT_EQ(answer.status, 405) << method;
    EXPECT_EQ(answer.headers.at("Allow"), "POST");
  }
  EXPECT_THAT(records(), IsEmpty());
  EXPECT_THAT(out("show", {{"client", "C-1"}, {"language", "en"}}),
              HasSubstr("GET refused on 2026-06-05"));
  EXPECT_THAT(out("list", {{"kind", "safety_checks"}}), HasSubstr("GET 2026-06-05"));
  EXPECT_THAT(out("log", {{"kind", "door.refused"}}), HasSubstr("ping:S-1"));
  const auto before = written();
  ask("GET", key());
  EXPECT_EQ(written(), before) << "once a day";
  check_says("get_allowed", "yes");
  EXPECT_EQ(ask("GET", key()).status, 200);
  EXPECT_EQ(ask("HEAD", key()).status, 405);
  EXPECT_EQ(ask("HEAD", key()).headers.at("Allow"), "GET, POST");
  EXPECT_THAT(records(), SizeIs(1));
}

TEST_F(PingTest, AKeyIsPrintedOrWhatIsMissing) {
  EXPECT_THAT(out("check-key", {{"check", "S-1"}}),
              testing::MatchesRegex("https://omamori\\.city\\.example/ping/[0-9a-f-]+\n"));
  EXPECT_THAT(run("check-key", {{"check", "S-9"}}).err, HasSubstr("no safety check S-9"));
  open_doors("");
  EXPECT_THAT(run("check-key", {{"check", "S-1"}}).err, HasSubstr("listen is not set"));
  token_key.reset();
  use(service->policy(), service->config());
  EXPECT_THAT(run("check-key", {{"check", "S-1"}}).err, HasSubstr("cannot be read"));
  use(service->policy(), Config{});
  EXPECT_THAT(run("check-key", {{"check", "S-1"}}).err, HasSubstr("public_url is not set"));
  start();
}

TEST_F(PingTest, AnOlderDatabaseThatWasPutBackKnowsTheKeys) {
  const std::string mine = key();
  store->backup(directory / "copy.db");
  ping();
  reminders.reset();
  loop.reset();
  store = std::make_unique<Store>(directory / "copy.db", OpenOptions{});
  use(service->policy(), service->config());
  start();
  EXPECT_THAT(records(), IsEmpty());
  EXPECT_EQ(ask("POST", mine).status, 200);
  EXPECT_THAT(records(), SizeIs(1));
}

TEST_F(PingTest, ALogMayBeLongerThanAForm) { EXPECT_EQ(most_body("/ping/x"), 256U * 1024); }

}  // namespace
}  // namespace omamori
