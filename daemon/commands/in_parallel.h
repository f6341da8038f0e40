// Pure work on many values with every core, for what is asked of a whole city at once. The values
// are added by one thread, which also takes the answers, in the order in which the values came.
#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <future>
#include <thread>
#include <utility>
#include <vector>

namespace omamori {

// `Think` is called with a Value& on any thread, several at a time: it must be pure, and what it
// looks at must not change meanwhile. `Take` is called with an Answer&& on the thread that calls
// add() and finish(). What either throws comes out of those two; the destructor waits for what is
// still being thought about and lets its answers go.
template <class Value, class Think, class Take>
class InParallel {
 public:
  InParallel(Think think, Take take) : think_(std::move(think)), take_(std::move(take)) {}

  void add(Value value) {
    values_.push_back(std::move(value));
    if (values_.size() == kBatch) hand_out();
  }
  void finish() {
    if (!values_.empty()) hand_out();
    while (!answers_.empty()) take_first();
  }

 private:
  using Answer = decltype(std::declval<Think&>()(std::declval<Value&>()));
  // Large enough that a thread costs nothing beside it, small enough that little is held at once.
  static constexpr std::size_t kBatch = 256;

  void hand_out() {
    while (answers_.size() >= at_once_) take_first();
    answers_.push_back(
        std::async(std::launch::async, [this, batch = std::exchange(values_, {})]() mutable {
          std::vector<Answer> answers;
          answers.reserve(batch.size());
          for (Value& value : batch) answers.push_back(think_(value));
          return answers;
        }));
  }

  void take_first() {
    std::future<std::vector<Answer>> first = std::move(answers_.front());
    answers_.pop_front();
    for (Answer& answer : first.get()) take_(std::move(answer));
  }

  Think think_;
  Take take_;
  std::size_t at_once_ = std::max(1U, std::thread::hardware_concurrency());
  std::vector<Value> values_;
  std::deque<std::future<std::vector<Answer>>> answers_;  // last: its threads use the rest
};

}  // namespace omamori
