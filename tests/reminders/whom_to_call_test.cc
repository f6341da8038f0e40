// Whom the reader of an urgent message can call.
#include "daemon/reminders/whom_to_call.h"

#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace omamori {
namespace {

using testing_facts::day;

struct Called {
  std::vector<Staff> staff;
  std::vector<Absence> absences;
  ClientRecord client{"C-1", "", "", "OF-1", "CM-1", {}, {}, 0};

  Called() {
    add("CM-1", Role::case_manager, "03-1111-0001");
    add("CM-2", Role::case_manager, "03-1111-0002");
    add("KO-1", Role::coordinator, "090-1111-0003");
    add("SV-1", Role::supervisor, "03-1111-0004");
    add("CC-1", Role::core_center, "06-1111-0005");
  }
  void add(const std::string& code, Role role, const std::string& phone) {
    Staff s;
    s.code = code;
    s.role = role;
    s.office = "OF-1";
    s.phone = phone;
    staff.push_back(std::move(s));
  }
  std::string by(const std::string& reader) const {
    const Directory directory({{"OF-1", "SV-1", "CC-1"}}, staff, absences);
    std::string all;
    for (const ToCall& one : whom_to_call(directory, client, reader, day("2026-06-15"))) {
      all += (all.empty() ? "" : ", ") + one.staff + " " + one.phone + (one.away ? " away" : "");
    }
    return all;
  }
};

TEST(WhomToCall, CaseManagerCoordinatorAndCoreCentreInThisOrder) {
  const Called w;
  EXPECT_EQ(w.by("SV-1"), "CM-1 03-1111-0001, KO-1 090-1111-0003, CC-1 06-1111-0005");
  EXPECT_EQ(w.by("CM-1"), "KO-1 090-1111-0003, CC-1 06-1111-0005") << "nobody calls themselves";
}

TEST(WhomToCall, WhoIsAwayIsNamedBeforeWhoStandsIn) {
  Called w;
  Absence away;
  away.staff = "CM-1";
  away.from = day("2026-06-01");
  away.delegate = "CM-2";
  w.absences = {away};
  EXPECT_EQ(w.by("SV-1"),
            "CM-1 03-1111-0001 away, CM-2 03-1111-0002, KO-1 090-1111-0003, CC-1 06-1111-0005");
}

TEST(WhomToCall, NobodyWhereNoNumberIsKnown) {
  Called w;
  for (Staff& s : w.staff) s.phone.clear();
  EXPECT_EQ(w.by("SV-1"), "");
  w.staff[4].phone = "06-1111-0005";
  EXPECT_EQ(w.by("SV-1"), "CM-1 , KO-1 , CC-1 06-1111-0005");
}

TEST(WhomToCall, WhoHasLeftIsNobodyToCall) {
  Called w;
  w.staff[0].until = day("2026-06-14");
  EXPECT_EQ(w.by("KO-1"), "SV-1 03-1111-0004, CC-1 06-1111-0005") << "the supervisor acts";
}

TEST(WhomToCall, AnAbsentCoordinatorForWhomNobodyStandsInIsNamedToo) {
  Called w;
  w.add("KO-2", Role::coordinator, "090-1111-0009");
  Absence away;
  away.staff = "KO-1";
  away.from = day("2026-06-01");
  w.absences = {away};
  EXPECT_EQ(w.by("SV-1"),
            "CM-1 03-1111-0001, KO-1 090-1111-0003 away, KO-2 090-1111-0009, CC-1 06-1111-0005");
}

}  // namespace
}  // namespace omamori
