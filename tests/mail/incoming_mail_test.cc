// What a stranger's mail may not cost, and what is read of it.
#include "daemon/mail/incoming_mail.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/mail/html_text.h"
#include "daemon/mail/mail_charset.h"
#include "daemon/mail/mail_head.h"

namespace omamori {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string repeated(const std::string& text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

TEST(IncomingMail, AFieldWithoutBoundsIsNotRead) {
  const std::string good = "To: <a@city.example>\r\nFrom: <b@city.example>\r\n";
  for (const std::string& long_one :
       {"From: " + repeated("a:", 60'000), "Subject: " + repeated("[#", 100'000),
        "Subject: " + repeated("\xe3\x81\xff ", 50'000),
        "Cc: " + repeated("x@y.example, ", 4000)}) {
    const IncomingMail mail = read_mail_head(good + long_one.substr(0, 60'000) + "\r\n\r\nhi\r\n");
    EXPECT_EQ(mail.subject, "");
    EXPECT_EQ(mail.to.size(), 1U);
  }
}

TEST(IncomingMail, AHeadWithoutBoundsHasNoSender) {
  const std::string from = "From: <b@city.example>\r\n";
  EXPECT_EQ(read_mail_head(from + repeated("a: b\r\n", 12'000) + "\r\nhi").from, "");
  EXPECT_EQ(read_mail_head(from + "\r\nhi").from, "b@city.example");
  EXPECT_EQ(read_mail_head(from).from, "") << "it has no end";
  EXPECT_EQ(read_mail_head(from + from + "\r\nhi").from, "") << "of two nobody is one";
  EXPECT_EQ(read_mail_head("").from, "");
}

TEST(IncomingMail, OfAFoldedFieldTheLinesAreOne) {
  const IncomingMail mail = read_mail_head(
      "Received: from x by evil.example (x)\r\n\tby mx.city.example (Postfix)\r\n\twith ESMTP; "
      "Mon\r\nFrom: a@b.example\r\nAuthentication-Results: one\r\nReceived: from y by z\r\n"
      "Authentication-Results: theirs\r\n\r\n");
  EXPECT_EQ(mail.received_by, "mx.city.example");
  EXPECT_THAT(mail.results, testing::ElementsAre("one"));
}

TEST(IncomingMail, AMailWithinAMailIsNotRead) {
  const std::string body = "Content-Type: message/rfc822\n\nFrom: x\n";
  EXPECT_THAT(without_mails_within(body), Not(HasSubstr("message/rfc822")));
  EXPECT_EQ(without_mails_within("a message/rfc822\n"), "a message/rfc822\n");
  const MailBody read = read_mail_body(
      "Content-Type: multipart/mixed; boundary=x\n\n--x\n\n1 visited 6/1\n--x\n"
      "Content-Type: message/rfc822\n\nFrom: " +
      repeated("a:", 60'000) + "\n\n2 visited 6/2\n--x--\n");
  EXPECT_EQ(read.text, "1 visited 6/1\n");
}

TEST(MailCharset, AFlowedLineOfABlankAloneIsNone) {
  EXPECT_EQ(unflowed("a \n \nb\n> c \nd\n", true), "ab\n> c \nd\n");
  EXPECT_EQ(unflowed(" \n", true), "");
  EXPECT_EQ(unflowed("a \nb\n-- \nc\n", false), "a b\n-- \nc\n");
}

TEST(HtmlText, ATagOfManyAttributesIsLeftOut) {
  std::string tag = "<p ";
  for (int i = 0; i < 28'000; ++i) tag += "a" + std::to_string(i) + "=1 ";
  EXPECT_EQ(text_of_html(tag + ">one</p><p>two</p>"), "one\ntwo\n");
}

TEST(HtmlText, ReadsAsItIsSeen) {
  EXPECT_EQ(text_of_html("<p>1 訪問<br>6/1</p><blockquote>old</blockquote>"),
            "1 訪問\n6/1\n> old\n");
  EXPECT_EQ(text_of_html("<ol start=2><li>訪問 6/1<li>x</ol>"), "2. 訪問 6/1\n3. x\n");
  EXPECT_EQ(text_of_html("<pre>a\nb</pre><style>c</style>"), "a\nb\n");
  EXPECT_THAT(text_of_html(""), IsEmpty());
}

}  // namespace
}  // namespace omamori
