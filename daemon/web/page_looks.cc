#include "daemon/web/page_looks.h"

#include "db/door_records.h"

namespace omamori {

void note_page(const std::string& staff, const std::string& client, Service& service) {
  try {
    service.store().doors().access().note(
        {service.today(), service.now(), "link:" + staff, client, "page", "link"});
  } catch (const SqliteError&) {
    // The turn that fails for the same disk says so.
  }
}

}  // namespace omamori
