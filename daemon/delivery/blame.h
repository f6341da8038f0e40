// Whose fault is it that a message was not accepted: the peer's, so that every other message would
// fare alike, or this person's and message's own? A single answer does not always tell; the answers
// to others beside it do. RULES.md section 5, "Whose fault a refusal is". Pure.
//
// What is remembered of a peer is small and lost at a restart, which costs a failure or two.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "notifiers/notifier.h"

namespace omamori {

// The same refusal, or a lost connection, met by so many different people in a row is the peer's.
inline constexpr std::size_t kPeopleAlike = 3;
// ... unless it was met like that before and others were accepted after all, as by a server that
// takes mail for its own domain only: then so many.
inline constexpr std::size_t kPeopleAlikeAgain = 10;

enum class Fault {
  none,     // accepted
  peer,     // counted by its breaker; the message loses nothing of its life
  message,  // this message's, or its person's: it is tried again by its own times, or never
};

struct Blame {
  Fault fault = Fault::none;
  // Messages that were refused before, as if by their own fault: it was the peer's.
  std::vector<std::string> cleared;
};

// The answers of one peer.
class BlameBook {
 public:
  // `person` is whom `message` went to. `down`: the peer's breaker is open, so this was a probe.
  Blame judge(const SendResult& result, const std::string& person, const std::string& message,
              bool down);

 private:
  Blame of_failure(const TryAgain& again, const std::string& person, const std::string& message,
                   bool down);
  Blame of_refusal(const Refused& no, const std::string& person, const std::string& message);
  bool joins_row(const std::string& alike, const std::string& person, const std::string& message);
  void accepted(const std::string& message);

  struct Met {
    std::string person, message;
    bool refused = false;
  };
  std::string alike_;                  // what those in a row have met; "" = nobody
  std::vector<Met> row_;               // a person once
  bool everybody_met_ = false;         // so many have: whoever meets it next is one of them
  std::set<std::string> met_by_some_;  // what so many met although others were accepted later
  std::uint64_t accepted_ = 0;         // messages, so far
  // By message: how many had been accepted when it was cleared of a refusal. One that meets a
  // refusal after others were accepted is not one of many any more.
  std::map<std::string, std::uint64_t> cleared_;
  // By message: how many had been accepted when a connection was first lost with it.
  std::map<std::string, std::uint64_t> lost_with_;
};

}  // namespace omamori
