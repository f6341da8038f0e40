// Replies as mail programs write them (tests/mail/replies/*.eml), and what must come of each
// (expected.txt beside them). Each answers the newest message to its sender at its Date; {code} and
// {CODE} in it are that message's.
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/reply_fixture.h"

namespace omamori {
namespace {

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// By the name of the mail, what stands below "== NAME".
std::map<std::string, std::string> expectations() {
  std::map<std::string, std::string> found;
  std::istringstream file(bytes_of(source_path("tests/mail/replies/expected.txt")));
  std::string name;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    if (line.starts_with("== ")) {
      name = line.substr(3);
      found[name];
    } else {
      found[name] += line + "\n";
    }
  }
  return found;
}

void replace_all(std::string& text, const std::string& what, const std::string& with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
}

// "2026-06-10T10:00:00+09:00" of "X-Test-Now: …", the first line of each mail.
std::string now_of(const std::string& mail) {
  const std::string field = "X-Test-Now: ";
  return mail.starts_with(field) ? mail.substr(field.size(), mail.find_first_of("\r\n") - 12) : "";
}

class Replies : public ReplyTest, public testing::WithParamInterface<std::string> {
 protected:
  std::string what_comes_of(std::string mail) {
    const Message& message = newest(kTaro);
    const std::string shown = message.subject.substr(message.subject.rfind("[#") + 2, 9);
    std::string code = message.reply_to.substr(message.reply_to.find('+') + 1, 8);
    replace_all(mail, "{code}", code);
    replace_all(mail, "{CODE}", shown);
    const std::size_t before = answers_to(kTaro).size();
    std::string came = receive(mail).out;
    for (const char* client : {"C-1", "C-2"}) {
      for (const std::string& record : records_of(client)) {
        came += std::string(client) + " " + record + "\n";
      }
    }
    return came + (answers_to(kTaro).size() > before ? "answered\n" : "not answered\n");
  }
};

TEST_P(Replies, AreReadAsTheirWritersMeanThem) {
  add_second_client();
  const std::string mail = bytes_of(source_path("tests/mail/replies/" + GetParam()));
  ASSERT_NE(now_of(mail), "") << "the first line must be X-Test-Now: INSTANT";
  run_to(now_of(mail));
  EXPECT_EQ(what_comes_of(mail), expectations()[GetParam()]);
}

std::vector<std::string> all_mails() {
  std::vector<std::string> names;
  for (const auto& [name, expected] : expectations()) names.push_back(name);
  return names;
}

INSTANTIATE_TEST_SUITE_P(Mail, Replies, testing::ValuesIn(all_mails()), [](const auto& row) {
  std::string name = row.param;
  for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  return name;
});

TEST(RepliesOnFile, EachMailHasItsExpectation) {
  const auto expected = expectations();
  for (const auto& file : std::filesystem::directory_iterator(source_path("tests/mail/replies"))) {
    if (file.path().extension() != ".eml") continue;
    EXPECT_TRUE(expected.count(file.path().filename().string())) << file.path().filename();
  }
  EXPECT_GE(expected.size(), 40U);
}

}  // namespace
}  // namespace omamori
