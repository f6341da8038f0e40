#include "daemon/serve/side_thread.h"

#include <utility>

namespace omamori {

SideThread::SideThread(Post post) : post_(std::move(post)) {}

SideThread::~SideThread() {
  if (!thread_.joinable()) return;
  job_->stop = true;
  thread_.join();
}

void SideThread::run(std::function<void(const std::atomic<bool>& stop)> work,
                     std::function<void()> done) {
  if (thread_.joinable()) thread_.join();  // it has posted its end
  job_ = std::make_shared<Job>();
  thread_ = std::thread([job = job_, work = std::move(work), done = std::move(done), this] {
    work(job->stop);
    post_(done);
    const std::lock_guard<std::mutex> lock(job->mutex);
    job->ended = true;
    job->changed.notify_all();
  });
}

bool SideThread::end_by(std::chrono::steady_clock::time_point deadline) {
  if (!thread_.joinable()) return true;
  job_->stop = true;
  std::unique_lock<std::mutex> lock(job_->mutex);
  const bool ended = job_->changed.wait_until(lock, deadline, [this] { return job_->ended; });
  lock.unlock();
  if (ended) {
    thread_.join();
  } else {
    thread_.detach();
  }
  return ended;
}

}  // namespace omamori
