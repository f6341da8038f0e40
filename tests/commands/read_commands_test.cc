// show, list, export, log, status and check over a small office.
#include <boost/json.hpp>

#include "daemon/reminders/decide.h"
#include "tests/support/app_fixture.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class ReadCommands : public AppTest {
 protected:
  ReadCommands() {
    accept(Policy{});
    EXPECT_EQ(import(small_office()), "");
    Config config;
    config.smtp.host = "localhost";
    config.policy = directory / "policy.toml";
    std::ofstream(config.policy) << store->kept_policy()->text;
    use(service->policy(), config);
  }
  // One of each record, with free text in all of them. The check lapses on 27 May, June is asked
  // for, and both are owed to CM-1 on 1 June.
  void live() {
    at("2026-04-12T12:00:00+09:00");
    store->record_check_in(seen("S-1", clock.now(), Outcome::ok, "職員甲", "秘密の備考"), act());
    at("2026-05-12T12:00:00+09:00");
    store->record_monitoring(visit("C-1", day("2026-05-12"), {}, "職員乙", "秘密の備考"), act());
    store->record_contact(call("C-1", day("2026-05-12"), "職員丙", "秘密の備考"), act());
    store->suspend(pause("C-1", day("2026-05-13"), day("2026-05-20"), "秘密の理由"), act());
    at("2026-06-01T08:30:00+09:00");
    decide_due(*service, act());
    store->set_last_instant(clock.now());
    service->turns.emplace();  // a daemon drives it
  }
  std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }
};

// ---- show ---------------------------------------------------------------------------------------

TEST_F(ReadCommands, ShowHasEveryRecordWithTheNumberThatVoidNeeds) {
  live();
  const std::string text = out("show", {{"client", "C-1"}, {"language", "en"}});
  EXPECT_THAT(text, AllOf(HasSubstr("name: 仮 花子\n"), HasSubstr("certificate: 9876543210\n"),
                          HasSubstr("case manager: CM-1\n")));
  EXPECT_THAT(text, HasSubstr("== visits\nrecord  on          closes  by      note\n"
                              "     1  2026-05-12  extra   職員乙  秘密の備考\n"));
  EXPECT_THAT(text, HasSubstr("== contacts\nrecord  on          by      note\n"
                              "     1  2026-05-12  職員丙  秘密の備考\n"));
  EXPECT_THAT(text, HasSubstr("== suspensions\nrecord  period                    reason"));
  EXPECT_THAT(text, HasSubstr("C-1/monitoring/2026-04-01/2026-06"));
}

TEST_F(ReadCommands, ShowJsonIsOneDocument) {
  live();
  const auto parsed = boost::json::parse(out("show", {{"client", "C-1"}, {"json", ""}}));
  EXPECT_EQ(parsed.at("name").as_string(), "仮 花子");
  EXPECT_EQ(parsed.at("visits").at(0).at("why").as_string(), "nothing_before");
  EXPECT_EQ(parsed.at("checks").at(0).at("last_ok").as_string(), "2026-04-12");
  EXPECT_EQ(parsed.at("checks").at(0).at("check_ins").at(0).at("id").as_int64(), 1);
  EXPECT_EQ(parsed.at("suspensions").at(0).at("until").as_string(), "2026-05-20");
}

TEST_F(ReadCommands, ShowOfAnEarlierDayLeavesOutWhatCameLater) {
  live();
  const std::string text = out("show", {{"client", "C-1"}, {"at", "2026-04-11"}});
  EXPECT_THAT(text, AllOf(Not(HasSubstr("2026-05-12")), Not(HasSubstr("職員甲"))));
  EXPECT_THAT(text, HasSubstr("初回待ち"));
}

TEST_F(ReadCommands, ShowAndExplainOfNobodySayWhereTheCodesAre) {
  for (const std::string command : {"show", "explain"}) {
    const Response response = run(command, {{"client", "C-9"}});
    EXPECT_EQ(response.exit, Exit::refused);
    EXPECT_EQ(response.err, "no client C-9; omamorictl list clients shows the codes\n");
    EXPECT_EQ(run(command, {{"client", "C-1"}, {"at", "tomorrow"}}).exit, Exit::usage);
  }
}

// ---- list ---------------------------------------------------------------------------------------

