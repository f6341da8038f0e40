// Where the sources and the built programs are. Made by the build (places.cc.in), so that the
// objects of the tests are the same in every checkout.
#pragma once

#include <string>

namespace omamori {

// source_path("tests/data/plan.ja.txt"), absolute.
std::string source_path(const std::string& below);
// program_path("omamorictl"), absolute: what was built beside the tests.
std::string program_path(const std::string& name);

}  // namespace omamori
