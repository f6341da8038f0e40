// Which of two check-ins of one check is the later word. Pure.
#pragma once

#include "daemon/model/facts.h"

namespace omamori {

// By day, then hour. At one instant a concern outranks an ok. Of one whose hour nobody wrote the
// order on its day is not known: an ok of that kind is an answer to no concern of its day, and a
// concern of that kind is answered by no ok of it (RULES.md, section 3).
bool said_before(const CheckIn& one, const CheckIn& other);

}  // namespace omamori
