// What the files of the doors and their address from outside say, as findings. Pure: the looking is
// daemon/doctor/door_files.h and notifiers/probe.h.
#pragma once

#include "config/config.h"
#include "daemon/doctor/door_files.h"
#include "daemon/doctor/finding.h"
#include "notifiers/peer_facts.h"

namespace omamori {

// A certificate that ends sooner is a warning: those that renew themselves do it 30 days before.
inline constexpr std::chrono::days kDoorCertificateNotice{21};

// "doors.certificate", "doors.key", "doors.token_key". `alone`: no daemon runs here, so what it is
// given by systemd cannot be seen.
Findings door_file_findings(const HttpConfig& http, const DoorFiles& files, bool alone, Instant now,
                            const Tongue& tongue);

// "doors.public_url" and "doors.public_certificate": what public_url/healthz has answered.
Findings door_url_findings(const PageFacts& facts, Instant now, const Tongue& tongue);

// Whoever is asked for a day needs a link, or somebody to tell: policy.toml has no `contact`, and
// there are no links. Nothing if they have.
std::optional<Finding> contact_finding(const std::string& contact, const HttpConfig& http,
                                       const Tongue& tongue);

}  // namespace omamori
