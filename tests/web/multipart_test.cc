#include "daemon/web/multipart.h"

#include <string>

#include <gtest/gtest.h>

namespace omamori {
namespace {

const std::string kType = "multipart/form-data; boundary=----XyZ";

std::string part(const std::string& head, const std::string& bytes) {
  return "------XyZ\r\n" + head + "\r\n\r\n" + bytes + "\r\n";
}
const std::string kEnd = "------XyZ--\r\n";
const std::string kFile =
    "Content-Disposition: form-data; name=\"file\"; filename=\"来所.csv\"\r\nContent-Type: "
    "text/csv";

TEST(FileInForm, IsTheBytesThatWereSent) {
  // A byte order mark, CP932, a NUL, lone line ends, what looks like a mailbox, no end of line.
  for (const std::string& bytes :
       {std::string("a,b\r\n1,2\r\n"),
        std::string("\xEF\xBB\xBF"
                    "a,b\n1,2"),
        std::string("\x88\xC0\x94\xDB\r\n"), std::string("a\0b", 3), std::string("a\rb\n\n\r\n"),
        std::string("From here\nFrom there\n"), std::string("=41%41&amp;"), std::string()}) {
    EXPECT_EQ(file_in_form(kType, part(kFile, bytes) + kEnd, "file"), bytes);
  }
}

TEST(FileInForm, IsFoundAmongOtherFields) {
  const std::string before = part("Content-Disposition: form-data; name=\"x\"", "1");
  const std::string after = part("Content-Disposition: form-data; name=\"file\"", "second");
  EXPECT_EQ(file_in_form(kType, before + part(kFile, "first") + after + kEnd, "file"), "first");
  EXPECT_EQ(file_in_form(kType, before + kEnd, "file"), std::nullopt);
  EXPECT_EQ(file_in_form("multipart/form-data; boundary=\"----XyZ\"; charset=utf-8",
                         part(kFile, "first") + kEnd, "file"),
            "first");
}

TEST(FileInForm, IsNoneWhereTheBodyIsNoForm) {
  const std::string body = part(kFile, "a") + kEnd;
  for (const char* type :
       {"", "text/csv", "application/x-www-form-urlencoded", "multipart/form-data",
        "multipart/form-data; boundary=other", "multipart/mixed; boundary=----XyZ",
        "multipart/form-data; boundary=----XyZ\r\nX: y", "multipart/form-data; boundary="}) {
    EXPECT_EQ(file_in_form(type, body, "file"), std::nullopt) << type;
  }
  for (const char* broken : {"", "--", "------XyZ", "------XyZ\r\n", "------XyZ--\r\n",
                             "------XyZ\r\n\r\n------XyZ--", "\r\n\r\n"}) {
    EXPECT_EQ(file_in_form(kType, broken, "file"), std::nullopt) << broken;
  }
}

// A part that is itself of many parts, a thousand deep: neither found nor the end of us.
TEST(FileInForm, IsNotLookedForInside) {
  std::string body;
  for (int i = 0; i < 1000; ++i) {
    body += (i == 0 ? "------XyZ" : "--b" + std::to_string(i - 1)) +
            "\r\nContent-Disposition: form-data; name=\"x\"\r\nContent-Type: multipart/mixed; "
            "boundary=b" +
            std::to_string(i) + "\r\n\r\n";
  }
  body += "--b999\r\n" + kFile + "\r\n\r\na\r\n" + kEnd;
  EXPECT_EQ(file_in_form(kType, body, "file"), std::nullopt);
}

}  // namespace
}  // namespace omamori
