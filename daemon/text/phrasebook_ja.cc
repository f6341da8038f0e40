#include "daemon/model/calendar.h"
#include "daemon/model/reminder.h"
#include "daemon/text/day_phrases.h"
#include "daemon/text/phrasebook.h"
#include "daemon/text/phrases_people.h"
#include "daemon/text/phrases_receipt.h"
#include "daemon/text/phrases_trouble.h"

namespace omamori {
namespace japanese {
namespace {

bool is_case_manager(const Line& line) { return line.reminder.as == Role::case_manager; }
bool is_core_center(const Line& line) { return line.reminder.as == Role::core_center; }
bool is_from_outside(const Line& line) {
  return is_core_center(line) || line.reminder.as == Role::coordinator;
}
// Of a self plan that is the supervisor: there is nobody else to ask.
bool acts_themselves(const Line& line) { return is_case_manager(line) || line.self_plan; }

std::string who(const Line& line, const std::string& code) {
  return called(line.staff_names, code);
}

// What those who do not visit themselves can do.
std::string ask_others(const Line& line) {
  return is_from_outside(line)
             ? "事業所に連絡し、対応する人と対応予定日をご確認ください。"
             : "担当者に対応予定日をご確認ください。対応が難しい場合は代わりの担当者を"
               "お決めください。";
}

// Where there is a link the day is recorded there; else somebody records it who has to hear of it.
std::string report(const Line& line, const std::string& day) {
  return line.act.empty() ? day + "をご連絡ください。"
                          : "下のリンクから" + day + "を記録してください。";
}

std::string action_for(const Line& line, const std::string& own) {
  return acts_themselves(line) ? own : ask_others(line);
}

Phrases monitoring(const Line& line, Day today) {
  const Obligation& about = line.about;
  const Month month = about.months.empty() ? month_of(about.window_from) : about.months.front();
  std::string why = time_left(line, today);
  if (about.window_from > today) {
    why = "実施期間は" + date(about.window_from, today) + "に始まります。" + why;
  }
  return {month_name(month, today) + "分のモニタリング",
          window_text(line, today, "実施"),
          why,
          action_for(line, "期間内に訪問してモニタリングを行い、" + report(line, "実施日")),
          {}};
}

Phrases streak(const Line& line, Day today) {
  std::string headline = unmet(line.about.months, today);
  if (line.also_open && line.also_due_by) {
    const bool today_too = *line.also_due_by == today;
    headline += "、" + month_name(*line.also_open, today) + "は" +
                (today_too ? "本日" : date(*line.also_due_by, today)) + "まで";
  }
  return {headline,
          line.also_open ? window_text(line, today, "実施") : past_window(line, today),
          "訪問の記録が届いていません。" + time_left(line, today),
          action_for(line, "早急に訪問日を決めて訪問し、" + report(line, "実施日") +
                               "訪問日が記録されると、このお知らせは止まります。"),
          {}};
}

std::string report_by(const Line& line, Day today) {
  const std::string due = line.about.due_by ? date(*line.about.due_by, today) : "";
  if (line.days_late > 0) return "最後の訪問日をご報告ください（期限 " + due + " を過ぎています）";
  return due.empty() ? "最後の訪問日をご報告ください"
                     : due + "までに、最後の訪問日をご報告ください";
}

Phrases baseline(const Line& line, Day today) {
  const auto& months = line.about.months;
  const std::string which = months.empty() ? "" : "（" + month_name(months.front(), today) + "分）";
  return {"最後のモニタリングの記録がありません" + which,
          report_by(line, today),
          "見守り開始より前の訪問の記録が届いていません。" + time_left(line, today),
          action_for(line, report(line, "最後に会った日") +
                               "まだ会えていない場合は、訪問をお願いします。"),
          {}};
}

// What it means for the visits, where they hang on it.
std::string interval_meanwhile(const Line& line) {
  if (!line.lengthens) return "";
  return std::string("安否が確認されるまで、訪問は標準の間隔") +
         (line.about.last_ok ? "に戻ります。" : "です。");
}

Phrases lapse(const Line& line, Day today) {
  const auto& last = line.about.last_ok;
  const std::string seen = last ? "最後の確認は" + date(*last, today) + "です。"
                                : std::string("まだ一度も確認されていません。");
  const std::string provider = line.provider.empty() ? "" : " " + who(line, line.provider) + " ";
  return {
      "安否確認 " + line.about.check + " が途切れているか、または記録が届いていません",
      by_the_day(line, today, "対応"),
      seen + interval_meanwhile(line) + time_left(line, today),
      action_for(line, "電話か訪問でご本人の様子を確認し、" + report(line, "連絡または訪問した日") +
                           "確認が済んでいる場合は、実施者" + provider +
                           "に記録の提出をご依頼ください。"),
      {}};
}

std::string at_once(const Line& line, Day today) {
  const std::string due = line.about.due_by ? date(*line.about.due_by, today) : "";
  if (line.days_late > 0) return "本日中に連絡・対応（期限 " + due + " を過ぎています）";
  const bool last_day = due.empty() || *line.about.due_by == today;
  return last_day ? "本日中に連絡・対応" : "本日中に連絡、" + due + "までに対応";
}

// The first word says what was recorded; later ones for how long nothing has come of it.
Phrases concern(const Line& line, Day today) {
  const int day = day_of_concern(line, today);
  const bool first = day < 2 || line.reminder.stage == kOpenedStage;
  const std::string which = "安否確認 " + line.about.check;
  const std::string by = line.provider.empty() ? "" : "、実施者 " + who(line, line.provider);
  return {
      first ? which + " で「気がかり」と記録されました"
            : "「気がかり」" + number(day) + "日目、対応の記録がありません（" + which + "）",
      at_once(line, today),
      date(line.about.opened, today) + "の確認（" + which + by +
          "）で、気がかりなことがあると記録されました。" +
          (day < 2 ? "" : "今日で" + number(day) + "日目です。") + time_left(line, today),
      action_for(line, "電話か訪問でご本人の様子を確認し、" + report(line, "連絡または訪問した日")),
      {}};
}

Phrases renewal(const Line& line, Day today) {
  const std::string end = line.about.due_by ? date(*line.about.due_by, today) : "まもなく";
  return {"支給決定の有効期間が" + end + "に終わります",
          by_the_day(line, today, "手続き"),
          time_left(line, today) + "次の期間がまだ登録されていません。",
          line.self_plan ? "ご本人・ご家族に更新の意向をご確認ください。決定後は、新しい受給者証の"
                           "有効期間の登録をお願いします。"
          : is_case_manager(line)
              ? "ご本人・ご家族に更新の意向を確認し、申請の手続きをお願いします。決定後は、新しい"
                "受給者証の有効期間をご連絡ください。"
              : "更新の手続きの状況を、担当者にご確認ください。",
          {}};
}

Phrases expired(const Line& line, Day today) {
  const std::string end = line.about.due_by ? date(*line.about.due_by, today) : "先日";
  return {"支給決定の有効期間が" + end + "に終わり、次の期間が登録されていません",
          by_the_day(line, today, "手続き"),
          time_left(line, today) + "次の期間が登録されるまで、モニタリング月が決まりません。",
          acts_themselves(line)
              ? "更新された場合は新しい有効期間を、利用が終了した場合は終了日をご連絡ください。"
              : "更新されたか利用が終了したかを、担当者にご確認ください。",
          {}};
}

Phrases unassigned(const Line& line, Day today) {
  const std::string& reader = line.reminder.staff;
  return {"担当の相談支援専門員が決まっていません",
          by_the_day(line, today, "決定"),
          "担当が決まるまで、この方のお知らせは" +
              (reader.empty() ? "運用担当者" : " " + who(line, reader) + " さん") +
              "にお送りします。" + time_left(line, today),
          "担当者を決め、システムの運用担当者に登録をご依頼ください。",
          {}};
}

Phrases suspension_standing(const Line& line, Day today) {
  const std::string from = date(line.about.window_from, today);
  return {"休止が続いています",
          from + "から休止",
          "休止中は、この方の訪問や安否確認のお知らせを止めています。",
          "休止が続いているかをご確認ください。再開している場合は、再開日をご連絡ください。",
          {}};
}

Phrases back(const Line& line, Day today) {
  return {"休止が終わりました",
          by_the_day(line, today, "訪問"),
          "休止中に、モニタリングまたは安否確認ができていません。" + time_left(line, today),
          action_for(line, "訪問してご本人の様子を確認し、" + report(line, "実施日")),
          {}};
}

Phrases check_in(const Line& line, Day today) {
  return {"安否確認 " + line.about.check + " の確認日です",
          window_text(line, today, "確認"),
          "取り決めた確認の時期になりました。",
          line.on_page ? "ご本人の様子を確認し、結果を下のページで記録してください。"
                       : "ご本人の様子を確認し、結果（変わりなし・気がかり・会えず）を"
                         "ご連絡ください。",
          {}};
}

Phrases trouble(const Line& line, Day today) {
  TroubleWords words = trouble_words(trouble_subject(line.about), line.reminder.as, Language::ja);
  return {std::move(words.headline),
          date(line.about.opened, today) + "から",
          std::move(words.why),
          std::move(words.action),
          {}};
}

Phrases weekly(const Line& line, Day today) {
  return {"週のまとめ",
          window_text(line, today, "行うこと"),
          "お知らせがない週も、週に一度お送りします。",
          "期限を過ぎた件と、期限の近い件をご確認ください。",
          {}};
}

Phrases of_kind(const Line& line, Day today) {
  switch (line.about.kind) {
    case ObligationKind::monitoring:
      return monitoring(line, today);
    case ObligationKind::streak:
      return streak(line, today);
    case ObligationKind::baseline:
      return baseline(line, today);
    case ObligationKind::lapse:
      return lapse(line, today);
    case ObligationKind::concern:
      return concern(line, today);
    case ObligationKind::renewal:
      return renewal(line, today);
    case ObligationKind::expired:
      return expired(line, today);
    case ObligationKind::unassigned:
      return unassigned(line, today);
    case ObligationKind::suspension_standing:
      return suspension_standing(line, today);
    case ObligationKind::return_:
      return back(line, today);
    case ObligationKind::end_report:
      return end_report_phrases(line, today, Language::ja);
    case ObligationKind::check_in:
      return check_in(line, today);
    case ObligationKind::trouble:
      return trouble(line, today);
    case ObligationKind::weekly:
      return weekly(line, today);
    case ObligationKind::receipt:
      return receipt_phrases(line, today, Language::ja);
  }
  return {};
}

// Why the visits are as far apart as they are, where that is not the rule.
std::string interval_note(const Obligation& about) {
  if (about.kind != ObligationKind::monitoring && about.kind != ObligationKind::streak) return "";
  const std::string every = number(about.interval_months) + "か月ごと";
  if (about.basis.refused) {
    return "間隔を延ばす設定がありますが、続いている安否確認がないため" + every + "です。";
  }
  if (about.basis.basis == Basis::safety_check) {
    const bool past = about.kind == ObligationKind::streak;  // the check may have lapsed since
    return (past ? "期限の時点で安否確認 " : "安否確認 ") + about.waiving_check +
           (past ? " が続いていたため" : " が続いているため") + every +
           (past ? "でした。" : "になっています。");
  }
  if (about.basis.basis == Basis::initial) return "支給決定から間もないため毎月です。";
  return "";
}

std::vector<std::string> notes(const Line& line, Day today) {
  std::vector<std::string> out;
  const auto add = [&](std::string note) {
    if (!note.empty()) out.push_back(std::move(note));
  };
  add(in_charge(line, Language::ja));
  if (line.self_plan) add("セルフプランのため、担当の相談支援専門員はいません。");
  add(omamori::standing_in(line, Language::ja));
  if (!line.instead_of.empty()) {
    const std::string meant = who(line, line.instead_of);
    add(meant + " さんに届かないため、代わりにお知らせしています。" + meant +
        " さんにもお伝えください。");
  }
  if (!line.not_reached.empty()) {
    add("この件は " + who(line, line.not_reached) +
        " さんにまだ届いていません。直接お伝えください。");
  }
  if (!line.handed_over_from.empty())
    add(who(line, line.handed_over_from) + " さんからの引き継ぎです。");
  if (line.withdrawn) return out;
  if (!line.provider_ref.empty()) add("事業所の番号: " + line.provider_ref);
  if (line.maybe_repeat) add("以前に同じお知らせが届いている場合があります。");
  if (line.reminder.stage == kNoAnswerStage) {
    add(line.answered_on ? "対応の返事のあと、まだ記録がありません。状況をご確認ください。"
                         : "対応の返事も記録もまだありません。状況をご確認ください。");
  }
  if (line.answered_on) {
    add("対応の返事: " + who(line, line.answered_by) + " さん（" + date(*line.answered_on, today) +
        "）");
  }
  add(whom_to_call(line, Language::ja));
  if (line.decision_end) {
    add("支給決定の有効期間は" + date(*line.decision_end, today) +
        (*line.decision_end < today ? "に終わっています。" : "に終わります。"));
  }
  if (line.visit_on) add("訪問予定日: " + date(*line.visit_on, today));
  add(interval_note(line.about));
  if (line.told_before > 0) add(number(line.told_before + 1) + "回目のお知らせです。");
  if (is_core_center(line) && nothing_has_moved(line, today)) {
    add("対応の記録がないため、基幹相談支援センターにもお知らせしています。");
  }
  return out;
}

// There is nothing to do in the window any more; its day says which message is meant.
void withdraw(Phrases& phrases, const Line& line, Day today) {
  phrases.window = date(line.about.opened, today) + "の件";
  const bool not_agreed = line.withdrawn_because == kNotAgreedAnyMore;
  phrases.headline = line.about.kind == ObligationKind::lapse && !not_agreed
                         ? "解消: 安否確認 " + line.about.check + " は途切れていませんでした"
                         : "解消: 安否確認 " + line.about.check + " のお知らせを取り消します";
  if (not_agreed) {
    phrases.why = "この安否確認の合意がなくなりました。";
  } else if (line.withdrawn_because == kCheckInVoided) {
    phrases.why = "先のお知らせのもとになった確認記録が取り消されました。";
  } else {
    phrases.why = "先のお知らせのあとで記録が届きました。";
  }
  phrases.action = "この件で必要な対応はありません。";
}

class Japanese final : public Phrasebook {
 public:
  Phrases line(const Line& line, Day today) const override {
    Phrases phrases = of_kind(line, today);
    if (line.withdrawn && !line.receipt) withdraw(phrases, line, today);
    phrases.notes = notes(line, today);
    return phrases;
  }

  std::string standing_in(const Line& line) const override {
    return omamori::standing_in(line, Language::ja);
  }
};

}  // namespace
}  // namespace japanese

const Phrasebook& japanese_phrasebook() {
  static const japanese::Japanese book;
  return book;
}

}  // namespace omamori
