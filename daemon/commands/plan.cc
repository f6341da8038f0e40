#include <algorithm>

#include "daemon/answer/json_text.h"
#include "daemon/answer/json_values.h"
#include "daemon/answer/labels.h"
#include "daemon/answer/text_table.h"
#include "daemon/commands/options.h"
#include "daemon/import/csv/words.h"
#include "daemon/model/calendar.h"

namespace omamori {
namespace {

// One period of a client and its months, or a client without a period.
struct PlanEntry {
  const std::string& client;
  const PeriodVersion* period = nullptr;
  Interval interval;
  std::vector<const MonthRow*> months;
  std::optional<Day> ended_on;  // where service ends before the period does
  bool has_check = false;       // is there a safety check at all?

  bool has_gap() const {
    return std::any_of(months.begin(), months.end(),
                       [](const MonthRow* row) { return row->gap_without_check; });
  }
};

// The answer, one entry after the other.
class PlanWriter {
 public:
  PlanWriter() = default;
  PlanWriter(const PlanWriter&) = delete;
  PlanWriter& operator=(const PlanWriter&) = delete;
  virtual ~PlanWriter() = default;
  virtual void add(const PlanEntry& entry) = 0;
  virtual std::string finish() = 0;
};

// The contract with machines: the keys and their order are fixed.
class JsonPlan final : public PlanWriter {
 public:
  explicit JsonPlan(Day at) : out_(R"({"at":")" + to_string(at) + R"(","clients":)"), list_(out_) {}

  void add(const PlanEntry& entry) override {
    json::object object;
    object["client"] = entry.client;
    if (entry.period) {
      const Period& period = entry.period->period;
      object["plan_kind"] = csv_word(period.plan_kind);
      object["period"] =
          json::object{{"start", json_of(period.start)}, {"end", json_of(period.end)}};
      const int k = entry.interval.months;
      object["interval_months"] = k == 0 ? json::value() : json::value(k);
      object["basis"] = to_word(entry.interval.basis);
      object["check"] = entry.interval.check ? json::value(*entry.interval.check) : json::value();
    } else {
      for (const char* key : {"plan_kind", "period", "interval_months", "basis", "check"}) {
        object[key] = nullptr;
      }
    }
    json::array months;
    for (const MonthRow* row : entry.months) months.push_back(month(*row));
    object["months"] = std::move(months);
    list_.add(object);
  }

  std::string finish() override {
    list_.finish();
    return std::move(out_) + "}\n";
  }

 private:
  static json::object month(const MonthRow& row) {
    return {{"month", json_of(row.month)},     {"due_by", json_of(row.due_by)},
            {"state", to_word(row.state)},     {"check", text_or_null(row.check)},
            {"done_on", json_of(row.done_on)}, {"before_watch", row.before_watch}};
  }

  std::string out_;
  JsonArray list_;
};

class TextPlan final : public PlanWriter {
 public:
  TextPlan(Language language, Day at) : say_(language), at_(at), table_(columns()) {}

  void add(const PlanEntry& entry) override {
    if (!entry.period) {
      table_.add({entry.client, "", say_("支給決定期間なし", "no decision period")});
      return;
    }
    const Period& period = entry.period->period;
    table_.add(
        {entry.client, say_.word(period.plan_kind), say_.range(period.start, period.end),
         say_.months(entry.interval.months),
         say_.basis(entry.interval.basis,
                    entry.interval.check ? *entry.interval.check : std::string(), entry.has_check),
         months_of(entry)});
  }

  std::string finish() override {
    if (table_.empty()) return say_("該当する利用者はいません。\n", "No client to show.\n");
    return to_string(at_) + say_(" 現在\n", "\n") + table_.text();
  }

 private:
  std::vector<std::string> columns() const {
    return {say_("利用者", "client"), say_("計画", "plan"),    say_("支給決定期間", "period"),
            say_(">間隔", ">every"),  say_("理由", "because"), say_("モニタリング月", "months")};
  }

  // "2026-06 済, 09 免除 S-1, 2027-01 予定": the year where it is a new one.
  std::string months_of(const PlanEntry& entry) const {
    std::string out;
    std::optional<std::chrono::year> year;
    for (const MonthRow* row : entry.months) {
      if (!out.empty()) out += say_("、", ", ");
      const std::string text = to_string(row->month);
      out += (row->month.year() == year ? text.substr(5) : text) + " " + mark(*row);
      year = row->month.year();
    }
    if (entry.ended_on) {
      const std::string last = to_string(*entry.ended_on);
      out += say_("（利用は " + last + " まで）",
                  std::string(out.empty() ? "" : " ") + "(service until " + last + ")");
    }
    return out;
  }

  std::string mark(const MonthRow& row) const {
    std::string text = say_.word(row.state);
    if (row.state == MonthState::waived) text += " " + row.check;
    if (row.before_watch && is_asked(row) && !is_met(row)) text = say_("記録なし", "no record");
    if (row.gap_without_check) text += say_("（間が空く・確認なし）", " (gap without check)");
    return text;
  }

  Tongue say_;
  Day at_;
  TextTable table_;
};

struct WantedPlans {
  Day at{};
  bool all_periods = false;
  bool only_gaps = false;
};

PlanEntry entry_of(const ClientFacts& facts, const PeriodVersion& period,
                   const ClientMonths& months, const Planning& planning, Day at) {
  PlanEntry entry{facts.code,
                  &period,
                  interval_now(facts, planning.terms, period.period.start, at).interval,
                  {},
                  {}};
  if (service_over(facts, period.period.end)) entry.ended_on = facts.ended_on;
  entry.has_check = !facts.checks.empty();
  for (const MonthRow& row : months.rows) {
    if (row.period_start == period.period.start) entry.months.push_back(&row);
  }
  return entry;
}

void add_client(const ClientFacts& facts, const Planning& planning, const WantedPlans& wanted,
                PlanWriter& writer) {
  const PeriodVersion* shown = period_for(facts, wanted.at);
  if (!shown) {
    if (!wanted.only_gaps) writer.add({facts.code, nullptr, {}, {}, {}});
    return;
  }
  const ClientMonths months = judge_months(facts, planning.terms, wanted.at);
  for (const PeriodVersion* period : current_periods(facts)) {
    if (!wanted.all_periods && period != shown) continue;
    const PlanEntry entry = entry_of(facts, *period, months, planning, wanted.at);
    if (!wanted.only_gaps || entry.has_gap()) writer.add(entry);
  }
}

}  // namespace

Response plan_command(const Request& request, Service& service) {
  std::string why;
  const auto at = day_option(request, "at", service.today(), why);
  if (!at) return wrong_usage(why);
  const auto language = language_option(request, service, why);
  if (!language) return wrong_usage(why);
  const WantedPlans wanted{*at, request.flag("all"), request.flag("gaps")};
  std::unique_ptr<PlanWriter> writer;
  if (request.json) {
    writer = std::make_unique<JsonPlan>(*at);
  } else {
    writer = std::make_unique<TextPlan>(*language, *at);
  }
  const auto planning = service.planning();
  if (request.flag("client")) {
    const auto facts = service.store().facts(request.text("client"));
    if (!facts) return no_such_client(request.text("client"));
    add_client(*facts, *planning, wanted, *writer);
  } else {
    service.store().for_each_client(
        [&](ClientFacts& facts) { add_client(facts, *planning, wanted, *writer); });
  }
  return {Exit::ok, writer->finish(), ""};
}

}  // namespace omamori
