// What the programs answer to input that is wrong, strange or too much: a sentence that says what
// to do, an exit code, and nothing lost. Policy files have tests of their own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/answer/codes.h"
#include "daemon/model/calendar.h"
#include "daemon/reminders/compose.h"
#include "daemon/reminders/decide.h"
#include "tests/support/app_fixture.h"
#include "tests/support/programs.h"

namespace omamori {
namespace {

using testing::HasSubstr;

class BadInput : public AppTest {
 protected:
  BadInput() : AppTest("2026-06-10T12:00:00+09:00") {
    EXPECT_EQ(import(small_office()), "");
    Config config;
    config.smtp.host = "mail.example.lg.jp";
    use({}, config);
  }
};

TEST_F(BadInput, IsRefusedInWordsAndChangesNothing) {
  const std::string longest(1000, 'C');
  const struct {
    const char* command;
    std::map<std::string, std::string> options;
    const char* answer;
  } all[] = {
      // Codes that nobody knows.
      {"show", {{"client", "C-9"}}, "no client C-9; omamorictl list clients shows the codes\n"},
      {"explain", {{"client", "C-9"}}, "no client C-9; "},
      {"plan", {{"client", "C-9"}}, "no client C-9; "},
      {"record monitoring", {{"client", "C-9"}}, "no client C-9; "},
      {"record contact", {{"client", "C-9"}}, "no client C-9; "},
      {"suspend", {{"client", "C-9"}, {"reason", "x"}}, "no client C-9; "},
      {"end", {{"client", "C-9"}}, "no client C-9; "},
      {"assign", {{"client", "C-1"}, {"staff", "CM-9"}}, "no staff CM-9; "},
      {"absence", {{"staff", "CM-1"}, {"delegate", "CM-9"}}, "no staff CM-9; "},
      {"record check-in", {{"check", "S-9"}, {"outcome", "ok"}}, "no safety check S-9; "},
      // What is no code is not repeated.
      {"show", {{"client", "C/1"}}, "no client of that name, which must be a code: 1 to 64 of"},
      {"record monitoring", {{"client", "C 1"}}, "no client of that name, which must be a code"},
      {"record contact", {{"client", longest}}, "no client of that name, which must be a code"},
      {"explain", {{"client", "C-1\n\x1B[31m"}}, "no client of that name, which must be a code"},
      // Days.
      {"record check-in",
       {{"check", "S-1"}, {"outcome", "ok"}, {"at", "2026-06-11"}},
       "--at 2026-06-11 is in the future\n"},
      {"record check-in",
       {{"check", "S-1"}, {"outcome", "ok"}, {"at", "2026-06-10T12:00:01+09:00"}},
       "is in the future\n"},
      {"record monitoring",
       {{"client", "C-1"}, {"on", "2026-06-11"}},
       "--on 2026-06-11 is in the future\n"},
      {"record check-in", {{"check", "S-1"}, {"outcome", "fine"}}, "fine"},
      // Free text.
      {"record monitoring",
       {{"client", "C-1"}, {"note", "a\r\nBcc: x@example.com"}},
       "--note: a line break inside a cell; write it on one line\n"},
      {"record contact",
       {{"client", "C-1"}, {"note", std::string(1 << 20, 'a')}},
       "--note is too long: 1048576 bytes, at most 6000\n"},
      {"absence",
       {{"staff", "CM-1"}, {"delegate", "CM-1"}},
       "nobody can stand in for themselves\n"},
  };
  const std::int64_t before = store->journal().head().seq;
  for (const auto& row : all) {
    const Response response = run(row.command, row.options);
    EXPECT_EQ(response.exit, Exit::refused) << row.command << " " << row.answer;
    EXPECT_THAT(response.err, HasSubstr(row.answer)) << row.command;
    EXPECT_LT(response.err.size(), 300U) << row.command;
    EXPECT_EQ(response.out, "");
  }
  EXPECT_EQ(store->journal().head().seq, before);
}

// Wherever a day is asked for: exit 2, as for any option that cannot be read.
TEST_F(BadInput, ADayThatCannotBeIsAWrongCommandLine) {
  const std::tuple<const char*, const char*, std::map<std::string, std::string>> all[] = {
      {"show", "at", {{"client", "C-1"}}},
      {"explain", "at", {{"client", "C-1"}}},
      {"calendar", "at", {{"client", "C-1"}}},
      {"plan", "at", {}},
      {"list", "at", {{"kind", "check_ins"}}},
      {"list", "at", {{"kind", "due"}}},
      {"list", "until", {{"kind", "due"}}},
      {"list", "from", {{"kind", "visits"}}},
      {"report visits", "from", {}},
      {"report checks", "until", {}},
      {"preview", "until", {}},
      {"log", "since", {}},
      {"record monitoring", "on", {{"client", "C-1"}}},
      {"record contact", "on", {{"client", "C-1"}}},
      {"record check-in", "at", {{"check", "S-1"}, {"outcome", "ok"}}},
      {"suspend", "from", {{"client", "C-1"}, {"reason", "x"}}},
      {"resume", "until", {{"client", "C-1"}}},
      {"end", "on", {{"client", "C-1"}}},
      {"absence", "until", {{"staff", "CM-1"}}},
      {"ack", "visit", {{"obligation", "C-1/x"}, {"by", "CM-1"}}},
  };
  const std::pair<const char*, const char*> days[] = {
      {"2026-02-30", ": is not a day: 2026-02 ends on 2026-02-28\n"},
      {"9999-12-31", ": is in the year 9999; is that a slip?\n"},
      {"tomorrow", ": is not a "},
  };
  const std::int64_t before = store->journal().head().seq;
  for (const auto& [command, option, others] : all) {
    for (const auto& [day, why] : days) {
      auto options = others;
      options[option] = day;
      const Response response = run(command, options);
      EXPECT_EQ(response.exit, Exit::usage) << command << " --" << option << " " << day;
      EXPECT_THAT(response.err, HasSubstr("--" + std::string(option) + " " + day + why));
    }
  }
  EXPECT_EQ(store->journal().head().seq, before);
}

TEST_F(BadInput, AYearThatIsASlipIsNoCalendar) {
  const auto asked = [&](const char* option, const char* value) {
    const Response response = run("calendar", {{"client", "C-1"}, {option, value}});
    EXPECT_EQ(response.exit, Exit::usage) << value;
    return response.err;
  };
  EXPECT_EQ(asked("year", "9999"), "--year 9999: is in the year 9999; is that a slip?\n");
  EXPECT_EQ(asked("year", "2300"), "--year 2300: is in the year 2300; is that a slip?\n");
  EXPECT_EQ(asked("year", "26"), "--year 26: is not a year; write it like 2026\n");
  EXPECT_EQ(asked("from", "9999-12"), "--from 9999-12: is in the year 9999; is that a slip?\n");
  EXPECT_EQ(asked("from", "2026-13"), "--from 2026-13: has no month: 13 is not 1 to 12\n");
  EXPECT_EQ(run("calendar", {{"client", "C-1"}, {"year", "2299"}}).exit, Exit::ok);
}

TEST_F(BadInput, TheLongestNoteThatIsTaken) {
  EXPECT_EQ(run("record contact", {{"client", "C-1"}, {"note", std::string(6000, 'a')}}).exit,
            Exit::ok);
  EXPECT_EQ(run("record contact", {{"client", "C-1"}, {"note", std::string(6001, 'a')}}).exit,
            Exit::refused);
}

TEST_F(BadInput, ADelegateWhoIsAwayIsNotSaidToBeTold) {
  EXPECT_EQ(import({{CsvKind::staff,
                     "staff_code,name,role,office_code,email,channels\n"
                     "CM-2,見本 三郎,case_manager,OF-1,saburo@example.com,email\n"
                     "CM-3,見本 四郎,case_manager,OF-1,shiro@example.com,email\n"}}),
            "");
  const std::string from = " away from 2026-06-10, ";
  EXPECT_EQ(out("absence", {{"staff", "CM-1"}, {"delegate", "CM-2"}}),
            "CM-1:" + from + "CM-2 is told (absence 1)\n");
  EXPECT_EQ(
      out("absence", {{"staff", "CM-2"}, {"delegate", "CM-1"}}),
      "CM-2:" + from + "CM-1 is away, too, or has left: the supervisor is told (absence 2)\n");
  // The supervisor is told in place of either, and somebody always is.
  const Directory people = service->planning()->directory;
  for (const char* manager : {"CM-1", "CM-2"}) {
    const auto told = recipients(people, "OF-1", manager, {Role::case_manager}, day("2026-06-10"));
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].staff, "SV-1");
  }
  EXPECT_EQ(out("absence", {{"staff", "CM-3"}}),
            "CM-3:" + from + "the supervisor is told (absence 3)\n");
}

