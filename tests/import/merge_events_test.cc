// Contacts, suspensions, absences and acknowledgements as files bring them.
#include <gtest/gtest.h>

#include "tests/support/small_city.h"

namespace omamori {
namespace {

constexpr const char* kContactHead = "client_code,on,by,note\n";
constexpr const char* kSuspensionHead = "client_code,from,until,reason,by\n";
constexpr const char* kAbsenceHead = "staff_code,from,until,delegate\n";
constexpr const char* kAckHead = "obligation,staff_code,made_on,visit_on\n";
const std::string kKey = "C-1/monitoring/2026-04-01/2026-09";

class Events : public testing::Test {
 protected:
  // "contacts: 1 new\n  contacts C-1 2026-11-20: new\n"
  std::string take(CsvKind kind, const std::string& head, const std::string& rows) {
    return city.import({{kind, head + rows}});
  }
  SmallCity city;
};

TEST_F(Events, AContactOfAClientAndDayIsOneRecord) {
  const auto contacts = [&](const std::string& rows) {
    return take(CsvKind::contacts, kContactHead, rows);
  };
  EXPECT_EQ(contacts("C-1,2026-11-20,SM-1,電話\nC-1,2026-11-20,SM-1,もう一度\nC-1,2026-11-21,,\n"),
            "contacts: 2 new, 1 known already\n"
            "  contacts C-1 2026-11-20: new\n"
            "  contacts C-1 2026-11-21: new\n");
  EXPECT_EQ(contacts("C-1,2026-11-21,,\n"), "contacts: 1 known already\n");
  EXPECT_EQ(contacts("C-1,2026-11-25,,\nC-9,2026-11-20,,\n"),
            "contacts.csv:2: on: 2026-11-25 is in the future\n"
            "contacts.csv:3: client_code: no client C-9; import it in clients.csv\n");
  city.registry.void_all();
  EXPECT_EQ(
      contacts("C-1,2026-11-21,,\n"),
      "contacts: 1 known already\n"
      "warning contacts.csv:2: on: was recorded and voided; it is not recorded again (if it is "
      "right after all: omamorictl record)\n");
}

TEST_F(Events, ASuspensionIsKnownByItsFirstDayAndMayEndOnAnother) {
  const auto suspensions = [&](const std::string& rows) {
    return take(CsvKind::suspensions, kSuspensionHead, rows);
  };
  EXPECT_EQ(suspensions("C-1,2026-12-01,,入院,SM-1\n"),
            "suspensions: 1 new\n  suspensions C-1 2026-12-01: new\n")
      << "one that is still to come";
  EXPECT_EQ(suspensions("C-1,2026-12-01,,別の理由,\n"), "suspensions: 1 known already\n");
  EXPECT_EQ(suspensions("C-1,2026-12-01,2026-12-20,入院,\n"),
            "suspensions: 1 changed\n"
            "  suspensions C-1 2026-12-01: until (empty) -> 2026-12-20\n");
  EXPECT_EQ(take(CsvKind::suspensions, "client_code,from,reason\n", "C-1,2026-12-01,入院\n"),
            "suspensions: 1 known already\n")
      << "without the column it stays";
  EXPECT_EQ(suspensions("C-1,2026-12-20,2026-12-21,入院,\n"),
            "suspensions.csv:2: from: 2026-12-20..2026-12-21 shares days with the suspension "
            "2026-12-01..2026-12-20; correct one of them\n");
  EXPECT_EQ(suspensions("C-1,2026-12-21,,入院,\nC-1,2026-12-21,2026-12-22,入院,\n"),
            "suspensions.csv:3: from: C-1 2026-12-21 is in this file already\n");
  EXPECT_EQ(suspensions("C-1,2026-12-21,2026-12-20,入院,\nC-1,2027-01-01,,,\n"),
            "suspensions.csv:2: until: 2026-12-20 is before from, 2026-12-21\n"
            "suspensions.csv:3: reason: is empty\n");
  EXPECT_EQ(suspensions("C-1,2026-12-21,2026-12-21,入院,\n"),
            "suspensions: 1 new\n  suspensions C-1 2026-12-21: new\n");
  ASSERT_EQ(city.registry.reported().all_suspensions.size(), 2U);
  EXPECT_EQ(city.registry.reported().all_suspensions[0].reason, "入院")
      << "what was recorded stays";
}

TEST_F(Events, AnAbsenceIsReplacedWhereItEndsOnAnotherDayOrByAnotherDelegate) {
  const auto absences = [&](const std::string& rows) {
    return take(CsvKind::absences, kAbsenceHead, rows);
  };
  EXPECT_EQ(absences("SM-1,2026-12-01,2026-12-10,\n"),
            "absences: 1 new\n  absences SM-1 2026-12-01: new\n");
  EXPECT_EQ(absences("SM-1,2026-12-01,2026-12-10,\n"), "absences: 1 known already\n");
  EXPECT_EQ(
      absences("SM-1,2026-12-01,2026-12-11,SV-1\n"),
      "absences: 1 changed\n"
      "  absences SM-1 2026-12-01: until 2026-12-10 -> 2026-12-11, delegate (empty) -> SV-1\n");
  ASSERT_EQ(city.registry.reported().all_absences.size(), 2U);
  EXPECT_TRUE(city.registry.reported().all_absences[0].voided);
  EXPECT_EQ(city.import({{CsvKind::staff, "staff_code,name,role\nPR-1,見本 三郎,provider\n"},
                         {CsvKind::absences, std::string(kAbsenceHead) +
                                                 "SM-9,2026-12-01,,\nSM-1,2027-01-05,,PR-1\n"
                                                 "SM-1,2027-01-05,,SM-1\nSM-1,2027-01-05,,SM-8\n"
                                                 "SM-1,2027-01-05,2027-01-04,\n"}}),
            "absences.csv:2: staff_code: no staff SM-9; import it in staff.csv\n"
            "absences.csv:3: delegate: PR-1 has the role provider and cannot stand in for anybody\n"
            "absences.csv:4: delegate: nobody can stand in for themselves\n"
            "absences.csv:5: delegate: no staff SM-8; import it in staff.csv\n"
            "absences.csv:6: until: 2027-01-04 is before from, 2027-01-05\n");
}

TEST_F(Events, AnAcknowledgementIsOfAnObligationAPersonAndADay) {
  const auto acks = [&](const std::string& rows) {
    return take(CsvKind::acknowledgements, kAckHead, rows);
  };
  EXPECT_EQ(acks(kKey + ",SM-1,2026-11-20,2026-11-28\n" + kKey + ",SM-1,2026-11-21,\n"),
            "acknowledgements: 2 new\n"
            "  acknowledgements " +
                kKey +
                " SM-1 2026-11-20: new\n"
                "  acknowledgements " +
                kKey + " SM-1 2026-11-21: new\n");
  EXPECT_EQ(acks(kKey + ",SM-1,2026-11-20,2026-11-28\n"), "acknowledgements: 1 known already\n");
  EXPECT_EQ(
      acks("C-9/monitoring/2026-04-01/2026-09,SM-1,2026-11-20,\n" + kKey + ",SM-9,2026-11-20,\n" +
           kKey + ",SM-1,2026-11-25,\n" + kKey +
           ",SM-1,2026-11-20,2026-11-19\nC-1/visit/2026,SM-1,2026-11-20,\n"),
      "acknowledgements.csv:2: obligation: no client C-9; import it in clients.csv\n"
      "acknowledgements.csv:3: staff_code: no staff SM-9; import it in staff.csv\n"
      "acknowledgements.csv:4: made_on: 2026-11-25 is in the future\n"
      "acknowledgements.csv:5: visit_on: 2026-11-19 is before made_on, 2026-11-20\n"
      "acknowledgements.csv:6: obligation: is not the key of an obligation, as show and explain "
      "print it\n");
}

TEST_F(Events, WhatIsExportedOfThemChangesNothing) {
  city.import({{CsvKind::contacts, std::string(kContactHead) + "C-1,2026-11-20,SM-1,電話\n"},
               {CsvKind::suspensions, std::string(kSuspensionHead) + "C-1,2026-12-01,,入院,\n"},
               {CsvKind::absences, std::string(kAbsenceHead) + "SM-1,2026-12-01,2026-12-10,SV-1\n"},
               {CsvKind::acknowledgements, kAckHead + kKey + ",SM-1,2026-11-20,2026-11-28\n"}});
  Files files;
  for (const CsvKind kind :
       {CsvKind::contacts, CsvKind::suspensions, CsvKind::absences, CsvKind::acknowledgements}) {
    files[kind] = city.export_kind(kind);
  }
  EXPECT_EQ(files[CsvKind::absences],
            "staff_code,from,until,delegate\nSM-1,2026-12-01,2026-12-10,SV-1\n");
  EXPECT_EQ(city.import(files),
            "contacts: 1 known already\nsuspensions: 1 known already\n"
            "absences: 1 known already\nacknowledgements: 1 known already\n");
}

}  // namespace
}  // namespace omamori
