#include "daemon/reports/client_year.h"

#include <algorithm>

#include "daemon/model/calendar.h"

namespace omamori {
namespace {

using std::chrono::days;

struct Range {
  Day from{};
  Day until{};  // inclusive
  bool holds(Day day) const { return from <= day && day <= until; }
};

bool any_holds(const std::vector<Range>& ranges, Day day) {
  return std::any_of(ranges.begin(), ranges.end(), [&](const Range& r) { return r.holds(day); });
}

// A lapse of one check, with its last day; it ends with the check.
struct NamedLapse {
  std::string check;
  Day from{};
  std::optional<Day> until;
};

std::vector<NamedLapse> all_lapses(const ClientFacts& client, Day today) {
  std::vector<NamedLapse> found;
  for (const Check& check : client.checks) {
    const auto& last = current(check).terms.until;
    for (const Lapse& lapse : lapses(check, today)) {
      NamedLapse named{check.code, lapse.opened, {}};
      if (lapse.closed) named.until = *lapse.closed - days{1};
      if (last && *last <= today) named.until = std::min(named.until.value_or(*last), *last);
      found.push_back(std::move(named));
    }
  }
  return found;
}

class Year {
 public:
  Year(const ClientFacts& client, const ClientMonths& months, Month first, Day today)
      : client_(client),
        months_(months),
        today_(today),
        first_(first_day(first)),
        last_(last_day(first + std::chrono::months{11})),
        lapses_(all_lapses(client, today)) {
    for (const PeriodVersion* v : current_periods(client)) {
      periods_.push_back({v->period.start, v->period.end});
    }
    for (const Suspension& s : client.suspensions) {
      suspensions_.push_back({s.from, s.until.value_or(Day::max())});
    }
    for (const NamedLapse& l : lapses_) lapsed_.push_back({l.from, l.until.value_or(today)});
  }

  std::vector<YearMonth> draw() {
    std::vector<YearMonth> year;
    for (Month month = month_of(first_); month <= month_of(last_);
         month += std::chrono::months{1}) {
      YearMonth drawn;
      drawn.month = month;
      for (const MonthRow& row : months_.rows) {
        if (row.month == month) drawn.rows.push_back(row);
      }
      drawn.decided = std::any_of(periods_.begin(), periods_.end(), [&](const Range& p) {
        return p.from <= last_day(month) && first_day(month) <= p.until;
      });
      mark_days(drawn);
      year.push_back(std::move(drawn));
    }
    add_events(year);
    return year;
  }

 private:
  using What = YearEvent::What;

  bool in_service(Day day) const { return any_holds(periods_, day) && !service_over(client_, day); }

  void mark_days(YearMonth& drawn) const {
    drawn.days.fill(DayMark::outside);
    const Day last = last_day(drawn.month);
    std::size_t i = 0;
    for (Day day = first_day(drawn.month); day <= last; day += days{1}) {
      drawn.days[i++] = background(drawn, day);
    }
    // In rising order of weight: what comes later covers what was there.
    put_check_ins(drawn, Outcome::unreachable, DayMark::unreachable);
    put_check_ins(drawn, Outcome::ok, DayMark::ok);
    for (const Contact& contact : client_.contacts) put(drawn, contact.on, DayMark::contact);
    put_check_ins(drawn, Outcome::concern, DayMark::concern);
    for (const VisitVerdict& visit : months_.visits) put(drawn, visit.on, DayMark::visit);
  }

  void put_check_ins(YearMonth& drawn, Outcome outcome, DayMark mark) const {
    for (const Check& check : client_.checks) {
      for (const CheckIn& c : check.check_ins) {
        if (c.outcome == outcome) put(drawn, c.on, mark);
      }
    }
  }

  // Days that nothing is recorded on.
  DayMark background(const YearMonth& drawn, Day day) const {
    if (day == today_) return DayMark::today;
    const auto asked = [&](auto holds) {
      return std::any_of(drawn.rows.begin(), drawn.rows.end(), [&](const MonthRow& row) {
        return is_asked(row) && !is_met(row) && !row.before_watch && holds(row);
      });
    };
    if (asked([&](const MonthRow& row) { return day == row.due_by; })) return DayMark::due_by;
    if (any_holds(suspensions_, day)) return DayMark::suspended;
    if (day <= today_ && any_holds(lapsed_, day)) return DayMark::lapsed;
    if (!in_service(day)) return DayMark::outside;
    const bool ahead = day > today_ && asked([&](const MonthRow& row) {
                         return row.window_from <= day && day < row.due_by;
                       });
    return ahead ? DayMark::ahead : DayMark::plain;
  }

  // Records of later days do not count.
  void put(YearMonth& drawn, Day day, DayMark mark) const {
    if (day > today_ || month_of(day) != drawn.month) return;
    drawn.days[static_cast<std::size_t>((day - first_day(drawn.month)).count())] = mark;
  }

  void add_events(std::vector<YearMonth>& year) const {
    for (const Range& p : periods_) {
      add(year, {What::period_begins, p.from, {}, {}, {}});
      add(year, {What::period_ends, p.until, {}, {}, {}});
    }
    if (client_.ended_on) add(year, {What::service_ends, *client_.ended_on, {}, {}, {}});
    for (const NamedLapse& l : lapses_)
      add_range(year, {What::lapse, l.from, l.until, l.check, {}});
    for (const Suspension& s : client_.suspensions) {
      add_range(year, {What::suspension, s.from, s.until, {}, {}, s.id});
    }
    add_records(year);
    for (YearMonth& month : year) {
      std::stable_sort(month.events.begin(), month.events.end(),
                       [](const YearEvent& a, const YearEvent& b) { return a.on < b.on; });
    }
  }

  void add_records(std::vector<YearMonth>& year) const {
    for (const VisitVerdict& v : months_.visits) add(year, {What::visit, v.on, {}, {}, v});
    for (const Contact& c : client_.contacts) {
      if (c.on <= today_) add(year, {What::contact, c.on, {}, {}, {}});
    }
    for (const Check& check : client_.checks) {
      for (const CheckIn& c : check.check_ins) {
        if (c.outcome != Outcome::concern || c.on > today_) continue;
        add(year, {What::concern, c.on, {}, check.code, {}});
      }
    }
  }

  void add(std::vector<YearMonth>& year, YearEvent event) const {
    if (event.on < first_ || event.on > last_) return;
    const int at = months_between(month_of(first_), month_of(event.on));
    year[static_cast<std::size_t>(at)].events.push_back(std::move(event));
  }

  // What began before the year is told in its first month, if it reaches into it.
  void add_range(std::vector<YearMonth>& year, YearEvent event) const {
    if (event.until && *event.until < first_) return;
    event.on = std::max(event.on, first_);
    add(year, std::move(event));
  }

  const ClientFacts& client_;
  const ClientMonths& months_;
  Day today_, first_, last_;
  std::vector<NamedLapse> lapses_;
  std::vector<Range> periods_, suspensions_, lapsed_;
};

}  // namespace

std::vector<YearMonth> client_year(const ClientFacts& client, const ClientMonths& months,
                                   Month first, Day today) {
  return Year(client, months, first, today).draw();
}

Month fiscal_year_of(Day day) {
  const Month month = month_of(day);
  const bool before_april = month.month() < std::chrono::April;
  return (before_april ? month.year() - std::chrono::years{1} : month.year()) / std::chrono::April;
}

}  // namespace omamori
