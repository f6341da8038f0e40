// The sentences of what is wrong or presses within the week (daemon/reports/risk_items.h), one
// each, in the reader's language. Pure; holds no names.
#pragma once

#include <string>

#include "daemon/reports/risk_items.h"

namespace omamori {

// 「5月 未実施（期限 5/31、15日超過）」: what it is and since or until when, not whose.
std::string risk_phrase(const RiskItem& item, Day today, Language language);

}  // namespace omamori
