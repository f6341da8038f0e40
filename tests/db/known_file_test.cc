// An emptied, an older or another database in the place of the one that was used last is refused,
// and its own is never: whatever was lost between a commit and the file beside it.
#include "db/known_file.h"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/store_fixture.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

namespace fs = std::filesystem;

const KnownDatabase kKnown{"0123456789abcdef0123456789abcdef", {57, std::string(64, 'a')}};

TEST(KnownFileText, ComesBackAsItWas) { EXPECT_EQ(decode_known(encode(kKnown)), kKnown); }

TEST(KnownFileText, NoneThatWasCutOrChangedIsRead) {
  const std::string whole = encode(kKnown);
  for (std::size_t size = 0; size + 1 < whole.size(); ++size) {
    EXPECT_FALSE(decode_known(whole.substr(0, size)).has_value()) << size;
  }
  std::string changed = whole;
  changed.replace(changed.find("57:"), 2, "99");
  EXPECT_FALSE(decode_known(changed).has_value());
}

TEST(KnownDatabase, OnlyTheSameOneAsFarOrFurtherIsTaken) {
  const std::string same = kKnown.head.hash;
  const JournalHead further{80, std::string(64, 'b')};
  EXPECT_EQ(why_another(kKnown, {kKnown.identity, kKnown.head, same}), "");
  EXPECT_EQ(why_another(kKnown, {kKnown.identity, further, same}), "") << "the file may lag";
  EXPECT_THAT(why_another(kKnown, {"fedcba9876543210", further, same}),
              HasSubstr("another one (identity fedcba98…, that one's is 01234567…)"));
  EXPECT_THAT(why_another(kKnown, {"", further, same}), HasSubstr("identity none"));
  EXPECT_THAT(why_another(kKnown, {kKnown.identity, {40, same}, ""}),
              HasSubstr("its journal ends with row 40, that one's had reached row 57"));
  EXPECT_THAT(why_another(kKnown, {kKnown.identity, further, std::string(64, 'c')}),
              HasSubstr("row 57 of its journal is not the one written here"));
}

class KnownFileTest : public StoreTest {
 protected:
  KnownFileTest() : known(path) {}

  // Why a store at `path` is not opened; "" = it is.
  std::string refusal(OpenError::Reason reason, bool create = false) {
    store.reset();
    try {
      OpenOptions options;
      options.create = create;
      const Store opened(path, options);
    } catch (const OpenError& error) {
      EXPECT_EQ(error.reason(), reason) << error.what();
      return error.what();
    }
    return "";
  }
  KnownDatabase kept() const { return std::get<KnownDatabase>(known.read()); }
  void visit_was_recorded() { store->journal(on("2026-04-02"), "test", "", "", "{}"); }
  // The database as it is now, as one file.
  fs::path copy(const std::string& name) {
    store->backup(directory / name);
    return directory / name;
  }
  void put_in_its_place(const fs::path& file) {
    store.reset();
    fs::copy_file(file, path, fs::copy_options::overwrite_existing);
  }

  KnownFile known;
};

