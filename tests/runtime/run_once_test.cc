// Once through: CSV files in, reminders out at a real SMTP server, nothing said twice.
#include <algorithm>
#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/programs.h"

namespace omamori {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

const std::string kOffices = "office_code,name,supervisor,core_center\nOF-1,見本相談室,SV-1,CC-1\n";
const std::string kStaff =
    "staff_code,name,role,office_code,email,channels\n"
    "CM-1,仮 一郎,case_manager,OF-1,cm1@example.com,email\n"
    "CM-2,仮 二郎,case_manager,OF-1,cm2@example.com,email\n"
    "SV-1,仮 三郎,supervisor,OF-1,sv1@example.com,email\n"
    "CC-1,仮 四郎,core_center,,cc1@example.com,email\n";
const std::string kClientHeader =
    "client_code,name,certificate_no,office_code,case_manager,plan_kind,decision_start,"
    "decision_end,watched_from\n";

std::string client(const std::string& code, const std::string& manager,
                   const std::string& watched_from = "2026-04-01") {
  return code + ",見本 " + code + ",1234567890,OF-1," + manager +
         ",standby_short_stay,2026-04-01,2027-03-31," + watched_from + "\n";
}

// A demo place whose mail goes to `server`.
void prepare(Place& place, const SmtpServer& server, const std::string& clients,
             const std::string& more = "") {
  place.write("omamori.toml",
              "[database]\npath = \"omamori.db\"\n[policy]\npath = \"policy.toml\"\n"
              "[smtp]\nhost = \"localhost\"\nport = " +
                  std::to_string(server.port()) +
                  "\ntls = \"none\"\nfrom = \"omamori@example.com\"\n" + more);
  place.clock = "2026-09-18T12:00:00+09:00";  // a Friday
  place.write("policy.toml", "weekly_on = \"never\"\n");
  place.write("csv/offices.csv", kOffices);
  place.write("csv/staff.csv", kStaff);
  place.write("csv/clients.csv", kClientHeader + clients);
  const Ran made = place.ctl({"init", "--demo"});
  ASSERT_EQ(made.exit, 0) << made;
  const Ran imported = place.ctl({"import", place.path("csv").string()});
  ASSERT_EQ(imported.exit, 0) << imported;
}

// recipient → subject and text, of everything the server has.
std::map<std::string, ReadMail> mails(const SmtpServer& server) {
  std::map<std::string, ReadMail> found;
  for (int i = 1; i <= server.accepted(); ++i) {
    ReadMail mail = read_mail(server.eml(i));
    const std::string to = mail.to;
    EXPECT_EQ(found.count(to), 0U) << "a second mail to " << to;
    found.emplace(to, std::move(mail));
  }
  return found;
}

TEST(Once, OneDigestAPersonArrivesAndASecondRunSendsNothing) {
  const SmtpServer server;
  Place place;
  prepare(place, server, client("C-1", "CM-1") + client("C-2", "CM-1") + client("C-3", "CM-2"));
  const Ran early = place.daemon({"--once"});
  EXPECT_EQ(early.exit, 0) << early;
  EXPECT_EQ(server.accepted(), 0) << "imported on Friday noon: told on the next morning";
  EXPECT_THAT(early.out, HasSubstr("Nothing was sent"));

  place.clock = "2026-09-24T08:30:00+09:00";  // Thursday after the autumn holidays
  const Ran first = place.daemon({"--once"});
  EXPECT_EQ(first.exit, 0) << first;
  const auto got = mails(server);
  ASSERT_EQ(got.size(), 4U) << first;
  const ReadMail& mail = got.at("cm1@example.com");
  EXPECT_TRUE(mail.clean);
  EXPECT_EQ(mail.headers.at("from"), "omamori <omamori@example.com>");
  EXPECT_EQ(mail.date, "2026-09-24T08:30:00+09:00");
  EXPECT_EQ(mail.headers.at("auto-submitted"), "auto-generated");
  EXPECT_THAT(mail.headers.at("message-id"), HasSubstr("@example.com>"));
  EXPECT_THAT(mail.headers.at("subject"), HasSubstr("9/24 2件"));
  ASSERT_EQ(mail.parts.size(), 2U);
  EXPECT_EQ(mail.parts[0].first, "text/plain");
  EXPECT_EQ(mail.parts[1].first, "text/html");
  for (const auto& [type, content] : mail.parts) {
    EXPECT_THAT(content, HasSubstr("C-1")) << type;
    EXPECT_THAT(content, HasSubstr("C-2")) << type;
    EXPECT_THAT(content, Not(HasSubstr("C-3"))) << type;
    EXPECT_THAT(content, Not(HasSubstr("見本"))) << "P7: no name leaves";
    EXPECT_THAT(content, Not(HasSubstr("1234567890"))) << "P7";
    EXPECT_THAT(content, HasSubstr("9月は9/30まで")) << "June's streak and September on one line";
  }

  const Ran second = place.daemon({"--once"});
  EXPECT_EQ(second.exit, 0) << second;
  EXPECT_EQ(server.accepted(), 4) << "told once";
  EXPECT_THAT(second.out, HasSubstr("no stage has come that was not told already"));
  EXPECT_THAT(second.out, HasSubstr("Next to look at: 2026-"));
}

TEST(Once, WhatIsDoneIsNotTold) {
  const SmtpServer server;
  Place place;
  prepare(place, server, client("C-1", "CM-1", "2026-09-01"));
  const Ran visit = place.ctl({"record", "monitoring", "C-1", "--on", "2026-09-17"});
  EXPECT_EQ(visit.exit, 0) << visit;
  EXPECT_THAT(visit.out, HasSubstr("closes 2026-09"));
  place.clock = "2026-09-24T08:30:00+09:00";
  const Ran ran = place.daemon({"--once"});
  EXPECT_EQ(server.accepted(), 0) << ran;
}

TEST(Once, ARefusedRecipientHarmsNobodyElse) {
  const SmtpServer server({"--refuse", "cm1@=550 5.1.1 no such user"});
  Place place;
  prepare(place, server, client("C-1", "CM-1") + client("C-3", "CM-2"));
  place.clock = "2026-09-24T08:30:00+09:00";
  const Ran ran = place.daemon({"--once"});
  EXPECT_EQ(ran.exit, 1) << "somebody was not told";
  EXPECT_EQ(mails(server).count("cm2@example.com"), 1U) << ran;
  EXPECT_THAT(ran.out, HasSubstr("CM-1 by email: refused for good, still owed"));
  EXPECT_THAT(ran.out, HasSubstr("no such user"));
  EXPECT_THAT(ran.out, HasSubstr("Still owed: "));
}

TEST(Once, AnOutageIsToldAfterwardsAsOneDigestThatSaysHowLate) {
  std::set<std::string> to;
  Place place;
  {
    const SmtpServer server;
    prepare(place, server, client("C-1", "CM-1"));
  }  // the server is gone
  for (const char* morning : {"2026-09-24T08:30:00+09:00", "2026-10-01T08:30:00+09:00"}) {
    place.clock = morning;
    const Ran failed = place.daemon({"--once"});
    EXPECT_EQ(failed.exit, 1) << failed;
    EXPECT_THAT(failed.out, HasSubstr("will be tried again"));
  }
  const SmtpServer server;
  place.write("omamori.toml",
              "[smtp]\nhost = \"localhost\"\nport = " + std::to_string(server.port()) +
                  "\ntls = \"none\"\nfrom = \"omamori@example.com\"\n");
  place.clock = "2026-10-05T09:00:00+09:00";
  const Ran after = place.daemon({"--once"});
  const auto got = mails(server);
  ASSERT_EQ(got.count("cm1@example.com"), 1U) << after;
  EXPECT_THAT(got.at("cm1@example.com").text(), HasSubstr("2026年10月5日")) << "composed again";
  EXPECT_THAT(got.at("cm1@example.com").text(), HasSubstr("11日遅れて"))
      << "the lateness is stated";
}

TEST(Once, HoldDecidesEverythingAndSendsNothing) {
  const SmtpServer server;
  Place place;
  prepare(place, server, client("C-1", "CM-1"), "[delivery]\nhold = true\n");
  place.clock = "2026-09-24T08:30:00+09:00";
  const Ran ran = place.daemon({"--once"});
  EXPECT_EQ(server.accepted(), 0);
  EXPECT_THAT(ran.out, HasSubstr("held"));
}

TEST(Once, AClockThatIsBehindIsHeldNotObeyed) {
  const SmtpServer server;
  Place place;
  prepare(place, server, client("C-1", "CM-1"));
  place.clock = "2026-09-24T08:30:00+09:00";
  ASSERT_EQ(place.daemon({"--once"}).exit, 0);
  const int told = server.accepted();
  place.clock = "2026-09-24T08:29:59+09:00";
  const Ran ran = place.daemon({"--once"});
  EXPECT_EQ(ran.exit, 1) << ran;
  EXPECT_THAT(ran.out, HasSubstr("Held: the clock says"));
  EXPECT_EQ(server.accepted(), told);
}

// R12: 500 clients without history: no urgent message, one digest a case manager.
TEST(Once, FiveHundredClientsImportedWithoutHistory) {
  const SmtpServer server;
  Place place;
  std::string clients;
  for (int i = 0; i < 500; ++i) {
    clients += client("C-" + std::to_string(1000 + i), i % 2 == 0 ? "CM-1" : "CM-2", "");
  }
  prepare(place, server, clients);
  place.clock = "2026-09-24T08:30:00+09:00";
  const Ran ran = place.daemon({"--once"});
  EXPECT_EQ(ran.exit, 0) << ran;
  std::map<std::string, std::set<std::string>> parts;  // "(1/4)", by recipient
  for (int i = 1; i <= server.accepted(); ++i) {
    const ReadMail mail = read_mail(server.eml(i));
    const std::string& subject = mail.headers.at("subject");
    parts[mail.to].insert(subject.substr(subject.rfind(' ') + 1));
  }
  ASSERT_EQ(parts.size(), 2U) << "the two case managers, nobody else";
  for (const auto& [to, of] : parts) {
    const std::string last = std::to_string(of.size());
    EXPECT_THAT(of, Contains("(" + last + "/" + last + ")")) << to << " has one digest, in parts";
  }
  EXPECT_THAT(ran.out, HasSubstr("C-1000/baseline/2026-09-18 opened"));
  EXPECT_THAT(ran.out, HasSubstr("C-1000/monitoring/2026-04-01/2026-09 "));
  EXPECT_THAT(ran.out, Not(HasSubstr("streak"))) << "no obligation before watched_from";
}

TEST(Once, NobodyToTellIsSaidNotForgotten) {
  const SmtpServer server;
  Place place;
  prepare(place, server, client("C-1", "CM-1"));
  place.clock = "2026-09-18T13:00:00+09:00";
  place.write("staff.csv", "staff_code,name,role,email\nCM-1,仮 一郎,case_manager,\n");
  const Ran cleared = place.ctl({"import", "staff", place.path("staff.csv").string()});
  ASSERT_EQ(cleared.exit, 0) << cleared;
  place.clock = "2026-09-24T08:30:00+09:00";
  const Ran ran = place.daemon({"--once"});
  EXPECT_EQ(ran.exit, 1) << ran;
  EXPECT_THAT(ran.out, HasSubstr("CM-1 cannot be told"));
  EXPECT_EQ(mails(server).count("sv1@example.com"), 1U) << "others are told";
}

}  // namespace
}  // namespace omamori
