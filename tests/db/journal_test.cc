#include "db/journal.h"

#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "db/sqlite/schema.h"
#include "tests/support/store_fixture.h"

namespace omamori {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class JournalTest : public testing::Test {
 protected:
  JournalTest() : database(directory / "a.db", true) {
    prepare_schema(database, migrations());
    journal = std::make_unique<Journal>(database);
    for (int i = 1; i <= 5; ++i) add("C-" + std::to_string(i % 2), i < 4 ? "record.x" : "void");
  }
  void add(const std::string& client, const std::string& kind) {
    Transaction transaction(database);
    journal->append({instant("2026-04-01T00:00:00Z"), "tester", kind, client, "s", "{}"});
    transaction.commit();
  }
  // Somebody with another tool.
  void behind(const std::string& sql) {
    database.exec("DROP TRIGGER IF EXISTS journal_is_append_only");
    database.exec(sql);
  }
  std::vector<std::int64_t> read(const JournalFilter& filter) {
    std::vector<std::int64_t> found;
    journal->read(filter, [&](const JournalRow& row) { found.push_back(row.seq); });
    return found;
  }

  void remove(const std::vector<std::int64_t>& rows) {
    Transaction transaction(database);
    journal->remove(rows, instant("2026-04-02T00:00:00Z"), "tester", "keep_years");
    transaction.commit();
  }
  std::int64_t gaps() { return database.integer("SELECT count(*) FROM journal_gap"); }

