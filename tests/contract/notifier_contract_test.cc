// What notifiers/notifier.h promises, run over everything that claims to be a Notifier: the file
// one, the email and webhook ones against real servers, and the fake that other tests rely on.
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <fstream>
#include <functional>
#include <memory>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/model/calendar.h"
#include "notifiers/email.h"
#include "notifiers/file.h"
#include "notifiers/webhook.h"
#include "tests/support/fake_notifier.h"
#include "tests/support/http_support.h"
#include "tests/support/mail_support.h"
#include "tests/support/patience.h"

namespace omamori {
namespace {

struct Delivered {
  std::string id, subject, text, html;
  std::string json;  // of a channel that carries data instead of words
};

// A notifier, where its messages end up, and addresses it must take and must not take.
class Subject {
 public:
  Subject() = default;
  Subject(const Subject&) = delete;
  Subject& operator=(const Subject&) = delete;
  virtual ~Subject() = default;
  virtual Notifier& notifier() = 0;
  // What has been accepted, one per id for a notifier that overwrites.
  virtual std::vector<Delivered> delivered() = 0;
  virtual Channel channel() const { return Channel::email; }
  // Subject, text and HTML; otherwise json.
  virtual bool carries_words() const { return true; }
  virtual std::string good_address() const { return "cm-1@example.lg.jp"; }
  virtual std::vector<std::string> bad_addresses() const {
    return {"", "cm-1", "a@b", "a@example.jp\r\nRCPT TO:<evil@example.jp>", "山田@example.jp"};
  }
};

Delivered as_delivered(const ReadMail& mail) {
  EXPECT_TRUE(mail.clean);
  EXPECT_EQ(mail.parts.size(), 2U);
  const std::string message_id = mail.headers.at("message-id");
  return {message_id.substr(1, message_id.find('@') - 1), mail.headers.at("subject"), mail.text(),
          mail.parts.back().second, ""};
}

class FileSubject final : public Subject {
 public:
  Notifier& notifier() override { return notifier_; }
  Channel channel() const override { return Channel::file; }
  std::string good_address() const override { return "CM-1"; }
  std::vector<std::string> bad_addresses() const override {
    return {"", "CM 1", "CM-1\r\nBcc: evil@example.jp", "山田", "a@b"};
  }
  std::vector<Delivered> delivered() override {
    std::set<std::filesystem::path> files;  // by name
    for (const auto& entry : std::filesystem::directory_iterator(directory_.path())) {
      files.insert(entry.path());
    }
    std::vector<Delivered> out;
    out.reserve(files.size());
    for (const auto& file : files) out.push_back(as_delivered(read_mail(file)));
    return out;
  }

 private:
  ScratchDirectory directory_;
  FileNotifier notifier_{directory_.path(), "omamori@example.lg.jp"};
};

class EmailSubject final : public Subject {
 public:
  Notifier& notifier() override { return notifier_; }
  std::vector<Delivered> delivered() override {
    std::vector<Delivered> out;
    for (int n = 1; n <= server_.accepted(); ++n) {
      out.push_back(as_delivered(read_mail(server_.eml(n))));
    }
    return out;
  }

 private:
  SmtpServer server_;
  EmailNotifier notifier_{server_.config(), "", {}, {}, kPatient};
};

class WebhookSubject final : public Subject {
 public:
  Notifier& notifier() override { return notifier_; }
  Channel channel() const override { return Channel::webhook; }
  std::string good_address() const override { return "case-tool"; }
  std::vector<std::string> bad_addresses() const override {
    return {"", "other", "case-tool ", "case-tool\r\nx-other: 1", "山田"};
  }
  bool carries_words() const override { return false; }
  std::vector<Delivered> delivered() override {
    std::vector<Delivered> out;
    for (int n = 1; n <= server_.count(); ++n) {
      const HeardRequest request = server_.request(n);
      const auto data = boost::json::parse(request.body).at("data");
      out.push_back({request.header("webhook-id"), "", "", "", boost::json::serialize(data)});
    }
    return out;
  }

 private:
  HttpServer server_;
  WebhookNotifier notifier_{server_.endpoint(), {{std::string(32, 'k')}}, {}, kPatient};
};

class FakeSubject final : public Subject {
 public:
  Notifier& notifier() override { return notifier_; }
  std::vector<Delivered> delivered() override {
    std::vector<Delivered> out;
    for (const auto& asked : notifier_.asked()) {
      if (!asked.accepted) continue;
      const Message& m = asked.message;
      out.push_back({m.id, m.subject, m.text, m.html, ""});
    }
    return out;
  }

