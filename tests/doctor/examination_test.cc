// The doctor as a whole: the owner asked in parts, the network looked at beside, and both programs
// run as their users would.
#include "daemon/doctor/examination.h"

#include <cerrno>
#include <cstring>
#include <future>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/answer/json_text.h"
#include "daemon/doctor/disk.h"
#include "tests/support/app_fixture.h"
#include "tests/support/daemon_process.h"

namespace omamori {
namespace {

using testing::HasSubstr;
using testing::Not;

// A network of its own words.
class FakeProbe final : public NetworkProbe {
 public:
  PeerFacts mail_server(const SmtpConfig&,
                        const std::optional<std::string>& password) const override {
    if (password != std::optional<std::string>("sesame")) throw std::logic_error("no password");
    PeerFacts facts;
    facts.address = "192.0.2.1";
    facts.logged_in = true;
    return facts;
  }
  PeerFacts url(const UrlPeer& peer) const override {
    if (peer.url.find("bad") != std::string::npos) throw std::runtime_error("the probe broke");
    return {};
  }
  PageFacts page(const std::string& own_url) const override {
    PageFacts facts;
    facts.status = own_url == "https://o.example/healthz" ? 200 : 404;
    facts.body = "ok\n";
    return facts;
  }
};

std::string shown(const Findings& findings) {
  std::string out;
  for (const Finding& f : findings) {
    out += std::string(to_word(f.severity)) + " " + f.where + ": " + f.what + "\n";
    EXPECT_EQ(f.to_do.empty(), f.severity == Severity::ok) << f.what;
  }
  return out;
}

class Doctor : public AppTest {
 protected:
  Doctor() : AppTest("2026-11-22T09:00:00+09:00") {
    config.database = directory / "omamori.db";
    config.policy = directory / "policy.toml";
    config.smtp.host = "mail.example.lg.jp";
    std::ofstream(config.policy) << "# policy\n";
    EXPECT_EQ(import(small_office()), "");
    Policy policy;
    store->accept_policy("# policy\n", policy, {}, act());
    use(policy, config);
  }
  Findings look() {
    use(service->policy(), config);
    service->use_notices(notices);
    parts.clear();
    Request request;
    request.options = {{"language", "en"}};
    const OwnersAnswer answer = ask_owner(
        [&](const Request& asked) -> std::variant<Response, std::string> {
          parts.push_back(asked.text("part"));
          return run_command(asked, *service);
        },
        request);
    EXPECT_EQ(answer.why_not, "");
    return answer.findings;
  }
  std::string looked() { return shown(look()); }