  TempDirectory directory;
  Database database;
  std::unique_ptr<Journal> journal;
};

TEST_F(JournalTest, AnUntouchedJournalVerifiesUpToItsHead) {
  const JournalVerdict verdict = journal->verify(journal->head());
  EXPECT_TRUE(verdict.ok) << verdict.why;
  EXPECT_EQ(verdict.head.seq, 5);
  EXPECT_EQ(verdict.head, journal->head());
}

TEST_F(JournalTest, CanBeVerifiedInPartsThatFindTheSame) {
  const auto in_parts = [&](std::int64_t rows) {
    JournalVerdict verdict{true, before_the_first_row(), 0, {}};
    for (bool more = true; more && verdict.ok;) {
      const std::int64_t before = verdict.head.seq;
      verdict = journal->verify_part(verdict.head, rows);
      more = verdict.head.seq - before == rows;
    }
    return verdict;
  };
  for (const int rows : {1, 2, 5, 6}) EXPECT_EQ(in_parts(rows).head, journal->head()) << rows;
  behind("UPDATE journal SET actor = 'somebody' WHERE seq = 3");
  for (const int rows : {1, 2, 5, 6}) {
    const JournalVerdict verdict = in_parts(rows);
    EXPECT_FALSE(verdict.ok) << rows;
    EXPECT_EQ(verdict.bad_seq, 3) << rows;
    EXPECT_EQ(verdict.why, journal->verify().why);
  }
  behind("DELETE FROM journal WHERE seq IN (3, 4)");
  EXPECT_EQ(in_parts(2).why, "rows 3 to 4 are missing");
}

TEST_F(JournalTest, RowsAreChainedBySha256OverEveryColumn) {
  JournalRow first;
  journal->read({"", "", {}, 0}, [&](const JournalRow& row) {
    if (row.seq == 1) first = row;
  });
  const std::string zeros(64, '0');
  const std::string canonical =
      "1:1"
      "10:1775001600"
      "6:tester"
      "8:record.x"
      "3:C-1"
      "1:s"
      "2:{}"
      "64:" +
      zeros;
  EXPECT_EQ(first.prev_hash, zeros);
  EXPECT_EQ(first.hash, sha256_hex(canonical));
}

TEST_F(JournalTest, EveryChangedColumnIsFound) {
  for (const std::string column : {"at = at + 1", "actor = 'x'", "kind = 'x'", "client = 'x'",
                                   "subject = 'x'", "detail = 'x'", "hash = 'x'"}) {
    SCOPED_TRACE(column);
    Transaction undone(database);
    behind("UPDATE journal SET " + column + " WHERE seq = 3");
    const JournalVerdict verdict = journal->verify();
    EXPECT_FALSE(verdict.ok);
    EXPECT_EQ(verdict.bad_seq, 3);
    EXPECT_THAT(verdict.why, HasSubstr("changed"));
  }
  EXPECT_TRUE(journal->verify().ok) << "the changes were undone";
}

TEST_F(JournalTest, ARemovedRowIsFound) {
  behind("DELETE FROM journal WHERE seq = 3");
  const JournalVerdict verdict = journal->verify();
  EXPECT_FALSE(verdict.ok);
  EXPECT_EQ(verdict.bad_seq, 3);
  EXPECT_EQ(verdict.why, "row 3 is missing");
}

TEST_F(JournalTest, RemovedFirstRowsAreFound) {
  behind("DELETE FROM journal WHERE seq <= 2");
  EXPECT_EQ(journal->verify().why, "rows 1 to 2 are missing");
  EXPECT_EQ(journal->verify().bad_seq, 1);
}

TEST_F(JournalTest, ARowRewrittenWithItsHashBreaksTheChainAtTheNext) {
  // Row 4's own hash is right for a row 3 that is no longer there.
  JournalHead third;
  journal->read({}, [&](const JournalRow& row) {
    if (row.seq == 3) third = {row.seq, row.prev_hash};
  });
  behind("DELETE FROM journal WHERE seq = 3");
  const std::string forged = sha256_hex(
      "1:3"
      "1:0"
      "1:x"
      "1:x"
      "0:"
      "0:"
      "2:{}"
      "64:" +
      third.hash);
  behind("INSERT INTO journal VALUES (3, 0, 'x', 'x', '', '', '{}', '" + third.hash + "', '" +
         forged + "')");
  const JournalVerdict verdict = journal->verify();
  EXPECT_FALSE(verdict.ok);
  EXPECT_EQ(verdict.bad_seq, 4);
  EXPECT_THAT(verdict.why, HasSubstr("chain is broken"));
}

TEST_F(JournalTest, ALostTailShowsAgainstAPrintedHeadOnly) {
  const JournalHead printed = journal->head();
  behind("DELETE FROM journal WHERE seq = 5");
  EXPECT_TRUE(journal->verify().ok) << "alone, a shorter journal is a journal";
  const JournalVerdict verdict = journal->verify(printed);
  EXPECT_FALSE(verdict.ok);
  EXPECT_EQ(verdict.bad_seq, 5);
  EXPECT_THAT(verdict.why, HasSubstr("cut off"));
}

TEST_F(JournalTest, ATailWrittenAnewIsNotThePrintedOne) {
  const JournalHead printed = journal->head();
  behind("DELETE FROM journal WHERE seq = 5");
  add("C-9", "void");
  EXPECT_TRUE(journal->verify().ok);
  const JournalVerdict verdict = journal->verify(printed);
  EXPECT_FALSE(verdict.ok);
  EXPECT_EQ(verdict.bad_seq, 5);
  EXPECT_THAT(verdict.why, HasSubstr("rewritten"));
}

TEST_F(JournalTest, ALaterHeadStillVerifiesAgainstAnOlderPrintedOne) {
  const JournalHead printed = journal->head();
  add("C-9", "void");
  EXPECT_TRUE(journal->verify(printed).ok);
}

TEST_F(JournalTest, ItCannotBeUpdatedByAccidentNorAppendedOutsideATransaction) {
  EXPECT_THROW(database.exec("UPDATE journal SET actor = 'x'"), SqliteError);
  EXPECT_THROW(journal->append({}), std::logic_error);
}

TEST_F(JournalTest, FiltersNarrowAndLastCountsFromTheEnd) {
  EXPECT_THAT(read({}), ElementsAre(1, 2, 3, 4, 5));
  EXPECT_THAT(read({"C-1", "", {}, 0}), ElementsAre(1, 3, 5));
  EXPECT_THAT(read({"C-1", "record.", {}, 0}), ElementsAre(1, 3));
  EXPECT_THAT(read({"", "void", {}, 0}), ElementsAre(4, 5));
  EXPECT_THAT(read({"", "", {}, 2}), ElementsAre(4, 5));
  EXPECT_THAT(read({"", "", instant("2026-04-01T00:00:00Z"), 0}), ElementsAre(1, 2, 3, 4, 5));
  EXPECT_THAT(read({"", "", instant("2026-04-01T00:00:01Z"), 0}), ElementsAre());
}

TEST_F(JournalTest, CanBeReadOnFromARowThatWasSeen) {
  JournalFilter behind;
  behind.after = 3;
  EXPECT_THAT(read(behind), ElementsAre(4, 5));
  behind.kind = "void";
  behind.client = "C-1";
  EXPECT_THAT(read(behind), ElementsAre(5));
  behind.after = 5;
  EXPECT_THAT(read(behind), ElementsAre());
}

TEST(TextHash, IsAnEmptyWordOrTheBeginningOfSha256) {
  EXPECT_EQ(text_hash(""), "");
  EXPECT_EQ(text_hash("abc"), "sha256:ba7816bf8f01cfea");
}

TEST_F(JournalTest, RowsThatWereRemovedLeaveTheChainWhole) {
  const JournalHead head = journal->head();
  remove({2, 4});
  EXPECT_THAT(read({}), ElementsAre(1, 3, 5, 6));
  const JournalVerdict verdict = journal->verify(head);
  EXPECT_TRUE(verdict.ok) << verdict.why;
  EXPECT_FALSE(verdict.printed_is_gone);
  EXPECT_EQ(verdict.head.seq, 6);
  EXPECT_EQ(gaps(), 2);
}

TEST_F(JournalTest, TheLastRowCanBeRemovedAndItsNumberIsNotGivenAgain) {
  const JournalHead head = journal->head();
  remove({4, 5});
  EXPECT_THAT(read({}), ElementsAre(1, 2, 3, 6));
  EXPECT_TRUE(journal->verify(head).ok) << journal->verify(head).why;
  remove({6});
  add("C-1", "record.x");
  EXPECT_THAT(read({}), ElementsAre(1, 2, 3, 7, 8));
  EXPECT_TRUE(journal->verify().ok) << journal->verify().why;
}

TEST_F(JournalTest, GapsThatTouchBecomeOne) {
  remove({4, 2});
  remove({3, 1});
  EXPECT_EQ(gaps(), 1);
  EXPECT_THAT(read({}), ElementsAre(5, 6, 7));
  EXPECT_TRUE(journal->verify().ok) << journal->verify().why;
}

TEST_F(JournalTest, AGapCanBeVerifiedInPartsToo) {
  remove({1, 2, 4});
  for (const std::int64_t rows : {1, 2, 3, 10}) {
    JournalVerdict verdict{true, before_the_first_row(), 0, {}};
    for (int i = 0; i < 20 && verdict.ok && verdict.head != journal->head(); ++i) {
      verdict = journal->verify_part(verdict.head, rows);
    }
    EXPECT_TRUE(verdict.ok) << rows << " at a time: " << verdict.why;
    EXPECT_EQ(verdict.head, journal->head()) << rows << " at a time";
  }
}

TEST_F(JournalTest, ARowThatIsLostIsNoGap) {
  remove({2});
  behind("DELETE FROM journal WHERE seq = 4");
  const JournalVerdict verdict = journal->verify();
  EXPECT_FALSE(verdict.ok);
  EXPECT_EQ(verdict.bad_seq, 4);
  EXPECT_THAT(verdict.why, HasSubstr("row 4 is missing"));
}

TEST_F(JournalTest, AGapThatNobodyJournalledIsFound) {
  remove({2});
  behind(
      "INSERT INTO journal_gap SELECT seq, seq, prev_hash, hash FROM journal WHERE seq = 4;"
      "DELETE FROM journal WHERE seq = 4");
  EXPECT_THAT(journal->verify().why, HasSubstr("not what was journalled"));
}

TEST_F(JournalTest, AGapThatIsLostIsFound) {
  remove({2});
  behind("DELETE FROM journal_gap");
  EXPECT_EQ(journal->verify().bad_seq, 2);
}

TEST_F(JournalTest, AGapThatWasWrittenOverIsFound) {
  remove({2, 3});
  behind("UPDATE journal_gap SET hash = (SELECT hash FROM journal WHERE seq = 5)");
  EXPECT_FALSE(journal->verify().ok);
}

TEST_F(JournalTest, APrintedHeadThatWasRemovedIsComparedAsFarAsItCanBe) {
  const JournalHead second{2, journal->hash_at(2)}, third{3, journal->hash_at(3)};
  remove({2, 3});
  EXPECT_TRUE(journal->verify(second).ok);
  EXPECT_TRUE(journal->verify(second).printed_is_gone);
  EXPECT_TRUE(journal->verify(third).ok);
  EXPECT_FALSE(journal->verify(third).printed_is_gone) << "the last of a gap has its hash";
  EXPECT_FALSE(journal->verify(JournalHead{3, std::string(64, 'a')}).ok);
  EXPECT_EQ(journal->hash_at(3), third.hash);
  EXPECT_EQ(journal->hash_at(2), "");
}

}  // namespace
}  // namespace omamori
