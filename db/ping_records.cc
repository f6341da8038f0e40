#include "db/ping_records.h"

#include <algorithm>
#include <chrono>

#include "daemon/model/check_in_order.h"
#include "db/file_words.h"

namespace omamori {

int PingRecords::generation(const std::string& check) {
  Cursor rows = generation_.query(check);
  return rows.next() ? rows.number(0) : 0;
}

int PingRecords::raise_generation(const std::string& check) {
  raise_.run(check);
  return generation(check);
}

void PingRecords::each_check(
    const std::function<void(const std::string& check, int generation)>& each) {
  for (Cursor rows = checks_.query(); rows.next();) each(rows.text(0), rows.number(1));
}

std::int64_t PingRecords::changes() {
  Cursor rows = changes_.query();
  return rows.next() ? rows.integer(0) : 0;
}

std::vector<KnownCheckIn> PingRecords::of_day(const std::string& client, const std::string& check,
                                              Day on) {
  // The day in UTC and one around it hold the day of every zone.
  const Instant in_utc{on.time_since_epoch()};
  const Instant from = in_utc - std::chrono::days{1};
  const Instant until = in_utc + std::chrono::days{2};
  std::vector<KnownCheckIn> found;
  for (Cursor rows = of_day_.query(client, check, from, until, on); rows.next();) {
    const CheckIn check_in{rows.integer(0), rows.instant(1),
                           rows.day(2),     from_file_word<Outcome>(rows.view(3)),
                           rows.integer(4), rows.flag(7)};
    found.push_back({check_in, rows.flag(5), rows.flag(6)});
  }
  std::sort(found.begin(), found.end(), [](const KnownCheckIn& a, const KnownCheckIn& b) {
    return said_before(a.check_in, b.check_in);
  });
  return found;
}

void PingRecords::count(std::int64_t check_in, Instant at) { count_.run(check_in, at); }

void PingRecords::mark_made(std::int64_t check_in, std::int64_t joins) {
  mark_made_.run(check_in, joins);
}

void PingRecords::move(std::int64_t check_in, Instant at) { move_.run(check_in, at); }

std::string PingRecords::marks(const std::string& check) {
  Cursor rows = marks_.query(check);
  return rows.next() ? rows.text(0) : std::string();
}

// Each mark ends with a blank; all are of one length.
bool PingRecords::is_seen(const std::string& check, const std::string& mark) {
  return marks(check).find(mark + ' ') != std::string::npos;
}

void PingRecords::remember(const std::string& check, const std::string& mark) {
  std::string all = marks(check) + mark + ' ';
  const std::size_t most = kMarks * (mark.size() + 1);
  if (all.size() > most) all.erase(0, all.size() - most);
  remember_.run(check, all);
}

std::optional<RefusedPing> PingRecords::refused(const std::string& check) {
  Cursor rows = refused_.query(check);
  if (!rows.next()) return {};
  return RefusedPing{rows.text(0), rows.day(1)};
}

bool PingRecords::refuse(const std::string& check, const RefusedPing& call) {
  const auto before = refused(check);
  if (before && before->on == call.on) return false;
  refuse_.run(check, call.method, call.on);
  return true;
}

}  // namespace omamori