// A provider confirms that somebody is well; they neither manage a case nor stand in for anybody
// who does.
TEST_F(BadInput, AProviderIsNoCaseManagerAndNoDelegate) {
  EXPECT_EQ(import({{CsvKind::staff,
                     "staff_code,name,role,email,channels\n"
                     "PR-1,作業所,provider,pr@example.com,email\n"}}),
            "");
  const std::string why = "PR-1 has the role provider and cannot ";
  EXPECT_THAT(import({{CsvKind::clients,
                       "client_code,office_code,case_manager,plan_kind,decision_start,"
                       "decision_end\nC-7,OF-1,PR-1,regular,2026-04-01,2027-03-31\n"}}),
              HasSubstr(why + "be a case manager"));
  EXPECT_FALSE(store->client("C-7")) << "nothing of the file was taken";
  const Response assigned = run("assign", {{"client", "C-1"}, {"staff", "PR-1"}});
  EXPECT_EQ(assigned.exit, Exit::refused);
  EXPECT_EQ(assigned.err, why + "be a case manager\n");
  EXPECT_EQ(store->client("C-1")->case_manager, "CM-1");
  const Response away = run("absence", {{"staff", "CM-1"}, {"delegate", "PR-1"}});
  EXPECT_EQ(away.exit, Exit::refused);
  EXPECT_EQ(away.err, why + "stand in for anybody\n");
  EXPECT_FALSE(store->add_absence({0, "CM-1", day("2026-06-10"), {}, "PR-1"}, act()));
  EXPECT_FALSE(store->assign("C-1", "PR-1", act()));
  EXPECT_TRUE(store->directory().absences.empty());
  EXPECT_EQ(run("absence", {{"staff", "PR-1"}}).exit, Exit::ok) << "a provider may be away";
}

