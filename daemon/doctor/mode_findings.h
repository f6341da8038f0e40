// Files of ours that others on this machine may read or write although they should not: the
// database, the settings, the control socket, secrets. Asks the disk; paths only (P7).
#pragma once

#include "config/config.h"
#include "daemon/doctor/finding.h"

namespace omamori {

// Nothing is found where all is as it should be. Secrets are an error, because they are refused
// (config/secret.h); the rest is a warning.
Findings mode_findings(const Config& config, const Tongue& tongue);

}  // namespace omamori
