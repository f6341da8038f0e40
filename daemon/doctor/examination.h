// `omamorictl doctor`: who is asked what, and what all of it together says.
//
// The network is looked at in omamorictl's own process, every peer at the same time, each with its
// own limit, so that the daemon goes on sending and one peer that hangs hides no other. What only
// the owner of the database can know is asked in parts ("doctor part", through the control socket
// or in this process if no daemon runs): the daemon does its work between them.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "config/config.h"
#include "daemon/control/request.h"
#include "daemon/doctor/finding.h"
#include "daemon/doctor/machine_findings.h"
#include "daemon/doctor/network_findings.h"
#include "notifiers/probe.h"

namespace omamori {

// What one part of the owner's look has found.
struct OwnersPart {
  Language language = Language::ja;
  TimeFacts time;
  Findings findings;
  std::string next;  // the part to ask for after this; "" = that was all
};
std::string encode(const OwnersPart& part);
// Nothing if it is no such answer.
std::optional<OwnersPart> decode_part(std::string_view text);

// The owner's answer to one part, or why there is none, in words that say what to do.
using AskOwnersPart = std::function<std::variant<Response, std::string>(const Request&)>;

// All parts, one after the other. The answers that came are kept if a later one does not.
struct OwnersAnswer {
  std::optional<Language> language;  // nothing: the owner did not answer at all
  std::optional<TimeFacts> time;
  Findings findings;
  std::string why_not;  // why it broke off; "" = it did not
};
OwnersAnswer ask_owner(const AskOwnersPart& ask, const Request& asked);

// The mail server's password, as far as we who look may read it.
struct Password {
  std::optional<SecretState> state;  // nothing: no login configured
  std::optional<std::string> text;
};
Password read_password(const SmtpConfig& smtp);

struct NetworkFacts {
  std::optional<PeerFacts> mail;     // nothing: no mail server configured
  std::vector<PeerFacts> endpoints;  // as in the configuration
  std::optional<PeerFacts> heartbeat;
  std::optional<PageFacts> doors;  // public_url, as it answers
};
// Every peer at once; returns when the slowest is done. Reads no secret.
NetworkFacts look_at_network(const Config& config, const std::optional<std::string>& password,
                             const NetworkProbe& probe);
Findings network_findings(const Config& config, const NetworkFacts& facts,
                          const std::optional<SecretState>& password, Instant now,
                          const Tongue& tongue);

// What reads the machine's two clocks (daemon/runtime/machine_clock.h).
using ReadClock = std::function<ClockReading()>;

// All of it. Exit 0: nothing worse than ok, 1: warnings, 2: errors.
Response examine(const Config& config, const Request& asked, const AskOwnersPart& ask,
                 const NetworkProbe& probe, const ReadClock& read_clock);
// The same answer when there is no configuration to begin with.
Response report(const Findings& findings, const Request& asked, Language language);

}  // namespace omamori
