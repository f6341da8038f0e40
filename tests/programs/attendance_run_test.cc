// A provider's page on the real omamorid: the link of a mail that was sent is followed, a form and
// a file are sent, and a kill costs nothing.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/daemon_process.h"
#include "tests/support/door_support.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

class AttendanceRun : public testing::Test {
 protected:
  void SetUp() override {
    place.write("omamori.toml",
                "[file]\ndirectory = \"outbox\"\n[http]\nlisten = \"unix:http.sock\"\n"
                "public_url = \"https://omamori.city.example\"\ntoken_key = \"token-key\"\n");
    place.clock = "2026-04-01T09:00:00+09:00";
    ASSERT_EQ(place.ctl({"init", "--demo"}).exit, 0);
    place.write("csv/offices.csv", "office_code,name,supervisor\nOF-1,見本相談,SV-1\n");
    place.write("csv/staff.csv",
                "staff_code,name,role,office_code,channels\n"
                "CM-1,見本 太郎,case_manager,OF-1,file\nSV-1,見本 次郎,supervisor,OF-1,file\n"
                "PR-1,見本 五,provider,,file\n");
    place.write("csv/clients.csv",
                "client_code,name,office_code,case_manager,plan_kind,decision_start,decision_end\n"
                "C-1,仮 花子,OF-1,CM-1,standby_short_stay,2026-04-01,2027-03-31\n"
                "C-2,仮 次郎,OF-1,CM-1,standby_short_stay,2026-04-01,2027-03-31\n");
    place.write(
        "csv/safety_checks.csv",
        "check_code,client_code,provider,from,every_days,grace_days,agreed_on,provider_ref\n"
        "S-1,C-1,PR-1,2026-05-01,14,7,2026-04-01,青 12\n"
        "S-2,C-2,PR-1,2026-05-01,14,7,2026-04-01,赤 3\n");
    const Ran imported = place.ctl({"import", place.path("csv").string()});
    ASSERT_EQ(imported.exit, 0) << imported;
    place.clock = "2026-05-14T12:00:00+09:00";
  }

  void run_to(const std::string& instant) const {
    const Ran ran = place.ctl({"clock", "run-to", instant});
    ASSERT_EQ(ran.exit, 0) << ran;
  }
  // The text of all mails with those words, one behind the other.
  std::string mails_with(const std::string& words) const {
    std::string all;
    for (const auto& entry : std::filesystem::directory_iterator(place.path("outbox"))) {
      const std::string text = read_mail(entry.path()).text();
      if (text.find(words) != std::string::npos) all += text;
    }
    return all;
  }
  std::string link() const {
    const std::string mail = mails_with("宛先 PR-1");
    const std::string url = "https://omamori.city.example/attendance/";
    const std::size_t at = mail.find(url);
    return at == std::string::npos ? "" : mail.substr(at + url.size() - 12, 38);
  }
  std::string ask(const std::string& method, const std::string& path, const std::string& body = "",
                  const std::string& type = "application/x-www-form-urlencoded") const {
    std::string request = method + " " + path + " HTTP/1.1\r\nHost: o\r\nConnection: close\r\n";
    if (method == "POST") {
      request +=
          "Content-Type: " + type + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
    }
    return DoorClient("unix:" + place.path("http.sock").string())
        .say(request + "\r\n" + body)
        .hear();
  }
  static std::string body_of(const std::string& answer) {
    return answer.substr(answer.find("\r\n\r\n"));
  }
  std::string check_ins() const { return place.ctl({"export", "check_ins"}).out; }

  Place place;
};

