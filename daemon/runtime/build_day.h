// The day this program was configured for building (or SOURCE_DATE_EPOCH): no clock can be right
// that is earlier.
#pragma once

#include "daemon/model/facts.h"

namespace omamori {

extern const Instant kBuildDay;

}  // namespace omamori
