// Names beside codes, where privacy.show_names allows them (P7); else nothing is done. Reads the
// store; what cannot be read stays a code.
#pragma once

#include "daemon/model/digest.h"
#include "daemon/reminders/context.h"
#include "daemon/reports/weekly_figures.h"

namespace omamori {

// Of staff; a client's name is in its line.
void add_names(Digest& digest, Service& service);
// Of the clients and the staff whose codes stand in it.
void add_names(WeeklyReport& report, Service& service);

}  // namespace omamori
