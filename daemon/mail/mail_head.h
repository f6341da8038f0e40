// The head of a mail as far as we read it, out of whatever a stranger has put there: fields that we
// know, each of a bounded length. What reads mail costs time and stack by the length of a field, so
// it never sees another. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace omamori {

inline constexpr std::size_t kLongestHead = 64 * 1024;  // bytes
inline constexpr std::size_t kLongestField = 2000;      // a longer one is left out
inline constexpr std::size_t kMostFields = 300;

struct SplitMail {
  std::string head;       // with its fields on a line each, and an empty line behind it
  std::string_view body;  // of `mail`
  bool unfit = false;     // the head is longer than we read, or there is none
};

// `mail` must outlive the result.
SplitMail split_mail(std::string_view mail);

// The body with what a mail within a mail is called changed, so that nothing reads its head: who
// attaches one has not typed it, and it may be made to cost anything.
std::string without_mails_within(std::string_view body);

}  // namespace omamori