TEST_F(ReadCommands, ListsHaveTheirColumns) {
  live();
  const std::pair<const char*, const char*> rows[] = {
      {"offices", "office  name      supervisor  core_center"},
      {"staff",
       "staff  name       role          office  channels  email             webhook  "
       "language  until  phone"},
      {"clients", "client  name     office  case_manager  watched_from  ended_on"},
      {"periods",
       "client  start       end         plan_kind           decision_kind  "
       "interval_months  monitoring_months  cut"},
      {"safety_checks",
       "check  client  state   last_ok     expected    deadline    every_days  "
       "grace_days  extends_to_months  from        until  agreed_on   provider  fail_means   "
       "get_allowed  ping_refused"},
      {"check_ins", "id  check  at                outcome  by      note        pings"},
      {"monitorings", "id  client  on          for_month  by      note"},
      {"contacts", "id  client  on          by      note"},
      {"suspensions", "id  client  from        until       reason      by"},
      {"obligations", "client  kind        due_by      months   check  opened      key"},
  };
  for (const auto& [kind, header] : rows) {
    EXPECT_EQ(first_line(out("list", {{"kind", kind}})), header) << kind;
    EXPECT_FALSE(boost::json::parse(out("list", {{"kind", kind}, {"json", ""}})).as_array().empty())
        << kind;
  }
}

TEST_F(ReadCommands, AListCanBeNarrowedToAClientAndADay) {
  live();
  EXPECT_EQ(import({{CsvKind::clients,
                     "client_code,office_code,plan_kind,decision_start,decision_end\n"
                     "C-2,OF-1,regular,2026-04-01,2027-03-31\n"}}),
            "");
  const auto count = [&](const std::string& kind, const std::string& client,
                         const std::string& day) {
    const std::string json =
        out("list", {{"kind", kind}, {"client", client}, {"at", day}, {"json", ""}});
    return boost::json::parse(json).as_array().size();
  };
  EXPECT_EQ(count("check_ins", "C-1", "2026-04-12"), 1U);
  EXPECT_EQ(count("check_ins", "C-1", "2026-04-11"), 0U);
  EXPECT_EQ(count("check_ins", "C-2", "2026-05-12"), 0U);
  EXPECT_EQ(boost::json::parse(out("list", {{"kind", "periods"}, {"client", "C-2"}, {"json", ""}}))
                .as_array()
                .size(),
            1U);
  EXPECT_EQ(count("obligations", "C-1", "2026-05-31"), 2U) << "the lapse, and June in view";
  EXPECT_EQ(run("list", {{"kind", "periods"}, {"client", "C-9"}}).exit, Exit::refused);
}

// Those to come and those that are over have a number, too: void asks for it.
TEST_F(ReadCommands, AbsencesAreListedWithTheNumberThatVoidNeeds) {
  at("2026-06-01T09:00:00+09:00");
  EXPECT_EQ(out("list", {{"kind", "absences"}}), "");
  store->add_absence({0, "CM-1", day("2026-06-10"), day("2026-06-12"), "SV-1"}, act());
  store->add_absence({0, "SV-1", day("2026-06-12"), {}, ""}, act());
  const char* const all =
      "id  staff  from        until       delegate\n"
      " 1  CM-1   2026-06-10  2026-06-12  SV-1\n"
      " 2  SV-1   2026-06-12\n";
  EXPECT_EQ(out("list", {{"kind", "absences"}}), all);
  const auto on = [&](const std::string& day) {
    std::string ids;
    const auto rows =
        boost::json::parse(out("list", {{"kind", "absences"}, {"at", day}, {"json", ""}}));
    for (const auto& row : rows.as_array()) ids += std::to_string(row.at("id").as_int64());
    return ids;
  };
  const std::pair<const char*, const char*> rows[] = {
      {"2026-06-09", ""}, {"2026-06-10", "1"}, {"2026-06-12", "12"}, {"2026-06-13", "2"}};
  for (const auto& [when, ids] : rows) EXPECT_EQ(on(when), ids) << when;
  const auto second = boost::json::parse(out("list", {{"kind", "absences"}, {"json", ""}})).at(1);
  EXPECT_EQ(boost::json::serialize(second),
            R"({"id":2,"staff":"SV-1","from":"2026-06-12","until":null,"delegate":null})");
  EXPECT_TRUE(store->void_record(RecordKind::absence, 1, "誤り", act()));
  EXPECT_EQ(on("2026-06-12"), "2") << "a void one is none";
}

TEST_F(ReadCommands, AnUnknownKindNamesTheKnownOnes) {
  const Response response = run("list", {{"kind", "cats"}});
  EXPECT_EQ(response.exit, Exit::usage);
  EXPECT_EQ(
      response.err,
      "list \"cats\": no such kind; one of absences, check_ins, checks, clients, contacts, due, "
      "extended, monitorings, obligations, offices, overdue, periods, risk, safety_checks, staff, "
      "suspensions, visits, workload\n");
  EXPECT_EQ(run("export", {{"kind", "cats"}}).exit, Exit::usage);
}

// ---- log ----------------------------------------------------------------------------------------