TEST_F(AttendanceRun, TheLinkOfAMailLeadsToAPageThatRecords) {
  DaemonProcess daemon(place, {"--fast"});
  ASSERT_NO_FATAL_FAILURE(run_to("2026-05-15T09:00:00+09:00"));
  const std::string path = link();
  ASSERT_THAT(path, AllOf(SizeIs(38), StartsWith("/attendance/")));
  EXPECT_THAT(mails_with("宛先 PR-1"), HasSubstr("事業所の番号: 青 12"));
  const std::string empty = check_ins();
  EXPECT_THAT(ask("GET", path),
              AllOf(StartsWith("HTTP/1.1 200 "), HasSubstr("青 12"), Not(HasSubstr("花子"))));
  EXPECT_THAT(ask("HEAD", path), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(ask("POST", path, "on=&outcome-S-1=ok"), StartsWith("HTTP/1.1 422 "));
  EXPECT_EQ(check_ins(), empty);
  const std::string form = "on=2026-05-15&outcome-S-1=concern&outcome-S-2=ok";
  const std::string answer = ask("POST", path, form);
  EXPECT_THAT(answer, AllOf(StartsWith("HTTP/1.1 200 "), HasSubstr("記録しました（2件）")));
  EXPECT_THAT(check_ins(), AllOf(HasSubstr("S-1,2026-05-15T09:00:00+09:00,concern,PR-1,"),
                                 HasSubstr("S-2,2026-05-15T09:00:00+09:00,ok,PR-1,")));
  ASSERT_NO_FATAL_FAILURE(run_to("2026-05-15T09:05:00+09:00"));
  EXPECT_THAT(mails_with("気がかり"), AllOf(HasSubstr("宛先 CM-1"), HasSubstr("宛先 SV-1")));
  // A kill after the answer: the same form again is the same answer and nothing more.
  const std::string recorded = check_ins();
  daemon.kill();
  place.clock = "2026-05-15T09:06:00+09:00";
  const DaemonProcess again(place, {"--fast"});
  EXPECT_EQ(body_of(ask("POST", path, form)), body_of(answer));
  EXPECT_EQ(check_ins(), recorded);
  EXPECT_THAT(place.read("log"), AllOf(Not(HasSubstr("青 12")), Not(HasSubstr(path))));
  EXPECT_THAT(place.ctl({"status"}).out + place.ctl({"log", "--json", "--limit", "0"}).out,
              AllOf(Not(HasSubstr("青 12")), Not(HasSubstr(path))));
}

TEST_F(AttendanceRun, AListIsRecordedAllOrNothing) {
  const DaemonProcess daemon(place, {"--fast"});
  ASSERT_NO_FATAL_FAILURE(run_to("2026-05-15T09:00:00+09:00"));
  const auto send = [&](const std::string& rows) {
    return ask("POST", link() + "/file",
               "--XyZ\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.csv\"\r\n"
               "Content-Type: text/csv\r\n\r\n安否確認コード,確認日時,結果\r\n" +
                   rows + "\r\n--XyZ--\r\n",
               "multipart/form-data; boundary=XyZ");
  };
  const std::string empty = check_ins();
  EXPECT_THAT(send("S-1,2026-05-14,異常なし\nS-2,2026-06-14,不在\n"),
              AllOf(StartsWith("HTTP/1.1 422 "), HasSubstr("3行目 確認日時: ")));
  EXPECT_EQ(check_ins(), empty);
  const std::string answer = send("S-1,2026-05-14,異常なし\nS-2,2026-05-14,不在\n");
  EXPECT_THAT(answer, HasSubstr("記録しました（2件）"));
  EXPECT_THAT(check_ins(), AllOf(HasSubstr("S-1,2026-05-14T12:00:00+09:00,ok"),
                                 HasSubstr("S-2,2026-05-14T12:00:00+09:00,unreachable")));
  const std::string mark = "name=\"nonce\" value=\"";
  const std::string nonce = answer.substr(answer.find(mark) + mark.size(), 26);
  EXPECT_THAT(ask("POST", link() + "/undo", "nonce=" + nonce), HasSubstr("取り消しました（2件）"));
  EXPECT_EQ(check_ins(), empty);
  // What is too large is refused before it is read.
  EXPECT_THAT(send(std::string(std::size_t{1100} * 1024, 'x')), StartsWith("HTTP/1.1 413 "));
}

}  // namespace
}  // namespace omamori
