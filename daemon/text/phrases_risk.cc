#include "daemon/text/phrases_risk.h"

#include "daemon/text/day_phrases.h"

namespace omamori {
namespace {

// On the first day of a concern: 1.
int day_of(const RiskItem& item, Day today) {
  return static_cast<int>((today - item.since).count()) + 1;
}

Day last_day(const RiskItem& item) { return item.by.value_or(item.since); }

// The last day on which a check that lapsed was confirmed.
Day before(Day day) { return day - std::chrono::days{1}; }

}  // namespace

namespace japanese {
namespace {

std::string risk_words(const RiskItem& item, Day today) {
  const std::string by = date(last_day(item), today);
  const bool is_today = last_day(item) == today;
  const std::string month = item.months.empty() ? "" : month_name(item.months.front(), today);
  switch (item.kind) {
    case ObligationKind::concern:
      return "至急: " + date(item.since, today) + "の気がかり（安否確認 " + item.check +
             "）に、対応の記録がありません（" + number(day_of(item, today)) + "日目）";
    case ObligationKind::lapse:
      return "安否確認 " + item.check + " は期限（" + date(before(item.since), today) +
             "）を過ぎても確認の記録が届いていません";
    case ObligationKind::streak:
      return "モニタリング " + unmet(item.months, today) + "（期限 " + by + "、" +
             number(days_past(item, today)) + "日超過）";
    case ObligationKind::expired:
      return "支給決定が" + by + "に終わり、次の決定が登録されていません";
    case ObligationKind::unassigned:
      return date(item.since, today) + "から担当者がいません";
    case ObligationKind::end_report:
      return "利用終了の報告の確認が必要です（" + by + "まで）";
    case ObligationKind::monitoring:
      return month + "のモニタリングは" + (is_today ? "本日" : by) + "が期限です";
    case ObligationKind::baseline:
      return month + "のモニタリングの記録がありません（" + by + "までに報告）";
    case ObligationKind::renewal:
      return "支給決定が" + (is_today ? "本日" : by + "に") + "終わります";
    case ObligationKind::return_:
      return "休止が明けました。" + by + "までに訪問が必要です";
    case ObligationKind::check_in:
      return "安否確認 " + item.check + " は" + (is_today ? "本日中" : by + "まで") +
             "に確認が必要です";
    case ObligationKind::suspension_standing:
    case ObligationKind::trouble:
    case ObligationKind::weekly:
    case ObligationKind::receipt:
      break;
  }
  return "";
}

}  // namespace
}  // namespace japanese

namespace english {
namespace {

std::string risk_words(const RiskItem& item, Day today) {
  const std::string by = date(last_day(item), today);
  const std::string by_then = last_day(item) == today ? "today" : "by " + by;
  const std::string month = item.months.empty() ? "" : month_name(item.months.front(), today);
  switch (item.kind) {
    case ObligationKind::concern:
      return "urgent: the concern of " + date(item.since, today) + " (safety check " + item.check +
             ") has not been seen to, day " + number(day_of(item, today));
    case ObligationKind::lapse:
      return "safety check " + item.check + " not confirmed since its term ended " +
             date(before(item.since), today);
    case ObligationKind::streak:
      return unmet(item.months, today) + " (was due " + by + ", " + days(days_past(item, today)) +
             " late)";
    case ObligationKind::expired:
      return "the decision ended on " + by + ", and none follows";
    case ObligationKind::unassigned:
      return "no case manager since " + date(item.since, today);
    case ObligationKind::end_report:
      return "an end of service was reported: to be confirmed " + by_then;
    case ObligationKind::monitoring:
      return "monitoring of " + month + " is due " + by_then;
    case ObligationKind::baseline:
      return "no record of " + month + ": to be answered " + by_then;
    case ObligationKind::renewal:
      return "the decision ends " + (by_then == "today" ? by_then : "on " + by);
    case ObligationKind::return_:
      return "back from a suspension: to be visited " + by_then;
    case ObligationKind::check_in:
      return "safety check " + item.check + " must be confirmed " + by_then;
    case ObligationKind::suspension_standing:
    case ObligationKind::trouble:
    case ObligationKind::weekly:
    case ObligationKind::receipt:
      break;
  }
  return "";
}

}  // namespace
}  // namespace english

std::string risk_phrase(const RiskItem& item, Day today, Language language) {
  const bool ja = language == Language::ja;
  const std::string text =
      ja ? japanese::risk_words(item, today) : english::risk_words(item, today);
  if (!item.suspended) return text;
  return text + (ja ? "（休止中）" : " (suspended)");
}

}  // namespace omamori
