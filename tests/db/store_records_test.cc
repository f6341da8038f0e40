// Records and imports going into the store.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/store_fixture.h"

namespace omamori {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using StoreRecords = StoreTest;

TEST_F(StoreRecords, AnImportIsReadBackThroughTheRegistry) {
  import(small_city());
  EXPECT_EQ(store->client_count(), 1U);
  const auto known = store->client("C-1");
  ASSERT_TRUE(known);
  EXPECT_EQ(known->name, "Name of C-1");
  EXPECT_EQ(known->office, "OF-1");
  EXPECT_EQ(known->case_manager, "S-1");
  EXPECT_EQ(known->watched_from, day("2026-04-01"));
  EXPECT_EQ(known->line, 2);
  ASSERT_EQ(store->periods("C-1").size(), 1U);
  EXPECT_EQ(store->periods("C-1")[0].period.end, day("2027-03-31"));
  ASSERT_TRUE(store->check("K-1"));
  EXPECT_EQ(store->check("K-1")->terms.provider, "P-1");
  EXPECT_EQ(store->check("K-1")->method, "phone");
  ASSERT_TRUE(store->staff("S-1"));
  EXPECT_THAT(store->staff("S-1")->channels, ElementsAre(Channel::email, Channel::webhook));
  EXPECT_EQ(store->office("OF-1")->supervisor, "SV-1");
  EXPECT_FALSE(store->client("C-2"));
  EXPECT_FALSE(store->check("K-2"));
  EXPECT_THAT(store->periods("C-2"), IsEmpty());
}

TEST_F(StoreRecords, AnImportWritesOneJournalRowAKindWithoutNames) {
  const auto rows = store->apply_import(
      small_city(), {{"clients", "yamada.csv", "abcd"}, {"monitorings", "visits.csv", "ef"}},
      on("2026-04-01"));
  EXPECT_EQ(rows.size(), 5U) << "offices, staff, clients, safety_checks, empty monitorings";
  std::string all;
  store->journal().read(
      {}, [&](const JournalRow& row) { all += row.entry.subject + row.entry.detail + "\n"; });
  EXPECT_THAT(all, HasSubstr(R"(clients{"rows":1,"sha256":"abcd","name":"sha256:)"));
  EXPECT_THAT(all, HasSubstr(R"(monitorings{"rows":0)"));
  EXPECT_THAT(all, Not(HasSubstr("yamada")));
  EXPECT_THAT(all, Not(HasSubstr("Name of")));
  EXPECT_EQ(store->facts("C-1")->versions[0].source, (Source{rows[2], 2}));
}

TEST_F(StoreRecords, AnImportThatFailsLeavesNothing) {
  ImportChanges changes = small_city();
  changes.check_ins.push_back(seen("K-1", instant("2026-04-02T00:00:00Z")));
  changes.check_ins.push_back(seen("NONE", instant("2026-04-02T00:00:00Z")));
  EXPECT_THROW(store->apply_import(changes, {}, on("2026-04-02")), std::logic_error);
  EXPECT_EQ(store->client_count(), 0U);
  EXPECT_FALSE(store->office("OF-1"));
  EXPECT_THAT(journal_kinds(), ElementsAre("created"));
  import(small_city());
  EXPECT_EQ(store->client_count(), 1U) << "and the store can go on";
}

TEST_F(StoreRecords, ACheckStaysWithItsClient) {
  import(small_city());
  ImportChanges changes;
  changes.clients = {client("C-2")};
  changes.checks = {check("K-1", "C-2")};
  EXPECT_THROW(import(changes), std::logic_error);
  EXPECT_EQ(store->check("K-1")->client, "C-1");
}

TEST_F(StoreRecords, AChangeAppendsAVersionAndTheLastOfADayCounts) {
  import(small_city(), "2026-04-01");
  ImportChanges changes;
  changes.clients = {client("C-1")};
  changes.clients[0].case_manager = "S-2";
  changes.periods = {period("C-1", "2026-04-01", "2026-12-31")};
  import(changes, "2026-05-10");
  changes.clients[0].case_manager = "S-1";
  changes.periods = {period("C-1", "2026-04-01", "2026-11-30")};
  import(changes, "2026-05-10");
  const auto facts = store->facts("C-1");
  ASSERT_EQ(facts->versions.size(), 2U);
  EXPECT_EQ(facts->versions[0].known_from, day("2026-04-01"));
  EXPECT_EQ(facts->versions[1].known_from, day("2026-05-10"));
  EXPECT_EQ(facts->versions[1].case_manager, "S-1");
  ASSERT_EQ(facts->periods.size(), 2U);
  EXPECT_EQ(facts->periods[0].period.end, day("2027-03-31"));
  EXPECT_EQ(facts->periods[1].period.end, day("2026-11-30"));
  EXPECT_EQ(store->periods("C-1").size(), 1U) << "the registry knows the current one only";
}

TEST_F(StoreRecords, AChangeOfNameAloneIsNoVersion) {
  import(small_city());
  ImportChanges changes;
  changes.clients = {client("C-1")};
  changes.clients[0].name = "New";
  import(changes, "2026-05-10");
  EXPECT_EQ(store->facts("C-1")->versions.size(), 1U);
  EXPECT_EQ(store->names("C-1")->name, "New");
}

TEST_F(StoreRecords, AVersionWrittenByAClockThatIsBehindIsStillTheNewest) {
  import(small_city(), "2026-04-01");
  ImportChanges changes;
  changes.clients = {client("C-1")};
  changes.clients[0].case_manager = "S-2";
  changes.periods = {period("C-1", "2026-04-01", "2026-12-31")};
  changes.checks = {check("K-1", "C-1")};
  changes.checks[0].terms.every_days = 7;
  import(changes, "2026-03-01");
  EXPECT_EQ(store->client("C-1")->case_manager, "S-2");
  EXPECT_EQ(store->periods("C-1")[0].period.end, day("2026-12-31"));
  EXPECT_EQ(store->check("K-1")->terms.every_days, 7);
}

TEST_F(StoreRecords, FactsMarkTheirClientAndPeopleMarkEverybody) {
  ImportChanges changes = small_city();
  changes.clients.push_back(client("C-2"));
  import(changes);
  EXPECT_THAT(store->clients_due(Instant{}), ElementsAre("C-1", "C-2")) << "new ones";
  settle();
  EXPECT_THAT(store->clients_due(Instant{}), IsEmpty());
  ASSERT_TRUE(store->record_monitoring(visit("C-2", day("2026-04-02")), on("2026-04-02")));
  EXPECT_THAT(store->clients_due(Instant{}), ElementsAre("C-2"));
  settle();
  ImportChanges check_in;
  check_in.check_ins.push_back(seen("K-1", instant("2026-04-02T00:00:00Z")));
  import(check_in);
  EXPECT_THAT(store->clients_due(Instant{}), ElementsAre("C-1"));
  settle();
  ASSERT_TRUE(store->add_absence(away("S-1", day("2026-04-02"), {}, "S-2"), on("2026-04-02")));
  EXPECT_THAT(store->clients_due(Instant{}), ElementsAre("C-1", "C-2"));
}

TEST_F(StoreRecords, EveryVerbAnswersWithIdAndJournalRow) {
  import(small_city());
  const Act act = on("2026-05-01");
  const Recorded first = store->record_monitoring(visit("C-1", day("2026-05-01")), act);
  const Recorded second = store->record_check_in(
      seen("K-1", instant("2026-05-01T00:00:00Z"), Outcome::concern, "x", "y"), act);
  const Recorded third = store->record_contact(call("C-1", day("2026-05-01"), "by", "note"), act);
  EXPECT_EQ(first.id, 1);
  EXPECT_EQ(second.id, 1);
  EXPECT_EQ(third.id, 1);
  EXPECT_EQ(second.journal, first.journal + 1);
  EXPECT_EQ(store->journal().head().seq, third.journal);
  EXPECT_THAT(journal_kinds("C-1"),
              ElementsAre("record.monitoring", "record.check_in", "record.contact"));
  const auto facts = store->facts("C-1");
  EXPECT_EQ(facts->visits.size(), 1U);
  EXPECT_EQ(facts->contacts.size(), 1U);
  ASSERT_EQ(facts->checks[0].check_ins.size(), 1U);
  EXPECT_EQ(facts->checks[0].check_ins[0].outcome, Outcome::concern);
}

TEST_F(StoreRecords, UnknownCodesAreRefusedInWords) {
  import(small_city());
  const Act act = on("2026-05-01");
  EXPECT_EQ(store->record_monitoring(visit("C-9", day("2026-05-01")), act).refused,
            "no client C-9");
  EXPECT_EQ(store->record_check_in(seen("K-9", act.now), act).refused, "no safety check K-9");
  EXPECT_EQ(store->record_contact(call("C-9", act.today), act).refused, "no client C-9");
  EXPECT_EQ(store->assign("C-1", "S-9", act).refused, "no staff S-9");
  EXPECT_EQ(store->assign("C-1", "S-1", act).refused, "is assigned so already");
  EXPECT_EQ(store->add_absence(away("S-9", act.today), act).refused, "no staff S-9");
  EXPECT_EQ(store->acknowledge("C-1/none", "S-1", day("2026-05-02"), act).refused,
            "no obligation C-1/none");
  EXPECT_THAT(journal_kinds("C-1"), IsEmpty());
}

TEST_F(StoreRecords, FreeTextIsJournalledAsItsHash) {
  import(small_city());
  store->record_monitoring(visit("C-1", day("2026-05-01"), {}, "Sato", "fell at home"),
                           on("2026-05-01"));
  std::string detail;
  store->journal().read({"C-1", "", {}, 0},
                        [&](const JournalRow& row) { detail = row.entry.detail; });
  EXPECT_THAT(detail, HasSubstr("\"note\":\"hmac:"));
  EXPECT_THAT(detail, Not(HasSubstr("fell")));
  EXPECT_THAT(detail, Not(HasSubstr("Sato")));
  EXPECT_EQ(store->monitorings("C-1", day("2026-05-01"))[0].note, "fell at home");
}

TEST_F(StoreRecords, AVoidedRecordStaysButCountsNoMore) {
  import(small_city());
  const Act act = on("2026-05-01");
  const Recorded first = store->record_monitoring(visit("C-1", day("2026-05-01")), act);
  settle();
  EXPECT_EQ(store->void_record(RecordKind::monitoring, first.id, "", act).refused,
            "a reason is needed");
  EXPECT_TRUE(store->void_record(RecordKind::monitoring, first.id, "wrong client", act));
  EXPECT_THAT(store->facts("C-1")->visits, IsEmpty());
  ASSERT_EQ(store->monitorings("C-1", day("2026-05-01")).size(), 1U);
  EXPECT_TRUE(store->monitorings("C-1", day("2026-05-01"))[0].voided);
  EXPECT_THAT(store->clients_due(Instant{}), ElementsAre("C-1"));
  EXPECT_THAT(journal_kinds("C-1"), ElementsAre("record.monitoring", "void"));
  EXPECT_EQ(store->void_record(RecordKind::monitoring, first.id, "again", act).refused,
            "monitoring/1 is void already");
  EXPECT_EQ(store->void_record(RecordKind::contact, 7, "x", act).refused, "no record contact/7");
}

TEST_F(StoreRecords, EveryKindOfRecordCanBeVoided) {
  import(small_city());
  const Act act = on("2026-05-01");
  store->put_obligation(monitoring_of("C-1", "2026-06"), act);
  const std::string key = monitoring_of("C-1", "2026-06").key;
  EXPECT_TRUE(store->record_monitoring(visit("C-1", day("2026-05-01")), act));
  EXPECT_TRUE(store->record_check_in(seen("K-1", act.now), act));
  EXPECT_TRUE(store->record_contact(call("C-1", act.today), act));
  EXPECT_TRUE(store->suspend(pause("C-1", act.today), act));
  EXPECT_TRUE(store->acknowledge(key, "S-1", day("2026-06-03"), act));
  EXPECT_TRUE(store->add_absence(away("S-1", act.today), act));
  ASSERT_EQ(store->facts("C-1")->acknowledgements.size(), 1U);
  EXPECT_EQ(store->facts("C-1")->acknowledgements[0].visit_on, day("2026-06-03"));
  EXPECT_EQ(store->facts("C-1")->acknowledgements[0].made_at, act.now);
  for (const RecordKind kind :
       {RecordKind::monitoring, RecordKind::check_in, RecordKind::contact, RecordKind::suspension,
        RecordKind::acknowledgement, RecordKind::absence}) {
    EXPECT_TRUE(store->void_record(kind, 1, "x", act)) << static_cast<int>(kind);
  }
  const auto facts = store->facts("C-1");
  EXPECT_THAT(facts->visits, IsEmpty());
  EXPECT_THAT(facts->contacts, IsEmpty());
  EXPECT_THAT(facts->suspensions, IsEmpty());
  EXPECT_THAT(facts->acknowledgements, IsEmpty());
  EXPECT_THAT(facts->checks[0].check_ins, IsEmpty());
  EXPECT_THAT(store->directory().absences, IsEmpty());
}

TEST_F(StoreRecords, SuspensionsDoNotOverlapAndAreResumed) {
  import(small_city());
  const Act act = on("2026-05-01");
  EXPECT_TRUE(store->suspend(pause("C-1", day("2026-05-10"), day("2026-05-20"), "hospital"), act));
  EXPECT_THAT(store->suspend(pause("C-1", day("2026-05-20")), act).refused,
              HasSubstr("suspended already from 2026-05-10"));
  EXPECT_THAT(store->suspend(pause("C-1", day("2026-05-01"), day("2026-05-10")), act).refused,
              HasSubstr("suspended already"));
  EXPECT_TRUE(store->suspend(pause("C-1", day("2026-05-21")), act)) << "the day after is free";
  EXPECT_EQ(store->suspend(pause("C-1", day("2026-04-02"), day("2026-04-01")), act).refused,
            "it ends before it begins");
  EXPECT_THAT(store->resume("C-1", day("2026-05-09"), act).refused, HasSubstr("begins only on"));
  const Recorded resumed = store->resume("C-1", day("2026-05-31"), act);
  EXPECT_TRUE(resumed) << resumed.refused;
  EXPECT_EQ(resumed.id, 2);
  EXPECT_EQ(store->facts("C-1")->suspensions[1].until, day("2026-05-31"));
  EXPECT_THAT(store->resume("C-1", day("2026-06-01"), act).refused, HasSubstr("not suspended"));
}

TEST_F(StoreRecords, AssigningIsAVersionFromToday) {
  import(small_city());
  EXPECT_TRUE(store->assign("C-1", "S-2", on("2026-05-01")));
  EXPECT_TRUE(store->assign("C-1", "", on("2026-05-02")));
  const auto versions = store->facts("C-1")->versions;
  ASSERT_EQ(versions.size(), 3U);
  EXPECT_EQ(versions[1].case_manager, "S-2");
  EXPECT_EQ(versions[1].known_from, day("2026-05-01"));
  EXPECT_EQ(versions[2].case_manager, "");
  EXPECT_EQ(versions[2].office, "OF-1");
}

TEST_F(StoreRecords, AnImportDoesNotTakeBackTheEndOfAService) {
  import(small_city());
  EXPECT_TRUE(store->end_service("C-1", day("2026-05-31"), on("2026-05-20")));
  ImportChanges changes;
  changes.clients = {client("C-1")};
  import(changes);
  EXPECT_EQ(store->facts("C-1")->ended_on, day("2026-05-31"));
  EXPECT_TRUE(store->end_service("C-1", {}, on("2026-05-21")));
  EXPECT_EQ(store->facts("C-1")->ended_on, std::nullopt);
}

TEST_F(StoreRecords, ListsAreInOrderAndWithoutVoidedRows) {
  ImportChanges changes = small_city();
  changes.clients = {client("C-2"), client("C-1")};
  changes.periods.push_back(period("C-1", "2025-04-01", "2026-03-31"));
  import(changes);
  store->record_monitoring(visit("C-1", day("2026-05-02")), on("2026-05-02"));
  store->record_monitoring(visit("C-1", day("2026-05-01")), on("2026-05-02"));
  store->record_monitoring(visit("C-2", day("2026-05-01")), on("2026-05-02"));
  store->void_record(RecordKind::monitoring, 3, "x", on("2026-05-02"));
  std::vector<std::string> seen;
  store->each_client([&](const ClientRecord& row) { seen.push_back(row.code); });
  store->each_period([&](const PeriodRecord& row) { seen.push_back(to_string(row.period.start)); });
  store->each_monitoring([&](const MonitoringRecord& row) { seen.push_back(to_string(row.on)); });
  store->each_check([&](const CheckRecord& row) { seen.push_back(row.code); });
  store->each_office([&](const OfficeRecord& row) { seen.push_back(row.code); });
  store->each_staff([&](const StaffRecord& row) { seen.push_back(row.code); });
  EXPECT_THAT(seen, ElementsAre("C-1", "C-2", "2025-04-01", "2026-04-01", "2026-05-01",
                                "2026-05-02", "K-1", "OF-1", "S-1", "S-2", "SV-1"));
}

}  // namespace
}  // namespace omamori
