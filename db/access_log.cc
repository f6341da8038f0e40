#include "db/access_log.h"

#include <chrono>

namespace omamori {
namespace {

constexpr std::chrono::days kKept{366};  // a year, leap years included

}  // namespace

void AccessLog::note(const Look& look) {
  {
    Cursor rows = known_.query(look.on, look.who, look.client, look.what, look.door);
    if (rows.next()) return;
  }
  Transaction transaction(db_);
  put_.run(look.on, look.at, look.who, look.client, look.what, look.door);
  forget_.run(look.on - kKept);
  transaction.commit();
}

void AccessLog::each(const std::string& client, Day since,
                     const std::function<void(const Look&)>& each) {
  for (Cursor rows = list_.query(client, since); rows.next();) {
    each({rows.day(0), rows.instant(1), rows.text(2), rows.text(3), rows.text(4), rows.text(5)});
  }
}

}  // namespace omamori
