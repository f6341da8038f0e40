// The first half of an explanation: the interval, the months, the visits.
#include <algorithm>

#include "daemon/answer/codes.h"
#include "daemon/commands/explanation.h"
#include "daemon/model/calendar.h"

namespace omamori {
namespace {

std::string number(std::int64_t value) { return std::to_string(value); }

// Where the interval that was asked for is written.
std::string asked_by(const ClientView& view, const Tongue& say) {
  switch (view.asked.basis) {
    case Basis::certificate:
      return say("受給者証のモニタリング期間", "the certificate");
    case Basis::office:
      return say("policy.toml の事業所 " + view.version.office + " の定め",
                 "policy.toml for office " + view.version.office);
    case Basis::override_: {
      const Override* o = view.override_in_force;
      if (!o) return say("policy.toml の個別の定め", "an override in policy.toml");
      std::string text = say("policy.toml の個別の定め（", "an override in policy.toml (") +
                         say.range(o->from, o->until);
      if (o->agreed_on) text += say("、合意 ", ", agreed ") + to_string(*o->agreed_on);
      if (!o->reason.empty()) text += say("、理由: ", ", reason: ") + o->reason;
      return text + say("）", ")");
    }
    default:
      return say("policy.toml の標準", "the standard of policy.toml");
  }
}

// Why a check that is there does not lengthen the interval.
std::string why_not(const CheckView& check, const Tongue& say) {
  const CheckStanding& s = check.standing;
  const std::string deadline = to_string(s.deadline);
  switch (s.state) {
    case CheckState::not_agreed:
      return say("市の合意がまだありません", "the city has not agreed to it");
    case CheckState::awaiting_first:
      return say("まだ一度も確認されていません", "it has not been confirmed once yet");
    case CheckState::lapsed:
      return say("確認の期限 " + deadline + " を過ぎたか、または記録が届いていません",
                 "its deadline " + deadline + " has passed, or the record has not arrived");
    case CheckState::concern:
    case CheckState::ended:
      return say("終了しています", "it has ended");
    case CheckState::ok:
    case CheckState::due:
      return say("気がかりのあるあいだは数えません", "it does not count while there is a concern");
  }
  return "";
}

void add_refusals(const ClientView& view, const Tongue& say, std::vector<std::string>& lines) {
  if (const CheckView* concern = view.concern()) {
    lines.push_back(say("安否確認 " + concern->check.code +
                            " に気がかりがあるあいだは、どの安否確認でも間隔を延ばしません。",
                        "While safety check " + concern->check.code +
                            " has a concern, no safety check makes the interval longer."));
  }
  // One line a reason: a client may have many checks that are alike.
  std::vector<std::pair<std::string, std::vector<std::string>>> reasons;
  for (const CheckView& check : view.checks) {
    if (check.standing.concern || (check.standing.fulfilled && !view.concern())) continue;
    const std::string why = why_not(check, say);
    const auto known = std::find_if(reasons.begin(), reasons.end(),
                                    [&](const auto& reason) { return reason.first == why; });
    if (known == reasons.end()) {
      reasons.push_back({why, {check.check.code}});
    } else {
      known->second.push_back(check.check.code);
    }
  }
  for (const auto& [why, checks] : reasons) {
    const std::string codes = some_of(checks);
    lines.push_back(say("安否確認 " + codes + " では延ばせません: ",
                        checks.size() == 1
                            ? "Safety check " + codes + " does not make it longer: "
                            : "Safety checks " + codes + " do not make it longer: ") +
                    why + say("。", "."));
  }
}

void explain_extension(const ClientView& view, const Tongue& say, std::vector<std::string>& lines) {
  const auto check = std::find_if(view.checks.begin(), view.checks.end(), [&](const CheckView& c) {
    return c.check.code == *view.interval.check;
  });
  if (check == view.checks.end()) return;
  const CheckStanding& s = check->standing;
  lines.push_back(say("安否確認 " + check->check.code + " が続いているので、" +
                          say.months(view.interval.base) + "ごとを" +
                          say.months(view.interval.months) + "ごとに延ばしています。",
                      "Safety check " + check->check.code + " is confirmed, so every " +
                          say.months(view.interval.base) + " becomes every " +
                          say.months(view.interval.months) + "."));
  lines.push_back(say("最後の確認は " + shown(s.last_ok) + "。" + to_string(s.deadline) +
                          " の終わりまでに次の確認がなければ " + say.months(view.interval.base) +
                          "ごとに戻ります。",
                      "It was last confirmed on " + shown(s.last_ok) +
                          ". Without another record by the end of " + to_string(s.deadline) +
                          " it is every " + say.months(view.interval.base) + " again."));
}

void explain_standby_or_regular(const ClientView& view, const Tongue& say,
                                std::vector<std::string>& lines) {
  const Interval& k = view.interval;
  const std::string asked = say.months(view.asked.months);
  const std::string by = asked_by(view, say);
  lines.push_back(say("設定上の間隔は" + asked + "ごとです（" + by + "）。",
                      "As set: every " + asked + " (" + by + ")."));
  if (k.check) {
    explain_extension(view, say, lines);
    return;
  }
  if (k.basis.refused) {
    lines.push_back(say("標準より長い間隔には、続いている安否確認が必要です。現在はないため" +
                            say.months(k.months) + "ごとです。",
                        "Longer than standard needs a confirmed safety check. There is none now, "
                        "so it is every " +
                            say.months(k.months) + "."));
  }
  if (view.period->period.plan_kind == PlanKind::standby_short_stay) {
    add_refusals(view, say, lines);
  }
}

// ---- months -------------------------------------------------------------------------------------

std::string counted_back(const ClientView& view, const MonthRow& row, const Tongue& say) {
  const PeriodVersion* version = view.period_of(row.period_start);
  const Month last = month_of(version ? version->period.end : row.due_by);
  if (row.month == last) {
    return say("支給決定期間の最後の月", "the last month of the period");
  }
  const std::string every = say.months(row.interval_months);
  if (version && !on_grid(version->period, row.month, row.interval_months, view.terms_of(row))) {
    return say("続かなくなった安否確認の間隔に当たる月",
               "a month of the longer interval whose "
               "safety check is lost");
  }
  return say("最後の月 " + to_string(last) + " から" + every + "ずつさかのぼった月",
             "counted back from the last month, " + to_string(last) + ", every " + every);
}

std::string rule_of(const ClientView& view, const MonthRow& row, const Tongue& say) {
  if (row.state == MonthState::waived) {
    const std::string every = say.months(row.interval_months);
    if (row.due_by < view.day) {
      return say("安否確認 " + row.check + " が続いていて" + every + "ごとでよかったため",
                 "safety check " + row.check + " was confirmed: every " + every + " was enough");
    }
    return say("安否確認 " + row.check + " が続いていて" + every + "ごとでよいため",
               "safety check " + row.check + " is confirmed: every " + every + " is enough");
  }
  switch (row.basis.basis) {
    case Basis::initial:
      return say("決定から最初の月は毎月", "one of the first months after the decision");
    case Basis::explicit_months:
      return say("受給者証に書かれた月", "written on the certificate");
    default:
      return counted_back(view, row, say) + say("（", " (") +
             say.basis(row.basis, row.check, !view.facts.checks.empty()) + say("）", ")");
  }
}

std::string visit_of(const MonthRow& row, const Tongue& say) {
  if (!row.done_on) return "";
  const std::string record = number(row.visit);
  return say(" " + to_string(*row.done_on) + " の訪問（記録 " + record + "）",
             " by the visit on " + to_string(*row.done_on) + " (record " + record + ")");
}

std::string suspension_of(const ClientView& view, const MonthRow& row, const Tongue& say) {
  const Suspension* s = suspension_on(view.facts, row.due_by);
  if (row.state != MonthState::suspended || !s) return "";
  return say(" 期限が休止中（", ", due during the suspension ") + say.range(s->from, s->until) +
         say("）", "");
}

std::string month_line(const ClientView& view, const MonthRow& row, const Tongue& say) {
  const bool no_record = row.before_watch && is_asked(row) && !is_met(row);
  std::string line = to_string(row.month) + say("（期限 ", " (due by ") + to_string(row.due_by) +
                     say("） ", "): ");
  line += no_record ? say("記録なし", "no record") : say.word(row.state);
  line += visit_of(row, say) + suspension_of(view, row, say);
  line += say("。", "; ") + rule_of(view, row, say);
  if (row.before_watch) {
    line += say("。見守りを始めた " + to_string(view.facts.watched_from) + " より前",
                "; before we began to watch on " + to_string(view.facts.watched_from));
  }
  if (row.gap_without_check) {
    line += say("。標準より間が空き、続いている安否確認もない",
                "; a gap longer than standard with no confirmed safety check");
  }
  return line + say("。", ".");
}

std::string verdict_text(const VisitVerdict& verdict, const Tongue& say) {
  using Kind = VisitVerdict::Kind;
  using Why = VisitVerdict::Why;
  const std::string month = verdict.month ? to_string(*verdict.month) : "";
  if (verdict.kind == Kind::closes) return say(month + " 分", "closes " + month);
  if (verdict.kind == Kind::closes_late) {
    return say(month + " 分（期限のあと）", "closes " + month + ", late");
  }
  switch (verdict.why) {
    case Why::already_done:
      return say("追加の訪問（" + month + " 分は済んでいた）",
                 "closes nothing, because " + month + " was done already");
    case Why::not_required:
      return say("追加の訪問（" + month + " はモニタリング月ではない）",
                 "closes nothing, because " + month + " is not asked for");
    default:
      return say("追加の訪問（それまでにモニタリング月がない）",
                 "closes nothing, because no month was asked for before it");
  }
}

}  // namespace

Section explain_interval(const ClientView& view, const Tongue& say) {
  Section section{"interval", say("訪問の間隔", "How often somebody must visit"), {}};
  auto& lines = section.lines;
  if (!view.period) {
    lines.push_back(say("支給決定期間がないため、間隔は決まりません。",
                        "There is no decision period, so there is no interval."));
    return section;
  }
  if (service_over(view.facts, view.day)) {
    const std::string last = to_string(*view.facts.ended_on);
    lines.push_back(say("利用が " + last + " に終了したため、訪問の必要はありません。",
                        "Service ended on " + last + ", so no visit is asked for any more."));
    return section;
  }
  const Interval& k = view.interval;
  if (k.months > 0) {
    lines.push_back(
        say(say.months(k.months) + "ごとです。", "Every " + say.months(k.months) + "."));
  }
  switch (k.basis.basis) {
    case Basis::self_plan:
      lines.push_back(
          say("セルフプランのため、モニタリングはありません。安否確認だけを見守ります。",
              "A self plan has no monitoring. Its safety checks are still watched."));
      break;
    case Basis::explicit_months:
      lines.push_back(say("受給者証に月が記載されているため、その月に訪問します: ",
                          "The certificate lists the months, so those are the months: ") +
                      shown(view.period->period.monitoring_months) + say("。", "."));
      break;
    case Basis::initial:
      lines.push_back(
          say("新しい決定または変更のあと、最初の月は毎月です。安否確認でも延びません。",
              "After a new or changed decision the first months are monthly. No safety "
              "check waives them."));
      break;
    default:
      explain_standby_or_regular(view, say, lines);
  }
  return section;
}

Section explain_months(const ClientView& view, const Tongue& say) {
  Section section{"months", say("モニタリング月", "The months"), {}};
  if (!view.period) return section;
  for (const MonthRow& row : view.months.rows) {
    if (view.shows(row)) section.lines.push_back(month_line(view, row, say));
  }
  if (service_over(view.facts, view.period->period.end)) {
    const std::string last = to_string(*view.facts.ended_on);
    section.lines.push_back(say("利用は " + last + " までのため、その後の月はありません。",
                                "Service ends on " + last + ": no month is asked for after it."));
  }
  return section;
}

Section explain_visits(const ClientView& view, const Tongue& say) {
  Section section{"visits", say("訪問の記録", "The visits"), {}};
  for (const VisitView& visit : view.visits) {
    section.lines.push_back(to_string(visit.verdict.on) + say("（記録 ", " (record ") +
                            number(visit.verdict.visit) + say("）: ", "): ") +
                            verdict_text(visit.verdict, say) + say("。", "."));
  }
  return section;
}

}  // namespace omamori
