// P8: the link to a provider's page: where it stands, where it does not, and when it is over.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/delivery/outgoing_links.h"
#include "db/door_records.h"
#include "tests/support/attendance_fixture.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class AttendanceLink : public AttendanceTest {};

TEST_F(AttendanceLink, StandsOnceInAProvidersReminderOnALineOfItsOwn) {
  const std::string path = link();
  ASSERT_THAT(path, SizeIs(38));
  const Message sent = to(kProvider).back().parcel.message;
  EXPECT_EQ(times(sent.text, "/attendance/"), 1);
  EXPECT_THAT(sent.text, HasSubstr("\n" + std::string(kUrl) + path + "\n"));
  EXPECT_THAT(sent.text, AllOf(HasSubstr("S-1"), HasSubstr("S-2"), Not(HasSubstr("S-9"))));
  EXPECT_EQ(times(sent.html, "href=\"" + std::string(kUrl) + path + "\""), 1);
  EXPECT_EQ(times(sent.json, "\"attendance_url\":\"" + std::string(kUrl) + path + "\""), 2)
      << "an item each";
  EXPECT_THAT(sent.json, Not(HasSubstr("act_url")));
}

TEST_F(AttendanceLink, IsStoredNowhere) {
  link();
  const auto stored = store->message(to(kProvider).back().parcel.message.id);
  const std::string kept = stored->content.text + stored->content.html + stored->content.json;
  EXPECT_THAT(kept, AllOf(HasSubstr("{attendance:PR-1}"), HasSubstr("{ref:S-1}"),
                          Not(HasSubstr(kUrl)), Not(HasSubstr("青"))));
}

TEST_F(AttendanceLink, ComesWithWhatTheProviderCallsThePerson) {
  link();
  const Message sent = to(kProvider).back().parcel.message;
  EXPECT_THAT(sent.text, HasSubstr("事業所の番号: 青 <12>\n"));
  EXPECT_THAT(sent.html, HasSubstr("事業所の番号: 青 &lt;12&gt;"));
  EXPECT_EQ(times(sent.text, "事業所の番号"), 1) << "C-2 has none, and no line for it";
  EXPECT_THAT(sent.json, Not(HasSubstr("青")));
  EXPECT_THAT(to(kOther).back().parcel.message.text,
              AllOf(HasSubstr("別名 9"), Not(HasSubstr("青"))));
}

TEST_F(AttendanceLink, BringsNoNameOfACheckThatHasGoneToAnother) {
  link();
  NewMessage message = store->message(to(kProvider).back().parcel.message.id)->content;
  fill_checks("PR-2");
  put_links(message, *service, clock.now());
  EXPECT_THAT(message.text + message.html,
              AllOf(HasSubstr("/attendance/"), Not(HasSubstr("青")), Not(HasSubstr("{ref:")),
                    Not(HasSubstr("事業所の番号"))));
}

TEST_F(AttendanceLink, IsNotInAnybodyElsesMessage) {
  answers[kProvider] = not_now();
  turn_at(kDue);
  run_to("2026-05-15T14:00:00+09:00");
  ASSERT_THAT(to(kTaro), Not(IsEmpty())) << "who is told in the provider's place";
  for (const Try& one : tries) {
    if (one.to == kProvider || one.to == kOther) continue;
    const Message& message = one.parcel.message;
    EXPECT_THAT(message.text + message.html + message.json + message.subject,
                AllOf(Not(HasSubstr("/attendance/")), Not(HasSubstr("{attendance")),
                      Not(HasSubstr("{ref:")), Not(HasSubstr("青"))));
  }
}

TEST_F(AttendanceLink, IsLeftOutWithoutAKeyOfLinksAndTheNameStays) {
  token_key.reset();
  use(service->policy(), service->config());
  start();
  turn_at(kDue);
  const Message sent = to(kProvider).back().parcel.message;
  EXPECT_THAT(sent.text + sent.html + sent.json,
              AllOf(Not(HasSubstr("attendance")), HasSubstr("青")));
}