  Config config;
  std::vector<std::string> notices;  // what went wrong at start
  std::vector<std::string> parts;
};

TEST_F(Doctor, AsksTheOwnerInPartsThatEachEndSoon) {
  const std::string all = looked();
  ASSERT_GE(parts.size(), 5U);
  EXPECT_EQ(parts[0], "");
  EXPECT_EQ(parts[1], "people");
  EXPECT_EQ(parts[2], "table 0");
  EXPECT_TRUE(parts.back().starts_with("journal 0:"));
  EXPECT_EQ(parts.size(), 3 + store->tables().size());
  EXPECT_THAT(all, HasSubstr("ok policy.toml: can be read and is in force\n"));
  const JournalHead head = store->journal().head();
  EXPECT_THAT(all, HasSubstr("ok journal: the chain holds, head " + std::to_string(head.seq) + ":" +
                             head.hash + "\n"));
}

TEST_F(Doctor, SeesWhatTheOwnerCannotUse) {
  config.smtp.username = "omamori";
  config.smtp.password_file = directory / "no-such-file";
  config.webhooks = {{"tool", "https://tool.example.jp/", directory / "tool-secret", false, ""}};
  std::ofstream(directory / "tool-secret") << "whsec_short\n";
  config.file_directory = directory / "nowhere";
  config.hold = true;
  std::ofstream(config.policy) << "language = \"fr\"\n";
  const std::string all = looked();
  EXPECT_THAT(all, HasSubstr("error smtp.secret: omamorid cannot use it: "));
  EXPECT_THAT(all, HasSubstr("error webhook:tool.secret: omamorid cannot use it: "));
  EXPECT_THAT(all, HasSubstr("error disk:outbox: "));
  EXPECT_THAT(all, HasSubstr("warning hold: [delivery] hold = true: nothing is sent\n"));
  EXPECT_THAT(all, HasSubstr("error policy.toml: "));
  EXPECT_THAT(all, HasSubstr("policy.toml:1:"));
  EXPECT_THAT(all, Not(HasSubstr("whsec_short")));
  std::ofstream(config.policy) << "# another\n";
  EXPECT_THAT(looked(), HasSubstr("warning policy.toml: what the file says is not in force yet\n"));
}

TEST_F(Doctor, APolicyThatWaitsIsSaidOnceAndRestartingIsNoAdvice) {
  std::ofstream(config.policy) << "standard_interval_months = 1\n";
  notices = {"policy.toml: alters the plans of 48 of 60 clients", "holidays: no file"};
  const std::string all = looked();
  EXPECT_THAT(all, HasSubstr("warning policy.toml: what the file says is not in force yet\n"));
  EXPECT_THAT(all, Not(HasSubstr("48 of 60")));
  EXPECT_THAT(all, HasSubstr("error start: holidays: no file\n"));
}

TEST_F(Doctor, SeesPeersChecksAndClients) {
  PeerState down;
  down.reach = Reach::down;
  down.since = clock.now();
  down.next_probe_at = clock.now();
  down.why = "connection refused";
  store->put_peer("smtp", down, act());
  for (const char* on : {"2026-05-01", "2026-06-20", "2026-08-09", "2026-09-28", "2026-11-17"}) {
    store->record_check_in(seen("S-1", instant(std::string(on) + "T03:00:00Z")), act());
  }
  store->assign("C-1", "", act());
  EXPECT_EQ(import({{CsvKind::safety_checks,
                     "check_code,client_code,from,every_days\nS-2,C-1,2026-04-01,30\n"}}),
            "");
  const std::string all = looked();
  EXPECT_THAT(all, HasSubstr("error peer:smtp: smtp is down (since 2026-11-22 09:00): connection "
                             "refused\n"));
  EXPECT_THAT(all,
              HasSubstr("warning check:S-1: records came later than the grace in 4 of the last "
                        "4 times, by about 6 days\n"));
  EXPECT_THAT(all, HasSubstr("warning checks: safety checks the city has not agreed to, which "
                             "lengthen nothing: S-2\n"));
  EXPECT_THAT(all, HasSubstr("warning clients: clients without a case manager: C-1\n"));
  EXPECT_THAT(all, Not(HasSubstr("花子"))) << "P7";
}

TEST_F(Doctor, FindsARowOfTheJournalThatWasChanged) {
  use(service->policy(), config);
  service.reset();
  store.reset();
  {
    Database database(config.database, false);
    database.exec("DROP TRIGGER IF EXISTS journal_is_append_only");
    database.exec("UPDATE journal SET actor = 'somebody else' WHERE seq = 2");
  }
  store = std::make_unique<Store>(config.database, OpenOptions{});
  use({}, config);
  EXPECT_THAT(looked(), HasSubstr("error journal: the chain is broken (row 2): "));
}

TEST_F(Doctor, OneProbeThatBreaksHidesNoOther) {
  config.smtp.username = "omamori";
  config.smtp.password_file = directory / "password";
  std::ofstream(config.smtp.password_file) << "sesame\n";
  config.webhooks = {{"bad", "https://bad.example/", "", false, ""},
                     {"good", "https://good.example/", "", false, ""}};
  config.heartbeat.url = "https://heart.example/geheim";
  Request request;
  request.json = true;
  request.options = {{"language", "en"}};
  const ClockReading reading{clock.now(), std::chrono::hours{1}, true};
  const Response response = examine(
      config, request, [](const Request&) { return std::string("nobody is there\n"); }, FakeProbe(),
      [&] { return reading; });
  EXPECT_EQ(response.exit, Exit::usage);
  const auto answer = json::parse(response.out);
  EXPECT_EQ(answer.at("state").as_string(), "error");
  EXPECT_EQ(shown(findings_of(answer.at("findings"))),
            "error database: no answer from the owner of the database: nobody is there\n"
            "ok smtp: mail.example.lg.jp:587 answers (192.0.2.1)\n"
            "ok smtp.login: omamori: the login is accepted\n"
            "error webhook:bad: endpoint bad: no proper answer: the probe broke\n"
            "ok webhook:good: endpoint good answers ()\n"
            "ok heartbeat: the heartbeat's host answers ()\n"
            "ok clock.zone: time zone Asia/Tokyo\n"
            "ok clock: a time server keeps the clock right\n");
  EXPECT_THAT(response.out, Not(HasSubstr("geheim")));
}

TEST_F(Doctor, AnOwnerThatBreaksOffIsHeardUpToThere) {
  Request request;
  request.options = {{"language", "en"}};
  int asked_times = 0;
  const OwnersAnswer answer = ask_owner(
      [&](const Request& asked) -> std::variant<Response, std::string> {
        if (asked_times++ == 1) return std::string("it went away");
        return run_command(asked, *service);
      },
      request);
  EXPECT_EQ(answer.why_not, "it went away");
  EXPECT_EQ(answer.language, Language::en);
  EXPECT_THAT(shown(answer.findings), HasSubstr("ok policy.toml"));
}

TEST_F(Doctor, AnOwnerOfAnotherVersionIsNoCrash) {
  for (const char* out : {"", "plain words", "[]", "{\"findings\":1}"}) {
    const OwnersAnswer answer = ask_owner(
        [&](const Request&) {
          return Response{Exit::usage, out, "does not know"};
        },
        {});
    EXPECT_EQ(answer.why_not, "does not know");
  }
}

TEST(Report, TheExitCodeIsTheWorst) {
  const struct {
    Severity severity;
    int exit;
  } all[] = {{Severity::ok, 0}, {Severity::warning, 1}, {Severity::error, 2}};
  for (const auto& row : all) {
    const Response response = report({{row.severity, "x", "y", "z"}}, {}, Language::ja);
    EXPECT_EQ(static_cast<int>(response.exit), row.exit);
  }
}

TEST(Disk, ItsYoungestFileAndWhatIsNoDirectory) {
  const ScratchDirectory place;
  EXPECT_FALSE(look_at_backups(place.path(), place.path()).newest.has_value());
  std::ofstream(place.path() / "omamori-20260601T180000Z.db") << "x";
  const BackupFacts facts = look_at_backups(place.path(), place.path());
  EXPECT_TRUE(facts.newest.has_value());
  EXPECT_EQ(facts.untried, "");
  EXPECT_TRUE(facts.same_disk);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(place.path()), {}), 1)
      << "what was tried is gone again";
  EXPECT_NE(look_at_backups(place.path() / "nonesuch", place.path()).untried, "");
  EXPECT_EQ(size_of_database(place.path() / "omamori-20260601T180000Z.db"), 1U);
  constexpr std::chrono::hours kLong{1};
  EXPECT_EQ(look_at_disk("d", place.path(), kLong).problem, "");
  EXPECT_TRUE(look_at_disk("d", place.path(), kLong).writable);
  EXPECT_NE(look_at_disk("d", place.path() / "omamori-20260601T180000Z.db", kLong).problem, "");
  EXPECT_NE(look_at_disk("d", place.path() / "none", kLong).problem, "");
}