// Two people with one address are two: each has a message of their own (and doctor says so).
TEST_F(BadInput, TwoPeopleWithOneAddressHaveAMessageEach) {
  EXPECT_EQ(import({{CsvKind::staff,
                     "staff_code,name,role,office_code,email,channels\n"
                     "SV-1,見本 次郎,supervisor,OF-1,TARO@example.com,email\n"}}),
            "");
  at("2026-07-01T09:00:00+09:00");
  decide_due(*service, act());
  compose_due(*service, act(), service->templates());
  std::map<std::string, int> messages;
  for (const StoredMessage& message : store->messages({}, 100)) ++messages[message.content.staff];
  EXPECT_GE(messages["CM-1"], 1);
  EXPECT_GE(messages["SV-1"], 1);
}

// ---- 200 safety checks of one client ------------------------------------------------------------

class ManyChecks : public BadInput {
 protected:
  ManyChecks() {
    std::string csv =
        "check_code,client_code,provider,method,from,every_days,grace_days,agreed_on,agreed_by\n";
    for (int i = 0; i < 200; ++i) {
      csv += "M-" + std::to_string(1000 + i) + ",C-1,PR-1,電話,2026-06-11,30,14,2026-04-01,市\n";
    }
    EXPECT_EQ(import({{CsvKind::safety_checks, csv}}), "");
    at("2026-06-11T09:00:00+09:00");
  }
};

TEST_F(ManyChecks, TheLowestCodeOfTheFulfilledLengthensTheInterval) {
  for (const char* check : {"M-1100", "M-1007"}) {
    EXPECT_EQ(run("record check-in", {{"check", check}, {"outcome", "ok"}}).exit, Exit::ok);
  }
  EXPECT_THAT(out("plan", {{"client", "C-1"}}), HasSubstr("安否確認 M-1007"));
}

TEST_F(ManyChecks, AreExplainedInOneLineForEachReason) {
  const std::string text = out("explain", {{"client", "C-1"}, {"language", "en"}});
  EXPECT_NE(text.find("Safety checks M-1000 M-1001 M-1002 M-1003 M-1004 M-1005 M-1006 M-1007 "
                      "M-1008 M-1009 … (200) do not make it longer: it has not been confirmed "
                      "once yet.\n"),
            std::string::npos);
  EXPECT_NE(text.find("Safety check S-1 does not make it longer: "), std::string::npos);
}

