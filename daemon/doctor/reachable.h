// Can this person be told at all, as far as files say? For `check` and `doctor`. Pure.
#pragma once

#include <string>

#include "config/config.h"
#include "daemon/answer/labels.h"
#include "daemon/model/facts.h"

namespace omamori {

// Why the channel cannot reach the person; empty if it can.
std::string channel_fault(const Config& config, const Staff& person, Channel channel,
                          const Tongue& tongue);

// Why nothing reaches the person; empty if some channel does. Which channels there are is decided
// as for a message (daemon/reminders/contact_channels.h): without a list, email alone.
std::string why_unreachable(const Config& config, const Staff& person, const Tongue& tongue);

}  // namespace omamori
