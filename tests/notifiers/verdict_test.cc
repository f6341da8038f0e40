#include "notifiers/verdict.h"

#include <gtest/gtest.h>

namespace omamori {
namespace {

// "sent", "refused", "gone", "try again", "unknown", with " after Ns" where the peer named a time
// and ", down" where the way to the peer failed.
std::string word(const SendResult& result) {
  if (std::holds_alternative<Sent>(result)) return "sent";
  if (const auto* no = std::get_if<Refused>(&result)) return no->gone ? "gone" : "refused";
  const auto& again = std::get<TryAgain>(result);
  return std::string(again.unknown ? "unknown" : "try again") +
         (again.after ? " after " + std::to_string(again.after->count()) + "s" : "") +
         (again.peer_down ? ", down" : "");
}

TEST(SmtpVerdict, TheReplyCodeDecides) {
  const struct {
    const char* what;
    int reply_code;
    bool whole_body;
    int curl_code;
    const char* expected;
  } rows[] = {
      {"accepted", 250, true, 0, "sent"},
      {"mailbox busy at RCPT", 450, false, 55, "try again"},
      {"server full at MAIL", 452, false, 55, "try again"},
      {"no such user at RCPT", 550, false, 55, "refused"},
      {"too big at MAIL", 552, false, 55, "refused"},
      {"refused after the dot", 554, true, 8, "refused"},
      {"refused after the dot, newer curl", 550, true, 56, "refused"},
      {"busy after the dot", 451, true, 8, "try again"},
      {"busy after the dot, newer curl", 451, true, 56, "try again"},
      {"lost after the dot", 354, true, 56, "unknown, down"},
      {"silent after the dot", 354, true, 28, "unknown, down"},
      {"stopped by us after the dot", 354, true, 42, "unknown"},
      {"stopped by us inside the body", 354, false, 42, "try again"},
      {"stopped by us before any reply", 0, false, 42, "try again"},
      {"closing, said to MAIL", 421, false, 55, "try again, down"},
      {"closing, said to the dot", 421, true, 8, "try again, down"},
      {"closing, said as greeting", 421, false, 8, "try again, down"},
      {"lost inside the body", 354, false, 55, "try again, down"},
      {"lost while RCPT was sent", 250, false, 55, "try again, down"},
      {"lost after MAIL", 250, false, 56, "try again, down"},
      {"silent after MAIL", 250, false, 28, "try again, down"},
      {"nobody listens", 0, false, 7, "try again, down"},
      {"no such host", 0, false, 6, "try again, down"},
      {"nobody answers", 0, false, 28, "try again, down"},
      {"certificate not trusted", 220, false, 60, "try again, down"},
      {"STARTTLS refused", 454, false, 64, "try again, down"},
      {"server offers no TLS", 250, false, 64, "try again, down"},
      {"wrong password", 535, false, 67, "try again, down"},
      {"login not possible now", 454, false, 67, "try again, down"},
      {"login required, said to MAIL", 530, false, 55, "try again, down"},
      {"greeted with no", 554, false, 8, "try again, down"},
      {"EHLO refused", 550, false, 9, "try again, down"},
  };
  for (const auto& row : rows) {
    const SmtpOutcome outcome{row.reply_code, row.whole_body, row.curl_code, "words", "library"};
    EXPECT_EQ(word(smtp_verdict(outcome)), row.expected) << row.what;
  }
}

TEST(SmtpVerdict, TheServersWordsAreOneBoundedLine) {
  const SmtpOutcome outcome{550, false, 55, "550 5.1.1 no such user\r\nX: y\r\n",
                            "RCPT failed: 550"};
  EXPECT_EQ(std::get<Refused>(smtp_verdict(outcome)).why,
            "550 5.1.1 no such user  X: y (RCPT failed: 550)");
  const SmtpOutcome endless{550, false, 55, std::string(100000, 'x'), ""};
  EXPECT_EQ(std::get<Refused>(smtp_verdict(endless)).why.size(), 300U);
  EXPECT_EQ(std::get<TryAgain>(smtp_verdict({0, false, 7, "", ""})).why, "curl error 7");
}

TEST(HttpVerdict, TheStatusDecides) {
  const struct {
    int status;
    int retry_after;  // 0 = none
    bool request_sent;
    const char* expected;
  } rows[] = {
      {200, 0, true, "sent"},
      {204, 0, true, "sent"},
      {299, 0, true, "sent"},
      {300, 0, true, "refused"},
      {302, 5, true, "refused"},
      {399, 0, true, "refused"},
      {400, 0, true, "refused"},
      {401, 0, true, "refused"},
      {404, 0, true, "refused"},
      {408, 0, true, "try again, down"},
      {409, 0, true, "refused"},
      {410, 0, true, "gone"},
      {425, 0, true, "try again, down"},
      {429, 120, true, "try again after 120s, down"},
      {429, 0, true, "try again, down"},
      {499, 0, true, "refused"},
      {500, 0, true, "try again, down"},
      {503, 30, true, "try again after 30s, down"},
      {599, 0, true, "try again, down"},
      {0, 0, false, "try again, down"},
      {0, 0, true, "unknown, down"},
      {199, 0, true, "try again, down"},
      {600, 0, true, "try again, down"},
  };
  for (const auto& row : rows) {
    HttpOutcome outcome{row.status, std::nullopt, row.request_sent, ""};
    if (row.retry_after != 0) outcome.retry_after = std::chrono::seconds{row.retry_after};
    EXPECT_EQ(word(http_verdict(outcome)), row.expected) << row.status;
  }
}

TEST(HttpVerdict, ThatWeBrokeOffIsNobodysFault) {
  EXPECT_EQ(word(http_verdict({0, {}, true, "", true})), "unknown");
  EXPECT_EQ(word(http_verdict({0, {}, false, "", true})), "try again");
}

TEST(HttpVerdict, SaysWhatHappened) {
  EXPECT_EQ(std::get<Refused>(http_verdict({302, {}, true, ""})).why,
            "HTTP 302 (redirects are not followed)");
  EXPECT_EQ(std::get<Refused>(http_verdict({404, {}, true, "404 Not Found\r\n"})).why,
            "404 Not Found");
  EXPECT_EQ(std::get<TryAgain>(http_verdict({0, {}, false, ""})).why, "no reply");
}

}  // namespace
}  // namespace omamori
