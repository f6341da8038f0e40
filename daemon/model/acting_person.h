// Who acts in a role, and why it is not the person of the record: what daemon/rules/recipients.h
// finds and the words of a message say.
#pragma once

#include <string>

namespace omamori {

// Why a role is somebody's on a day: they are the person of the record, that person named them, or
// it came to them because the person of the record…
enum class Because {
  of_record,
  delegate,
  none_named,
  unknown_code,
  has_left,
  away,
  is_case_manager
};

struct Acting {
  std::string staff;  // empty: the operator without a staff record
  Because because = Because::of_record;
  std::string of_record;  // code of whom the record names; empty = nobody
  bool operator==(const Acting&) const = default;
};

}  // namespace omamori
