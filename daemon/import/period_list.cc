#include "daemon/import/period_list.h"

#include <algorithm>

#include "daemon/model/calendar.h"

namespace omamori {
namespace {

constexpr std::chrono::days kOneDay{1};

std::string text(const Period& period) {
  return to_string(period.start) + ".." + to_string(period.end);
}

PeriodStep refuse(std::string_view column, std::string message) {
  return {PeriodProblem{column, std::move(message)}, std::nullopt};
}

bool overlap(const Period& a, const Period& b) { return a.start <= b.end && b.start <= a.end; }

void drop_months_outside(Period& period) {
  std::erase_if(period.monitoring_months, [&](Month month) {
    return month < month_of(period.start) || month > month_of(period.end);
  });
}

// What the row says, over what is known of the period.
Period with_row(Period period, const ClientRow& row) {
  period.start = row.decision_start;
  period.end = row.decision_end;
  period.plan_kind = row.plan_kind;
  row.decision_kind.apply_to(period.decision_kind);
  row.interval_months.apply_to(period.interval_months);
  row.monitoring_months.apply_to(period.monitoring_months);
  return period;
}

// Nothing is wrong with the period by itself.
PeriodStep judge(const Period& period) {
  if (period.end < period.start) {
    return refuse("decision_end",
                  to_string(period.end) + " is before the start, " + to_string(period.start));
  }
  for (const Month month : period.monitoring_months) {
    if (month < month_of(period.start) || month > month_of(period.end)) {
      return refuse("monitoring_months",
                    to_string(month) + " is outside the period " + text(period));
    }
  }
  return {};
}

const PeriodRecord* find(const std::vector<PeriodRecord>& records, Day start) {
  const auto found = std::find_if(records.begin(), records.end(), [&](const PeriodRecord& record) {
    return record.period.start == start;
  });
  return found == records.end() ? nullptr : &*found;
}

}  // namespace

PeriodList::PeriodList(std::vector<PeriodRecord> stored)
    : stored_(std::move(stored)), periods_(stored_) {}

const PeriodRecord* PeriodList::stored_at(Day start) const { return find(stored_, start); }
const PeriodRecord* PeriodList::at(Day start) const { return find(periods_, start); }

PeriodStep PeriodList::apply(const ClientRow& row) {
  client_ = row.code;
  const PeriodRecord* known = at(row.decision_start);
  return known == nullptr ? add(row) : correct(static_cast<std::size_t>(known - &periods_[0]), row);
}

PeriodStep PeriodList::correct(std::size_t index, const ClientRow& row) {
  PeriodRecord record = periods_[index];
  if (row.decision_kind.value == DecisionKind::changed &&
      record.period.decision_kind != DecisionKind::changed) {
    return refuse("decision_start", to_string(row.decision_start) +
                                        " is the start of a known period; for a changed decision "
                                        "give the day of the change");
  }
  const Day end_before = record.period.end;
  record.period = with_row(record.period, row);
  record.line = row.line;
  if (const PeriodStep step = judge(record.period); step.error) return step;
  PeriodStep done;
  if (index + 1 < periods_.size() && overlap(record.period, periods_[index + 1].period)) {
    const Period& next = periods_[index + 1].period;
    if (!record.cut) {
      return refuse("decision_end",
                    "the period " + text(record.period) + " would overlap the next, " + text(next));
    }
    // The certificate of a decision that a later one has cut: it still shows the old end.
    record.period.end = end_before;
    drop_months_outside(record.period);
    done.warning =
        PeriodProblem{"decision_end", "the end stays " + to_string(end_before) +
                                          ", because a later decision is known: " + text(next)};
  }
  record.cut = record.cut && record.period.end == end_before;
  periods_[index] = std::move(record);
  return done;
}

PeriodStep PeriodList::add(const ClientRow& row) {
  const PeriodRecord added{client_, with_row(Period{}, row), false, row.line};
  if (const PeriodStep step = judge(added.period); step.error) return step;
  PeriodStep done;
  if (periods_.empty() || periods_.back().period.start < added.period.start) {
    if (!periods_.empty() && overlap(periods_.back().period, added.period)) {
      PeriodRecord& last = periods_.back();
      if (added.period.decision_kind != DecisionKind::changed) {
        done.warning = PeriodProblem{"decision_start",
                                     to_string(added.period.start) + " is inside the period " +
                                         text(last.period) + ", which now ends the day before"};
      }
      last.period.end = added.period.start - kOneDay;
      last.cut = true;
      last.line = row.line;
      drop_months_outside(last.period);
    }
    periods_.push_back(added);
    return done;
  }
  for (const PeriodRecord& other : periods_) {
    if (!overlap(other.period, added.period)) continue;
    return refuse("decision_start", "the period " + text(added.period) + " overlaps " +
                                        text(other.period) +
                                        ", and is not the latest; correct one of them");
  }
  const auto place = std::find_if(periods_.begin(), periods_.end(), [&](const PeriodRecord& other) {
    return other.period.start > added.period.start;
  });
  periods_.insert(place, added);
  return done;
}

}  // namespace omamori
