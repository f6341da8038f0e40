// What a look at the mail server, an endpoint or the heartbeat's host means, and what to do about
// it. Pure: the looking is notifiers/probe.h.
#pragma once

#include <optional>
#include <string>

#include "config/config.h"
#include "daemon/doctor/finding.h"
#include "notifiers/peer_facts.h"

namespace omamori {

// A certificate that ends sooner than this is a warning: getting a new one takes a city weeks.
inline constexpr std::chrono::days kCertificateNotice{30};

// A greeting that takes longer than this is a warning. Those that answer do it within one second.
inline constexpr std::chrono::seconds kSlowGreeting{5};

// Whether a secret could be read by the one who tells: empty = yes, else why not.
struct SecretState {
  std::string unreadable;
};

// "smtp", "smtp.greeting", "smtp.certificate", "smtp.login". `secret`: of the password as far as we
// who look may read it; nothing where no user name is configured.
Findings mail_findings(const SmtpConfig& smtp, const PeerFacts& facts,
                       const std::optional<SecretState>& secret, Instant now, const Tongue& tongue);

// "webhook:NAME" and "webhook:NAME.certificate"; "heartbeat" and "heartbeat.certificate".
Findings endpoint_findings(const WebhookEndpoint& endpoint, const PeerFacts& facts, Instant now,
                           const Tongue& tongue);
Findings heartbeat_findings(const PeerFacts& facts, Instant now, const Tongue& tongue);

}  // namespace omamori
