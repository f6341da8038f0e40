#include "notifiers/mail_text.h"

#include <algorithm>
#include <sstream>

#include <gtest/gtest.h>

#include "daemon/model/calendar.h"
#include "tests/support/mail_support.h"

namespace omamori {
namespace {

Envelope envelope() {
  return {"omamori@example.lg.jp", "cm-1@example.co.jp", *parse_instant("2026-08-31T23:30:00Z"),
          std::chrono::hours{9}};
}

Message message(const std::string& subject, const std::string& text) {
  return {"msg-7", subject, text, "<!DOCTYPE html><p>" + text + "</p>\n", "{}", "omamori.digest"};
}

std::string bytes_of(const Message& message) {
  const auto text = mail_text(message, envelope());
  if (const auto* bad = std::get_if<BadMail>(&text)) return "BadMail: " + bad->why;
  return std::get<MailText>(text).bytes;
}

ReadMail read_bytes(const std::string& bytes) {
  const ScratchDirectory scratch;
  std::ofstream(scratch.path() / "x.eml", std::ios::binary) << bytes;
  return read_mail(scratch.path() / "x.eml");
}

ReadMail read_back(const Message& message) { return read_bytes(bytes_of(message)); }

std::string repeated(const std::string& what, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += what;
  return out;
}

Message with_reply_to(const std::string& address) {
  Message to_somebody = message("s", "t");
  to_somebody.reply_to = address;
  return to_somebody;
}

Message with_in_reply_to(const std::string& id) {
  Message answer = message("s", "t");
  answer.in_reply_to = id;
  return answer;
}

TEST(MailText, AMailProgramReadsBackWhatWasWritten) {
  const ReadMail mail = read_back(message("【お守り】3件 期限超過1件", "訪問してください。\n"));
  EXPECT_TRUE(mail.clean);
  EXPECT_EQ(mail.headers.at("subject"), "【お守り】3件 期限超過1件");
  EXPECT_EQ(mail.headers.at("from"), "omamori <omamori@example.lg.jp>");
  EXPECT_EQ(mail.to, "cm-1@example.co.jp");
  EXPECT_EQ(mail.date, "2026-09-01T08:30:00+09:00");
  EXPECT_EQ(mail.headers.at("message-id"), "<msg-7@example.lg.jp>");
  EXPECT_EQ(mail.headers.at("auto-submitted"), "auto-generated");
  EXPECT_EQ(mail.headers.at("mime-version"), "1.0");
  ASSERT_EQ(mail.parts.size(), 2U);
  EXPECT_EQ(mail.parts[0].first, "text/plain");
  EXPECT_EQ(mail.parts[0].second, "訪問してください。\n");
  EXPECT_EQ(mail.parts[1].first, "text/html");
  EXPECT_EQ(mail.parts[1].second, "<!DOCTYPE html><p>訪問してください。\n</p>\n");
}

TEST(MailText, TheSendersNameIsReadBackWhateverItHolds) {
  for (const std::string name : {"omamori", "City of X", "City, \"welfare\" (desk) a\\b",
                                 "a@b.example", "=?x?=", "お守り（西東京市 障害福祉課）", "守",
                                 "お守り・障害福祉課・相談支援係・モニタリング担当"}) {
    Envelope from = envelope();
    from.from_name = name;
    const auto text = mail_text(message("s", "t"), from);
    ASSERT_TRUE(std::holds_alternative<MailText>(text)) << name;
    const std::string& bytes = std::get<MailText>(text).bytes;
    const ReadMail mail = read_bytes(bytes);
    EXPECT_TRUE(mail.clean) << name;
    EXPECT_EQ(mail.from_name, name);
    EXPECT_EQ(mail.from_address, "omamori@example.lg.jp");
    EXPECT_EQ(mail.headers.at("message-id"), "<msg-7@example.lg.jp>");
    EXPECT_LE(mail.longest_line, 78U) << name;
  }
  Envelope bare = envelope();
  bare.from_name = "";
  const auto text = mail_text(message("s", "t"), bare);
  EXPECT_NE(std::get<MailText>(text).bytes.find("\r\nFrom: <omamori@example.lg.jp>\r\n"),
            std::string::npos);
}

TEST(MailText, AnswersGoWhereReplyToSays) {
  Message to_desk = message("s", "t");
  to_desk.reply_to = "desk@city.example";
  const auto text = mail_text(to_desk, envelope());
  const ReadMail mail = read_bytes(std::get<MailText>(text).bytes);
  EXPECT_EQ(mail.headers.at("reply-to"), "desk@city.example");
  EXPECT_EQ(read_back(message("s", "t")).headers.count("reply-to"), 0U);
}

TEST(MailText, AnAnswerNamesTheMailItAnswersAndSaysThatAMachineWroteIt) {
  Message answer = message("s", "t");
  answer.in_reply_to = "abc@mail.example";
  const ReadMail mail = read_back(answer);
  EXPECT_EQ(mail.headers.at("in-reply-to"), "<abc@mail.example>");
  EXPECT_EQ(mail.headers.at("references"), "<abc@mail.example>");
  EXPECT_EQ(mail.headers.at("auto-submitted"), "auto-replied");
  EXPECT_EQ(read_back(message("s", "t")).headers.at("auto-submitted"), "auto-generated");
}

TEST(MailText, EverySubjectLengthIsReadBackAndStaysNarrow) {
  for (const std::string unit : {"守", "a守", "é", "😀", "a"}) {
    for (int times = 1; times <= 60; ++times) {
      const std::string subject = repeated(unit, times);
      const std::string value = encoded_header(subject, 9);
      std::istringstream lines("Subject: " + value);
      for (std::string line; std::getline(lines, line);) {
        if (line.ends_with('\r')) line.pop_back();
        EXPECT_LE(line.size(), 76U) << subject;
      }
    }
    const std::string subject = repeated(unit, 60);
    EXPECT_EQ(read_back(message(subject, "x")).headers.at("subject"), subject);
  }
}

// Lengths of what the encoded-words of `value` carry, in bytes.
std::vector<std::size_t> bytes_of_words(const std::string& value) {
  const std::string open = "=?UTF-8?B?";
  std::vector<std::size_t> out;
  for (auto at = value.find(open); at != std::string::npos; at = value.find(open, at + 1)) {
    const auto begin = at + open.size();
    const std::string base64 = value.substr(begin, value.find('?', begin) - begin);
    const auto padding = static_cast<std::size_t>(std::count(base64.begin(), base64.end(), '='));
    out.push_back(base64.size() / 4 * 3 - padding);
  }
  return out;
}

// A lenient reader would join the halves of a character; others show two boxes.
TEST(MailText, NoEncodedWordSplitsACharacter) {
  for (const std::string unit : {"é", "守", "😀"}) {
    for (std::size_t name_length = 2; name_length < 30; ++name_length) {
      const std::string value = encoded_header(repeated(unit, 60), name_length);
      EXPECT_GT(bytes_of_words(value).size(), 1U) << value;
      for (const std::size_t bytes : bytes_of_words(value)) {
        EXPECT_EQ(bytes % unit.size(), 0U) << name_length << ": " << value;
      }
    }
  }
}

TEST(MailText, SubjectsThatLookEncodedOrHaveEdgesAreKept) {
  for (const std::string subject : {"=?UTF-8?B?eA==?=", " leading", "trailing ", "plain", ""}) {
    EXPECT_EQ(read_back(message(subject, "x")).headers.at("subject"), subject);
  }
}

TEST(MailText, HardBodies) {
  for (const std::string& text : {
           repeated("長い行", 2000) + "\n",
           std::string(5000, 'x') + "\n",
           std::string(".\n..\n. \n.end\nFrom here\n"),
           std::string("no line end at the end"),
           std::string("--=_omamori_alternative--\n\n--\n"),
           std::string("😀é\tタブ\n\n\n"),
       }) {
    const ReadMail mail = read_back(message("s", text));
    EXPECT_TRUE(mail.clean) << text;
    EXPECT_LE(mail.longest_line, 76U) << text;
    ASSERT_EQ(mail.parts.size(), 2U) << text;
    EXPECT_EQ(mail.text(), text);
  }
}

TEST(MailText, WithoutHtmlItIsPlainText) {
  Message plain = message("s", "ことば\n");
  plain.html.clear();
  const ReadMail mail = read_back(plain);
  EXPECT_TRUE(mail.clean);
  ASSERT_EQ(mail.parts.size(), 1U);
  EXPECT_EQ(mail.parts[0].first, "text/plain");
  EXPECT_EQ(mail.text(), "ことば\n");
}

TEST(MailText, NothingCanSmuggleAHeader) {
  const std::string evil = "x\r\nBcc: evil@example.jp";
  const struct {
    const char* where;
    Message message;
    Envelope envelope;
  } rows[] = {
      {"subject", message(evil, "t"), envelope()},
      {"subject, LF alone", message("x\nBcc: e@example.jp", "t"), envelope()},
      {"subject, CR alone", message("x\rBcc: e@example.jp", "t"), envelope()},
      {"subject, NUL", message(std::string("x\0y", 3), "t"), envelope()},
      {"to", message("s", "t"), {"a@example.jp", "b@example.jp\r\nBcc: e@example.jp", {}, {}}},
      {"from", message("s", "t"), {"a@example.jp\nBcc: e@example.jp", "b@example.jp", {}, {}}},
      {"name", message("s", "t"), {"a@example.jp", "b@example.jp", {}, {}, evil}},
      {"reply-to", with_reply_to(evil), envelope()},
      {"in-reply-to", with_in_reply_to("x@y>\r\nBcc: <e@example.jp"), envelope()},
      {"id", {"a\r\nBcc: x", "s", "t", "h", "", ""}, envelope()},
      {"id, bracket", {"a>b", "s", "t", "h", "", ""}, envelope()},
      {"id, path", {"../../etc/x", "s", "t", "h", "", ""}, envelope()},
      {"id, dot first", {".hidden", "s", "t", "h", "", ""}, envelope()},
      {"id, empty", {"", "s", "t", "h", "", ""}, envelope()},
  };
  for (const auto& row : rows) {
    const auto text = mail_text(row.message, row.envelope);
    EXPECT_TRUE(std::holds_alternative<BadMail>(text)) << row.where;
  }
  // In a body it is only text.
  const ReadMail mail = read_back(message("s", "x\n\nBcc: evil@example.jp\n"));
  EXPECT_EQ(mail.headers.count("bcc"), 0U);
  EXPECT_EQ(mail.header_count, 8U);
}

TEST(MailText, DatesFollowTheZone) {
  const struct {
    const char* instant;
    int offset_minutes;
    const char* expected;
  } rows[] = {
      {"2026-08-31T23:30:00Z", 540, "Tue, 01 Sep 2026 08:30:00 +0900"},
      {"2026-08-31T14:59:59Z", 540, "Mon, 31 Aug 2026 23:59:59 +0900"},
      {"2026-08-31T15:00:00Z", 540, "Tue, 01 Sep 2026 00:00:00 +0900"},
      {"2026-01-01T00:10:00Z", -210, "Wed, 31 Dec 2025 20:40:00 -0330"},
      {"2028-02-29T00:00:00Z", 0, "Tue, 29 Feb 2028 00:00:00 +0000"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(date_header(*parse_instant(row.instant), std::chrono::minutes{row.offset_minutes}),
              row.expected);
  }
}

}  // namespace
}  // namespace omamori
