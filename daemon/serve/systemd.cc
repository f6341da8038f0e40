#include "daemon/serve/systemd.h"

#include <cstdint>
#include <ctime>

#include <systemd/sd-daemon.h>

namespace omamori {
namespace {

constexpr std::size_t kLongestStatus = 256;

// The result is of no use to us: whoever does not listen does not want to hear.
void notify(const std::string& state) { sd_notify(0, state.c_str()); }

// Bytes of the character that begins here, or 0 if it is not UTF-8. Overlong forms and surrogates
// are let through: journald judges them, we only must not cut a character in two.
std::size_t character_size(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t size = first < 0x80                     ? 1
                           : first >= 0xC2 && first <= 0xDF ? 2
                           : first >= 0xE0 && first <= 0xEF ? 3
                           : first >= 0xF0 && first <= 0xF4 ? 4
                                                            : 0;
  if (size > text.size()) return 0;
  for (std::size_t i = 1; i < size; ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) return 0;
  }
  return size;
}

bool is_control(std::string_view character) {
  const auto first = static_cast<unsigned char>(character.front());
  if (character.size() == 1) return first < 0x20 || first == 0x7F;
  // U+0080 to U+009F, and the line and paragraph separators U+2028, U+2029.
  return (first == 0xC2 && static_cast<unsigned char>(character[1]) < 0xA0) ||
         character == "\xE2\x80\xA8" || character == "\xE2\x80\xA9";
}

std::uint64_t monotonic_microseconds() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000 +
         static_cast<std::uint64_t>(now.tv_nsec) / 1'000;
}

}  // namespace

std::string status_line(std::string_view text) {
  std::string line;
  while (!text.empty()) {
    const std::size_t size = character_size(text);
    const std::string_view next = size == 0 ? "?" : text.substr(0, size);
    const std::string_view shown = is_control(next) ? " " : next;
    if (line.size() + shown.size() > kLongestStatus) break;
    line += shown;
    text.remove_prefix(size == 0 ? 1 : size);
  }
  return line;
}

void SystemdManager::ready() { notify("READY=1"); }

// systemd compares the instant with its own signals to tell this reload from an earlier one.
void SystemdManager::reloading() {
  notify("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(monotonic_microseconds()));
}

void SystemdManager::stopping() { notify("STOPPING=1"); }

void SystemdManager::status(const std::string& line) { notify("STATUS=" + status_line(line)); }

void SystemdManager::watchdog() { notify("WATCHDOG=1"); }

std::optional<std::chrono::microseconds> SystemdManager::watchdog_interval() const {
  std::uint64_t microseconds = 0;
  if (sd_watchdog_enabled(0, &microseconds) <= 0) return std::nullopt;
  return std::chrono::microseconds(microseconds);
}

}  // namespace omamori
