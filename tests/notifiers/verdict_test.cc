#include "notifiers/verdict.h"

#include <gtest/gtest.h>

namespace omamori {
namespace {

// Which answer at which step means what is played on real servers: whose_fault_test.cc.

TEST(SmtpVerdict, ThatWeBrokeOffIsNobodysFault) {
  for (const SmtpStep step :
       {SmtpStep::connect, SmtpStep::mail, SmtpStep::rcpt, SmtpStep::data, SmtpStep::end_of_data}) {
    const SendResult result = smtp_verdict({.step = step, .broken_off = true});
    ASSERT_TRUE(std::holds_alternative<TryAgain>(result));
    const TryAgain& again = std::get<TryAgain>(result);
    EXPECT_TRUE(again.ours);
    EXPECT_FALSE(again.peer_down || again.unclear);
    EXPECT_EQ(again.unknown, step == SmtpStep::end_of_data);
  }
}

TEST(SmtpVerdict, OfWhatEverybodyMeetsTheCodesAreTold) {
  const auto alike = [](SmtpStep step, const std::string& reply) {
    return std::get<Refused>(smtp_verdict({.step = step, .reply = reply})).alike;
  };
  EXPECT_EQ(alike(SmtpStep::rcpt, "554 5.7.1 <a@example.jp>: denied"), "RCPT 554 5.7.1");
  EXPECT_EQ(alike(SmtpStep::rcpt, "550 no such user here"), "RCPT 550");
  EXPECT_EQ(alike(SmtpStep::rcpt, "550"), "RCPT 550");
  EXPECT_EQ(alike(SmtpStep::end_of_data, "554 5.7.1 spam"), "the final dot 554 5.7.1");
}

TEST(SmtpVerdict, ACodeThatIsNoneIsNotTold) {
  const auto alike = [](const std::string& reply) {
    return std::get<Refused>(smtp_verdict({.step = SmtpStep::rcpt, .reply = reply})).alike;
  };
  EXPECT_EQ(alike("550 5.123.999 x"), "RCPT 550 5.123.999");
  EXPECT_EQ(alike("550 5.7.1\r\n"), "RCPT 550 5.7.1");
  for (const char* none : {"550 5.1234.1 x", "550 5.7.1234 x", "550 5.7. x", "550 5..1 x",
                           "550 5.7 x", "550 5.7.1.1 x", "550 4.7.1 x", "550 .7.1 x"}) {
    EXPECT_EQ(alike(none), "RCPT 550") << none;
  }
  EXPECT_EQ(alike("550 5." + std::string(9000, '1') + ".1 x"), "RCPT 550");
}

TEST(SmtpVerdict, WhatIsOnlyForNowIsTriedAgainWhateverElseItSays) {
  for (const char* reply : {"452 5.3.4 too big", "452 4.3.4 too big", "450 5.1.1 nobody"}) {
    for (const SmtpStep step : {SmtpStep::mail, SmtpStep::rcpt, SmtpStep::end_of_data}) {
      EXPECT_TRUE(std::holds_alternative<TryAgain>(smtp_verdict({.step = step, .reply = reply})))
          << reply;
    }
  }
  EXPECT_TRUE(std::holds_alternative<Refused>(
      smtp_verdict({.step = SmtpStep::mail, .reply = "552 5.3.4 too big"})));
}

TEST(SmtpVerdict, TheServersWordsAreOneBoundedLine) {
  const SmtpOutcome outcome{.step = SmtpStep::rcpt,
                            .reply = "550 5.1.1 no such user\r\nX: y\r\n",
                            .library_words = "RCPT failed: 550"};
  EXPECT_EQ(std::get<Refused>(smtp_verdict(outcome)).why,
            "550 5.1.1 no such user  X: y (RCPT failed: 550)");
  const SmtpOutcome endless{.step = SmtpStep::rcpt, .reply = "550 " + std::string(100000, 'x')};
  EXPECT_EQ(std::get<Refused>(smtp_verdict(endless)).why.size(), 300U);
  EXPECT_EQ(std::get<TryAgain>(smtp_verdict({})).why, "no answer");
}

TEST(HttpStatus, IsReadOfAStatusLineOnly) {
  EXPECT_EQ(http_status("HTTP/1.1 404 Not Found\r\n"), 404);
  EXPECT_EQ(http_status("HTTP/1.0 200"), 200);
  EXPECT_EQ(http_status("HTTP/2 204 \r\n"), 204);
  EXPECT_EQ(http_status("HTTP/1.1 100\r\n"), 100);
  for (const char* none : {"", "HTTP/", "HTTP/1.1", "HTTP/1.1 ", "HTTP/1.1 20", "HTTP/1.1 2000",
                           "HTTP/1.1 20x", "HTTP/(.1 200 OK", "HTTP/x 200", "HTTP/11 200",
                           "http/1.1 200 OK", "HTTP 200 OK", "ICY 200 OK", " HTTP/1.1 200 OK"}) {
    EXPECT_EQ(http_status(none), 0) << none;
  }
}

TEST(HttpVerdict, ThatWeBrokeOffIsNobodysFault) {
  for (const bool sent : {false, true}) {
    const TryAgain again = std::get<TryAgain>(http_verdict({0, {}, sent, "", true}));
    EXPECT_TRUE(again.ours);
    EXPECT_FALSE(again.peer_down || again.unclear);
    EXPECT_EQ(again.unknown, sent);
  }
}

TEST(HttpVerdict, AWishIsHandedOn) {
  const HttpOutcome busy{429, std::chrono::seconds{120}, true, ""};
  EXPECT_EQ(std::get<TryAgain>(http_verdict(busy)).after, std::chrono::seconds{120});
}

TEST(HttpVerdict, SaysWhatHappened) {
  EXPECT_EQ(std::get<TryAgain>(http_verdict({302, {}, true, ""})).why,
            "HTTP 302 (redirects are not followed)");
  EXPECT_EQ(std::get<Refused>(http_verdict({422, {}, true, "422 Unprocessable\r\n"})).why,
            "422 Unprocessable");
  EXPECT_EQ(std::get<TryAgain>(http_verdict({0, {}, false, ""})).why, "no reply");
}

}  // namespace
}  // namespace omamori
