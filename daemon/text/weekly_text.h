// A weekly message as layout and as webhook data. Part of daemon/text/message_text.h; pure.
#pragma once

#include <string>

#include <boost/json/object.hpp>

#include "daemon/model/digest.h"
#include "daemon/reports/weekly_figures.h"
#include "daemon/text/templates.h"

namespace omamori {

// The sections as groups; of each line `client`, `headline` and `why` are set.
TemplateData weekly_layout(const Digest& digest, Day today, std::string& subject);

// What the webhook's `data` of a weekly message has besides `to`, `slot` and `items`: its figures,
// whole. daemon/text/templates/webhook-weekly-example.json shows them.
boost::json::object weekly_json(const WeeklyReport& report);

}  // namespace omamori