TEST_F(KnownFileTest, IsMadeWithTheDatabaseAndBroughtUpToDateAtTheEnd) {
  EXPECT_EQ(kept().identity, store->identity());
  EXPECT_EQ(store->identity().size(), 32U);
  visit_was_recorded();
  EXPECT_LT(kept().head.seq, store->journal().head().seq);
  const JournalHead head = store->journal().head();
  store.reset();
  EXPECT_EQ(kept().head, head);
  EXPECT_EQ(fs::status(known.path()).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(KnownFileTest, IsWrittenAtMostOnceAMinuteAndSaysWhenItLags) {
  const Instant nine = instant("2026-04-02T09:00:00Z");
  EXPECT_EQ(store->keep_known(nine), std::nullopt) << "nothing is new";
  visit_was_recorded();
  EXPECT_EQ(store->keep_known(nine), std::nullopt);
  const JournalHead first = store->journal().head();
  EXPECT_EQ(kept().head, first);
  visit_was_recorded();
  EXPECT_EQ(store->keep_known(nine + std::chrono::seconds{59}), nine + std::chrono::minutes{1});
  EXPECT_EQ(kept().head, first);
  EXPECT_EQ(store->keep_known(nine + std::chrono::minutes{1}), std::nullopt);
  EXPECT_EQ(kept().head, store->journal().head());
}

TEST_F(KnownFileTest, NeverSaysMoreThanIsCommitted) {
  const JournalHead before = store->journal().head();
  {
    const auto batch = store->batch();
    visit_was_recorded();
    store->keep_known(instant("2026-04-02T09:00:00Z"));
  }
  EXPECT_EQ(kept().head, before);
}

TEST_F(KnownFileTest, ADatabaseOfBeforeGetsItsIdentityAtTheFirstStart) {
  raw()->exec("DELETE FROM meta WHERE name = 'identity'");
  fs::remove(known.path());
  EXPECT_EQ(refusal(OpenError::Reason::another), "");
  reopen();
  EXPECT_EQ(kept().identity, store->identity());
  EXPECT_EQ(store->identity().size(), 32U);
}

TEST_F(KnownFileTest, AnOlderCopyIsRefusedUntilSomebodySaysThatItIsMeant) {
  const fs::path older = copy("older.db");
  visit_was_recorded();
  put_in_its_place(older);
  EXPECT_THAT(refusal(OpenError::Reason::another),
              AllOf(StartsWith(path.string() + ": not the database that was used here last"),
                    HasSubstr("it is older"), HasSubstr("remove " + known.path().string())));
  fs::remove(known.path());
  EXPECT_EQ(refusal(OpenError::Reason::another), "");
  EXPECT_TRUE(known.exists());
}

TEST_F(KnownFileTest, ARefusedOneIsNotTouched) {
  const fs::path older = copy("older.db");
  visit_was_recorded();
  const JournalHead head = store->journal().head();
  put_in_its_place(older);
  ASSERT_NE(refusal(OpenError::Reason::another), "");
  EXPECT_EQ(kept().head, head);
  std::ifstream now(path), then(older);
  EXPECT_TRUE(std::equal(std::istreambuf_iterator<char>(now), {},
                         std::istreambuf_iterator<char>(then), {}));
}

TEST_F(KnownFileTest, ACopyThatWentAnotherWayIsRefused) {
  const fs::path other = copy("other.db");
  visit_was_recorded();
  store.reset();
  {
    Store elsewhere(other, OpenOptions{});
    for (int i = 0; i < 3; ++i) elsewhere.journal(on("2026-04-03"), "test", "", "", "{}");
  }
  put_in_its_place(other);
  EXPECT_THAT(refusal(OpenError::Reason::another), HasSubstr("it went another way"));
}

TEST_F(KnownFileTest, AnotherDatabaseIsRefused) {
  const fs::path other = directory / "other.db";
  {
    OpenOptions options;
    options.create = true;
    const Store elsewhere(other, options);
  }
  put_in_its_place(other);
  EXPECT_THAT(refusal(OpenError::Reason::another), HasSubstr("it is another one"));
}

TEST_F(KnownFileTest, ADatabaseMovedWithItsFileOrWithoutIsTaken) {
  visit_was_recorded();
  store.reset();
  const fs::path elsewhere = directory / "moved.db";
  fs::rename(path, elsewhere);
  fs::rename(known.path(), KnownFile(elsewhere).path());
  path = elsewhere;
  EXPECT_EQ(refusal(OpenError::Reason::another), "");
  fs::remove(KnownFile(elsewhere).path());
  EXPECT_EQ(refusal(OpenError::Reason::another), "");
}

TEST_F(KnownFileTest, AnEmptiedFileIsRefusedAndItsLogIsLeftAlone) {
  store.reset();
  std::ofstream(path, std::ios::trunc).close();
  std::ofstream(path.string() + "-wal") << "what was not in the file yet";
  EXPECT_THAT(refusal(OpenError::Reason::empty), HasSubstr("holds nothing"));
  EXPECT_TRUE(fs::exists(path.string() + "-wal"));
  EXPECT_EQ(fs::file_size(path), 0U);
  fs::remove(known.path());
  EXPECT_THAT(refusal(OpenError::Reason::empty), HasSubstr("omamorictl init"));
}

TEST_F(KnownFileTest, ADatabaseWithoutASchemaIsRefused) {
  store.reset();
  fs::remove(path);
  Database(path, true).exec("PRAGMA journal_mode = WAL");
  ASSERT_GT(fs::file_size(path), 0U);
  EXPECT_THAT(refusal(OpenError::Reason::empty), HasSubstr("holds nothing"));
}

TEST_F(KnownFileTest, AMissingOneThatIsKnownIsNotMadeAnew) {
  store.reset();
  fs::remove(path);
  for (const bool create : {false, true}) {
    EXPECT_THAT(refusal(OpenError::Reason::gone, create),
                AllOf(HasSubstr("is gone"), HasSubstr(known.path().string())));
    EXPECT_FALSE(fs::exists(path));
  }
  fs::remove(known.path());
  EXPECT_EQ(refusal(OpenError::Reason::gone, true), "");
}

TEST_F(KnownFileTest, ADamagedFileAccusesNobodyAndIsWrittenAgain) {
  store.reset();
  std::ofstream(known.path(), std::ios::trunc) << "identity 0123\njour";
  store = std::make_unique<Store>(path, OpenOptions{});
  EXPECT_THAT(store->known_problem(), HasSubstr("is damaged"));
  EXPECT_EQ(kept().identity, store->identity());
}

TEST_F(KnownFileTest, ADirectoryThatTakesNoFileStopsNothing) {
  visit_was_recorded();
  fs::remove(known.path());
  fs::create_directories(known.path() / "in the way");
  EXPECT_EQ(store->keep_known(instant("2026-04-02T09:00:00Z")), instant("2026-04-02T09:01:00Z"));
  EXPECT_THAT(store->known_problem(), HasSubstr("cannot be written"));
  reopen();
  EXPECT_THAT(store->known_problem(), HasSubstr("cannot be"));
}

}  // namespace
}  // namespace omamori
