// A file that is damaged in one place: found after the start, told to the operator, and everything
// else goes on.
#include "daemon/runtime/integrity_check.h"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/app_fixture.h"

namespace omamori {
namespace {

using testing::HasSubstr;

class IntegrityCheckTest : public AppTest {
 protected:
  // Everything SQLite complains of, of all tables.
  std::string check_all() {
    IntegrityCheck check(*service);
    std::string all;
    for (int i = 0; i < 100 && !check.finished(); ++i) all += check.step(act());
    EXPECT_TRUE(check.finished());
    return all;
  }

  // Overwrites the root page of a table or index as a bad disk would, with nobody using the file.
  void damage(const std::string& name) {
    service.reset();
    store.reset();
    const auto path = directory / "omamori.db";
    std::int64_t page = 0;
    {
      Database file(path, false);
      file.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE");
      page = file.integer("SELECT rootpage FROM sqlite_master WHERE name = '" + name + "'");
    }
    ASSERT_GT(page, 1);
    std::fstream bytes(path, std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekp((page - 1) * 4096);
    bytes << std::string(4096, '\x55');
    bytes.close();
    store = std::make_unique<Store>(path, OpenOptions{});
    use({}, {});
  }
};

TEST_F(IntegrityCheckTest, ASoundFileIsNoTrouble) {
  ASSERT_EQ(import(small_office()), "");
  EXPECT_EQ(check_all(), "");
  EXPECT_TRUE(store->troubles().empty());
}

TEST_F(IntegrityCheckTest, ADamagedTableIsNamedAndTheOperatorHearsOfIt) {
  ASSERT_EQ(import(small_office()), "");
  damage("contact");
  EXPECT_THAT(check_all(), HasSubstr("contact: "));
  const auto troubles = store->troubles();
  ASSERT_EQ(troubles.size(), 1U);
  EXPECT_EQ(troubles.front().subject, "database");
  EXPECT_THAT(troubles.front().detail, HasSubstr("contact: "));
  EXPECT_TRUE(store->client("C-1").has_value()) << "what is sound is still used";
}

TEST_F(IntegrityCheckTest, AnIndexThatMissesRowsIsFoundWithItsTable) {
  ASSERT_EQ(import(small_office()), "");
  damage("monitoring_facts");
  EXPECT_THAT(check_all(), HasSubstr("monitoring: "));
}

TEST_F(IntegrityCheckTest, TheTroubleEndsWhenAllTablesAreSound) {
  store->raise_trouble("database", "contact: broken", false, act());
  EXPECT_EQ(check_all(), "");
  EXPECT_TRUE(store->troubles().empty());
}

}  // namespace
}  // namespace omamori
