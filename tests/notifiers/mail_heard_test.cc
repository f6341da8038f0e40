// What is made of a mail server's lines, one by one.
#include "notifiers/mail_heard.h"

#include <gtest/gtest.h>

namespace omamori {
namespace {

TEST(MailHeard, NobodyIsLoggedInWhereNoLoginIsOffered) {
  MailHeard heard;
  for (const char* line : {"220 x\r\n", "250-x\r\n", "250 SIZE 1\r\n", "235 in\r\n"})
    heard.hear(line);
  EXPECT_FALSE(heard.logged_in);
  heard.hear("250 AUTH PLAIN\r\n");
  heard.hear("235 in\r\n");
  EXPECT_TRUE(heard.logged_in);
}

TEST(MailHeard, ALineWithoutEndIsHeardAsWell) {
  MailHeard heard;
  heard.hear("");
  heard.hear("2");
  EXPECT_EQ(heard.greetings, 0);
  heard.hear("550 no");
  EXPECT_EQ(heard.refusal, "550 no");
  heard.hear("221 bye");
  EXPECT_EQ(heard.refusal, "550 no") << "goodbye is said after a refusal, too";
}

}  // namespace
}  // namespace omamori
