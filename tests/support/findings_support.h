// Findings of `doctor` as text, one a line.
#pragma once

#include <string>

#include <gtest/gtest.h>

#include "daemon/doctor/finding.h"

namespace omamori {

inline std::string shown(const Findings& findings) {
  std::string out;
  for (const Finding& f : findings) {
    out += std::string(to_word(f.severity)) + " " + f.where + ": " + f.what + "\n";
    EXPECT_EQ(f.to_do.empty(), f.severity == Severity::ok) << f.what << ": every fault has a way";
  }
  return out;
}

}  // namespace omamori
