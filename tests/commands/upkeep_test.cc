// endpoint, clock and trouble: what is shown of what does not work, and what a person's word does.
#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/reminders/clock_hold.h"
#include "db/door_records.h"
#include "tests/support/app_fixture.h"
#include "tests/support/fake_notifier.h"
#include "tests/support/outlets.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class UpkeepCommands : public AppTest {
 protected:
  UpkeepCommands() {
    Config config;
    config.smtp.host = "localhost";
    config.file_directory = "outbox";
    WebhookEndpoint endpoint;
    endpoint.name = "case-tool";
    config.webhooks = {endpoint};
    accept(Policy{});
    use(service->policy(), config);
  }
  void peer(const std::string& name, Reach reach, const std::string& why) {
    PeerState state;
    state.reach = reach;
    state.since = clock.now();
    state.why = why;
    if (reach == Reach::down) state.next_probe_at = clock.now() + std::chrono::seconds{30};
    store->put_peer(name, state, act());
  }
  std::string journal(const std::string& kind) {
    return out("log", {{"kind", kind}, {"json", ""}});
  }
  Reach reach(const std::string& name) { return store->peers()[name].reach; }
};

TEST_F(UpkeepCommands, LinksAreListedAndRevokedAPersonAtATime) {
  ASSERT_EQ(import(small_office()), "");
  EXPECT_EQ(out("token list", {{"language", "en"}}), "No link is in use.\n");
  DoorRecords& doors = store->doors();
  doors.carry({"h1", "CM-1", "C-1/x", "act", 0, clock.now()});
  doors.carry({"h2", "SV-1", "C-1/x", "act", 0, clock.now()});
  doors.carry({"h3", "CM-1", "C-1/old", "act", 0, clock.now() - std::chrono::days{91}});
  EXPECT_EQ(out("token list", {{"language", "en"}}),
            "staff  obligation  door  last carried\n"
            "CM-1   C-1/x       act   2026-04-01 09:00\n"
            "SV-1   C-1/x       act   2026-04-01 09:00\n");
  EXPECT_THAT(out("token revoke", {{"staff", "CM-1"}}), HasSubstr("CM-1: 1 links are dead"));
  EXPECT_EQ(out("token list", {{"staff", "CM-1"}, {"language", "en"}}), "No link is in use.\n");
  EXPECT_THAT(out("token list", {{"json", ""}}), HasSubstr("SV-1"));
  EXPECT_THAT(journal("token.revoked"), HasSubstr("CM-1"));
  EXPECT_EQ(static_cast<int>(run("token revoke", {{"staff", "CM-9"}}).exit), 1);
}

TEST_F(UpkeepCommands, EndpointsAreListedWithWhatIsKnownOfThem) {
  peer("smtp", Reach::down, "connection refused");
  peer("webhook:case-tool", Reach::disabled, "410 Gone");
  peer("webhook:old", Reach::down, "timeout");
  EXPECT_EQ(
      out("endpoint list", {{"language", "en"}}),
      "endpoint           state                 since             next probe        why\n"
      "smtp               down                  2026-04-01 09:00  2026-04-01 09:00  "
      "connection refused\n"
      "webhook:case-tool  disabled              2026-04-01 09:00                    410 Gone\n"
      "file               sound\n"
      "webhook:old        down, not configured  2026-04-01 09:00  2026-04-01 09:00  timeout\n");
  const auto rows = boost::json::parse(out("endpoint list", {{"json", ""}}));
  EXPECT_EQ(rows.at(0).at("next_probe_at").as_string(), "2026-04-01T00:00:30Z");
  EXPECT_EQ(rows.at(1).at("state").as_string(), "disabled");
  EXPECT_TRUE(rows.at(2).at("since").is_null());
  EXPECT_FALSE(rows.at(3).at("configured").as_bool());
}

TEST_F(UpkeepCommands, AnEndpointIsEnabledAndItsTroubleEnds) {
  peer("webhook:case-tool", Reach::disabled, "410 Gone");
  store->raise_trouble("endpoint case-tool", "410 Gone", false, act());
  EXPECT_THAT(out("endpoint enable", {{"name", "case-tool"}}),
              StartsWith("webhook:case-tool was disabled and is called again from now on"));
  EXPECT_EQ(reach("webhook:case-tool"), Reach::sound);
  EXPECT_TRUE(store->troubles().empty());
  EXPECT_THAT(journal("peer.sound"), HasSubstr("webhook:case-tool"));
  EXPECT_EQ(out("endpoint enable", {{"name", "webhook:case-tool"}}),
            "webhook:case-tool: nothing was wrong with it\n");
  peer("smtp", Reach::down, "connection refused");
  store->raise_trouble("peer smtp", "x", false, act());
  out("endpoint enable", {{"name", "smtp"}});
  EXPECT_EQ(reach("smtp"), Reach::sound);
  EXPECT_TRUE(store->troubles().empty());
}

