// The threads that send: each peer has its own, a slow one keeps nobody else waiting, and every
// parcel is answered exactly once, on the loop's thread. Nothing here waits for a length of time,
// but for something to happen.
#include "daemon/delivery/sender_threads.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <set>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/asked_senders.h"

namespace omamori {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

constexpr milliseconds kLong = std::chrono::hours{1};  // no thread ends for want of work

// What the daemon's event loop is to the threads: runs what was posted, on the test's thread.
class Loop {
 public:
  void post(std::function<void()> work) {
    const std::lock_guard lock(mutex_);
    posted_.push_back(std::move(work));
    changed_.notify_all();
  }
  // Waits for one.
  void run_one() {
    std::function<void()> work;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return !posted_.empty(); });
      work = std::move(posted_.front());
      posted_.pop_front();
    }
    work();
  }
  bool idle() {
    const std::lock_guard lock(mutex_);
    return posted_.empty();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> posted_;
};

// Where all notifiers of a test meet: a parcel whose text is "hold" waits until it is let go or the
// program stops.
class Floor {
 public:
  void begin(const std::string& id, bool hold, const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    begun_.insert(id);
    changed_.notify_all();
    if (!hold) return;
    changed_.wait(lock, stop, [&] { return free_; });
  }
  void wait_until_begun(const std::set<std::string>& ids) {
    std::unique_lock lock(mutex_);
    changed_.wait(
        lock, [&] { return std::includes(begun_.begin(), begun_.end(), ids.begin(), ids.end()); });
  }
  std::set<std::string> begun() {
    const std::lock_guard lock(mutex_);
    return begun_;
  }
  void let_go() {
    const std::lock_guard lock(mutex_);
    free_ = true;
    changed_.notify_all();
  }
  void made(int by) {
    const std::lock_guard lock(mutex_);
    alive_ += by;
    if (by > 0) ++ever_;
    changed_.notify_all();
  }
  void wait_until_all_are_gone() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return alive_ == 0; });
  }
  int ever() {
    const std::lock_guard lock(mutex_);
    return ever_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::set<std::string> begun_;
  bool free_ = false;
  int alive_ = 0;
  int ever_ = 0;
};

class BlockingNotifier final : public Notifier {
 public:
  BlockingNotifier(Floor& floor, std::stop_token stop) : floor_(floor), stop_(std::move(stop)) {
    floor_.made(1);
  }
  ~BlockingNotifier() override { floor_.made(-1); }
  SendResult send(const Message& message, const Address&, Instant) override {
    if (message.text == "throw") throw std::runtime_error("a notifier must not, but did");
    // One that is deaf hangs in what no stop calls back.
    const bool deaf = message.text == "deaf";
    floor_.begin(message.id, deaf || message.text == "hold", deaf ? std::stop_token() : stop_);
    if (stop_.stop_requested()) {
      return TryAgain{.why = "broken off", .unknown = true, .ours = true};
    }
    return Sent{"ok"};
  }

 private:
  Floor& floor_;
  std::stop_token stop_;
};

class CourierThreadsTest : public testing::Test {
 protected:
  CourierThreads::Line line(const Peer& peer, std::size_t lines, milliseconds idle = kLong) {
    return {peer, lines,
            [this](std::stop_token stop) {
              return std::make_unique<BlockingNotifier>(floor, std::move(stop));
            },
            idle};
  }
  void open(std::vector<CourierThreads::Line> lines) {
    threads = std::make_unique<CourierThreads>(
        std::move(lines), [this](std::function<void()> work) { loop.post(std::move(work)); });
  }
  void carry(const std::string& id, const std::string& text = "", const Peer& peer = smtp(),
             Lane lane = Lane::ordinary) {
    Parcel parcel;
    parcel.lane = lane;
    parcel.message.id = id;
    parcel.message.text = text;
    threads->carry(peer, std::move(parcel), [this, id](SendResult result, milliseconds took) {
      EXPECT_EQ(std::this_thread::get_id(), home) << "done() is called on the loop's thread";
      EXPECT_GE(took.count(), 0);
      EXPECT_EQ(answers.count(id), 0U) << "answered twice";
      answers.emplace(id, std::move(result));
      order.push_back(id);
    });
  }
  // Runs what is posted until so many are answered.
  void run_until_answered(std::size_t count) {
    while (answers.size() < count) loop.run_one();
  }
  bool sent(const std::string& id) const { return std::holds_alternative<Sent>(answers.at(id)); }
  TryAgain again(const std::string& id) const { return std::get<TryAgain>(answers.at(id)); }

  const std::thread::id home = std::this_thread::get_id();
  Floor floor;
  Loop loop;
  std::map<std::string, SendResult> answers;
  std::vector<std::string> order;
  std::unique_ptr<CourierThreads> threads;
};