// From outside whatever is no good looks the same, and shows nothing.
class DeadAttendanceLink : public AttendanceTest {
 protected:
  void expect_dead(const std::string& path) {
    const HttpResponse unknown = ask("GET", "/attendance/ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    EXPECT_EQ(unknown.status, 404);
    for (const char* method : {"GET", "HEAD", "POST"}) {
      const HttpResponse answer = ask(method, path, "on=2026-05-15&outcome-S-1=ok");
      EXPECT_EQ(answer.status, 404) << path;
      EXPECT_EQ(answer.body, unknown.body);
    }
    EXPECT_THAT(records(), IsEmpty());
  }
};

TEST_F(DeadAttendanceLink, OneThatIsNone) {
  for (const char* path : {"/attendance/", "/attendance/x", "/attendance//file", "/attendance/file",
                           "/attendance/ABCDEFGHIJKLMNOPQRSTUVWXYZ/file",
                           "/attendance/ABCDEFGHIJKLMNOPQRSTUVWXYZ/more",
                           "/attendance/ABCDEFGHIJKLMNOPQRSTUVWXYZ2345"}) {
    expect_dead(path);
  }
}

TEST_F(DeadAttendanceLink, OneOfAnotherDoor) {
  const std::string token = link().substr(std::string("/attendance/").size());
  EXPECT_EQ(ask("GET", "/a/" + token).status, 404);
  turn_at(kMorning);
  const std::string text = to(kTaro).back().parcel.message.text;
  const std::string act = text.substr(text.find("/a/") + 3, 26);
  ASSERT_EQ(ask("GET", "/a/" + act).status, 200);
  // Also where whoever holds it has a page of attendance.
  ASSERT_EQ(import({{CsvKind::safety_checks,
                     "check_code,client_code,provider,from,every_days,agreed_on\n"
                     "S-3,C-3,CM-1,2026-05-01,60,2026-04-01\n"}}),
            "");
  expect_dead("/attendance/" + act);
}

TEST_F(DeadAttendanceLink, OneOfAnotherKey) {
  const std::string path = link();
  token_key = TokenKey{std::string(32, 'o')};
  use(service->policy(), service->config());
  start();
  expect_dead(path);
}

TEST_F(DeadAttendanceLink, OneThatWasRevoked) {
  const std::string path = link();
  EXPECT_THAT(out("token list", {{"staff", "PR-1"}, {"json", ""}}),
              HasSubstr(R"("obligation":null,"door":"attendance")"));
  EXPECT_THAT(out("token revoke", {{"staff", "PR-1"}}), HasSubstr("1 links are dead"));
  expect_dead(path);
}

TEST_F(DeadAttendanceLink, OneOfWhoHasLeft) {
  const std::string path = link();
  fill_people("2026-05-16");
  at("2026-05-16T12:00:00+09:00");
  EXPECT_EQ(ask("GET", path).status, 200) << "their last day";
  at("2026-05-17T00:00:00+09:00");
  expect_dead(path);
}

TEST_F(DeadAttendanceLink, OneOfWhoHasNoCheckAnyMore) {
  const std::string path = link();
  fill_checks("PR-2");
  EXPECT_THAT(ask("GET", path).body, AllOf(HasSubstr("C-3"), Not(HasSubstr("C-1"))))
      << "only what is still theirs";
  ASSERT_EQ(
      import({{CsvKind::safety_checks,
               "check_code,client_code,provider,from,every_days\nS-3,C-3,PR-2,2026-05-01,60\n"}}),
      "");
  expect_dead(path);
}

TEST_F(DeadAttendanceLink, NinetyDaysAfterTheLastMessageThatCarriedIt) {
  const std::string path = link();
  at("2026-08-13T08:30:00+09:00");
  EXPECT_EQ(ask("GET", path).status, 200);
  at("2026-08-13T08:30:01+09:00");
  expect_dead(path);
}

}  // namespace
}  // namespace omamori
