// The page of attendance in HTML: everybody whom a provider confirms, and what was recorded. Codes,
// and what this provider calls people; no names, no notes (P7). Reads the store.
#pragma once

#include <string>
#include <vector>

#include "daemon/web/attendance_record.h"
#include "daemon/web/http.h"

namespace omamori {

// Why nothing was recorded, and what was typed: shown again, so that nobody types it twice.
struct AttendanceRefusal {
  std::vector<AttendanceError> form;
  std::vector<Said> file;  // a line each
  FormFields typed;
};

// Status 200, or 422 with a refusal.
HttpResponse attendance_page(const AttendanceHolder& holder, const std::string& token,
                             Language language, const AttendanceRefusal* refusal, Service& service);
HttpResponse attendance_done_page(const AttendanceHolder& holder, const std::string& token,
                                  Language language, const AttendanceDone& done, Service& service);
HttpResponse attendance_undone_page(const AttendanceHolder& holder, const std::string& token,
                                    Language language, const std::vector<DoorAct>& acts,
                                    Service& service);

}  // namespace omamori
