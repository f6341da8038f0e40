// Who comes in at the control socket, and how much they may send at once: so that one user, by
// mistake or on purpose, neither shuts the others out nor fills the memory. Pure.
//
// Whoever finds no room waits outside, unread, in the order in which they came; beyond that they
// are sent away. Nobody waits for another user while there is room in all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>

#include "daemon/control/rights.h"

namespace omamori {

struct ControlLimits;

class Admission {
 public:
  explicit Admission(const ControlLimits& limits) : limits_(limits) {}

  enum class Place { in, outside, nowhere };
  // Where somebody who has just come goes: `in` counts from now on, until left().
  Place come(std::uint32_t uid, bool owner);
  // Of one who waits outside: may they come in now? Then they count.
  bool may_come_in(std::uint32_t uid, bool owner);
  // Of one who waited outside and has gone, or has come in.
  void waits_no_more(std::uint32_t uid);
  void left(std::uint32_t uid, bool owner);

  // Room for a request of that size, until given_back(). False: there is none now.
  bool take(std::uint32_t uid, std::uint64_t bytes);
  void give_back(std::uint32_t uid, std::uint64_t bytes);

 private:
  struct User {
    std::size_t in = 0;
    std::size_t outside = 0;
    std::uint64_t bytes = 0;
  };
  bool has_room(const User& user, bool owner) const;

  const ControlLimits& limits_;
  std::map<std::uint32_t, User> users_;
  std::size_t others_in_ = 0;  // without the owner, for whom there is always room of their own
  std::size_t outside_ = 0;
  std::uint64_t bytes_ = 0;
};

}  // namespace omamori