TEST_F(ReadCommands, TheLogIsInLocalTimeAndCanBeNarrowed) {
  live();
  const std::string text = out("log", {{"client", "C-1"}, {"kind", "record."}});
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 4) << text;
  EXPECT_THAT(text, HasSubstr("2026-04-12 12:00  tester  record.check_in    C-1     check_in/1"));
  EXPECT_EQ(out("log", {{"since", "2026-06-02"}}), "");
  EXPECT_EQ(run("log", {{"limit", "2"}}).err, "the last 2 rows; --limit 0 shows all\n");
  EXPECT_EQ(run("log", {{"limit", "x"}}).exit, Exit::usage);
  EXPECT_EQ(run("log", {{"client", "C-9"}}).err,
            "no client C-9; omamorictl list clients shows the codes\n");
  EXPECT_EQ(run("log", {{"kind", "recrod."}}).err, "no row of the journal is so\n");
  EXPECT_EQ(run("log", {{"since", "x"}}).exit, Exit::usage);
}

TEST_F(ReadCommands, VerifyTellsASoundJournalFromACutOne) {
  live();
  const std::string printed = out("log", {{"verify", "yes"}});
  ASSERT_EQ(printed.substr(0, 3), "ok ");
  std::string head = printed.substr(3, printed.size() - 4);
  EXPECT_EQ(out("log", {{"verify", "yes"}, {"head", head}}), printed);
  const std::size_t colon = head.find(':');
  const std::string ahead = std::to_string(std::stoi(head.substr(0, colon)) + 5);
  const Response cut = run("log", {{"verify", "yes"}, {"head", ahead + head.substr(colon)}});
  EXPECT_EQ(cut.exit, Exit::refused);
  EXPECT_THAT(cut.err, HasSubstr("the end was cut off: the printed head is row " + ahead));
  EXPECT_EQ(run("log", {{"verify", "yes"}, {"head", "7"}}).exit, Exit::usage);
  EXPECT_EQ(run("log", {{"head", ahead + head.substr(colon)}}).exit, Exit::refused)
      << "a head is given to be compared, with or without --verify";
}

// ---- status -------------------------------------------------------------------------------------

TEST_F(ReadCommands, StatusIsSoundWhileEverythingIsInTime) {
  live();
  EXPECT_EQ(first_line(out("status")), "sound");
  at("2026-06-01T12:29:59+09:00");
  store->set_last_instant(clock.now());
  EXPECT_EQ(first_line(out("status")), "sound") << "one second before fallback_after";
}

TEST_F(ReadCommands, StatusIsDegradedWithTheReason) {
  live();
  at("2026-06-01T12:30:00+09:00");
  const auto why = [&] {
    const Response response = run("status");
    EXPECT_EQ(response.exit, Exit::refused);
    return response.out;
  };
  EXPECT_THAT(why(),
              HasSubstr("! 2 items owed to CM-1 cannot be told, nor to anybody else (since "
                        "2026-06-01 08:30); omamorictl outbox list and outbox show ID say why\n"));
  store->set_meta("clock_hold", "behind");
  EXPECT_THAT(why(),
              HasSubstr("! the clock is not trusted, nothing is sent: behind; set it right"));
  use(service->policy(), service->config(),
      {"policy.toml:3:1: no such key", "warning: x", "policy: y"});
  EXPECT_THAT(why(), AllOf(HasSubstr("! policy.toml:3:1: no such key"),
                           Not(HasSubstr("! warning: x")), Not(HasSubstr("! policy: y"))));
}

TEST_F(ReadCommands, StatusNoticesThatNobodyIsActing) {
  service->turns.emplace();
  at("2026-04-01T09:10:00+09:00");
  EXPECT_EQ(first_line(out("status")), "sound") << "imported ten minutes ago";
  at("2026-04-01T09:10:01+09:00");
  EXPECT_THAT(run("status").out, HasSubstr("! 1 client waiting to be planned; see what omamorid"));
  live();
  at("2026-07-20T09:00:00+09:00");
  EXPECT_THAT(run("status").out, HasSubstr("a client should have been looked at (since 2026-06-"));
}

TEST_F(ReadCommands, StatusWithoutADaemonSaysSinceWhenNobodyActs) {
  live();
  service->turns.reset();
  const Response response = run("status");
  EXPECT_EQ(response.exit, Exit::refused);
  EXPECT_THAT(response.out, HasSubstr("! omamorid is not running, nobody is reminded (since "
                                      "2026-06-01 08:30); systemctl start omamorid\n"));
}