 private:
  FakeNotifier notifier_;
};

struct Maker {
  std::string name;
  std::function<std::unique_ptr<Subject>()> make;
};

class NotifierContract : public testing::TestWithParam<Maker> {
 protected:
  SendResult send(const Message& message) { return send_to(subject_->good_address(), message); }
  SendResult send_to(const std::string& to, const Message& message) {
    const Address address{subject_->channel(), to};
    return subject_->notifier().send(message, address, *parse_instant("2026-08-31T23:30:00Z"));
  }
  std::unique_ptr<Subject> subject_ = GetParam().make();
};

Message message(const std::string& id, const std::string& text) {
  const boost::json::object data{{"slot", "2026-08-31T23:30:00Z"}, {"items", text}};
  return {id,
          "【お守り】1件",
          text,
          "<p>" + text + "</p>\n",
          boost::json::serialize(data),
          "omamori.digest"};
}

TEST_P(NotifierContract, WhatIsSentArrivesAsItWas) {
  std::string long_line;
  for (int i = 0; i < 1000; ++i) long_line += "とても長い行";
  const std::vector<std::string> texts{
      "9/1〜9/30に実施\n", long_line + "\n", ".\n..\n.\n", "QUIT\nDATA\n", std::string(2000, 'x'),
  };
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const SendResult result = send(message("m-" + std::to_string(i), texts[i]));
    ASSERT_TRUE(std::holds_alternative<Sent>(result)) << to_text(result);
  }
  const auto delivered = subject_->delivered();
  ASSERT_EQ(delivered.size(), texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    EXPECT_EQ(delivered[i].id, "m-" + std::to_string(i));
    if (!subject_->carries_words()) {
      EXPECT_EQ(delivered[i].json, message("m", texts[i]).json);
      continue;
    }
    EXPECT_EQ(delivered[i].subject, "【お守り】1件");
    EXPECT_EQ(delivered[i].text, texts[i]);
    EXPECT_EQ(delivered[i].html, "<p>" + texts[i] + "</p>\n");
  }
}

TEST_P(NotifierContract, ASecondCopyCarriesTheSameId) {
  EXPECT_TRUE(std::holds_alternative<Sent>(send(message("m-1", "a\n"))));
  EXPECT_TRUE(std::holds_alternative<Sent>(send(message("m-1", "a\n"))));
  const auto delivered = subject_->delivered();
  ASSERT_FALSE(delivered.empty());
  for (const auto& one : delivered) EXPECT_EQ(one.id, "m-1");
}

TEST_P(NotifierContract, ABadAddressIsRefusedAndHarmsNobodyElse) {
  for (const auto& bad : subject_->bad_addresses()) {
    const SendResult result = send_to(bad, message("m-bad", "a\n"));
    EXPECT_TRUE(std::holds_alternative<Refused>(result)) << bad << ": " << to_text(result);
    EXPECT_NE(to_text(result), "refused: ") << "a refusal says why";
  }
  EXPECT_TRUE(std::holds_alternative<Sent>(send(message("m-good", "a\n"))));
  const auto delivered = subject_->delivered();
  ASSERT_EQ(delivered.size(), 1U);
  EXPECT_EQ(delivered[0].id, "m-good");
}

INSTANTIATE_TEST_SUITE_P(
    All, NotifierContract,
    testing::Values(Maker{"File", [] { return std::make_unique<FileSubject>(); }},
                    Maker{"Email", [] { return std::make_unique<EmailSubject>(); }},
                    Maker{"Webhook", [] { return std::make_unique<WebhookSubject>(); }},
                    Maker{"Fake", [] { return std::make_unique<FakeSubject>(); }}),
    [](const auto& maker) { return maker.param.name; });

TEST(FileNotifier, TheSameIdOverwrites) {
  const ScratchDirectory scratch;
  FileNotifier notifier(scratch.path(), "omamori@example.lg.jp");
  const Address to{Channel::file, "CM-1"};
  ASSERT_TRUE(std::holds_alternative<Sent>(notifier.send(message("m", "first\n"), to, Instant{})));
  ASSERT_TRUE(std::holds_alternative<Sent>(notifier.send(message("m", "last\n"), to, Instant{})));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(scratch.path()), {}), 1);
  const ReadMail mail = read_mail(scratch.path() / "1970-01-01T0000-CM-1-m.eml");
  EXPECT_EQ(mail.text(), "last\n");
  EXPECT_EQ(mail.to, "CM-1@file.invalid");
}