TEST(Disk, OneThatDoesNotAnswerIsAProblemAndNotWaitedFor) {
  std::promise<void> server_is_back;
  const DiskLook look = [back = server_is_back.get_future().share()](DiskFacts facts) {
    back.wait();
    return facts;
  };
  const DiskFacts facts = look_at_disk("d", "/share", std::chrono::milliseconds{1}, look);
  EXPECT_EQ(facts.problem, std::strerror(ETIMEDOUT));
  EXPECT_EQ(facts.directory, "/share");
  server_is_back.set_value();  // the thread that was left behind ends
}

// ---- as users meet it ---------------------------------------------------------------------------

const char* const kMailConfig =
    "[database]\npath = \"omamori.db\"\n[policy]\npath = \"policy.toml\"\n[file]\ndirectory = "
    "\"outbox\"\n[smtp]\nhost = \"localhost\"\ntls = \"none\"\nfrom = \"omamori@example.jp\"\n"
    "username = \"omamori\"\npassword_file = \"password\"\nport = ";

TEST(DoctorRuns, WithTheDaemonAndWithout) {
  Place place;
  place.clock = "2026-09-18T12:00:00+09:00";
  place.demo("2026-09-18");
  ASSERT_EQ(place.ctl({"import", place.path("csv").string()}).exit, 0);
  const SmtpServer server({"--login", "omamori:sesame"});
  place.write("omamori.toml", kMailConfig + std::to_string(server.port()) + "\n");
  place.write("password", "sesame\n");
  const std::vector<std::string> words{"doctor", "--language", "en"};

  const Ran alone = place.ctl(words);
  EXPECT_EQ(alone.exit, 1) << alone;
  EXPECT_THAT(alone.out, HasSubstr("omamori: the login is accepted\n"));
  EXPECT_EQ(server.accepted(), 0) << "only looked at";
  EXPECT_THAT(alone.out, HasSubstr("the chain holds, head "));
  EXPECT_THAT(alone.out, HasSubstr("clients without a case manager: C-"));

  DaemonProcess daemon(place, {"--fast"});
  const Ran beside = place.ctl(words);
  EXPECT_EQ(beside.exit, 1) << beside;
  EXPECT_THAT(beside.out, HasSubstr("omamori: the login is accepted\n"));
  EXPECT_THAT(beside.out, HasSubstr("the chain holds, head "));
  EXPECT_THAT(beside.out, HasSubstr("clients without a case manager: C-"));

  place.write("password", "wrong\n");
  const Ran wrong = place.ctl(words);
  EXPECT_EQ(wrong.exit, 2) << wrong;
  EXPECT_THAT(wrong.out, HasSubstr("the login was refused: 535"));
  daemon.ask_to_stop();
  EXPECT_EQ(daemon.wait(), 0);
}

