// The daemon as a process, asked over its control socket, with real mail and web servers that do
// what such servers do on a bad day: one person's trouble is nobody else's (P5), and nobody is
// forgotten (P1).
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "db/store.h"
#include "tests/support/daemon_process.h"
#include "tests/support/http_support.h"
#include "tests/support/places.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr const char* kBefore = "2026-09-24T08:00:00+09:00";
constexpr const char* kMorning = "2026-09-24T08:30:00+09:00";

// omamorid --fast in a place: its clock goes where it is told. Killed at the end.
class RunningDaemon : public DaemonProcess {
 public:
  RunningDaemon(Place& place, const std::string& at)
      : DaemonProcess(begun_at(place, at), {"--fast"}), place_(place) {}
  // omamorictl looks on until the clock is there, and gives up while a message is long on its way.
  void run_to(const std::string& instant) {
    Ran ran;
    do {
      ran = place_.ctl({"clock", "run-to", instant});
    } while (ran.err.find("the clock stands still") != std::string::npos);
    EXPECT_EQ(ran.exit, 0) << ran << place_.read("log");
  }
  bool has_pending(int messages) const { return status().at("pending_messages") == messages; }

 private:
  static Place& begun_at(Place& place, const std::string& at) {
    place.clock = at;
    return place;
  }
  Place& place_;
};

class DeliveryScenarios : public testing::Test {
 protected:
  // C-1 of CM-1, C-2 of CM-2, C-3 of CM-3: each to be told at kMorning, nobody else. CM-3 is told
  // by webhook, then by email.
  void prepare(const SmtpServer& mail, const HttpServer& web) {
    configure(mail, web);
    place.write("policy.toml", "weekly_on = \"never\"\n");
    place.write("tool-secret", std::string(kSecret) + "\n");
    std::filesystem::permissions(place.path("tool-secret"), std::filesystem::perms{0600});
    place.write("csv/offices.csv",
                "office_code,name,supervisor,core_center\nOF-1,見本相談室,SV-1,CC-1\n");
    place.write("csv/staff.csv",
                "staff_code,name,role,office_code,email,channels,webhook\n"
                "CM-1,仮 一郎,case_manager,OF-1,cm1@example.com,email,\n"
                "CM-2,仮 二郎,case_manager,OF-1,cm2@example.com,email,\n"
                "CM-3,仮 六郎,case_manager,OF-1,cm3@example.com,webhook email,tool\n"
                "SV-1,仮 三郎,supervisor,OF-1,sv1@example.com,email,\n"
                "CC-1,仮 四郎,core_center,,cc1@example.com,email,\n"
                "OP-1,仮 五郎,operator,,op1@example.com,email,\n");
    std::string clients =
        "client_code,name,certificate_no,office_code,case_manager,plan_kind,decision_start,"
        "decision_end,watched_from\n";
    for (const char* n : {"1", "2", "3"}) {
      clients += std::string("C-") + n + ",見本,1234567890,OF-1,CM-" + n +
                 ",standby_short_stay,2026-04-01,2027-03-31,2026-09-01\n";
    }
    place.write("csv/clients.csv", clients);
    place.clock = "2026-09-18T12:00:00+09:00";
    ASSERT_EQ(place.ctl({"init", "--demo"}).exit, 0);
    const Ran imported = place.ctl({"import", place.path("csv").string()});
    ASSERT_EQ(imported.exit, 0) << imported;
  }
  void configure(const SmtpServer& mail, const HttpServer& web) {
    place.write("omamori.toml",
                "[database]\npath = \"omamori.db\"\n[policy]\npath = \"policy.toml\"\n"
                "[control]\nsocket = \"control.sock\"\n"
                "[smtp]\nhost = \"localhost\"\nport = " +
                    std::to_string(mail.port()) +
                    "\ntls = \"none\"\nfrom = \"omamori@example.com\"\n"
                    "[webhook.endpoint.tool]\nurl = \"" +
                    web.url() + "\"\nsecret_file = \"tool-secret\"\n");
  }
  static std::vector<std::string> recipients(const SmtpServer& mail) {
    std::vector<std::string> found;
    for (int i = 1; i <= mail.accepted(); ++i) {
      const auto to = boost::json::value_to<std::vector<std::string>>(mail.envelope(i).at("to"));
      found.push_back(to.at(0));
    }
    return found;
  }
  static std::string text_to(const SmtpServer& mail, const std::string& address) {
    const auto all = recipients(mail);
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i] == address) return read_mail(mail.eml(static_cast<int>(i + 1))).text();
    }
    return "";
  }
  static void wait_until_told(const SmtpServer& mail, const std::string& address) {
    mail.wait_until([&] { return !text_to(mail, address).empty(); });
  }

  Place place;
};

