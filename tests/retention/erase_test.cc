// erase: what is left of somebody, and what comes back with a copy.
#include <gmock/gmock.h>

#include "daemon/backup/restore.h"
#include "daemon/retention/retention.h"
#include "db/erased_list.h"
#include "db/erasures.h"
#include "tests/retention/gone_fixture.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

namespace fs = std::filesystem;

class EraseTest : public GoneTest {
 protected:
  EraseTest() { with_weekly = true; }
  Response erase(const std::string& client = "C-1") {
    return run("erase", {{"client", client}, {"reason", "本人の請求"}});
  }
  // Nobody gets at these any more.
  const std::vector<std::string> kOfTheClient = {"花子",     "9876543210", "庭の柿", "玄関の鈴",
                                                 "電話の声", "検査入院",   "仮の人"};
};

TEST_F(EraseTest, LeavesNothingButTheCodeInTheJournal) {
  summer();
  const Response response = erase();
  ASSERT_EQ(response.exit, Exit::ok) << response.err;
  EXPECT_THAT(response.out, HasSubstr("C-1 is erased"));
  EXPECT_EQ(run("show", {{"client", "C-1"}}).exit, Exit::refused);
  EXPECT_TRUE(store->journal().verify().ok);
  const std::string log = out("log", {{"client", "C-1"}, {"limit", "0"}});
  EXPECT_THAT(log, AllOf(HasSubstr("record.monitoring"), HasSubstr("erase.done")));
  close();
  EXPECT_THAT(left_of(kOfTheClient), IsEmpty());
  for (const std::string& place : left_of({"C-1"})) {
    EXPECT_TRUE(place.starts_with("journal.") || place.starts_with("erasure.")) << place;
  }
}

