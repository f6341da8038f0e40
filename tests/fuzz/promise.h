// What must hold of whatever comes; where it does not the fuzzer has its find.
#pragma once

#include <cstdlib>
#include <iostream>
#include <string_view>

namespace omamori {

inline void promise(bool holds, std::string_view what) {
  if (holds) return;
  std::cerr << "not kept: " << what << '\n';
  std::abort();
}

}  // namespace omamori
