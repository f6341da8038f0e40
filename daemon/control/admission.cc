#include "daemon/control/admission.h"

#include "daemon/control/server.h"

namespace omamori {

bool Admission::has_room(const User& user, bool owner) const {
  return user.in < limits_.clients_of_user && (owner || others_in_ < limits_.clients);
}

Admission::Place Admission::come(std::uint32_t uid, bool owner) {
  User& user = users_[uid];
  // Not past those of the same user who wait.
  if (user.outside == 0 && may_come_in(uid, owner)) return Place::in;
  if (user.outside >= limits_.waiting_of_user || outside_ >= limits_.waiting) return Place::nowhere;
  ++user.outside;
  ++outside_;
  return Place::outside;
}

bool Admission::may_come_in(std::uint32_t uid, bool owner) {
  User& user = users_[uid];
  if (!has_room(user, owner)) return false;
  ++user.in;
  if (!owner) ++others_in_;
  return true;
}

void Admission::waits_no_more(std::uint32_t uid) {
  --users_[uid].outside;
  --outside_;
}

void Admission::left(std::uint32_t uid, bool owner) {
  const auto user = users_.find(uid);
  --user->second.in;
  if (!owner) --others_in_;
  if (user->second.in == 0 && user->second.outside == 0) users_.erase(user);
}

bool Admission::take(std::uint32_t uid, std::uint64_t bytes) {
  User& user = users_[uid];
  if (bytes > limits_.bodies - bytes_ || bytes > limits_.bodies_of_user - user.bytes) return false;
  user.bytes += bytes;
  bytes_ += bytes;
  return true;
}

void Admission::give_back(std::uint32_t uid, std::uint64_t bytes) {
  users_[uid].bytes -= bytes;
  bytes_ -= bytes;
}

}  // namespace omamori
