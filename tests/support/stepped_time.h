// Time that a test moves, for what counts down (daemon/control/countdown.h): no test waits for real
// time to pass, and however slow the machine is, nothing is over before the test says so.
//
//   SteppedTime time;
//   ... MakeCountdown given = time.countdowns() ...
//   time.pass(milliseconds(50));  // what was started 50 ms ago or earlier is over
//
// One thread: that on which the countdowns are used. It must outlive them.
#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "daemon/control/countdown.h"

namespace omamori {

class SteppedTime {
 public:
  using Duration = std::chrono::milliseconds;

  MakeCountdown countdowns() {
    return [this] { return countdown(); };
  }
  std::unique_ptr<Countdown> countdown() {
    std::erase_if(all_, [](const std::weak_ptr<Run>& one) { return one.expired(); });
    auto run = std::make_shared<Run>();
    all_.push_back(run);
    return std::make_unique<Stepped>(*this, std::move(run));
  }

  // Time passes evenly: each is over at its instant, one after the other, and what is started by
  // that counts from there.
  void pass(Duration by) {
    const Duration until = now_ + by;
    while (const auto next = first_over_by(until)) {
      now_ = next->at;
      call(*next);
    }
    now_ = until;
  }

  // Time has gone by while the loop was busy elsewhere: what would have been over in between is
  // over now, once, and what is started by that counts from now.
  void jump(Duration by) {
    now_ += by;
    std::vector<std::pair<std::shared_ptr<Run>, int>> over;
    for (const auto& one : all_) {
      const auto run = one.lock();
      if (run && run->over && run->at <= now_) over.emplace_back(run, run->started);
    }
    for (const auto& [run, started] : over) {
      if (run->over && run->started == started) call(*run);
    }
  }

 private:
  // One countdown; `over` is empty while it does not run.
  struct Run {
    Duration at{0};
    int started = 0;
    std::function<void()> over;
  };

  class Stepped final : public Countdown {
   public:
    Stepped(const SteppedTime& time, std::shared_ptr<Run> run)
        : time_(time), run_(std::move(run)) {}
    Stepped(const Stepped&) = delete;
    Stepped& operator=(const Stepped&) = delete;
    ~Stepped() override { run_->over = {}; }
    void start(Duration after, std::function<void()> over) override {
      run_->at = time_.now_ + after;
      ++run_->started;
      run_->over = std::move(over);
    }
    void cancel() override { run_->over = {}; }

   private:
    const SteppedTime& time_;
    std::shared_ptr<Run> run_;
  };

  std::shared_ptr<Run> first_over_by(Duration until) const {
    std::shared_ptr<Run> first;
    for (const auto& one : all_) {
      const auto run = one.lock();
      if (run && run->over && run->at <= until && (!first || run->at < first->at)) first = run;
    }
    return first;
  }

  // The countdown may be gone, or have been started again, on return.
  static void call(Run& run) { std::exchange(run.over, {})(); }

  Duration now_{0};
  std::vector<std::weak_ptr<Run>> all_;
};

}  // namespace omamori