TEST_F(CourierThreadsTest, KnowsItsPeersAndWhatTheyTake) {
  open({line(smtp(), 3), line(endpoint("tool"), 1)});
  EXPECT_THAT(threads->peers(), ElementsAre(smtp(), endpoint("tool")));
  EXPECT_EQ(threads->capacity(smtp(), Lane::ordinary), 15U)
      << "a line and four waiting, three times";
  EXPECT_EQ(threads->capacity(endpoint("tool"), Lane::ordinary), 5U);
  EXPECT_EQ(threads->capacity(endpoint("other"), Lane::ordinary), 0U);
  EXPECT_THROW(carry("m-1", "", endpoint("other")), std::logic_error);
}

TEST_F(CourierThreadsTest, TheLinesOfAPeerWorkAtTheSameTime) {
  open({line(smtp(), 3)});
  for (const char* id : {"a", "b", "c", "d"}) carry(id, "hold");
  floor.wait_until_begun({"a", "b", "c"});
  EXPECT_EQ(floor.begun().count("d"), 0U) << "there are three lines";
  EXPECT_EQ(threads->carrying(), 4U);
  EXPECT_TRUE(loop.idle());
  floor.let_go();
  run_until_answered(4);
  for (const char* id : {"a", "b", "c", "d"}) EXPECT_TRUE(sent(id));
  EXPECT_EQ(threads->carrying(), 0U);
  EXPECT_EQ(floor.ever(), 3) << "a connection for each line, kept from parcel to parcel";
}

TEST_F(CourierThreadsTest, ASlowParcelKeepsOnlyItsOwnLine) {
  open({line(smtp(), 2), line(endpoint("tool"), 1)});
  carry("slow", "hold");
  floor.wait_until_begun({"slow"});
  carry("hook", "", endpoint("tool"));
  for (const char* id : {"m-1", "m-2", "m-3"}) carry(id);
  run_until_answered(4);
  EXPECT_THAT(order, UnorderedElementsAre("hook", "m-1", "m-2", "m-3"));
  EXPECT_EQ(threads->carrying(), 1U);
  floor.let_go();
  run_until_answered(5);
  EXPECT_TRUE(sent("slow"));
}

TEST_F(CourierThreadsTest, OneLineCarriesInOrder) {
  open({line(smtp(), 1)});
  for (const char* id : {"a", "b", "c", "d", "e"}) carry(id);
  run_until_answered(5);
  EXPECT_THAT(order, ElementsAre("a", "b", "c", "d", "e"));
  EXPECT_EQ(floor.ever(), 1);
}

TEST_F(CourierThreadsTest, StopGivesBackUntriedWhatWaitsAndEndsWhatIsUnderWay) {
  open({line(smtp(), 1)});
  carry("under-way", "hold");
  floor.wait_until_begun({"under-way"});
  carry("waiting-1");
  carry("waiting-2");
  threads->stop_now();
  run_until_answered(3);
  EXPECT_EQ(again("under-way").why, "broken off");
  EXPECT_TRUE(again("under-way").unknown);
  for (const char* id : {"waiting-1", "waiting-2"}) {
    EXPECT_THAT(again(id).why, HasSubstr("the service is stopping"));
    EXPECT_FALSE(again(id).unknown) << "no byte has left";
    EXPECT_TRUE(again(id).peer_down) << "it costs the message nothing of its life";
    EXPECT_EQ(floor.begun().count(id), 0U);
  }
  carry("late");
  run_until_answered(4);
  EXPECT_THAT(again("late").why, HasSubstr("the service is stopping"));
  EXPECT_EQ(threads->carrying(), 0U);
}

TEST_F(CourierThreadsTest, WhatIsUrgentDoesNotWaitBehindOthers) {
  open({line(smtp(), 1)});
  carry("slow", "hold");
  floor.wait_until_begun({"slow"});
  carry("behind");
  carry("urgent", "", smtp(), Lane::urgent);
  run_until_answered(1);
  EXPECT_THAT(order, ElementsAre("urgent"));
  floor.let_go();
  run_until_answered(3);
}

TEST_F(CourierThreadsTest, WhatIsAbandonedBehindAHungConnectionComesBackUntried) {
  open({line(smtp(), 1)});
  carry("hangs", "hold");
  floor.wait_until_begun({"hangs"});
  carry("waits");
  threads->abandon("waits");
  run_until_answered(1);
  EXPECT_TRUE(again("waits").ours);
  EXPECT_FALSE(again("waits").unknown) << "no byte has left";
  EXPECT_EQ(floor.begun().count("waits"), 0U);
  floor.let_go();
  run_until_answered(2);
  EXPECT_TRUE(sent("hangs"));
}