TEST_F(ReadCommands, StatusJsonHasTheNumbers) {
  live();
  const auto parsed = boost::json::parse(out("status", {{"json", ""}}));
  EXPECT_EQ(parsed.at("state").as_string(), "sound");
  EXPECT_EQ(parsed.at("clients").as_int64(), 1);
  EXPECT_EQ(parsed.at("last_acted_at").as_string(), "2026-05-31T23:30:00Z");
  EXPECT_FALSE(parsed.at("hold").as_bool());
}

// ---- check --------------------------------------------------------------------------------------

TEST_F(ReadCommands, CheckFindsPeopleWhomNothingReaches) {
  const std::string effect =
      "effect: policy.toml: standard_interval_months (3): acts on 1 of 1 client\n";
  EXPECT_EQ(out("check"), effect + "ok\n");
  Config nothing;
  nothing.policy = service->config().policy;
  use(service->policy(), nothing);
  const Response response = run("check");
  EXPECT_EQ(response.exit, Exit::refused);
  EXPECT_EQ(response.out,
            "error: nobody can be told anything: give staff an address and omamori.toml a channel\n"
            "warning: CM-1 (case_manager) cannot be told: email needs [smtp] host in omamori.toml\n"
            "warning: SV-1 (supervisor) cannot be told: email needs [smtp] host in omamori.toml\n" +
                effect + "not sound\n");
}

TEST_F(ReadCommands, CheckCallsAPolicyThatIsNotInTheFileTheKeptOne) {
  const std::filesystem::path file = service->config().policy;
  const std::string effect = "standard_interval_months (3): acts on 1 of 1 client\nok\n";
  EXPECT_EQ(out("check"), "effect: policy.toml: " + effect);
  std::ofstream(file) << "intervall = 1\n";
  EXPECT_EQ(out("check"), "effect: kept policy (version 1): " + effect);
  std::filesystem::remove(file);
  EXPECT_EQ(out("check"), "effect: kept policy (version 1): " + effect);
}

TEST_F(ReadCommands, CheckNamesWhatIsNotSettled) {
  EXPECT_EQ(import({{CsvKind::staff,
                     "staff_code,name,role,office_code,email,webhook,channels\n"
                     "CM-2,見本 三郎,case_manager,OF-1,,tool,webhook\n"
                     "CM-3,見本 四郎,case_manager,OF-1,,,\n"
                     "CM-4,見本 五郎,case_manager,OF-1,x@other.example,,email file\n"},
                    {CsvKind::clients,
                     "client_code,office_code,plan_kind,decision_start,decision_end\n"
                     "C-2,OF-1,regular,2026-04-01,2027-03-31\n"},
                    {CsvKind::safety_checks,
                     "check_code,client_code,from,every_days\nS-2,C-2,2026-04-01,30\n"}}),
            "");
  Config config = service->config();
  config.smtp.allowed_domains = {"example.com"};
  Policy policy;
  policy.terms.overrides = {{"C-7", 1, day("2026-04-01"), {}, "秘密の理由", {}}};
  use(policy, config);
  const std::string text = out("check");
  EXPECT_THAT(text, HasSubstr("warning: policy.toml: "));
  EXPECT_THAT(text, HasSubstr("C-7"));
  EXPECT_THAT(text, HasSubstr("CM-2 (case_manager) cannot be told: omamori.toml has no "
                              "[webhook.endpoint.tool]\n"));
  EXPECT_THAT(text, HasSubstr("CM-3 (case_manager) cannot be told: no channel\n"));
  EXPECT_THAT(text, HasSubstr("CM-4 (case_manager) cannot be told: the address is not in "
                              "allowed_domains; file needs [file] directory in omamori.toml\n"));
  EXPECT_THAT(text, HasSubstr("note: clients without a case manager: C-2\n"));
  EXPECT_THAT(text, HasSubstr("note: safety checks the city has not agreed to: S-2\nok\n"));
}

// ---- P7 -----------------------------------------------------------------------------------------

TEST_F(ReadCommands, NoNameAndNoFreeTextOutsideTheCommandsThatShowClients) {
  live();
  const std::vector<std::pair<std::string, std::map<std::string, std::string>>> asked{
      {"log", {{"limit", "0"}}},
      {"log", {{"verify", "yes"}}},
      {"status", {}},
      {"check", {}},
      {"plan", {}},
      {"plan", {{"all", "yes"}}}};
  for (const auto& [command, options] : asked) {
    for (const bool json : {false, true}) {
      auto given = options;
      if (json) given["json"] = "";
      const Response response = run(command, given);
      for (const char* secret : {"花子", "太郎", "次郎", "9876543210", "秘密", "職員"}) {
        EXPECT_THAT(response.out + response.err, Not(HasSubstr(secret))) << command;
      }
    }
  }
  EXPECT_THAT(out("list", {{"kind", "clients"}}), HasSubstr("花子")) << "the guard can fail";
}

}  // namespace
}  // namespace omamori