TEST_F(UpkeepCommands, AnUnknownEndpointIsRefusedWithTheNamesThereAre) {
  const Response response = run("endpoint enable", {{"name", "case-tol"}});
  EXPECT_EQ(response.exit, Exit::refused);
  EXPECT_EQ(response.err,
            "case-tol: no such endpoint; did you mean case-tool? omamori.toml has smtp, case-tool, "
            "file\n");
  EXPECT_EQ(run("endpoint enable").exit, Exit::usage);
}

TEST_F(UpkeepCommands, TheClockIsShownAndAccepted) {
  store->set_last_instant(instant("2026-03-31T08:30:00+09:00"));
  EXPECT_EQ(out("clock show"),
            "now         2026-04-01 09:00 Asia/Tokyo\n"
            "last acted  2026-03-31 08:30\n"
            "held        no\n");
  EXPECT_THAT(out("clock accept"), StartsWith("the clock was not held"));
  EXPECT_EQ(store->last_instant(), instant("2026-03-31T08:30:00+09:00"));
  keep_clock_hold(*store, {false, "it stepped by 40 days"}, act());
  EXPECT_THAT(out("clock show"), AllOf(HasSubstr("held        it stepped by 40 days\n"),
                                       HasSubstr("omamorictl clock accept")));
  const auto shown = boost::json::parse(out("clock show", {{"json", ""}}));
  EXPECT_TRUE(shown.at("held").as_bool());
  EXPECT_EQ(shown.at("why").as_string(), "it stepped by 40 days");
  EXPECT_THAT(out("clock accept"), StartsWith("from now on the clock is believed: it is "
                                              "2026-04-01 09:00 Asia/Tokyo"));
  EXPECT_EQ(store->meta("clock_hold"), "");
  EXPECT_EQ(store->last_instant(), clock.now());
  EXPECT_TRUE(store->troubles().empty());
  EXPECT_THAT(journal("clock.accept"), HasSubstr("tester"));
}

TEST_F(UpkeepCommands, TroublesAreListedWithWhatToDo) {
  EXPECT_EQ(out("trouble list"), "問題はありません。\n");
  store->raise_trouble("policy", "policy.toml:3:1: wrong\npolicy.toml:9:2: too", true, act());
  store->raise_trouble("peer smtp", "connection refused", false, act());
  EXPECT_EQ(out("trouble list", {{"language", "en"}}),
            "peer smtp (since 2026-04-01 09:00): Mail cannot be sent\n"
            "  connection refused\n"
            "  Read the reason; look whether the mail server runs and whether [smtp] in "
            "omamori.toml (sender, login) is right. What has waited is then sent by itself.\n"
            "\n"
            "policy (since 2026-04-01 09:00): policy.toml has errors and was not taken\n"
            "  policy.toml:3:1: wrong\n"
            "  policy.toml:9:2: too\n"
            "  Mend the places below, save the file and run omamorictl reload on the server.\n");
  const auto rows = boost::json::parse(out("trouble list", {{"json", ""}}));
  EXPECT_EQ(rows.at(1).at("subject").as_string(), "policy");
  EXPECT_TRUE(rows.at(1).at("supervisors").as_bool());
}

TEST_F(UpkeepCommands, ADroppedTroubleIsToldNoMoreAndItsReasonStaysHere) {
  ASSERT_EQ(import({{CsvKind::staff,
                     "staff_code,name,role,email,channels\nOP-1,見本,operator,op@example.com,"
                     "email\n"}}),
            "");
  store->raise_trouble("row client C-9", "cannot be read", false, act());
  const std::string key = store->troubles().front().obligation;
  EXPECT_EQ(run("trouble drop", {{"subject", "row client C-9"}}).exit, Exit::usage);
  const Response wrong = run("trouble drop", {{"subject", "row client C-8"}, {"reason", "x"}});
  EXPECT_EQ(wrong.exit, Exit::refused);
  EXPECT_THAT(wrong.err, HasSubstr("did you mean \"row client C-9\"?"));
  EXPECT_THAT(out("trouble drop", {{"subject", "row client C-9"}, {"reason", "MARKER"}}),
              StartsWith("row client C-9: dropped"));
  EXPECT_TRUE(store->troubles().empty());
  const auto kept = store->obligation(key);
  EXPECT_EQ(kept->state, ObligationState::ended);
  EXPECT_EQ(kept->reason, "dropped by hand: MARKER");
  EXPECT_THAT(out("log", {{"limit", "0"}}), Not(HasSubstr("MARKER")));
  EXPECT_THAT(journal("trouble.dropped"), HasSubstr(key));
  FakeNotifier email;
  Outlets outlets;
  outlets.email = &email;
  at("2026-04-02T08:30:00+09:00");
  run_once(*service, outlets, act());
  EXPECT_TRUE(email.asked().empty());
}

}  // namespace
}  // namespace omamori