TEST_F(CourierThreadsTest, ATransferThatIsAbandonedEndsAndItsLineGoesOnWithANewConnection) {
  open({line(smtp(), 1)});
  carry("hangs", "hold");
  floor.wait_until_begun({"hangs"});
  carry("next");
  threads->abandon("hangs");
  run_until_answered(2);
  EXPECT_TRUE(again("hangs").unknown);
  EXPECT_TRUE(again("hangs").unclear) << "who takes so long is not above suspicion";
  EXPECT_TRUE(sent("next"));
  EXPECT_EQ(floor.ever(), 2);
  threads->abandon("nobody");
}

TEST_F(CourierThreadsTest, ANotifierThatCannotBeMadeIsAFailureOnTheWayAndTriedAnew) {
  std::atomic<int> made{0};
  open({{smtp(), 1,
         [&](std::stop_token stop) -> std::unique_ptr<Notifier> {
           if (++made == 1) throw std::runtime_error("smtp-password: no such file");
           return std::make_unique<BlockingNotifier>(floor, std::move(stop));
         },
         kLong}});
  carry("a");
  run_until_answered(1);
  EXPECT_EQ(again("a").why, "smtp-password: no such file");
  EXPECT_TRUE(again("a").peer_down);
  EXPECT_FALSE(again("a").unknown);
  carry("b");
  run_until_answered(2);
  EXPECT_TRUE(sent("b"));
}

// After an exception nobody knows the state of the connection: the next parcel gets a new one. A
// message may have left before it, so its outcome is not known.
TEST_F(CourierThreadsTest, ANotifierThatThrowsIsReplaced) {
  open({line(smtp(), 1)});
  carry("a", "throw");
  carry("b");
  run_until_answered(2);
  EXPECT_THAT(again("a").why, HasSubstr("must not"));
  EXPECT_TRUE(sent("b"));
  EXPECT_EQ(floor.ever(), 2);
}

TEST_F(CourierThreadsTest, AnIdleThreadEndsWithItsConnectionAndAnotherStartsWhenNeeded) {
  open({line(smtp(), 2, milliseconds{1})});
  for (std::size_t round = 1; round <= 20; ++round) {
    carry("a" + std::to_string(round));
    carry("b" + std::to_string(round));
    run_until_answered(answers.size() + 1);
    run_until_answered(2 * round);
    if (round % 5 == 0) floor.wait_until_all_are_gone();  // an idle daemon has no connection
  }
  EXPECT_EQ(answers.size(), 40U);
  EXPECT_GE(floor.ever(), 4);
}

TEST_F(CourierThreadsTest, DestroyedWithParcelsUnderWayEveryOneIsAnswered) {
  open({line(smtp(), 2), line(endpoint("tool"), 1)});
  carry("under-way", "hold");
  floor.wait_until_begun({"under-way"});
  for (const char* id : {"a", "b", "c"}) carry(id);
  carry("hook", "hold", endpoint("tool"));
  threads.reset();
  run_until_answered(5);
  EXPECT_TRUE(again("under-way").unknown);
  floor.wait_until_all_are_gone();
}

TEST_F(CourierThreadsTest, AThreadThatHangsIsLetGoAndKeepsNobodyFromLeaving) {
  open({line(smtp(), 1), line(endpoint("tool"), 1)});
  carry("hangs", "deaf");
  carry("hook", "hold", endpoint("tool"));
  floor.wait_until_begun({"hangs", "hook"});
  EXPECT_FALSE(threads->end_by(std::chrono::steady_clock::now()));
  threads.reset();
  floor.let_go();
  run_until_answered(2);
  floor.wait_until_all_are_gone();
}

TEST_F(CourierThreadsTest, WhereEverybodyHeedsTheStopNobodyIsLetGo) {
  open({line(smtp(), 2)});
  carry("under-way", "hold");
  floor.wait_until_begun({"under-way"});
  EXPECT_TRUE(threads->end_by(std::chrono::steady_clock::now() + kLong));
  run_until_answered(1);
  EXPECT_TRUE(again("under-way").unknown);
}

TEST_F(CourierThreadsTest, ManyParcelsFromManyRoundsAreEachAnsweredOnce) {
  open({line(smtp(), 4, milliseconds{1}), line(endpoint("tool"), 2, milliseconds{1})});
  std::size_t count = 0;
  for (int round = 0; round < 50; ++round) {
    for (int i = 0; i < 6; ++i) carry("m" + std::to_string(++count));
    for (int i = 0; i < 3; ++i) carry("h" + std::to_string(++count), "", endpoint("tool"));
    run_until_answered(count - 4);
  }
  run_until_answered(count);
  EXPECT_EQ(answers.size(), 450U);
  EXPECT_EQ(threads->carrying(), 0U);
}

}  // namespace
}  // namespace omamori