TEST_F(ManyChecks, AreAllAskedForInOneDigestOfTheProvider) {
  EXPECT_EQ(import({{CsvKind::staff,
                     "staff_code,name,role,email,channels\n"
                     "PR-1,作業所,provider,pr@example.com,email\n"}}),
            "");
  at("2026-07-13T09:00:00+09:00");
  decide_due(*service, act());
  compose_due(*service, act(), service->templates());
  std::vector<StoredMessage> messages;
  for (StoredMessage& message : store->messages({}, 100)) {
    if (message.content.staff == "PR-1") messages.push_back(message);
  }
  ASSERT_EQ(messages.size(), 1U);
  const NewMessage& digest = messages[0].content;
  EXPECT_THAT(digest.subject, HasSubstr("200件"));
  const auto items = boost::json::parse(digest.json).at("items").as_array();
  EXPECT_EQ(items.size(), 200U);
  for (int i = 0; i < 200; ++i) {
    const std::string code = "M-" + std::to_string(1000 + i);
    EXPECT_THAT(digest.text, HasSubstr("安否確認 " + code + " の確認日です"));
  }
  EXPECT_LT(digest.json.size(), 100'000U) << "what an endpoint has to take";
}

// ---- files --------------------------------------------------------------------------------------

TEST(BadFiles, EachHasAnAnswerAndChangesNothing) {
  Place place;
  place.clock = "2026-09-18T12:00:00+09:00";
  place.demo("2026-09-18");
  const std::string header = "client_code,office_code,plan_kind,decision_start,decision_end\n";
  place.write("line.csv", header + std::string(70'000, 'a'));
  place.write("junk.csv", header + std::string("\x01\xFF\xFE\x80\x00\x7F", 6));
  place.write("bytes.csv", header + "\xFD\xFE\xFF\n");
  place.write("empty.csv", "");
  place.write("columns.csv", "hello,world\n1,2\n");
  {
    std::ofstream big(place.path("big.csv"));  // sparse: takes no room
    big.seekp(200'000'000);
    big << "x";
  }
  const struct {
    std::string file;
    const char* answer;
  } all[] = {
      {place.path("line.csv"), "line.csv: line 2 is longer than 65536 bytes; is it a CSV file?"},
      {place.path("big.csv"), "big.csv: is larger than 128 MiB; split it"},
      {place.path("junk.csv"), "junk.csv: has a NUL byte on line 2"},
      {place.path("bytes.csv"),
       "bytes.csv: is neither UTF-8 nor CP932 (Shift_JIS); the first bad "
       "byte is on line 2"},
      {place.path("empty.csv"), "empty.csv: is empty; the first line must be the header"},
      {place.path("columns.csv"), "columns.csv:1: has no known column in its first line"},
      {place.path("csv"), "is a directory; to import all files in it say: import DIR"},
      {place.path("none.csv"), "none.csv: there is no such file"},
      {"/dev/zero", "/dev/zero: is not a file"},
  };
  for (const auto& row : all) {
    const Ran ran = place.ctl({"import", "clients", row.file});
    EXPECT_EQ(ran.exit, 1) << row.file << "\n" << ran;
    EXPECT_THAT(ran.err, HasSubstr(row.answer)) << row.file;
  }
  Store store(place.path("omamori.db"), {});
  EXPECT_EQ(store.client_count(), 0U);
}

TEST_F(BadInput, ACellHasALongestLengthAndACodeItsLetters) {
  const auto with = [&](const std::string& code, const std::string& name) {
    return import(
        {{CsvKind::clients, "client_code,name,office_code,plan_kind,decision_start,decision_end\n" +
                                code + "," + name + ",OF-1,regular,2026-04-01,2027-03-31\n"}});
  };
  EXPECT_EQ(with("C-2", std::string(6000, 'a')), "");
  EXPECT_THAT(with("C-3", std::string(6001, 'a')),
              HasSubstr("clients.csv:2: name: is too long: 6001 bytes, at most 6000"));
  const std::string no_codes[] = {"C/3", "C 3", "C..\xEF\xBC\x8F", std::string(1000, 'C')};
  for (const std::string& code : no_codes) {
    EXPECT_THAT(with(code, "x"), HasSubstr("is not a code: 1 to 64 of A-Z a-z 0-9 . _ -")) << code;
  }
  EXPECT_EQ(with(std::string(64, 'C'), "x"), "");
}

// A mail address that every mail would be refused for does not come in; those of Japanese carriers
// do.
TEST(BadAddresses, AreRefusedWhereTheyComeIn) {
  Place place;
  const auto configure = [&](const std::string& from) {
    place.write("omamori.toml",
                "[database]\npath = \"omamori.db\"\n[policy]\npath = \"policy.toml\"\n"
                "[control]\nsocket = \"control.sock\"\n"
                "[smtp]\nhost = \"localhost\"\ntls = \"none\"\nfrom = \"" +
                    from + "\"\n");
  };
  configure(".omamori..city@docomo.ne.jp");
  ASSERT_EQ(place.ctl({"init"}).exit, 0);
  const auto import = [&](const std::string& address) {
    place.write("staff.csv", "staff_code,name,role,email\nCM-1,見本,operator," + address + "\n");
    return place.ctl({"import", "staff", place.path("staff.csv").string()});
  };
  EXPECT_EQ(import(".taro..@ezweb.ne.jp").exit, 0);
  for (const std::string& address : {std::string("taro@localhost"), std::string("taro@192.0.2.1"),
                                     "taro@" + std::string(64, 'b') + ".jp"}) {
    const Ran refused = import(address);
    EXPECT_EQ(refused.exit, 1) << refused;
    EXPECT_THAT(refused.err, HasSubstr("staff.csv:2: email: is not one email address: what stands"
                                       " after the @ is not a host name like example.jp"));
  }
  configure("omamori@cityhall");
  const Ran check = place.ctl({"check"});
  EXPECT_EQ(check.exit, 78) << check;
  EXPECT_THAT(check.err, HasSubstr("`from` must be a mail address"));
  EXPECT_EQ(place.ctl({"doctor"}).exit, 2);
}

}  // namespace
}  // namespace omamori