TEST_F(EraseTest, LeavesNothingInTheFileItselfEither) {
  summer();
  ASSERT_EQ(erase().exit, Exit::ok);
  close();
  std::ifstream file(directory / "omamori.db", std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  for (const std::string& word : kOfTheClient) {
    EXPECT_EQ(bytes.find(word), std::string::npos) << word << " lies in a free page";
  }
}

TEST_F(EraseTest, HashesOfFreeTextCannotBeTriedOutAfterwards) {
  run_to("2026-06-02T09:00:00+09:00");
  const auto note_of = [&] {
    std::string detail;
    out("record contact", {{"client", "C-1"}, {"note", "電話の声"}});
    store->journal().read({"C-1", "record.contact", {}, 1},
                          [&](const JournalRow& row) { detail = row.entry.detail; });
    return detail.substr(detail.find("\"note\""));
  };
  const std::string note = note_of();
  EXPECT_THAT(note, HasSubstr("hmac:"));
  EXPECT_EQ(note_of(), note) << "the same text, as long as the key is there";
  store->erasures().begin("C-1", "", act());
  EXPECT_NE(note_of(), note);
}

TEST_F(EraseTest, WhoIsStillServedIsNotErased) {
  run_to("2026-08-31T12:00:00+09:00");
  EXPECT_THAT(erase().err, HasSubstr("still served"));
  out("end", {{"client", "C-1"}, {"on", "2026-08-31"}});
  EXPECT_THAT(erase().err, HasSubstr("still served")) << "on the last day";
  EXPECT_TRUE(store->client("C-1"));
  EXPECT_FALSE(fs::exists(erased_list_beside(store->path())));
  run_to("2026-09-01T00:00:00+09:00");
  EXPECT_EQ(erase().exit, Exit::ok);
}

TEST_F(EraseTest, IsRefusedWithWhatToDo) {
  summer();
  EXPECT_THAT(erase("C-9").err, HasSubstr("no client C-9"));
  EXPECT_EQ(run("erase", {{"client", "C-1"}}).exit, Exit::usage) << "without a reason";
  Policy policy;
  Override one;
  one.client = "C-1";
  policy.terms.overrides.push_back(one);
  use(policy, service->config());
  EXPECT_THAT(erase().err, HasSubstr("take it out first"));
  EXPECT_TRUE(store->client("C-1"));
}

TEST_F(EraseTest, ADamagedListIsSaidBeforeAnythingIsErased) {
  summer();
  std::ofstream(erased_list_beside(store->path())) << "{";
  EXPECT_THAT(erase().err, AllOf(HasSubstr("is damaged"), HasSubstr("nothing was erased")));
  EXPECT_TRUE(store->client("C-1"));
}

TEST_F(EraseTest, UnderTheDaemonItGoesOnInSlicesAndOverAStop) {
  summer();
  many_check_ins();
  service->turns.emplace();
  const Response response = erase();
  EXPECT_THAT(response.out, HasSubstr("is being erased"));
  EXPECT_EQ(store->client("C-1")->name, "") << "the name goes at once";
  ASSERT_TRUE(Retention(*service).step(act()));
  EXPECT_THAT(run("import").err, HasSubstr("C-1 is being erased"));
  close();
  open();
  ASSERT_TRUE(store->erasures().unfinished());
  Retention again(*service);
  while (again.step(act())) {
  }
  EXPECT_FALSE(store->erasures().unfinished());
  EXPECT_FALSE(store->client("C-1"));
}

class RestoreErasedTest : public EraseTest {
 protected:
  // As of `directory`, which may be another machine's.
  Restoration restore_copy(const fs::path& copy, const fs::path& database) {
    return restore({copy, database, "tester", instant("2026-09-20T00:00:00Z")});
  }
};

TEST_F(RestoreErasedTest, ACopyThatWasMadeBeforeIsErasedAgain) {
  summer();
  const fs::path copy = directory / "before.db";
  store->backup(copy);
  ASSERT_EQ(erase().exit, Exit::ok);
  const fs::path database = store->path();
  close();
  const Restoration done = restore_copy(copy, database);
  ASSERT_EQ(done.refused, "");
  EXPECT_EQ(done.erased, 1);
  EXPECT_THAT(left_of(kOfTheClient), IsEmpty());
  open();
  EXPECT_FALSE(store->client("C-1"));
  EXPECT_TRUE(store->journal().verify().ok);
}

TEST_F(RestoreErasedTest, OnAnotherMachineTheListBesideTheCopiesSaysSo) {
  summer();
  const fs::path copies = directory / "copies";
  fs::create_directory(copies);
  const fs::path copy = copies / "before.db";
  store->backup(copy);
  ASSERT_EQ(erase().exit, Exit::ok);
  fs::copy_file(erased_list_beside(store->path()), erased_list_in(copies));
  close();
  const fs::path elsewhere = directory / "elsewhere.db";
  EXPECT_EQ(restore_copy(copy, elsewhere).erased, 1);
  EXPECT_TRUE(fs::exists(erased_list_beside(elsewhere))) << "for the restore after this one";
}

TEST_F(RestoreErasedTest, WhoWasErasedWhileServedInTheCopyLeavesNothingOnItsWay) {
  run_to("2026-06-02T09:00:00+09:00");
  const fs::path copy = directory / "before.db";
  answers[kTaro] = TryAgain{"450 try later"};
  run_to("2026-07-01T09:00:00+09:00");
  ASSERT_THAT(store->pending_to("CM-1", Channel::email), Not(IsEmpty()));
  store->backup(copy);
  const fs::path database = store->path();
  ASSERT_EQ(write_erased_list(erased_list_beside(database),
                              {store->identity(), {{"C-1", instant("2026-09-01T00:00:00Z")}}}),
            "");
  close();
  ASSERT_EQ(restore_copy(copy, database).erased, 1);
  open();
  EXPECT_FALSE(store->client("C-1"));
  EXPECT_FALSE(store->erasures().unfinished());
}

TEST_F(RestoreErasedTest, WhoCameBackAfterwardsStays) {
  summer();
  ASSERT_EQ(erase().exit, Exit::ok);
  run_to("2026-09-16T09:00:00+09:00");
  fill();
  ASSERT_TRUE(store->client("C-1"));
  const fs::path copy = directory / "after.db";
  store->backup(copy);
  const fs::path database = store->path();
  close();
  const Restoration done = restore_copy(copy, database);
  EXPECT_EQ(done.refused, "");
  EXPECT_EQ(done.erased, 0);
  open();
  EXPECT_TRUE(store->client("C-1"));
}

TEST_F(RestoreErasedTest, AListOfAnotherDatabaseErasesNobody) {
  summer();
  const fs::path copy = directory / "before.db";
  store->backup(copy);
  const fs::path database = store->path();
  ASSERT_EQ(write_erased_list(erased_list_beside(database),
                              {"another", {{"C-1", instant("2026-09-01T00:00:00Z")}}}),
            "");
  close();
  EXPECT_EQ(restore_copy(copy, database).erased, 0);
  open();
  EXPECT_TRUE(store->client("C-1"));
}

TEST_F(RestoreErasedTest, AListThatCannotBeReadStopsTheRestore) {
  summer();
  const fs::path copy = directory / "before.db";
  store->backup(copy);
  const fs::path database = store->path();
  std::ofstream(erased_list_beside(database)) << "not a list";
  close();
  EXPECT_THAT(restore_copy(copy, database).refused,
              AllOf(HasSubstr("omamori.db.erased is damaged"), HasSubstr("Nothing was changed")));
}

}  // namespace
}  // namespace omamori
