#include "daemon/text/phrases_receipt.h"

#include "daemon/model/bilingual.h"
#include "daemon/text/day_phrases.h"

namespace omamori {
namespace {

std::string day_text(const std::optional<Day>& day, Day today, Language language) {
  if (!day) return "";
  return language == Language::ja ? japanese::date(*day, today) : english::date(*day, today);
}

Said headline(const Receipt& receipt, Day today) {
  const std::string ja = day_text(receipt.on, today, Language::ja);
  const std::string en = day_text(receipt.on, today, Language::en);
  switch (receipt.act) {
    case DoorActKind::visited:
      return {ja + "の訪問が記録されました", "A visit on " + en + " was recorded"};
    case DoorActKind::will_visit:
      return {ja + "の訪問予定が記録されました", "A visit planned for " + en + " was recorded"};
    case DoorActKind::contacted:
      return {ja + "に連絡がとれたと記録されました",
              "It was recorded that they were reached on " + en};
    case DoorActKind::on_it:
      return {"対応の返事が記録されました（" + ja + "まで）",
              "It was recorded that somebody sees to it by " + en};
    case DoorActKind::away:
      return {ja + "から" + day_text(receipt.until, today, Language::ja) +
                  "まで入院・長期不在と記録されました",
              "An absence from " + en + " until " + day_text(receipt.until, today, Language::en) +
                  " was recorded"};
    case DoorActKind::ended:
      if (receipt.awaits_confirmation) {
        return {"利用終了（" + ja + "）の報告がありました", "Reported: service ended on " + en};
      }
      return {"利用終了（" + ja + "）が記録されました",
              "The end of service on " + en + " was recorded"};
    case DoorActKind::not_mine:
      return {"「担当ではない」との返事がありました", "The answer was: not my client"};
  }
  return {""};
}

Said headline_of_check_ins(const Receipt& receipt, Day today) {
  const ReceiptOfCheckIns& counts = *receipt.check_ins;
  const int all = counts.ok + counts.concern + counts.unreachable;
  const auto n = [](int count) { return std::to_string(count); };
  if (!counts.check.empty()) {
    const Outcome outcome = counts.ok > 0        ? Outcome::ok
                            : counts.concern > 0 ? Outcome::concern
                                                 : Outcome::unreachable;
    const std::string ja(attendance_word(outcome, Language::ja));
    const std::string en(attendance_word(outcome, Language::en));
    return {"安否確認 " + counts.check + " が「" + ja + "」（" +
                day_text(receipt.on, today, Language::ja) + "）と記録されました",
            "Safety check " + counts.check + " was recorded: " + en + ", on " +
                day_text(receipt.on, today, Language::en)};
  }
  return {n(all) + "人の確認が記録されました（来た" + n(counts.ok) + "・気になる" +
              n(counts.concern) + "・来ていない" + n(counts.unreachable) + "）",
          n(all) + " people were recorded: came " + n(counts.ok) + ", a concern " +
              n(counts.concern) + ", did not come " + n(counts.unreachable)};
}

Said what_it_ended(const Receipt& receipt) {
  std::string ja;
  std::string en;
  for (const ObligationKind kind : receipt.ended) {
    const bool concern = kind == ObligationKind::concern;
    ja += (ja.empty() ? "" : "と") + std::string(concern ? "気がかり" : "安否確認の途切れ");
    en += (en.empty() ? "" : " and ") +
          std::string(concern ? "a concern" : "the lapse of a safety check");
  }
  if (ja.empty()) return {""};
  return {"これにより、" + ja + "のお知らせが止まりました。",
          " Reminders of " + en + " have stopped by it."};
}

// " (record contact 12)"; an answer that is no record has none.
Said which_record(const Receipt& receipt) {
  if (receipt.record.empty()) return {""};
  return {"（記録 " + receipt.record + "）", " (record " + receipt.record + ")"};
}

Said action(const Line& line) {
  const Receipt& receipt = *line.receipt;
  const Said record = which_record(receipt);
  const std::string staff = called(line.staff_names, receipt.staff);
  if (receipt.check_ins && line.reminder.staff == receipt.staff) {
    return {
        "お心当たりがない場合は、すぐに担当の相談支援専門員または市担当者へご連絡ください" +
            record.ja + "。",
        "If you know nothing of it, tell the case manager or the city at once" + record.en + "."};
  }
  if (line.reminder.staff == receipt.staff) {
    return {"お心当たりがない場合は、すぐに管理者または市担当者へご連絡ください" + record.ja + "。",
            "If you know nothing of it, tell your supervisor at once" + record.en + "."};
  }
  if (receipt.act == DoorActKind::not_mine) {
    return {
        "担当者をご確認ください。担当が違う場合は、システムの運用担当者に変更をご依頼ください。",
        "Find out whose client it is, and have the operator change the case manager if it is "
        "wrong."};
  }
  return {staff +
              " さんにご確認ください。誤りの場合は、システムの運用担当者に取り消しを"
              "ご依頼ください" +
              record.ja + "。",
          "Ask " + staff + ". If it is wrong, have the operator void it" + record.en + "."};
}

Said end_report_action(const Line& line) {
  if (line.act.empty()) {
    return {
        "担当者またはご家族にご確認ください。終了している場合は終了日を、続いている場合は"
        "会えた日か連絡がとれた日をご連絡ください。",
        "Ask the case manager or the family. If it has ended, report the last day; if not, the "
        "day on which they were seen or reached."};
  }
  return {
      "担当者またはご家族に確認し、下のリンクから、終了している場合は利用終了を、続いている場合は"
      "会えた日か連絡がとれた日を記録してください。",
      "Ask the case manager or the family. By the link below record the end of service if it has "
      "ended; if not, the day on which they were seen or reached."};
}

}  // namespace

std::string_view attendance_word(Outcome outcome, Language language) {
  const bool ja = language == Language::ja;
  switch (outcome) {
    case Outcome::ok:
      return ja ? "来た" : "came";
    case Outcome::concern:
      return ja ? "気になる" : "a concern";
    case Outcome::unreachable:
      return ja ? "来ていない" : "did not come";
  }
  return "";
}

Phrases end_report_phrases(const Line& line, Day today, Language language) {
  const bool ja = language == Language::ja;
  const auto say = [&](const Said& said) { return said.in(language); };
  const Day on = line.about.window_from;
  return {say({"利用終了（" + japanese::date(on, today) + "）の報告がありました",
               "Reported: service ended on " + english::date(on, today)}),
          ja ? japanese::by_the_day(line, today, "確認")
             : english::by_the_day(line, today, "confirm it"),
          say({"担当者がメールのリンクから報告しました。確認されるまで、担当者へのお知らせを"
               "止めています。" +
                   japanese::time_left(line, today),
               "The case manager said so by a link. Their reminders wait until it is confirmed. " +
                   english::time_left(line, today)}),
          end_report_action(line).in(language),
          {}};
}

Phrases receipt_phrases(const Line& line, Day today, Language language) {
  const Receipt& receipt = *line.receipt;
  const std::string staff = called(line.staff_names, receipt.staff);
  const auto say = [&](const Said& said) { return said.in(language); };
  Phrases phrases;
  phrases.headline =
      say(receipt.check_ins ? headline_of_check_ins(receipt, today) : headline(receipt, today));
  phrases.window = say({receipt.at + " に受付", "came in at " + receipt.at});
  phrases.why = say({staff + " さんあてのメールのリンクから記録されました。",
                     "It came by the link in a message to " + staff + "."}) +
                say(what_it_ended(receipt));
  phrases.action = say(action(line));
  if (line.withdrawn) {
    phrases.headline = say({"取り消し済み: ", "Undone: "}) + phrases.headline;
    phrases.why = say({"先にお知らせしたこの記録は、その後取り消されました。お知らせは続きます。",
                       "This record has been undone since; reminders go on."});
    phrases.action =
        say({"この件で必要な対応はありません。", "Nothing needs to be done about it."});
  }
  return phrases;
}

}  // namespace omamori
