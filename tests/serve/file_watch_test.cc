// The watch over a file on the real file system, with everything editors and deployments do. The
// kernel has queued an event before the call that causes it returns, and time is the test's.
#include "daemon/serve/file_watch.h"

#include <fstream>

#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/scratch_directory.h"
#include "tests/support/stepped_time.h"

namespace omamori {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

constexpr auto kQuiet = milliseconds(50);

class FileWatchTest : public testing::Test {
 protected:
  fs::path at(const std::string& name) const { return directory_.path() / name; }
  static void write(const fs::path& path, const std::string& text) { std::ofstream(path) << text; }
  void watch(const fs::path& path) {
    watch_ = std::make_unique<FileWatch>(
        io_, path, kQuiet, [this] { ++changes_; },
        [this](const std::string& text) { problem_ = text; }, time_.countdown());
  }
  // Everything that is ready now.
  void run_ready() {
    io_.restart();
    io_.poll();
  }
  // How often it has called once it has been quiet for long enough.
  int calls() {
    changes_ = 0;
    run_ready();
    time_.pass(kQuiet - milliseconds(1));
    EXPECT_EQ(changes_, 0) << "it is not quiet yet";
    time_.pass(milliseconds(1));
    run_ready();
    time_.pass(kQuiet * 4);
    return changes_;
  }

