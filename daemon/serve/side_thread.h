// Work that may wait for a disk, beside the loop: each job in a thread of its own, one at a time.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace omamori {

class SideThread {
 public:
  using Post = std::function<void(std::function<void()>)>;
  // `post` runs a function later on the loop's thread; it may be called from another.
  explicit SideThread(Post post);
  ~SideThread();
  SideThread(const SideThread&) = delete;
  SideThread& operator=(const SideThread&) = delete;

  // `work` is to end soon after its argument is true. `done` is posted afterwards. Not before the
  // job before has posted its own.
  void run(std::function<void(const std::atomic<bool>& stop)> work, std::function<void()> done);
  // Asks the work to end. False: it has not by then, and is left to the end of the process.
  bool end_by(std::chrono::steady_clock::time_point deadline);

 private:
  struct Job {
    std::atomic<bool> stop{false};
    std::mutex mutex;
    std::condition_variable changed;
    bool ended = false;  // protected by `mutex`
  };

  Post post_;
  std::shared_ptr<Job> job_;
  std::thread thread_;
};

}  // namespace omamori
