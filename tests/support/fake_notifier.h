// A notifier in memory: remembers what it was asked to send and answers as it was told to. It keeps
// the contract of notifiers/notifier.h (tests/contract/notifier_contract_test.cc runs it beside the
// real ones), so what a test learns with it holds for them.
#pragma once

#include <deque>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "daemon/model/mail_address.h"
#include "notifiers/notifier.h"

namespace omamori {

class FakeNotifier final : public Notifier {
 public:
  struct Asked {
    Message message;
    Address address;
    Instant now{};
    bool accepted = false;
  };

  // The answers to come, in order; after the last one everything is Sent. An address that the real
  // notifier refuses takes none of them.
  void answer(SendResult result) {
    const std::lock_guard lock(mutex_);
    answers_.push_back(std::move(result));
  }

  SendResult send(const Message& message, const Address& address, Instant now) override {
    const std::lock_guard lock(mutex_);
    SendResult result = next_answer(address);
    asked_.push_back({message, address, now, std::holds_alternative<Sent>(result)});
    return result;
  }

  // Everything it was asked, in order, refused and failed attempts included.
  std::vector<Asked> asked() const {
    const std::lock_guard lock(mutex_);
    return asked_;
  }

 private:
  SendResult next_answer(const Address& address) {
    if (address.channel == Channel::email) {
      if (auto problem = address_problem(address.to)) return Refused{*problem};
    }
    if (answers_.empty()) return Sent{"fake"};
    SendResult result = std::move(answers_.front());
    answers_.pop_front();
    return result;
  }

  mutable std::mutex mutex_;  // the delivery loop calls from worker threads
  std::deque<SendResult> answers_;
  std::vector<Asked> asked_;
};

}  // namespace omamori