TEST(FileNotifier, NamesSortByTheLocalMinuteThenByPerson) {
  const ScratchDirectory scratch;
  const auto tokyo = [](Instant) { return std::chrono::seconds{9 * 3600}; };
  FileNotifier notifier(scratch.path(), "omamori@example.lg.jp", tokyo);
  const auto send = [&](const char* id, const char* to, const char* at) {
    notifier.send(message(id, "x\n"), {Channel::file, to}, *parse_instant(at));
  };
  send("a", "SM-3", "2027-01-03T23:30:00Z");
  send("b", "SM-1", "2027-01-03T23:30:59Z");
  send("c", "SM/0", "2027-01-03T14:59:59Z");
  send("d", "SM-0", "2027-01-03T15:00:00Z");
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(scratch.path())) {
    names.insert(entry.path().filename().string());
  }
  EXPECT_THAT(names,
              testing::ElementsAre("2027-01-03T2359-SM_0-c.eml", "2027-01-04T0000-SM-0-d.eml",
                                   "2027-01-04T0830-SM-1-b.eml", "2027-01-04T0830-SM-3-a.eml"));
}

TEST(FileNotifier, ADirectoryThatIsNotThereIsTriedAgain) {
  const ScratchDirectory scratch;
  FileNotifier notifier(scratch.path() / "absent", "omamori@example.lg.jp");
  const SendResult result = notifier.send(message("m", "x\n"), {Channel::file, "CM-1"}, Instant{});
  ASSERT_TRUE(std::holds_alternative<TryAgain>(result)) << to_text(result);
  EXPECT_NE(to_text(result).find("No such file"), std::string::npos) << to_text(result);
  EXPECT_NE(to_text(result).find("absent"), std::string::npos) << to_text(result);
  EXPECT_TRUE(is_peer_down(result)) << "the next message would fare alike";
}

TEST(FileNotifier, AFullDiskIsTriedAgain) {
  // No file may grow beyond some bytes: writing breaks off like at the end of a disk.
  const ScratchDirectory scratch;
  FileNotifier notifier(scratch.path(), "omamori@example.lg.jp");
  const auto before = ::signal(SIGXFSZ, SIG_IGN);
  rlimit limit{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &limit), 0);
  const rlimit small{20, limit.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  const SendResult result = notifier.send(message("m", "x\n"), {Channel::file, "CM-1"}, Instant{});
  ::setrlimit(RLIMIT_FSIZE, &limit);
  ::signal(SIGXFSZ, before);
  ASSERT_TRUE(std::holds_alternative<TryAgain>(result)) << to_text(result);
  EXPECT_TRUE(is_peer_down(result));
  EXPECT_TRUE(std::filesystem::is_empty(scratch.path())) << "nor is half of it left";
}

TEST(FileNotifier, WhatSomebodyPutInItsWayIsNeitherFollowedNorWaitedFor) {
  const ScratchDirectory scratch;
  const ScratchDirectory elsewhere;
  std::ofstream(elsewhere.path() / "theirs") << "kept";
  const std::string name = "1970-01-01T0000-CM-1-m.eml";
  std::filesystem::create_symlink(elsewhere.path() / "theirs",
                                  scratch.path() / (name + ".partial"));
  std::filesystem::create_symlink(elsewhere.path() / "theirs", scratch.path() / name);
  ASSERT_EQ(::mkfifo((scratch.path() / "1970-01-01T0000-CM-2-m.eml.partial").c_str(), 0600), 0);
  FileNotifier notifier(scratch.path(), "omamori@example.lg.jp");
  for (const char* staff : {"CM-1", "CM-2"}) {
    const SendResult result = notifier.send(message("m", "x\n"), {Channel::file, staff}, Instant{});
    EXPECT_TRUE(std::holds_alternative<Sent>(result)) << to_text(result);
  }
  EXPECT_EQ(read_file(elsewhere.path() / "theirs"), "kept");
  EXPECT_TRUE(
      std::filesystem::is_regular_file(std::filesystem::symlink_status(scratch.path() / name)));
}

TEST(FakeNotifier, AnswersAsTold) {
  FakeNotifier notifier;
  notifier.answer(TryAgain{"busy", std::chrono::seconds{60}, false});
  notifier.answer(Refused{"never"});
  const Address to{Channel::email, "a@example.jp"};
  EXPECT_EQ(to_text(notifier.send(message("m", "x"), to, Instant{})), "try again after 60s: busy");
  EXPECT_EQ(to_text(notifier.send(message("m", "x"), to, Instant{})), "refused: never");
  EXPECT_EQ(to_text(notifier.send(message("m", "x"), to, Instant{})), "sent: fake");
  ASSERT_EQ(notifier.asked().size(), 3U);
  EXPECT_FALSE(notifier.asked()[1].accepted);
  EXPECT_EQ(notifier.asked()[2].address.to, "a@example.jp");
}

}  // namespace
}  // namespace omamori
