// Safety checks: what was agreed about them (RULES.md section 3, first paragraph).
#include "daemon/import/merge_parts.h"
#include "daemon/model/calendar.h"

namespace omamori {
namespace {

constexpr int kDaysOfAMonth = 31;

std::string fail_word(const std::optional<Outcome>& outcome) {
  return outcome ? std::string(csv_word(*outcome)) : "";
}
std::string yes_word(bool yes) { return yes ? std::string(csv_yes()) : ""; }

Difference difference(const CheckRecord& from, const CheckRecord& to) {
  const CheckTerms& a = from.terms;
  const CheckTerms& b = to.terms;
  Difference out;
  out.hidden("provider", a.provider, b.provider);
  out.hidden("method", from.method, to.method);
  out.shown("from", to_string(a.from), to_string(b.from));
  out.shown("until", text_of(a.until), text_of(b.until));
  out.shown("every_days", std::to_string(a.every_days), std::to_string(b.every_days));
  out.shown("grace_days", std::to_string(a.grace_days), std::to_string(b.grace_days));
  out.shown("extends_to_months", text_of(a.extends_to), text_of(b.extends_to));
  out.shown("agreed_on", text_of(a.agreed_on), text_of(b.agreed_on));
  out.hidden("agreed_by", from.agreed_by, to.agreed_by);
  out.shown("watched_from", to_string(from.watched_from), to_string(to.watched_from));
  out.hidden("provider_ref", from.provider_ref, to.provider_ref);
  out.shown("fail_means", fail_word(from.fail_means), fail_word(to.fail_means));
  out.shown("get_allowed", yes_word(from.get_allowed), yes_word(to.get_allowed));
  return out;
}

CheckRecord with_row(CheckRecord record, const CheckRow& row) {
  CheckTerms& terms = record.terms;
  record.code = row.code;
  record.client = row.client;
  record.line = row.line;
  terms.from = row.from;
  terms.every_days = row.every_days;
  const std::string provider = terms.provider;
  row.provider.apply_to(terms.provider);
  // What one provider calls a person is nothing for the next.
  if (terms.provider != provider) record.provider_ref.clear();
  row.provider_ref.apply_to(record.provider_ref);
  row.method.apply_to(record.method);
  row.until.apply_to(terms.until);
  row.grace_days.apply_to(terms.grace_days);
  row.extends_to_months.apply_to(terms.extends_to);
  row.agreed_on.apply_to(terms.agreed_on);
  row.agreed_by.apply_to(record.agreed_by);
  if (row.watched_from.given()) record.watched_from = *row.watched_from.value;
  row.fail_means.apply_to(record.fail_means);
  row.get_allowed.apply_to(record.get_allowed);
  return record;
}

class CheckMerge {
 public:
  explicit CheckMerge(Merge& merge)
      : merge_(merge),
        report_(CsvKind::safety_checks, merge.files.safety_checks, merge.result,
                merge.context.describe_rows) {}

  void run() {
    if (!merge_.files.safety_checks.complete) merge_.overlay.checks.mention_all();
    for (const CheckRow& row : merge_.files.safety_checks.rows) {
      if (!row.client.empty() && !merge_.overlay.clients.exists(row.client)) {
        report_.error(row.line, "client_code",
                      no_such("client", row.client, "clients.csv", merge_.overlay.client_codes));
      }
      if (!row.code.empty()) take(row);
    }
  }

 private:
  void take(const CheckRow& row) {
    const int earlier = seen_.before(row.code, row.line);
    if (earlier != 0) {
      report_.error(row.line, "check_code",
                    row.code + " is on line " + std::to_string(earlier) + " already");
      return;
    }
    if (!row.whole) {
      merge_.overlay.checks.mention(row.code);
      return;
    }
    const CheckRecord* before = merge_.overlay.checks.find(row.code);
    report_.compare(row.line, "check_code", row.code, before == nullptr,
                    merge_.overlay.check_codes);
    CheckRecord start;
    start.watched_from = merge_.context.today;
    const CheckRecord after = with_row(before == nullptr ? start : *before, row);
    judge(row, before, after);
    settle(before, after);
  }

  void judge(const CheckRow& row, const CheckRecord* before, const CheckRecord& after) {
    const CheckTerms& terms = after.terms;
    if (before != nullptr && before->client != row.client) {
      report_.error(row.line, "client_code",
                    row.code + " belongs to " + before->client +
                        "; a check does not move to another client: end it, and give the other "
                        "client a check with a new code");
    }
    if (terms.until && *terms.until < terms.from) {
      report_.error(row.line, "until",
                    to_string(*terms.until) + " is before from, " + to_string(terms.from));
    }
    const int most = kDaysOfAMonth * merge_.context.standard_interval_months;
    if (terms.every_days + terms.grace_days > most) {
      report_.error(row.line, "every_days",
                    "every_days + grace_days is " +
                        std::to_string(terms.every_days + terms.grace_days) + ", over " +
                        std::to_string(most) +
                        ": the check would look in less often than the visits it replaces");
    }
  }

  void settle(const CheckRecord* before, const CheckRecord& after) {
    if (before == nullptr) {
      merge_.overlay.new_checks.insert(after.code);
      report_.added(after.code);
    } else if (const Difference changed = difference(*before, after); changed.any()) {
      report_.changed(after.code, changed.text());
    } else {
      report_.unchanged();
      return;
    }
    merge_.result.changes.checks.push_back(after);
    merge_.overlay.checks.put(after);
  }

  Merge& merge_;
  FileReport<CheckRow> report_;
  Seen seen_;
};

}  // namespace

void merge_checks(Merge& merge) { CheckMerge(merge).run(); }

}  // namespace omamori
