// The table "Whose fault a refusal is" of RULES.md, played row by row: each answer is given by a
// server at its step, to the real notifiers.
#include <fstream>
#include <ostream>
#include <regex>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "daemon/model/calendar.h"
#include "notifiers/email.h"
#include "notifiers/webhook.h"
#include "tests/support/http_support.h"
#include "tests/support/mail_support.h"
#include "tests/support/patience.h"

namespace omamori {
namespace {

struct Case {
  std::string step, answer, expected;
};

std::ostream& operator<<(std::ostream& out, const Case& c) {
  return out << c.step << ": " << c.answer << " -> " << c.expected;
}

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

// What a row means by its second column, as the scripted server is told it.
std::vector<std::string> answers_of(const std::string& cell) {
  const std::regex answer(R"(`([^`]*)`(, then hangs up)?|hangs up|nobody listens)");
  std::vector<std::string> found;
  for (std::sregex_iterator it(cell.begin(), cell.end(), answer), end; it != end; ++it) {
    const std::smatch& match = *it;
    if (match[2].matched) {
      found.push_back("cut:" + match[1].str());
    } else {
      found.push_back(match[1].matched ? match[1].str() : match[0].str());
    }
  }
  return found;
}

std::vector<Case> table() {
  std::ifstream rules(source_path("RULES.md"));
  std::vector<Case> cases;
  const std::regex row(R"(\s*\|([^|]*)\|([^|]*)\|([^|]*)\|\s*)");
  bool in_table = false;
  for (std::string line; std::getline(rules, line);) {
    std::smatch cells;
    if (!std::regex_match(line, cells, row)) {
      if (in_table) break;
      continue;
    }
    if (trimmed(cells[3]) == "whose fault, and then") in_table = true;
    if (!in_table || trimmed(cells[1]) == "step" || cells[1].str().starts_with("---")) continue;
    for (const std::string& answer : answers_of(cells[2])) {
      cases.push_back({trimmed(cells[1]), answer, trimmed(cells[3])});
    }
  }
  return cases;
}

// A result in the table's words. Person and message fare alike: which of them it is says the step.
std::string in_words(const SendResult& result, const std::string& whose) {
  if (is_sent(result)) return "told";
  if (const auto* no = std::get_if<Refused>(&result)) {
    if (no->gone) return "the peer's for good: a person enables it";
    return whose + ": never" + (no->alike.empty() ? "" : ", unless all");
  }
  const auto& again = std::get<TryAgain>(result);
  std::string words = whose;
  if (again.peer_down) words = again.until_mended ? "the peer's until mended" : "the peer's";
  if (again.unclear) words = "unclear";
  if (again.ours) words = "ours";
  return words + (again.unknown ? ": unknown, the same again" : ": again");
}

const Message kMessage{"m-1",
                       "【お守り】1件",
                       "訪問してください。\n",
                       "<p>訪問してください。</p>\n",
                       R"({"slot": "2026-08-31T23:30:00Z"})",
                       "omamori.digest"};

SendResult by_smtp(const std::string& step, const std::string& answer) {
  const std::string at = step == "final dot" ? "dot" : step;
  std::vector<std::string> options{"--offer", at == "AUTH" ? "AUTH PLAIN" : "HELP"};
  if (at == "STARTTLS") options = {"--offer", "STARTTLS"};
  options.insert(options.end(), {"--rule", at + "=" + (answer == "hangs up" ? "close" : answer)});
  ScriptedMailServer server(options);
  SmtpConfig smtp = server.config(at == "STARTTLS" ? Tls::starttls : Tls::none);
  if (at == "AUTH") smtp.username = "omamori";
  if (at == "connect") server.end();
  EmailNotifier notifier(smtp, "secret", {}, {}, kPatient);
  return notifier.send(kMessage, {Channel::email, "cm-1@example.lg.jp"}, Instant{});
}

SendResult by_http(const std::string& answer) {
  const bool lost = answer == "hangs up";
  const HttpServer server(lost ? std::vector<std::string>{"--hang-up-after", "0"}
                               : std::vector<std::string>{"--answer", answer});
  WebhookNotifier notifier(server.endpoint(), {{std::string(32, 'k')}}, {}, kPatient);
  return notifier.send(kMessage, {Channel::webhook, "case-tool"}, Instant{});
}

class WhoseFault : public testing::TestWithParam<Case> {};

TEST_P(WhoseFault, IsAsTheTableOfTheRulesSays) {
  const Case& c = GetParam();
  const std::string whose = c.step == "RCPT" ? "this person's" : "this message's";
  const SendResult result = c.step == "HTTP" ? by_http(c.answer) : by_smtp(c.step, c.answer);
  EXPECT_EQ(in_words(result, whose), c.expected) << to_text(result);
}

INSTANTIATE_TEST_SUITE_P(Table, WhoseFault, testing::ValuesIn(table()));

TEST(WhoseFaultTable, IsReadWhole) {
  EXPECT_GT(table().size(), 80U) << "the table of RULES.md is not read as it is written";
}

}  // namespace
}  // namespace omamori