TEST_F(DeliveryScenarios, AServerThatThinksLongAboutOneMailKeepsNobodyElseWaiting) {
  const SmtpServer mail({"--hold-reply", "cm1@"});
  const HttpServer web;
  prepare(mail, web);
  RunningDaemon daemon(place, kBefore);
  daemon.run_to(kMorning);
  ASSERT_EQ(mail.wait_until_it_holds(), "DATA");
  wait_until_told(mail, "cm2@example.com");
  web.wait_for_requests(1);
  ask_until([&] { return daemon.has_pending(1); });
  mail.release();
  ask_until([&] { return daemon.has_pending(0); });
  EXPECT_EQ(recipients(mail).size(), 2U) << "each once";
}

TEST_F(DeliveryScenarios, WhoIsRefusedIsStoodInForAtOnceAndTheOthersAreTold) {
  const SmtpServer mail({"--refuse", "cm1@=550 5.1.1 no such user"});
  const HttpServer web;
  prepare(mail, web);
  RunningDaemon daemon(place, kBefore);
  daemon.run_to(kMorning);
  wait_until_told(mail, "cm2@example.com");
  web.wait_for_requests(1);
  wait_until_told(mail, "sv1@example.com");
  EXPECT_THAT(text_to(mail, "sv1@example.com"), AllOf(HasSubstr("C-1"), Not(HasSubstr("C-2"))));
  wait_until_told(mail, "op1@example.com");
  EXPECT_THAT(text_to(mail, "op1@example.com"), HasSubstr("CM-1"));
}

TEST_F(DeliveryScenarios, AfterADaysOutageOneDigestAPersonThatSaysHowLate) {
  const HttpServer web;
  {
    const SmtpServer mail;
    prepare(mail, web);
  }  // the server is gone
  {
    RunningDaemon daemon(place, kBefore);
    daemon.run_to("2026-09-25T09:00:00+09:00");
    ask_until([&] {
      return place.read("log").find("smtp down") != std::string::npos ||
             daemon.status().at("last_acted_at").as_string() >= "2026-09-24T23:";
    });
    EXPECT_EQ(web.count(), 1) << "the way by webhook was open";
    daemon.kill();
  }
  const SmtpServer mail;
  configure(mail, web);
  RunningDaemon daemon(place, "2026-09-25T09:00:00+09:00");
  daemon.run_to("2026-09-25T10:00:00+09:00");
  for (const char* address : {"cm1@example.com", "cm2@example.com"}) {
    wait_until_told(mail, address);
    EXPECT_THAT(text_to(mail, address), HasSubstr("1日遅れて"));
  }
  ask_until([&] { return daemon.has_pending(0); });
  EXPECT_EQ(daemon.status().at("owed_items"), 0);
  std::map<std::string, int> digests;
  for (const std::string& to : recipients(mail)) ++digests[to];
  EXPECT_EQ(digests["cm1@example.com"], 1);
  EXPECT_EQ(digests["cm2@example.com"], 1);
  EXPECT_EQ(web.count(), 1) << "who was told is not told again";
}

TEST_F(DeliveryScenarios, AClientWithImpossibleDataHarmsNobodyElseAndTheOperatorHears) {
  const SmtpServer mail;
  const HttpServer web;
  prepare(mail, web);
  Database(place.path("omamori.db"), false)
      .exec("UPDATE period_version SET end_day = '2027-02-30' WHERE client = 'C-1'");
  RunningDaemon daemon(place, kBefore);
  daemon.run_to(kMorning);
  wait_until_told(mail, "cm2@example.com");
  web.wait_for_requests(1);
  wait_until_told(mail, "op1@example.com");
  EXPECT_THAT(text_to(mail, "op1@example.com"), HasSubstr("C-1"));
}

