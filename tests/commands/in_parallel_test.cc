#include "daemon/commands/in_parallel.h"

#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace omamori {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<int> doubled(int count) {
  std::vector<int> taken;
  const auto think = [](int& value) { return 2 * value; };
  const auto take = [&](int&& answer) { taken.push_back(answer); };
  InParallel<int, decltype(think), decltype(take)> work(think, take);
  for (int i = 0; i < count; ++i) work.add(i);
  work.finish();
  return taken;
}

TEST(InParallel, AnswersComeInTheOrderOfTheValues) {
  EXPECT_THAT(doubled(0), IsEmpty());
  EXPECT_THAT(doubled(3), ElementsAre(0, 2, 4));
  for (const int count : {255, 256, 257, 5000}) {  // both sides of one batch, and many
    const auto taken = doubled(count);
    ASSERT_EQ(taken.size(), static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) ASSERT_EQ(taken[static_cast<std::size_t>(i)], 2 * i);
  }
}

TEST(InParallel, AnswersAreTakenOnTheThreadThatAsks) {
  const std::thread::id here = std::this_thread::get_id();
  std::atomic<int> elsewhere = 0;
  int taken = 0;
  const auto think = [&](int& value) {
    if (std::this_thread::get_id() != here) ++elsewhere;
    return value;
  };
  const auto take = [&](int&&) {
    EXPECT_EQ(std::this_thread::get_id(), here);
    ++taken;
  };
  InParallel<int, decltype(think), decltype(take)> work(think, take);
  for (int i = 0; i < 1000; ++i) work.add(i);
  work.finish();
  EXPECT_EQ(taken, 1000);
  EXPECT_EQ(elsewhere, 1000);
}

TEST(InParallel, WhatIsThrownComesOut) {
  const auto think = [](int& value) {
    if (value == 700) throw std::runtime_error("value 700");
    return value;
  };
  int taken = 0;
  const auto take = [&](int&&) { ++taken; };
  InParallel<int, decltype(think), decltype(take)> work(think, take);
  try {
    for (int i = 0; i < 1000; ++i) work.add(i);
    work.finish();
    FAIL() << "nothing was thrown";
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "value 700");
  }
  EXPECT_EQ(taken, 512) << "two whole batches come before it";
}

}  // namespace
}  // namespace omamori