TEST(DoctorRuns, WithNothingThere) {
  Place place;
  const Ran none = place.ctl({"doctor", "--language", "en"});
  EXPECT_EQ(none.exit, 2);
  EXPECT_THAT(none.out, HasSubstr("omamori.toml: there is no such file\n"));
  place.write("omamori.toml", "[database]\npath = \"omamori.db\"\n");
  const Ran no_database = place.ctl({"doctor", "--language", "en"});
  EXPECT_EQ(no_database.exit, 2);
  EXPECT_THAT(no_database.out, HasSubstr("error"));
  EXPECT_THAT(no_database.out, HasSubstr("no answer from the owner of the database: "));
  std::filesystem::create_directory(place.path("omamori.db.lock"));  // what cannot be opened
  place.write("omamori.db", "");
  const Ran not_ours = place.ctl({"doctor", "--language", "en"});
  EXPECT_EQ(not_ours.exit, 2);
  EXPECT_THAT(not_ours.out, HasSubstr("no answer from the owner of the database: cannot open "));
  EXPECT_THAT(not_ours.out, HasSubstr("time zone Asia/Tokyo\n"));
  const Ran language = place.ctl({"doctor", "--language", "fr"});
  EXPECT_EQ(language.exit, 2);
  EXPECT_THAT(language.err, HasSubstr("--language fr"));
  EXPECT_EQ(language.out, "");
}

}  // namespace
}  // namespace omamori
