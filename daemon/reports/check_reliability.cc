#include "daemon/reports/check_reliability.h"

#include <algorithm>
#include <vector>

#include "daemon/model/obligation.h"

namespace omamori {
namespace {

using std::chrono::days;

std::optional<double> share(int part, int whole) {
  if (whole == 0) return {};
  return static_cast<double>(part) / whole;
}

// The place of the last version known on `day` under which the check was agreed; the number of
// versions if there is none.
std::size_t last_agreed(const Check& check, Day day) {
  std::size_t found = check.versions.size();
  for (std::size_t i = 0; i < check.versions.size(); ++i) {
    if (i > 0 && check.versions[i].known_from > day) break;
    if (check.versions[i].terms.agreed_on) found = i;
  }
  return found;
}

// The work on one check. Days are whole and ranges inclusive.
class Record {
 public:
  Record(const ClientFacts& client, const Check& check, Day from, Day until, Day today)
      : client_(client), check_(check), today_(today) {
    end_ = std::min({until, today, client.ended_on.value_or(Day::max())});
    const std::size_t agreed = last_agreed(check, end_);
    if (agreed == check.versions.size()) return;
    agreed_ = true;
    const CheckTerms& terms = check.versions[agreed].terms;
    Day on_record = check.watched_from;
    if (!check.check_ins.empty()) on_record = std::min(on_record, check.check_ins.front().on);
    begin_ = std::max({from, terms.from, *terms.agreed_on, on_record});
    end_ = std::min(end_, terms.until.value_or(Day::max()));
    find_lapses(agreed);
    for (const CheckIn& c : check.check_ins) {
      if (c.on > today) break;
      if (c.outcome == Outcome::ok && (oks_.empty() || oks_.back() != c.on)) oks_.push_back(c.on);
    }
  }

  bool in_force() const { return agreed_ && begin_ <= end_; }

  void count_confirmations(Reliability& r) const;
  void count_days(Reliability& r) const;
  void count_lapses(Reliability& r) const;
  void count_concerns(Reliability& r) const;
  void count_waived(const ClientMonths& months, Reliability& r) const;

 private:
  int counted_days(Day from, Day until) const;
  int fulfilled_days(const CheckTerms& terms, Day from, Day until) const;
  bool suspended_between(Day from, Day until) const;
  bool counts(Day expected, const CheckTerms& terms) const {
    return begin_ <= expected && expected <= end_ &&
           !suspended_between(expected, expected + days{terms.grace_days});
  }
  void find_lapses(std::size_t agreed);
  Day first_anchor() const;
  bool followed_by_trouble(const MonthRow& waived) const;
  std::optional<Instant> first_word(const CheckIn& concern) const;
  bool reached_since(Day day) const;

