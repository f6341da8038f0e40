#include "daemon/delivery/sender_threads.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <system_error>
#include <thread>
#include <utility>

namespace omamori {
namespace {

// Parcels a line has waiting, so that it need not wait for the disk between two of them. They count
// as begun: after a kill so many more are of unknown outcome.
constexpr std::size_t kWaitingPerLine = 4;

SendResult not_tried(const std::string& why) { return TryAgain{why, std::nullopt, false, true}; }

}  // namespace

// One peer's queue and threads.
class CourierThreads::Pool {
 public:
  Pool(Line line, Post post) : line_(std::move(line)), post_(std::move(post)) {}
  ~Pool() {
    stop_now();
    std::vector<std::thread> threads;
    {
      const std::lock_guard lock(mutex_);
      threads.swap(threads_);
    }
    for (std::thread& thread : threads) thread.join();
  }
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  const Peer& peer() const { return line_.peer; }
  std::size_t capacity() const { return line_.lines * (1 + kWaitingPerLine); }
  std::size_t carrying() const { return carrying_->load(); }

  void carry(Parcel parcel, Done done) {
    ++*carrying_;
    const std::lock_guard lock(mutex_);
    queue_.push_back({std::move(parcel), std::move(done)});
    clear_away_ended();
    if (idle_ < queue_.size() && running_ < line_.lines) start_thread();
    wake_.notify_one();
  }

  void stop_now() {
    stop_.request_stop();
    const std::lock_guard lock(mutex_);
    wake_.notify_all();
  }

 private:
  struct Task {
    Parcel parcel;
    Done done;
  };

  // With the lock held. A machine that has no thread to give is a failure on the way, not ours.
  void start_thread() {
    try {
      threads_.emplace_back([this] { work(); });
      ++running_;
    } catch (const std::system_error& error) {
      if (running_ > 0) return;  // the others will come to it
      Task task = std::move(queue_.back());
      queue_.pop_back();
      give_back(std::move(task), not_tried(error.what()), std::chrono::milliseconds{0});
    }
  }

  void work() {
    std::unique_ptr<Notifier> notifier;
    while (auto task = next_task()) answer(std::move(*task), notifier);
    notifier.reset();  // says goodbye to the server, and that may take a while
    const std::lock_guard lock(mutex_);
    ended_.push_back(std::this_thread::get_id());
  }

  // Nothing = this thread is to end.
  std::optional<Task> next_task() {
    std::unique_lock lock(mutex_);
    ++idle_;
    wake_.wait_for(lock, line_.idle, [&] { return !queue_.empty() || stop_.stop_requested(); });
    --idle_;
    if (queue_.empty()) {
      --running_;
      return {};
    }
    Task task = std::move(queue_.front());
    queue_.pop_front();
    return task;
  }

  void answer(Task task, std::unique_ptr<Notifier>& notifier) {
    const auto begun = std::chrono::steady_clock::now();
    SendResult result = send(task.parcel, notifier);
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - begun);
    give_back(std::move(task), std::move(result), took);
  }

  void give_back(Task task, SendResult result, std::chrono::milliseconds took) {
    post_([carrying = carrying_, done = std::move(task.done), result = std::move(result),
           took]() mutable {
      --*carrying;
      done(std::move(result), took);
    });
  }

  SendResult send(const Parcel& parcel, std::unique_ptr<Notifier>& notifier) {
    if (stop_.stop_requested()) return not_tried("not tried: the service is stopping");
    try {
      if (!notifier) notifier = line_.make(stop_.get_token());
      return notifier->send(parcel.message, parcel.address, parcel.date);
    } catch (const std::exception& error) {
      notifier.reset();
      return not_tried(error.what());
    }
  }

  // With the lock held; they need it no more.
  void clear_away_ended() {
    for (const std::thread::id id : ended_) {
      const auto thread = std::find_if(threads_.begin(), threads_.end(),
                                       [&](const std::thread& t) { return t.get_id() == id; });
      if (thread == threads_.end()) continue;
      thread->join();
      threads_.erase(thread);
    }
    ended_.clear();
  }

  const Line line_;
  const Post post_;
  std::stop_source stop_;
  // Shared with what was posted and may run after this is gone.
  const std::shared_ptr<std::atomic<std::size_t>> carrying_ =
      std::make_shared<std::atomic<std::size_t>>(0);
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Task> queue_;
  std::size_t running_ = 0;
  std::size_t idle_ = 0;
  std::vector<std::thread> threads_;
  std::vector<std::thread::id> ended_;
};

CourierThreads::CourierThreads(std::vector<Line> lines, Post post) {
  for (Line& line : lines) pools_.push_back(std::make_unique<Pool>(std::move(line), post));
}

CourierThreads::~CourierThreads() = default;

std::vector<Peer> CourierThreads::peers() const {
  std::vector<Peer> found;
  for (const auto& pool : pools_) found.push_back(pool->peer());
  return found;
}

std::size_t CourierThreads::capacity(const Peer& peer) const {
  for (const auto& pool : pools_) {
    if (pool->peer() == peer) return pool->capacity();
  }
  return 0;
}

void CourierThreads::carry(const Peer& peer, Parcel parcel, Done done) {
  for (const auto& pool : pools_) {
    if (pool->peer() == peer) return pool->carry(std::move(parcel), std::move(done));
  }
  throw std::logic_error("nobody carries to " + name_of(peer));
}

std::size_t CourierThreads::carrying() const {
  std::size_t count = 0;
  for (const auto& pool : pools_) count += pool->carrying();
  return count;
}

void CourierThreads::stop_now() {
  for (const auto& pool : pools_) pool->stop_now();
}

}  // namespace omamori
