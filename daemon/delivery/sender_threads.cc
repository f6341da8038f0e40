#include "daemon/delivery/sender_threads.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
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

SendResult not_tried(const std::string& why) { return TryAgain{.why = why, .peer_down = true}; }

}  // namespace

// One peer's queue and threads, for one kind of message. Each thread keeps it alive.
class CourierThreads::Pool : public std::enable_shared_from_this<Pool> {
 public:
  Pool(Line line, Lane lane, Post post)
      : line_(std::move(line)), lane_(lane), post_(std::move(post)) {}
  ~Pool() = default;
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  const Peer& peer() const { return line_.peer; }
  Lane lane() const { return lane_; }
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
    for (auto& [message, stop] : under_way_) stop.request_stop();
    wake_.notify_all();
  }

  void abandon(const std::string& message) {
    const std::lock_guard lock(mutex_);
    const auto under_way = under_way_.find(message);
    if (under_way != under_way_.end()) under_way->second.request_stop();
    const auto waiting = std::find_if(queue_.begin(), queue_.end(), [&](const Task& task) {
      return task.parcel.message.id == message;
    });
    if (waiting == queue_.end()) return;
    Task task = std::move(*waiting);
    queue_.erase(waiting);
    give_back(std::move(task),
              TryAgain{.why = "not tried: it has waited too long for a line", .ours = true},
              std::chrono::milliseconds{0});
  }

  // After stop_now(): waits for the threads, but no longer than until then. Those that have not
  // ended are let go. True if there were none.
  bool wait_until(std::chrono::steady_clock::time_point deadline) {
    std::unique_lock lock(mutex_);
    ended_one_.wait_until(lock, deadline, [&] { return ended_.size() >= threads_.size(); });
    clear_away_ended();
    for (std::thread& thread : threads_) thread.detach();
    return std::exchange(threads_, {}).empty();
  }

  void wait_for_all() {
    stop_now();
    std::unique_lock lock(mutex_);
    ended_one_.wait(lock, [&] { return ended_.size() >= threads_.size(); });
    clear_away_ended();
  }

 private:
  struct Task {
    Parcel parcel;
    Done done;
  };

  // With the lock held. A machine that has no thread to give is a failure on the way, not ours.
  void start_thread() {
    try {
      threads_.emplace_back([self = shared_from_this()] { self->work(); });
      ++running_;
    } catch (const std::system_error& error) {
      if (running_ > 0) return;  // the others will come to it
      Task task = std::move(queue_.back());
      queue_.pop_back();
      give_back(std::move(task), not_tried(error.what()), std::chrono::milliseconds{0});
    }
  }

  // A thread's connection, and what breaks it off.
  struct Connection {
    std::stop_source stop;
    std::unique_ptr<Notifier> notifier;
  };

  void work() {
    Connection connection;
    while (auto task = next_task(connection.stop)) answer(std::move(*task), connection);
    if (stop_.stop_requested()) connection.stop.request_stop();
    connection.notifier.reset();  // says goodbye to the server, and that may take a while
    const std::lock_guard lock(mutex_);
    ended_.push_back(std::this_thread::get_id());
    ended_one_.notify_all();
  }

  // Nothing = this thread is to end. `stop` breaks off what it is given.
  std::optional<Task> next_task(const std::stop_source& stop) {
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
    under_way_.emplace(task.parcel.message.id, stop);
    return task;
  }

  void answer(Task task, Connection& connection) {
    const auto begun = std::chrono::steady_clock::now();
    SendResult result = send(task.parcel, connection);
    if (ended(task.parcel.message.id, connection)) blame_who_was_slow(result);
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

  // We broke it off, because the peer or this message takes too long.
  static void blame_who_was_slow(SendResult& result) {
    auto* again = std::get_if<TryAgain>(&result);
    if (!again || !again->ours) return;
    again->ours = false;
    again->unclear = true;
  }

  // A connection that was broken off is of no use to the next one. True if it was, by abandon().
  bool ended(const std::string& message, Connection& connection) {
    {
      const std::lock_guard lock(mutex_);
      under_way_.erase(message);
    }
    if (!connection.stop.stop_requested() || stop_.stop_requested()) return false;
    connection.notifier.reset();
    connection.stop = std::stop_source();
    return true;
  }

  SendResult send(const Parcel& parcel, Connection& connection) {
    if (stop_.stop_requested()) return not_tried("not tried: the service is stopping");
    std::unique_ptr<Notifier>& notifier = connection.notifier;
    try {
      if (!notifier) notifier = line_.make(connection.stop.get_token());
      return notifier->send(parcel.message, parcel.address, parcel.date);
    } catch (const std::exception& error) {
      notifier.reset();
      return not_tried(error.what());
    }
  }

  // With the lock held; they need it no more but to leave.
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
  const Lane lane_;
  const Post post_;
  std::stop_source stop_;  // of the whole
  // Shared with what was posted and may run after this is gone.
  const std::shared_ptr<std::atomic<std::size_t>> carrying_ =
      std::make_shared<std::atomic<std::size_t>>(0);
  std::mutex mutex_;
  std::condition_variable wake_;
  std::condition_variable ended_one_;
  std::deque<Task> queue_;
  std::map<std::string, std::stop_source> under_way_;  // by message
  std::size_t running_ = 0;
  std::size_t idle_ = 0;
  std::vector<std::thread> threads_;
  std::vector<std::thread::id> ended_;
};

CourierThreads::CourierThreads(std::vector<Line> lines, const Post& post) {
  for (Line& line : lines) {
    Line urgent = line;
    urgent.lines = 1;
    pools_.push_back(std::make_shared<Pool>(std::move(line), Lane::ordinary, post));
    pools_.push_back(std::make_shared<Pool>(std::move(urgent), Lane::urgent, post));
  }
}

CourierThreads::~CourierThreads() {
  stop_now();
  for (const auto& pool : pools_) pool->wait_for_all();
}

std::vector<Peer> CourierThreads::peers() const {
  std::vector<Peer> found;
  for (const auto& pool : pools_) {
    if (pool->lane() == Lane::ordinary) found.push_back(pool->peer());
  }
  return found;
}

const std::shared_ptr<CourierThreads::Pool>* CourierThreads::pool_of(const Peer& peer,
                                                                     Lane lane) const {
  const auto found = std::find_if(pools_.begin(), pools_.end(), [&](const auto& pool) {
    return pool->peer() == peer && pool->lane() == lane;
  });
  return found == pools_.end() ? nullptr : &*found;
}

std::size_t CourierThreads::capacity(const Peer& peer, Lane lane) const {
  const auto* pool = pool_of(peer, lane);
  return pool ? (*pool)->capacity() : 0;
}

void CourierThreads::carry(const Peer& peer, Parcel parcel, Done done) {
  const auto* pool = pool_of(peer, parcel.lane);
  if (!pool) throw std::logic_error("nobody carries to " + name_of(peer));
  (*pool)->carry(std::move(parcel), std::move(done));
}

void CourierThreads::abandon(const std::string& message) {
  for (const auto& pool : pools_) pool->abandon(message);
}

std::size_t CourierThreads::carrying() const {
  std::size_t count = 0;
  for (const auto& pool : pools_) count += pool->carrying();
  return count;
}

void CourierThreads::stop_now() {
  for (const auto& pool : pools_) pool->stop_now();
}

bool CourierThreads::end_by(std::chrono::steady_clock::time_point deadline) {
  stop_now();
  bool all = true;
  for (const auto& pool : pools_) all = pool->wait_until(deadline) && all;
  return all;
}

}  // namespace omamori
