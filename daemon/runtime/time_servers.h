// Whether a program of this machine keeps the calendar clock right, asked as anybody may ask it:
// the service may not ask the kernel. chronyd answers at its command port, ntpd (and whatever else
// serves time here) as a time server. systemd-timesyncd leaves a file: machine_clock.cc.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace omamori {

// "tracking" in version 6 of chrony's command protocol (candm.h of chrony 2 to 4), and what it
// says: with `sequence`, a number that only the answer repeats.
std::string chrony_question(std::uint32_t sequence);
bool chrony_answer_says_right(std::string_view answer, std::uint32_t sequence);

// A client's packet of RFC 5905 whose transmit timestamp is `nonce`, and the server's.
std::string ntp_question(std::uint64_t nonce);
bool ntp_answer_says_right(std::string_view answer, std::uint64_t nonce);

inline constexpr std::uint16_t kChronyPort = 323;
inline constexpr std::uint16_t kNtpPort = 123;
// Blocks for `patience` at most where somebody listens and is silent, and not at all where nobody
// does.
bool chrony_says_right(std::uint16_t port = kChronyPort,
                       std::chrono::milliseconds patience = std::chrono::milliseconds{100});
bool ntp_says_right(std::uint16_t port = kNtpPort,
                    std::chrono::milliseconds patience = std::chrono::milliseconds{100});

}  // namespace omamori