  const ClientFacts& client_;
  const Check& check_;
  Day today_;
  bool agreed_ = false;
  Day begin_{}, end_{};
  std::vector<Day> oks_;  // ascending, each day once
  std::vector<Lapse> lapses_;
};

// Where the agreement was withdrawn, it is looked at as on the day before.
void Record::find_lapses(std::size_t agreed) {
  if (agreed + 1 == check_.versions.size() || check_.versions[agreed + 1].known_from > end_) {
    lapses_ = lapses(check_, today_);
    return;
  }
  end_ = check_.versions[agreed + 1].known_from - days{1};
  Check until_then = check_;
  until_then.versions.resize(agreed + 1);
  lapses_ = lapses(until_then, end_);
}

// Days of [from, until] on which the client was not suspended.
int Record::counted_days(Day from, Day until) const {
  if (from > until) return 0;
  auto count = (until - from).count() + 1;
  for (const Suspension& s : client_.suspensions) {
    const Day first = std::max(from, s.from);
    const Day last = std::min(until, s.until.value_or(Day::max()));
    if (first <= last) count -= (last - first).count() + 1;
  }
  return static_cast<int>(std::max<decltype(count)>(0, count));
}

bool Record::suspended_between(Day from, Day until) const {
  return std::any_of(
      client_.suspensions.begin(), client_.suspensions.end(),
      [&](const Suspension& s) { return s.from <= until && (!s.until || from <= *s.until); });
}

// The time runs from the beginning of the check, or from an ok before it that still held then.
Day Record::first_anchor() const {
  const CheckTerms& terms = check_.versions.front().terms;
  const auto after = std::upper_bound(oks_.begin(), oks_.end(), terms.from);
  if (after == oks_.begin()) return terms.from;
  const Day last = *std::prev(after);
  return last + days{terms.every_days + terms.grace_days} >= terms.from ? last : terms.from;
}

void Record::count_confirmations(Reliability& r) const {
  Day anchor = first_anchor();
  for (;;) {
    const CheckTerms& terms = version_on(check_, anchor).terms;
    Day expected = anchor + days{terms.every_days};
    if (expected > end_) return;
    // The latest ok until then is the one the next is counted from.
    auto next = std::upper_bound(oks_.begin(), oks_.end(), expected);
    if (next != oks_.begin() && *std::prev(next) > anchor) {
      if (counts(expected, terms)) ++r.in_time;
      anchor = *std::prev(next);
      continue;
    }
    const bool comes = next != oks_.end();
    // An ok on the day after the last one closes the lapse before it opens.
    if (comes && *next <= expected + days{terms.grace_days + 1}) {
      if (counts(expected, terms)) ++r.late;
      anchor = *next;
      continue;
    }
    const Day over = comes ? *next - days{1} : today_;
    for (; expected <= end_ && expected + days{terms.grace_days} < over;
         expected += days{terms.every_days}) {
      if (counts(expected, terms)) ++r.missed;
    }
    if (!comes) {
      if (expected <= end_ && counts(expected, terms)) ++r.pending;
      return;
    }
    anchor = *next;
  }
}

// By one set of terms. A word (ok or concern) holds until the next; an ok not longer than its life.
int Record::fulfilled_days(const CheckTerms& terms, Day from, Day until) const {
  if (!terms.agreed_on) return 0;
  from = std::max({from, terms.from, *terms.agreed_on});
  until = std::min(until, terms.until.value_or(Day::max()));
  int count = 0;
  const CheckIn* word = nullptr;
  const auto holds_until = [&](Day last) {
    if (!word || word->outcome != Outcome::ok) return;
    const Day end = word->on + days{terms.every_days + terms.grace_days};
    count += counted_days(std::max(from, word->on), std::min({until, last, end}));
  };
  for (const CheckIn& c : check_.check_ins) {
    if (c.on > until) break;
    if (c.outcome == Outcome::unreachable) continue;
    holds_until(c.on - days{1});
    word = &c;
  }
  holds_until(until);
  return count;
}

void Record::count_days(Reliability& r) const {
  r.days = counted_days(begin_, end_);
  const auto& versions = check_.versions;
  for (std::size_t i = 0; i < versions.size(); ++i) {
    const Day from = i == 0 ? begin_ : std::max(begin_, versions[i].known_from);
    const Day until =
        i + 1 == versions.size() ? end_ : std::min(end_, versions[i + 1].known_from - days{1});
    if (from <= until) r.fulfilled_days += fulfilled_days(versions[i].terms, from, until);
  }
}

void Record::count_lapses(Reliability& r) const {
  for (const Lapse& lapse : lapses_) {
    const Day last = lapse.closed ? *lapse.closed - days{1} : end_;
    const int counted = counted_days(std::max(begin_, lapse.opened), std::min(end_, last));
    r.lapsed_days += counted;
    if (counted > 0 && lapse.opened >= begin_) ++r.lapses;
  }
}

void Record::count_concerns(Reliability& r) const {
  for (const CheckIn& c : check_.check_ins) {
    const bool own = c.outcome == Outcome::concern && c.joins == 0;
    if (!own || c.on < begin_ || c.on > end_) continue;
    ++r.concerns;
    const auto word = first_word(c);
    if (word) r.until_word.push_back(std::chrono::floor<std::chrono::minutes>(*word - c.at));
    if (word || reached_since(c.on)) ++r.answered;
  }
}

// A word, or a visit announced.
std::optional<Instant> Record::first_word(const CheckIn& concern) const {
  const std::string key = concern_key(client_.code, check_.code, concern.at);
  std::optional<Instant> first;
  for (const Acknowledgement& said : client_.acknowledgements) {
    if (said.obligation != key || said.made_on > today_) continue;
    if (!first || said.made_at < *first) first = said.made_at;
  }
  return first;
}

bool Record::reached_since(Day day) const {
  const auto since = [&](const auto& record) { return day <= record.on && record.on <= today_; };
  return std::any_of(client_.visits.begin(), client_.visits.end(), since) ||
         std::any_of(client_.contacts.begin(), client_.contacts.end(), since);
}

// Before the next visit on or after the first day of the month, or until today.
bool Record::followed_by_trouble(const MonthRow& waived) const {
  Day seen = today_;
  for (const Visit& visit : client_.visits) {
    if (visit.on < waived.window_from) continue;
    seen = std::min(seen, visit.on);
    break;
  }
  const auto inside = [&](Day day) { return waived.window_from <= day && day <= seen; };
  for (const Check& check : client_.checks) {
    for (const CheckIn& c : check.check_ins) {
      if (c.outcome == Outcome::concern && inside(c.on)) return true;
    }
  }
  return std::any_of(lapses_.begin(), lapses_.end(),
                     [&](const Lapse& l) { return inside(l.opened); });
}

void Record::count_waived(const ClientMonths& months, Reliability& r) const {
  for (const MonthRow& row : months.rows) {
    if (row.state != MonthState::waived || row.check != check_.code) continue;
    if (row.due_by < begin_ || row.due_by > end_) continue;
    ++r.waived;
    if (followed_by_trouble(row)) ++r.troubled;
  }
}

}  // namespace

std::optional<double> Reliability::share_in_time() const { return share(in_time, expected()); }

std::optional<double> Reliability::share_fulfilled() const { return share(fulfilled_days, days); }

std::optional<double> Reliability::hours_until_word() const {
  if (until_word.empty()) return {};
  std::vector<std::chrono::minutes> sorted = until_word;
  std::sort(sorted.begin(), sorted.end());
  const std::size_t half = sorted.size() / 2;
  const auto middle = sorted.size() % 2 == 1 ? sorted[half] * 2 : sorted[half - 1] + sorted[half];
  return static_cast<double>(middle.count()) / 120;
}

void Reliability::add(const Reliability& other) {
  checks += other.checks;
  in_time += other.in_time;
  late += other.late;
  missed += other.missed;
  pending += other.pending;
  days += other.days;
  fulfilled_days += other.fulfilled_days;
  lapses += other.lapses;
  lapsed_days += other.lapsed_days;
  concerns += other.concerns;
  answered += other.answered;
  until_word.insert(until_word.end(), other.until_word.begin(), other.until_word.end());
  waived += other.waived;
  troubled += other.troubled;
}

std::optional<Reliability> reliability(const ClientFacts& client, const ClientMonths& months,
                                       const Check& check, Day from, Day until, Day today) {
  const Record record(client, check, from, until, today);
  if (!record.in_force()) return {};
  Reliability r;
  r.checks = 1;
  record.count_confirmations(r);
  record.count_days(r);
  record.count_lapses(r);
  record.count_concerns(r);
  record.count_waived(months, r);
  return r;
}

}  // namespace omamori
