// A provider with a page of attendance, told on 2026-05-15 at 08:30 that two people are expected.
#pragma once

#include <string>
#include <vector>

#include "tests/support/doors_fixture.h"

namespace omamori {

inline int times(const std::string& text, const std::string& part) {
  int count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

// PR-1 confirms C-1 by S-1 and C-2 by S-2, both due on 2026-05-15, and C-3 by S-3, due in July. S-9
// of C-1 is PR-2's.
class AttendanceTest : public DoorsTest {
 protected:
  static constexpr const char* kProvider = "pr@example.com";
  static constexpr const char* kOther = "pr2@example.com";
  static constexpr const char* kDue = "2026-05-15T08:30:00+09:00";

  AttendanceTest() {
    fill_people();
    fill_checks();
  }

  void fill_people(const std::string& until = "") {
    ASSERT_EQ(
        import({{CsvKind::staff,
                 "staff_code,name,role,office_code,email,channels,until\n"
                 "PR-1,見本 五,provider,,pr@example.com,email," +
                     until + "\nPR-2,見本 六,provider,,pr2@example.com,email,\n"},
                {CsvKind::clients,
                 "client_code,name,certificate_no,office_code,case_manager,plan_kind,"
                 "decision_start,decision_end\n"
                 "C-2,仮 次郎,9876543211,OF-1,CM-1,standby_short_stay,2026-04-01,2027-03-31\n"
                 "C-3,仮 三郎,9876543212,OF-1,CM-1,standby_short_stay,2026-04-01,2027-03-31\n"}}),
        "");
  }
  // One row for each; a provider for S-1 and S-2.
  void fill_checks(const std::string& provider = "PR-1") {
    ASSERT_EQ(import({{CsvKind::safety_checks,
                       "check_code,client_code,provider,method,from,every_days,grace_days,"
                       "agreed_on,provider_ref\n"
                       "S-1,C-1," +
                           provider +
                           ",通所,2026-05-01,14,7,2026-04-01,青 <12>\n"
                           "S-2,C-2," +
                           provider +
                           ",通所,2026-05-01,14,7,2026-04-01,\n"
                           "S-3,C-3,PR-1,通所,2026-05-01,60,7,2026-04-01,赤 3\n"
                           "S-9,C-1,PR-2,電話,2026-05-01,14,7,2026-04-01,別名 9\n"}}),
              "");
  }

  // The path of the newest link in messages to that address; "" = they have none.
  std::string link_to(const std::string& address) const {
    std::string link;
    for (const Try& one : to(address)) {
      const std::string found = link_in(one.parcel.message.text, "/attendance/");
      if (!found.empty()) link = found;
    }
    return link;
  }
  // PR-1's, of the morning on which they were told.
  std::string link() {
    if (link_to(kProvider).empty()) turn_at(kDue);
    return link_to(kProvider);
  }

  // As a browser sends a file.
  HttpResponse send_file(const std::string& csv, const std::string& name = "file") {
    const std::string body = "--XyZ\r\nContent-Disposition: form-data; name=\"" + name +
                             "\"; filename=\"一覧.csv\"\r\nContent-Type: text/csv\r\n\r\n" + csv +
                             "\r\n--XyZ--\r\n";
    return ask("POST", link() + "/file", body, "multipart/form-data; boundary=XyZ");
  }

  // "S-1 ok 2026-05-14 by PR-1", for each check-in that is not void.
  std::vector<std::string> records() {
    std::vector<std::string> found;
    store->each_check_in([&](const CheckInRecord& r) {
      found.push_back(r.check + " " + std::string(csv_word(r.outcome)) + " " + to_string(r.on) +
                      " by " + r.by);
    });
    return found;
  }
  std::vector<std::string> journalled(const std::string& kind) {
    std::vector<std::string> actors;
    store->journal().read({}, [&](const JournalRow& row) {
      if (row.entry.kind == kind) actors.push_back(row.entry.actor);
    });
    return actors;
  }
};

}  // namespace omamori
