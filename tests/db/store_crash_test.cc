// What is left after a kill: all of a step or nothing of it.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/store_fixture.h"

namespace omamori {
namespace {

class StoreCrash : public StoreTest {
 protected:
  // Runs `work` in a process of its own, which is gone (exit code or signal) when this returns.
  template <class Work>
  int in_child(const Work& work) {
    store.reset();
    const pid_t child = ::fork();
    if (child == 0) {
      work();
      ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return status;
  }
};

TEST_F(StoreCrash, AKillInTheMiddleOfAnImportLeavesNothingOfIt) {
  const int status = in_child([&] {
    Store mine(path, OpenOptions{});
    const auto batch = mine.batch();
    ImportChanges changes = small_city();
    for (int i = 0; i < 3000; ++i) changes.clients.push_back(client("D-" + std::to_string(i)));
    mine.apply_import(changes, {}, on("2026-04-01"));
    ::raise(SIGKILL);
  });
  ASSERT_TRUE(WIFSIGNALED(status));
  reopen();
  EXPECT_EQ(store->client_count(), 0U);
  EXPECT_EQ(store->check_integrity(false), "");
  EXPECT_TRUE(store->journal().verify().ok);
  import(small_city());
  EXPECT_EQ(store->client_count(), 1U);
}

TEST_F(StoreCrash, AProcessThatExitsWithoutClosingLosesNothingCommitted) {
  const int status = in_child([&] {
    Store mine(path, OpenOptions{});
    mine.apply_import(small_city(), {}, on("2026-04-01"));
    const auto batch = mine.batch();
    mine.record_monitoring(visit("C-1", day("2026-04-02")), on("2026-04-02"));
    ::_exit(7);
  });
  ASSERT_EQ(WEXITSTATUS(status), 7);
  reopen();
  EXPECT_EQ(store->client_count(), 1U);
  EXPECT_TRUE(store->facts("C-1")->visits.empty()) << "it was not committed";
}

// The child says over a pipe what was committed; killed at any point, at least that is there, and
// at most one more.
TEST_F(StoreCrash, WhatWasAnsweredIsThereAfterAKillAtAnyPoint) {
  import(small_city());
  store.reset();
  int told[2];
  ASSERT_EQ(::pipe(told), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    Store mine(path, OpenOptions{});
    for (;;) {
      const Recorded done = mine.record_contact(call("C-1", day("2026-04-02")), on("2026-04-02"));
      if (::write(told[1], &done.id, sizeof done.id) != sizeof done.id) ::_exit(1);
    }
  }
  ::close(told[1]);
  std::int64_t last = 0;
  for (int i = 0; i < 20; ++i) ASSERT_EQ(::read(told[0], &last, sizeof last), 8);
  ::kill(child, SIGKILL);
  while (::read(told[0], &last, sizeof last) == 8) {
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  reopen();
  const auto found = static_cast<std::int64_t>(store->facts("C-1")->contacts.size());
  EXPECT_GE(found, last);
  EXPECT_LE(found, last + 1);
  const JournalVerdict verdict = store->journal().verify();
  EXPECT_TRUE(verdict.ok) << verdict.why;
  EXPECT_EQ(store->check_integrity(false), "");
}

TEST_F(StoreCrash, ABackupOpensAsAStoreWithTheSameContent) {
  import(small_city());
  const JournalHead head = store->journal().head();
  store->backup(directory / "copy.db");
  Store copy(directory / "copy.db", OpenOptions{});
  EXPECT_TRUE(copy.facts("C-1"));
  EXPECT_EQ(copy.journal().head(), head);
  EXPECT_TRUE(copy.journal().verify(head).ok);
  EXPECT_TRUE(store->facts("C-1")) << "and the original goes on";
}

TEST_F(StoreCrash, ARowChangedBehindItsBackIsFound) {
  import(small_city());
  {
    const auto behind = raw();
    behind->exec(
        "DROP TRIGGER journal_is_append_only; UPDATE journal SET detail = '{}' WHERE"
        " seq = 2");
  }
  reopen();
  EXPECT_EQ(store->journal().verify().bad_seq, 2);
}

}  // namespace
}  // namespace omamori