  ScratchDirectory directory_;
  SteppedTime time_;
  boost::asio::io_context io_;
  int changes_ = 0;
  std::string problem_;
  std::unique_ptr<FileWatch> watch_;
};

TEST_F(FileWatchTest, WrittenInPlaceByRenameDeletedAndMadeAgain) {
  write(at("policy.toml"), "a");
  watch(at("policy.toml"));
  EXPECT_EQ(calls(), 0);
  write(at("policy.toml"), "b");
  EXPECT_EQ(calls(), 1);
  for (int i = 0; i < 3; ++i) {
    write(at(".policy.toml.swp"), "c");
    fs::rename(at(".policy.toml.swp"), at("policy.toml"));
    EXPECT_EQ(calls(), 1) << "rename " << i;
  }
  fs::remove(at("policy.toml"));
  EXPECT_EQ(calls(), 1) << "it is gone";
  write(at("policy.toml"), "d");
  EXPECT_EQ(calls(), 1) << "it is back";
  fs::remove(at("policy.toml"));
  write(at("policy.toml"), "d");
  EXPECT_EQ(calls(), 1) << "both at once";
  fs::permissions(at("policy.toml"), fs::perms{0600});
  EXPECT_EQ(calls(), 1) << "now it may be read";
  EXPECT_EQ(problem_, "");
}

TEST_F(FileWatchTest, ABurstIsOneCall) {
  write(at("policy.toml"), "a");
  watch(at("policy.toml"));
  for (int i = 0; i < 200; ++i) {
    time_.pass(kQuiet - milliseconds(1));
    write(at("policy.toml"), std::to_string(i));
    run_ready();
  }
  EXPECT_EQ(changes_, 0) << "it was never quiet";
  EXPECT_EQ(calls(), 1);
}

TEST_F(FileWatchTest, OtherFilesAreNothing) {
  write(at("policy.toml"), "a");
  watch(at("policy.toml"));
  write(at("policy.toml.bak"), "b");
  write(at("omamori.db-wal"), "c");
  fs::rename(at("policy.toml.bak"), at("policy"));
  fs::create_directory(at("sub"));
  EXPECT_EQ(std::ifstream(at("policy.toml")).get(), 'a');  // read only
  EXPECT_EQ(calls(), 0);
}

TEST_F(FileWatchTest, HalfAFileIsNotLookedAt) {
  write(at("policy.toml"), "a");
  watch(at("policy.toml"));
  std::ofstream writer(at("policy.toml"), std::ios::app);
  writer << "half" << std::flush;
  EXPECT_EQ(calls(), 0);
  writer << " and half";
  writer.close();
  EXPECT_EQ(calls(), 1);
}

TEST_F(FileWatchTest, DirectoriesMayBeMissingVanishAndReturn) {
  const fs::path file = at("etc") / "omamori" / "policy.toml";
  watch(file);
  EXPECT_EQ(calls(), 0);
  fs::create_directories(file.parent_path());
  EXPECT_EQ(calls(), 0) << "still no file";
  write(file, "a");
  EXPECT_EQ(calls(), 1);
  fs::remove_all(at("etc"));
  EXPECT_EQ(calls(), 1);
  fs::create_directories(file.parent_path());
  write(file, "b");
  EXPECT_EQ(calls(), 1) << "all at once";
  fs::rename(at("etc"), at("old"));
  EXPECT_EQ(calls(), 1) << "a directory above it moved away";
  write(at("old") / "omamori" / "policy.toml", "c");
  EXPECT_EQ(calls(), 0) << "that is another file now";
  fs::rename(at("old"), at("etc"));
  EXPECT_EQ(calls(), 1);
}

// As Kubernetes does it: policy.toml → ..data/policy.toml, and ..data is swapped by rename.
TEST_F(FileWatchTest, AConfigMapIsSwapped) {
  const auto version = [&](const std::string& name) {
    fs::create_directory(at(name));
    write(at(name) / "policy.toml", name);
    fs::create_symlink(name, at("..data_tmp"));
    fs::rename(at("..data_tmp"), at("..data"));
  };
  version("..1");
  fs::create_symlink("..data/policy.toml", at("policy.toml"));
  watch(at("policy.toml"));
  for (const char* next : {"..2", "..3"}) {
    version(next);
    EXPECT_EQ(calls(), 1) << next;
  }
  fs::remove_all(at("..1"));
  EXPECT_EQ(calls(), 0);
  write(at("..3") / "policy.toml", "edited where it lies");
  EXPECT_EQ(calls(), 1);
}

TEST_F(FileWatchTest, ALinkElsewhereIsFollowedAndALoopIsSurvived) {
  fs::create_directory(at("a"));
  fs::create_directory(at("b"));
  fs::create_symlink(at("b") / "real.toml", at("a") / "policy.toml");
  watch(at("a") / "policy.toml");
  write(at("b") / "real.toml", "x");
  EXPECT_EQ(calls(), 1);
  fs::remove(at("b") / "real.toml");
  fs::create_symlink(at("a") / "policy.toml", at("b") / "real.toml");
  EXPECT_EQ(calls(), 1);
  fs::remove(at("b") / "real.toml");
  write(at("b") / "real.toml", "y");
  EXPECT_EQ(calls(), 1);
}

// Root may read any directory, so it becomes nobody for the while.
TEST_F(FileWatchTest, ADirectoryThatMayNotBeReadIsNamedAndTheOthersAreWatched) {
  fs::permissions(directory_.path(), fs::perms{0755});
  fs::create_directory(at("closed"));
  fs::create_directory(at("conf"));
  fs::permissions(at("closed"), fs::perms{0111});
  fs::create_symlink(at("closed") / "policy.toml", at("conf") / "policy.toml");
  const bool root = ::geteuid() == 0;
  if (root && ::seteuid(65534) != 0) throw std::runtime_error("seteuid failed");
  watch(at("conf") / "policy.toml");
  if (root && ::seteuid(0) != 0) throw std::runtime_error("seteuid failed");
  EXPECT_EQ(problem_, "") << "from inside the constructor";
  EXPECT_EQ(calls(), 0);
  EXPECT_THAT(problem_, testing::HasSubstr("cannot watch " + at("closed").string() + ": Perm"));
  fs::remove(at("conf") / "policy.toml");
  write(at("conf") / "policy.toml", "a");
  EXPECT_EQ(calls(), 1);
}

TEST_F(FileWatchTest, CancelledItIsSilentAndTheLoopEnds) {
  write(at("policy.toml"), "a");
  watch(at("policy.toml"));
  write(at("policy.toml"), "b");
  run_ready();
  watch_->cancel();
  time_.pass(kQuiet * 4);
  io_.restart();
  io_.run();
  EXPECT_EQ(changes_, 0);
  watch(at("policy.toml"));
  write(at("policy.toml"), "c");
  run_ready();
  watch_.reset();
  time_.pass(kQuiet * 4);
  io_.restart();
  io_.run();
  EXPECT_EQ(changes_, 0);
}

}  // namespace
}  // namespace omamori
