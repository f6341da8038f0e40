// What is said of the text of a policy.toml.
#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "config/policy_file.h"
#include "tests/support/config_test_support.h"

namespace omamori::test {

inline std::vector<std::string> errors_of(const std::string& text) {
  const auto parsed = parse_policy(text, "p.toml");
  EXPECT_EQ(parsed.value.has_value(), parsed.errors.empty());
  return texts(parsed.errors);
}

}  // namespace omamori::test
