#include <algorithm>
#include <array>

#include "daemon/model/calendar.h"
#include "daemon/model/reminder.h"
#include "daemon/text/day_phrases.h"
#include "daemon/text/phrasebook.h"
#include "daemon/text/phrases_people.h"
#include "daemon/text/phrases_trouble.h"

namespace omamori {
namespace japanese {
namespace {

using std::chrono::year_month_day;

bool is_case_manager(const Line& line) { return line.reminder.as == Role::case_manager; }
bool is_core_center(const Line& line) { return line.reminder.as == Role::core_center; }

// What those who do not visit themselves can do.
std::string ask_others(const Line& line) {
  return is_core_center(line) ? "事業所に連絡し、いつ誰が動けるかを確かめてください。"
                              : "担当者に、いつ動けるかを確かめてください。動けなければ代わりの人を"
                                "決めてください。";
}

std::string action_for(const Line& line, const std::string& own) {
  return is_case_manager(line) ? own : ask_others(line);
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
          action_for(line, "期間のうちに訪問してモニタリングを行い、実施日を記録してください。"),
          {}};
}

Phrases streak(const Line& line, Day today) {
  std::string headline = unmet(line.about.months, today);
  if (line.also_open && line.also_due_by) {
    headline +=
        "、" + month_name(*line.also_open, today) + "は" + date(*line.also_due_by, today) + "まで";
  }
  return {headline,
          line.also_open ? window_text(line, today, "実施") : past_window(line, today),
          "訪問の記録が届いていません。" + time_left(line, today),
          action_for(line,
                     "すぐに訪問日を決めて訪問し、実施日を記録してください。一度訪問すれば、"
                     "このお知らせは止まります。"),
          {}};
}

Phrases baseline(const Line& line, Day today) {
  const auto& months = line.about.months;
  const std::string which = months.empty() ? "" : "（" + month_name(months.front(), today) + "分）";
  return {"最後のモニタリングの記録がありません" + which,
          window_text(line, today, "実施"),
          "見守りを始める前の記録が届いていません。" + time_left(line, today),
          action_for(line, "最後に会った日を記録してください。会えていなければ訪問してください。"),
          {}};
}

Phrases lapse(const Line& line, Day today) {
  const auto& last = line.about.last_ok;
  const std::string seen = last ? "最後の確認は" + date(*last, today) + "です。"
                                : std::string("まだ一度も確認されていません。");
  return {
      "安否確認 " + line.about.check + " が途切れているか、または記録が届いていません",
      window_text(line, today, "対応"),
      seen + "確認されるまで、この安否確認では訪問の間隔を延ばせません。" + time_left(line, today),
      action_for(line,
                 "電話か訪問で様子を確かめ、その日を記録してください。確認が済んでいるなら、"
                 "実施者に記録を届けてもらってください。"),
      {}};
}

Phrases concern(const Line& line, Day today) {
  return {"安否確認 " + line.about.check + " で「気がかり」と記録されました",
          window_text(line, today, "対応"),
          date(line.about.opened, today) + "の確認で、気がかりなことがあると記録されました。" +
              time_left(line, today),
          action_for(line, "今日のうちに電話か訪問で様子を確かめ、その日を記録してください。"),
          {}};
}

Phrases renewal(const Line& line, Day today) {
  const std::string end = line.about.due_by ? date(*line.about.due_by, today) : "まもなく";
  return {"支給決定の期間が" + end + "に終わります",
          window_text(line, today, "手続き"),
          time_left(line, today) + "次の期間がまだ登録されていません。",
          is_case_manager(line)
              ? "本人・家族と更新について確かめ、申請してください。決まったら新しい受給者証の期間を"
                "届けてください。"
              : "更新の手続きが進んでいるか、担当者に確かめてください。",
          {}};
}

Phrases expired(const Line& line, Day today) {
  const std::string end = line.about.due_by ? date(*line.about.due_by, today) : "先日";
  return {"支給決定の期間が" + end + "に終わり、次の期間がありません",
          window_text(line, today, "手続き"),
          time_left(line, today) + "次の期間が登録されるまで、モニタリング月が決まりません。",
          is_case_manager(line)
              ? "更新されていれば新しい期間を、利用が終わったのであればその日を届けてください。"
              : "更新されたのか終わったのかを、担当者に確かめてください。",
          {}};
}

Phrases unassigned(const Line& line, Day today) {
  return {"担当の相談支援専門員がいません",
          by_the_day(line, today, "決定"),
          "担当が決まるまで、この方のお知らせは管理者に届きます。" + time_left(line, today),
          "担当者を決めて登録してください。",
          {}};
}

Phrases suspension_standing(const Line& line, Day today) {
  const std::string from = date(line.about.window_from, today);
  return {"休止が続いています",
          from + "から休止",
          "休止のあいだ、この方のほかのお知らせは出ません。",
          "休止がまだ続いているかを確かめ、戻っていれば再開の日を届けてください。",
          {}};
}

Phrases back(const Line& line, Day today) {
  return {"休止が終わりました",
          window_text(line, today, "実施"),
          "休止のあいだ、モニタリングか安否確認ができていません。" + time_left(line, today),
          action_for(line, "訪問して様子を確かめ、実施日を記録してください。"),
          {}};
}

Phrases check_in(const Line& line, Day today) {
  return {"安否確認 " + line.about.check + " の確認日です",
          window_text(line, today, "確認"),
          "前回の確認から、決められた日数がたちました。",
          "様子を確かめ、結果（変わりなし・気がかり・会えず）を届けてください。",
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
          "期限を過ぎた件と、期限の近い件を確かめてください。",
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
    case ObligationKind::check_in:
      return check_in(line, today);
    case ObligationKind::trouble:
      return trouble(line, today);
    case ObligationKind::weekly:
      return weekly(line, today);
  }
  return {};
}

// Why the visits are as far apart as they are, where that is not the rule.
std::string interval_note(const Obligation& about) {
  if (about.kind != ObligationKind::monitoring && about.kind != ObligationKind::streak) return "";
  const std::string every = number(about.interval_months) + "か月ごと";
  if (about.basis.refused) {
    return "間隔を延ばす設定がありますが、安否確認ができていないため" + every + "です。";
  }
  if (about.basis.basis == Basis::safety_check) {
    const bool past = about.kind == ObligationKind::streak;  // the check may have lapsed since
    return (past ? "期限のとき安否確認 " : "安否確認 ") + about.waiving_check +
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
  add(omamori::standing_in(line, Language::ja));
  if (!line.instead_of.empty()) {
    add(line.instead_of + " さんに届かないため、代わりにお知らせしています。" + line.instead_of +
        " さんにもお伝えください。");
  }
  if (!line.not_reached.empty()) {
    add("この件は " + line.not_reached + " さんにまだ届いていません。直接お伝えください。");
  }
  if (!line.handed_over_from.empty()) add(line.handed_over_from + " さんからの引き継ぎです。");
  if (line.withdrawn) return out;
  if (line.maybe_repeat) add("以前にも届いているかもしれません。");
  if (line.reminder.stage == kNoAnswerStage) {
    add(line.answered_on ? "対応の返事のあと、まだ記録がありません。状況をご確認ください。"
                         : "対応の返事も記録もまだありません。状況をご確認ください。");
  }
  if (line.answered_on) {
    add("対応の返事: " + line.answered_by + " さん（" + date(*line.answered_on, today) + "）");
  }
  if (line.visit_on) add("訪問予定日: " + date(*line.visit_on, today));
  add(interval_note(line.about));
  if (line.told_before > 0) add(number(line.told_before + 1) + "回目のお知らせです。");
  if (is_core_center(line) && tone_of(line) <= Tone::overdue) {
    add("動きがないため、基幹相談支援センターにもお知らせしています。");
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
  phrases.action = "この件での対応は要りません。";
}

// "（至急1・期限超過2）", empty if there is neither.
std::string pressing(const std::vector<Line>& lines) {
  const auto count = [&](Tone tone) {
    return static_cast<int>(std::count_if(lines.begin(), lines.end(),
                                          [&](const Line& l) { return tone_of(l) == tone; }));
  };
  std::string out;
  if (const int urgent = count(Tone::urgent)) out += "至急" + number(urgent);
  if (const int overdue = count(Tone::overdue)) {
    out += (out.empty() ? "" : "・") + ("期限超過" + number(overdue));
  }
  return out.empty() ? "" : "（" + out + "）";
}

std::string subject_mark(MessageKind kind) {
  switch (kind) {
    case MessageKind::digest:
      return "【お守り】";
    case MessageKind::urgent:
      return "【お守り・至急】";
    case MessageKind::trouble:
      return "【お守り・障害】";
    case MessageKind::weekly:
      return "【お守り・週報】";
    case MessageKind::test:
      return "【お守り・テスト】";
  }
  return "";
}

// "メールで", empty if it is not said.
std::string by(std::optional<Channel> channel) {
  if (!channel) return "";
  switch (*channel) {
    case Channel::email:
      return "メールで";
    case Channel::webhook:
      return " Webhook で";
    case Channel::file:
      return "ファイルで";
  }
  return "";
}

class Japanese final : public Phrasebook {
 public:
  Phrases line(const Line& line, Day today) const override {
    Phrases phrases = of_kind(line, today);
    if (line.withdrawn) withdraw(phrases, line, today);
    phrases.notes = notes(line, today);
    return phrases;
  }

  std::string standing_in(const Line& line) const override {
    return omamori::standing_in(line, Language::ja);
  }

  std::string_view group_title(Tone tone) const override {
    switch (tone) {
      case Tone::urgent:
        return "すぐに確かめてください";
      case Tone::overdue:
        return "期限を過ぎています";
      case Tone::ahead:
        return "期限までに行うこと";
      case Tone::information:
        return "お知らせ";
      case Tone::withdrawn:
        return "解消しました";
    }
    return "";
  }

  std::string long_date(Day day) const override {
    constexpr std::array kWeekdays{"日", "月", "火", "水", "木", "金", "土"};
    const year_month_day ymd(day);
    return number(static_cast<int>(ymd.year())) + "年" +
           number(static_cast<int>(static_cast<unsigned>(ymd.month()))) + "月" +
           number(static_cast<int>(static_cast<unsigned>(ymd.day()))) + "日（" +
           kWeekdays.at(std::chrono::weekday(day).c_encoding()) + "）";
  }

  std::string subject(const Digest& digest, const std::vector<Line>& lines,
                      Day today) const override {
    const std::string mark = subject_mark(digest.kind);
    if (digest.kind == MessageKind::test) return mark + digest.to + " さんへのテスト送信です";
    if (lines.empty()) return mark + date(today, today) + " お知らせはありません";
    if (lines.size() > 1) {
      return mark + date(today, today) + " " + number(static_cast<int>(lines.size())) + "件" +
             pressing(lines);
    }
    const std::string& client = lines.front().about.client;
    return mark + (client.empty() ? "" : client + " ") + line(lines.front(), today).headline;
  }

  std::string part_of(const Digest& digest) const override {
    if (digest.parts < 2) return "";
    return "お知らせが多いため、急ぐものから順に" + number(digest.parts) +
           "通に分けています。これは" + number(digest.part) + "通目です。";
  }

  std::string introduction(const Digest& digest) const override {
    if (digest.kind == MessageKind::test) {
      return "これは omamori のテスト送信です。" + digest.to + " さんに" + by(digest.over) +
             "届きました。お知らせの設定は正しく働いています。対応は要りません。";
    }
    return digest.lines.empty() ? "いまお知らせすることはありません。" : "";
  }

  std::string lateness(const Digest& digest) const override {
    if (digest.slots_late_days <= 0) return "";
    const Day today = digest.slot_day + std::chrono::days{digest.slots_late_days};
    return "本来は" + date(digest.slot_day, today) + "にお送りするお知らせです。" +
           number(digest.slots_late_days) + "日遅れてお届けしています。";
  }
};

}  // namespace
}  // namespace japanese

const Phrasebook& japanese_phrasebook() {
  static const japanese::Japanese book;
  return book;
}

}  // namespace omamori