// Its provider does not know our sender until somebody has written to them: nobody's fault but
// ours.
TEST_F(DeliveryScenarios, AServerThatRejectsTheSenderCostsNobodyTheirMailAndIsToldOfByWebhook) {
  const HttpServer web;
  {
    const ScriptedMailServer rejecting({"--rule", "MAIL=553 5.1.8 sender rejected"});
    prepare(rejecting, web);
    place.write("csv/staff.csv", place.read("csv/staff.csv") +
                                     "OP-2,仮 七郎,operator,,op2@example.com,webhook email,tool\n");
    ASSERT_EQ(place.ctl({"import", place.path("csv").string()}).exit, 0);
    RunningDaemon daemon(place, kBefore);
    daemon.run_to("2026-09-24T10:00:00+09:00");
    web.wait_for_requests(2);  // the digest of CM-3 and the trouble
    EXPECT_EQ(daemon.status().at("dead_messages"), 0);
    EXPECT_EQ(rejecting.steps().find("RCPT"), std::string::npos);
    daemon.kill();
  }
  const SmtpServer mail;
  configure(mail, web);
  RunningDaemon daemon(place, "2026-09-24T10:00:00+09:00");
  daemon.run_to("2026-09-24T10:30:00+09:00");
  for (const char* address : {"cm1@example.com", "cm2@example.com"}) wait_until_told(mail, address);
  ask_until([&] { return daemon.has_pending(0); });
  EXPECT_EQ(daemon.status().at("dead_messages"), 0);
}

// "250 o" and no more: it may have been accepted.
TEST_F(DeliveryScenarios, AMailWhoseAnswerWasCutGoesAgainUnderTheSameIdAndUnchanged) {
  const ScriptedMailServer mail({"--rule", "dot/cm1@=cut:250 o", "--only", "1"});
  const HttpServer web;
  prepare(mail, web);
  RunningDaemon daemon(place, kBefore);
  daemon.run_to("2026-09-24T08:31:00+09:00");
  wait_until_told(mail, "cm1@example.com");
  ask_until([&] { return daemon.has_pending(0); });
  const auto shown = place.ctl({"outbox", "list", "--json"});
  EXPECT_THAT(place.read("log"), HasSubstr("unknown whether told CM-1"));
  EXPECT_EQ(recipients(mail).size(), 2U) << "CM-1 and CM-2, each once more or less: " << shown;
}

TEST_F(DeliveryScenarios, AnEndpointThatIsGoneIsDisabledAndItsPeopleGetTheirNextChannel) {
  const SmtpServer mail;
  const HttpServer web({"--answer", "410"});
  prepare(mail, web);
  RunningDaemon daemon(place, kBefore);
  daemon.run_to(kMorning);
  wait_until_told(mail, "cm3@example.com");
  EXPECT_THAT(text_to(mail, "cm3@example.com"), HasSubstr("C-3"));
  wait_until_told(mail, "op1@example.com");
  EXPECT_THAT(text_to(mail, "op1@example.com"), HasSubstr("endpoint enable tool"));
  EXPECT_EQ(web.count(), 1) << "it is not called again";
}

TEST_F(DeliveryScenarios, TheWebhookThatArrivesIsSignedAsOthersVerifyIt) {
  if (!std::filesystem::exists(source_path("tests/npm/node_modules/standardwebhooks"))) {
    GTEST_SKIP() << "tests/npm/node_modules is missing: run ./dev setup";
  }
  const SmtpServer mail;
  const HttpServer web;
  prepare(mail, web);
  RunningDaemon daemon(place, kBefore);
  daemon.run_to(kMorning);
  web.wait_for_requests(1);
  const HeardRequest got = web.request(1);
  EXPECT_THAT(got.header("webhook-id"), HasSubstr("omamori-"));
  EXPECT_EQ(got.header("webhook-timestamp"), "1790206200") << "of the attempt, at kMorning";
  // The package refuses timestamps that are far from its clock: it is given the daemon's.
  const std::string node =
      "const {Webhook} = await import('" +
      source_path("tests/npm/node_modules/standardwebhooks/dist/index.js") +
      "');"
      "const r = JSON.parse((await import('node:fs')).readFileSync(process.argv[1]));"
      "Date.now = () => Number(r.headers['webhook-timestamp']) * 1000;"
      "for (const s of process.argv.slice(2)) { try { new Webhook(s).verify("
      "Buffer.from(r.body, 'base64').toString('utf8'), r.headers); console.log('valid'); }"
      " catch (e) { console.log('invalid'); } }";
  EXPECT_EQ(run({"/usr/bin/env", "node", "--input-type=module", "-e", node, web.file(1).string(),
                 kSecret, "whsec_QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY="}),
            "valid\ninvalid\n");
}

}  // namespace
}  // namespace omamori
