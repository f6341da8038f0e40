#include "daemon/answer/labels.h"

#include <array>

#include "daemon/model/calendar.h"

namespace omamori {
namespace {

struct Pair {
  std::string_view en, ja;
};

// Reasons as the core writes them (daemon/rules/obligation_endings.cc, daemon/rules/plan.cc). Those
// that end in a day or a code are found by how they begin; {} is the rest.
constexpr std::array kReasons{
    Pair{"a later stage is due", "次の段階の時期が来ていたため"},
    Pair{"suspended", "休止中のため"},
    Pair{"service ended", "利用が終わったため"},
    Pair{"policy.toml does not ask for the month any more",
         "policy.toml の変更で、その月は対象外になった"},
    Pair{"the month fell away when the decision changed", "支給決定が変わり、その月がなくなった"},
    Pair{"due during a suspension", "期限が休止中だった"},
    Pair{"not due any more", "もう期限がない"},
    Pair{"past due: goes on as a streak", "期限を過ぎ、未実施として続く"},
    Pair{"the check lapsed on another day", "途切れた日が変わった"},
    Pair{"the check is not known any more", "安否確認がなくなった"},
    Pair{"the check is not agreed any more", "安否確認の合意がなくなった"},
    Pair{"a record that came later shows it never lapsed",
         "後から届いた記録で、途切れていなかった"},
    Pair{"check-in voided", "確認記録が取り消された"},
    Pair{"a later word on the same check", "同じ安否確認の後の記録があった"},
    Pair{"the check is not asked for any more", "その安否確認はもう対象ではない"},
    Pair{"a record from before came to light", "以前の記録が届いた"},
    Pair{"the period has ended", "支給決定期間が終わった"},
    Pair{"a later period is known", "次の期間が登録された"},
    Pair{"a later period has begun", "次の期間が始まった"},
    Pair{"a case manager is assigned", "担当が決まった"},
    Pair{"the suspension has ended", "休止が終わった"},
    Pair{"suspended again", "ふたたび休止になった"},
    Pair{"nothing was missed during the suspension", "休止中に抜けたものはなかった"},
    Pair{"the end of service is recorded", "利用終了が記録された"},
    Pair{"the report was undone", "利用終了の報告が取り消された"},
    Pair{"nobody confirmed that service has ended", "利用終了が確認されなかった"},
    Pair{"undone by who recorded it", "記録した人が取り消した"},
    Pair{"everybody concerned was told", "関係者に届いた"},
    Pair{"handed over", "引き継ぎのため"},
    Pair{"works again", "直った"},
    Pair{"they have left", "退職した"},
    Pair{"told today that nobody has answered", "同じ日に、返事がないことを知らせた"},
    Pair{"it is open again", "ふたたび始まったため"},
    Pair{"no decision period, safety check or date ahead",
         "この先に支給決定期間も安否確認も日付もない"},
};
constexpr std::array kBeginnings{
    Pair{"visit on ", "{} の訪問"},
    Pair{"contact on ", "{} の連絡"},
    Pair{"check-in on ", "{} の確認記録"},
    Pair{"check confirmed on ", "{} に安否を確認"},
    Pair{"the check ended on ", "安否確認が {} に終了"},
    Pair{"service ended on ", "利用が {} に終わったため"},
    Pair{"service ends on ", "利用が {} までのため"},
    Pair{"the decision's end is now ", "支給決定の終わりが {} に変わった"},
    Pair{"safety check ", "安否確認 {} が続いているため"},
    Pair{"handed over to ", "{} への引き継ぎのため"},
    Pair{"acknowledged: paused until ", "訪問予定のため {} まで待つ"},
    Pair{"end of service reported: waits until ", "利用終了の報告があり {} まで待つ"},
    Pair{"seen after the reported end, on ", "報告された終了日のあとに会っている（{}）"},
    Pair{"met: ", "済: "},
    Pair{"withdrawn: ", "解消: "},
    Pair{"ended: ", "終了: "},
};

// Those that begin with a code.
constexpr std::array kEnds{
    Pair{" has left", "{} の退職のため"},
    Pair{" was told meanwhile", "{} に届いたため"},
};

std::string fill(std::string_view text, const std::string& rest) {
  const std::size_t hole = text.find("{}");
  if (hole == std::string_view::npos) return std::string(text) + rest;
  return std::string(text.substr(0, hole)) + rest + std::string(text.substr(hole + 2));
}

std::string japanese_reason(const std::string& stored) {
  for (const Pair& pair : kReasons) {
    if (stored == pair.en) return std::string(pair.ja);
  }
  for (const Pair& pair : kBeginnings) {
    if (!stored.starts_with(pair.en)) continue;
    const std::string rest = stored.substr(pair.en.size());
    return fill(pair.ja, pair.en.ends_with(": ") ? japanese_reason(rest) : rest);
  }
  for (const Pair& pair : kEnds) {
    if (!stored.ends_with(pair.en)) continue;
    return fill(pair.ja, stored.substr(0, stored.size() - pair.en.size()));
  }
  return stored;
}

}  // namespace

std::string Tongue::operator()(std::string_view ja, std::string_view en) const {
  return std::string(japanese() ? ja : en);
}

std::string Tongue::word(PlanKind kind) const {
  switch (kind) {
    case PlanKind::standby_short_stay:
      return (*this)("お守りの短期入所", "standby short stay");
    case PlanKind::regular:
      return (*this)("通常", "regular");
    case PlanKind::self_plan:
      return (*this)("セルフプラン", "self plan");
  }
  return "";
}

std::string Tongue::word(DecisionKind kind) const {
  switch (kind) {
    case DecisionKind::renewal:
      return (*this)("更新", "renewal");
    case DecisionKind::new_decision:
      return (*this)("新規", "new");
    case DecisionKind::changed:
      return (*this)("変更", "changed");
  }
  return "";
}

std::string Tongue::word(Outcome outcome) const {
  switch (outcome) {
    case Outcome::ok:
      return (*this)("変わりなし", "ok");
    case Outcome::concern:
      return (*this)("気がかり", "concern");
    case Outcome::unreachable:
      return (*this)("会えず", "unreachable");
  }
  return "";
}

std::string Tongue::word(Role role, bool of_city) const {
  switch (role) {
    case Role::case_manager:
      return (*this)("相談支援専門員", "case manager");
    case Role::supervisor:
      return of_city ? (*this)("市担当者", "city supervisor") : (*this)("管理者", "supervisor");
    case Role::core_center:
      return (*this)("基幹相談支援センター", "core centre");
    case Role::operator_:
      return (*this)("運用担当", "operator");
    case Role::provider:
      return (*this)("確認の実施者", "provider");
    case Role::coordinator:
      return (*this)("コーディネーター", "coordinator");
  }
  return "";
}

std::string Tongue::word(MonthState state) const {
  switch (state) {
    case MonthState::planned:
      return (*this)("予定", "planned");
    case MonthState::open:
      return (*this)("実施期間中", "open");
    case MonthState::done:
      return (*this)("済", "done");
    case MonthState::done_late:
      return (*this)("遅れて済", "done late");
    case MonthState::overdue:
      return (*this)("期限超過", "overdue");
    case MonthState::missed:
      return (*this)("未実施", "missed");
    case MonthState::waived:
      return (*this)("免除", "waived");
    case MonthState::suspended:
      return (*this)("休止", "suspended");
  }
  return "";
}

std::string Tongue::word(CheckState state) const {
  switch (state) {
    case CheckState::not_agreed:
      return (*this)("合意なし", "not agreed");
    case CheckState::awaiting_first:
      return (*this)("初回待ち", "awaiting its first record");
    case CheckState::ok:
      return (*this)("確認できている", "confirmed");
    case CheckState::due:
      return (*this)("確認日が来ている", "due");
    case CheckState::lapsed:
      return (*this)("途切れている", "lapsed");
    case CheckState::concern:
      return (*this)("気がかりあり", "concern");
    case CheckState::ended:
      return (*this)("終了", "ended");
  }
  return "";
}

std::string Tongue::word(ObligationKind kind) const {
  switch (kind) {
    case ObligationKind::monitoring:
      return (*this)("モニタリング", "monitoring");
    case ObligationKind::streak:
      return (*this)("モニタリング未実施", "monitoring not done");
    case ObligationKind::baseline:
      return (*this)("最後の訪問の記録がない", "no record of the last visit");
    case ObligationKind::lapse:
      return (*this)("安否確認の途切れ", "safety check lapsed");
    case ObligationKind::concern:
      return (*this)("気がかり", "concern");
    case ObligationKind::renewal:
      return (*this)("支給決定の更新", "renewal of the decision");
    case ObligationKind::expired:
      return (*this)("支給決定の期限切れ", "decision expired");
    case ObligationKind::unassigned:
      return (*this)("担当なし", "no case manager");
    case ObligationKind::suspension_standing:
      return (*this)("休止が続いている", "suspension stands");
    case ObligationKind::return_:
      return (*this)("休止からの再開", "back from a suspension");
    case ObligationKind::check_in:
      return (*this)("安否確認の確認日", "check-in due");
    case ObligationKind::trouble:
      return (*this)("システムの障害", "trouble");
    case ObligationKind::weekly:
      return (*this)("週報", "weekly overview");
    case ObligationKind::end_report:
      return (*this)("利用終了の報告", "end of service reported");
    case ObligationKind::receipt:
      return (*this)("記録の受付確認", "receipt");
  }
  return "";
}

std::string Tongue::word(ItemState state) const {
  switch (state) {
    case ItemState::owed:
      return (*this)("これから届ける", "owed");
    case ItemState::told:
      return (*this)("届いた", "told");
    case ItemState::skipped:
      return (*this)("知らせていない", "not told");
    case ItemState::dropped:
      return (*this)("取りやめ", "dropped");
  }
  return "";
}

std::string Tongue::months(int count) const {
  if (count == 0) return "";
  const std::string number = std::to_string(count);
  return japanese() ? number + "か月" : number + (count == 1 ? " month" : " months");
}

std::string Tongue::days(int count) const {
  const std::string number = std::to_string(count);
  return japanese() ? number + "日" : number + (count == 1 ? " day" : " days");
}

std::string Tongue::range(Day from, std::optional<Day> until) const {
  return to_string(from) + (*this)("〜", " to ") +
         (until ? to_string(*until) : (*this)("", "further notice"));
}

std::string Tongue::basis(BasisOf basis, const std::string& check, bool has_check) const {
  std::string waits;
  if (basis.refused) {
    waits = has_check ? (*this)("（延長は確認待ち）", " (longer only once it is confirmed)")
                      : (*this)("（安否確認がないため延長なし）", " (no safety check: not longer)");
  }
  switch (basis.basis) {
    case Basis::standard:
      return (*this)("標準", "standard") + waits;
    case Basis::office:
      return (*this)("事業所", "office") + waits;
    case Basis::certificate:
      return (*this)("受給者証", "certificate") + waits;
    case Basis::override_:
      return (*this)("個別の定め", "override") + waits;
    case Basis::safety_check:
      return (*this)("安否確認 ", "safety check ") + check;
    case Basis::initial:
      return (*this)("決定当初は毎月", "monthly at first");
    case Basis::explicit_months:
      return (*this)("受給者証の月", "months of the certificate");
    case Basis::self_plan:
      return (*this)("モニタリングなし", "no monitoring");
  }
  return "";
}

std::string Tongue::reason(const std::string& stored) const {
  return japanese() ? japanese_reason(stored) : stored;
}

std::string shown(const std::optional<Day>& day) { return day ? to_string(*day) : ""; }

std::string shown(const std::vector<Month>& months) {
  std::string out;
  for (const Month month : months) out += (out.empty() ? "" : " ") + to_string(month);
  return out;
}

}  // namespace omamori
