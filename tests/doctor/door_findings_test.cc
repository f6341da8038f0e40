#include "daemon/doctor/door_findings.h"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>

#include "tests/support/certificates.h"
#include "tests/support/scratch_directory.h"

namespace omamori {
namespace {

using std::chrono::days;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const Tongue kEnglish(Language::en);

std::vector<std::string> said(const Findings& findings) {
  std::vector<std::string> lines;
  for (const Finding& finding : findings) {
    EXPECT_EQ(finding.to_do.empty(), finding.severity == Severity::ok) << finding.what;
    lines.push_back(std::string(to_word(finding.severity)) + " " + finding.where);
  }
  return lines;
}

HttpConfig with_tls() {
  HttpConfig http;
  http.listen = "[::]:443";
  http.public_url = "https://o.example";
  http.certificate_file = certificates().file("good.pem");
  http.key_file = certificates().file("good.key");
  http.token_key = certificates().file("good.key");
  return http;
}

TEST(DoorFiles, OfNoDoorsNothingIsAsked) {
  const DoorFiles files = look_at_door_files(HttpConfig());
  EXPECT_THAT(door_file_findings(HttpConfig(), files, false, Instant(), kEnglish), IsEmpty());
}

TEST(DoorFiles, WhereRepliesAreReadTheKeyIsLookedAtWithoutDoors) {
  HttpConfig http;
  http.token_key = "/nowhere/token-key";
  EXPECT_FALSE(look_at_door_files(http, false).token_key.has_value());
  const DoorFiles files = look_at_door_files(http, true);
  ASSERT_TRUE(files.token_key.has_value());
  EXPECT_NE(files.token_key->unreadable, "");
}

TEST(DoorFiles, AnAddressThatMakesLinksLongerThanALineIsAWarning) {
  HttpConfig http;
  http.listen = "127.0.0.1:8480";
  http.public_url = "https://" + std::string(30, 'o');  // and 38 behind it: 76
  EXPECT_THAT(said(door_file_findings(http, DoorFiles(), false, Instant(), kEnglish)), IsEmpty());
  http.public_url += "o";
  EXPECT_THAT(said(door_file_findings(http, DoorFiles(), false, Instant(), kEnglish)),
              ElementsAre("warning doors.public_url"));
}

// `good` is of the authority that was made first, for two days.
TEST(DoorFiles, ACertificateIsReadToItsEnd) {
  const DoorFiles files = look_at_door_files(with_tls());
  ASSERT_TRUE(files.certificate_ends);
  EXPECT_GE(*files.certificate_ends - certificates().begun(), days(2) - seconds(1));
  EXPECT_LE(*files.certificate_ends - certificates().begun(), days(2) + std::chrono::hours(1));
  EXPECT_FALSE(files.tls_key->open_to_all);
}

TEST(DoorFiles, ACertificateThatEndsSoonIsAWarning) {
  const HttpConfig http = with_tls();
  DoorFiles files = look_at_door_files(http);
  const Instant now = *files.certificate_ends - days(30);
  const auto state = [&](Instant at) {
    return said(door_file_findings(http, files, false, at, kEnglish)).front();
  };
  EXPECT_EQ(state(now), "ok doors.certificate");
  EXPECT_EQ(state(*files.certificate_ends - days(21)), "ok doors.certificate");
  EXPECT_EQ(state(*files.certificate_ends - days(21) + seconds(1)), "warning doors.certificate");
  EXPECT_EQ(state(*files.certificate_ends), "error doors.certificate");
}

TEST(DoorFiles, AKeyIsForOmamoriOnly) {
  const ScratchDirectory directory;
  const auto key = directory.path() / "key";
  HttpConfig http = with_tls();
  http.key_file = http.token_key = key.string();
  const auto found = [&](bool alone) {
    const DoorFiles files = look_at_door_files(http);
    const Instant now = *files.certificate_ends - days(30);
    return said(door_file_findings(http, files, alone, now, kEnglish));
  };
  EXPECT_THAT(found(false),
              ElementsAre("ok doors.certificate", "error doors.key", "error doors.token_key"));
  EXPECT_THAT(found(true),
              ElementsAre("ok doors.certificate", "warning doors.key", "warning doors.token_key"));
  std::ofstream(key) << std::string(32, 'S');
  std::filesystem::permissions(key, std::filesystem::perms(0644));
  EXPECT_THAT(found(false),
              ElementsAre("ok doors.certificate", "warning doors.key", "warning doors.token_key"));
  std::filesystem::permissions(key, std::filesystem::perms(0640));
  EXPECT_THAT(found(false),
              ElementsAre("ok doors.certificate", "ok doors.key", "ok doors.token_key"));
  http.certificate_file = key;
  const DoorFiles files = look_at_door_files(http);
  EXPECT_EQ(files.certificate_problem, key.string() + ": holds no certificate (PEM)");
}

TEST(DoorFiles, AKeyOfLinksThatTheDaemonCannotUseIsNone) {
  const ScratchDirectory directory;
  HttpConfig http;
  http.listen = "127.0.0.1:8480";
  http.public_url = "https://o.example";
  http.token_key = (directory.path() / "key").string();
  const auto found = [&](std::size_t bytes) {
    std::ofstream(http.token_key) << std::string(bytes, 'S');
    std::filesystem::permissions(http.token_key, std::filesystem::perms(0600));
    return said(door_file_findings(http, look_at_door_files(http), false, Instant(), kEnglish));
  };
  EXPECT_THAT(found(31), ElementsAre("error doors.token_key"));
  EXPECT_THAT(found(32), ElementsAre("ok doors.token_key"));
  EXPECT_THAT(found(33), ElementsAre("error doors.token_key"));
}

TEST(DoorUrl, LeadsToTheDoorsOrDoesNot) {
  PageFacts facts;
  facts.status = 200;
  facts.body = "ok\n";
  EXPECT_THAT(said(door_url_findings(facts, Instant(), kEnglish)),
              ElementsAre("ok doors.public_url"));
  facts.body = "<html>";
  EXPECT_THAT(said(door_url_findings(facts, Instant(), kEnglish)),
              ElementsAre("warning doors.public_url"));
  facts.status = 502;
  EXPECT_THAT(door_url_findings(facts, Instant(), kEnglish).front().what, HasSubstr("HTTP 502"));
  facts.status = 0;
  facts.peer.words = "Connection refused";
  EXPECT_THAT(door_url_findings(facts, Instant(), kEnglish).front().what,
              HasSubstr("public_url does not lead to the doors: Connection refused"));
  facts.peer.certificate = TlsCertificate{"CN = o", Instant() + days(1)};
  EXPECT_THAT(said(door_url_findings(facts, Instant(), kEnglish)),
              ElementsAre("warning doors.public_url", "warning doors.public_certificate"));
}

TEST(Contact, IsNeededWhereMailsHaveNoLinks) {
  const auto found = [](const char* contact, const char* listen, const char* public_url) {
    HttpConfig http;
    http.listen = listen;
    http.public_url = public_url;
    const auto finding = contact_finding(contact, http, kEnglish);
    return finding ? said({*finding}) : std::vector<std::string>();
  };
  EXPECT_THAT(found("", "", ""), ElementsAre("warning policy.toml"));
  EXPECT_THAT(found("", "127.0.0.1:8480", ""), ElementsAre("warning policy.toml"));
  EXPECT_THAT(found("", "", "https://o.example"), ElementsAre("warning policy.toml"));
  EXPECT_THAT(found("", "127.0.0.1:8480", "https://o.example"), testing::IsEmpty());
  EXPECT_THAT(found("desk 042-000-0000", "", ""), testing::IsEmpty());
}

}  // namespace
}  // namespace omamori
