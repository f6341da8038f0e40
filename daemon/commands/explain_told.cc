// The second half of an explanation: safety checks, what is owed, who was told, what comes next.
#include <algorithm>

#include "daemon/commands/explanation.h"
#include "daemon/model/calendar.h"
#include "daemon/model/reminder.h"
#include "daemon/rules/acknowledgements.h"
#include "db/file_words.h"

namespace omamori {
namespace {

std::string check_line(const ClientView& client, const CheckView& view, const Tongue& say) {
  const CheckTerms& terms = view.version.terms;
  const CheckStanding& s = view.standing;
  std::string line = view.check.code + ": " + say.word(s.state) + say("。", ". ");
  line += say(say.days(terms.every_days) + "ごと（猶予" + say.days(terms.grace_days) + "）、",
              "Every " + say.days(terms.every_days) + " and " + say.days(terms.grace_days) +
                  " of grace, ") +
          say.range(terms.from, terms.until) + say("。", ". ");
  line += terms.agreed_on ? say("合意 ", "Agreed ") + to_string(*terms.agreed_on) + say("。", ". ")
                          : say("市の合意なし。", "Not agreed by the city. ");
  line += s.last_ok
              ? say("最後の確認 ", "Last confirmed ") + to_string(*s.last_ok) + say("。", ". ")
              : say("まだ確認されていません。", "Never confirmed yet. ");
  if (s.state == CheckState::ended) {
    return line + say("終了しているため、もう数えません。", "It has ended and counts no more.");
  }
  if (service_over(client.facts, client.day)) {
    return line + say("利用が終了したため、もう見守りません。",
                      "Service has ended: it is watched no more.");
  }
  return line + say("次の確認日 ", "Next record due ") + to_string(s.expected) +
         say("、途切れる前の最後の日 ", ", last day before it lapses ") + to_string(s.deadline) +
         say("。", ".");
}

std::string about(const Obligation& o, const Tongue& say) {
  std::string text = say.word(o.kind);
  if (!o.months.empty()) text += " " + shown(o.months);
  if (!o.check.empty()) text += " " + o.check;
  return text;
}

std::string person(const ClientView& view, const std::string& staff, Role as, const Tongue& say) {
  const Staff* known = view.planning.directory.staff(staff);
  const bool of_city = known && is_of_city(*known);
  return (staff.empty() ? say("運用担当", "the operator") : staff) + say("（", " (") +
         say.word(as, of_city) + say("）", ")");
}

// The latest word of each person replaces the ones before (RULES.md section 4).
std::vector<const Acknowledgement*> latest_words(const ClientView& view, const Obligation& o) {
  std::vector<const Acknowledgement*> latest;
  for (const Acknowledgement& said : view.facts.acknowledgements) {
    if (!is_about(said, o) || said.made_on > view.day) continue;
    std::erase_if(latest, [&](const Acknowledgement* a) {
      return a->staff == said.staff && a->visit_on.has_value() == said.visit_on.has_value();
    });
    latest.push_back(&said);
  }
  return latest;
}

std::string live_line(const ClientView& view, const LiveView& live, const Tongue& say) {
  const Obligation& o = live.obligation;
  std::string line = about(o, say);
  if (o.due_by) {
    const auto left = (*o.due_by - view.day).count();
    line += say("。期限 ", ". Due by ") + to_string(*o.due_by);
    if (left < 0) {
      line += say("（" + say.days(static_cast<int>(-left)) + "過ぎ）",
                  " (" + say.days(static_cast<int>(-left)) + " ago)");
    }
  }
  if (const Day from = o.window_from; o.due_by && from <= *o.due_by) {
    line += say("。", ". What is done from ") + to_string(from) +
            say(" 以降の対応で完了となります", " on completes it");
  }
  for (const Acknowledgement* a : latest_words(view, o)) {
    line += (a->visit_on ? say("。訪問予定 ", "; visit announced for ") + to_string(*a->visit_on)
                         : say("。対応の返事 ", "; answered on ") + to_string(a->made_on)) +
            say("（", " (") + a->staff + say("、記録 ", ", acknowledgement ") +
            std::to_string(a->id) + say("）", ")");
  }
  if (!view.is_today()) return line + say("。", ".");
  if (o.quiet) {
    line += say("。取込時に期限を過ぎていたため、定例のお知らせで一度お伝えします",
                ". It had passed when it was imported: told in a digest first");
  }
  if (!live.next) {
    return line + say("。今後のお知らせの予定はありません。", ". No stage ahead.");
  }
  line += say("。次のお知らせ ", ". Next told ") + view.zone.local_text(live.next->stage.slot) +
          " " + live.next->stage.stage + say(" → ", " -> ");
  std::string people;
  for (const Recipient& to : live.next->to) {
    people += (people.empty() ? "" : say("、", ", ")) + person(view, to.staff, to.as, say);
  }
  return line + people + say("。", ".");
}

std::string item_line(const ClientView& view, const StoredItem& item, const Tongue& say) {
  const Reminder& r = item.reminder;
  std::string line = "  " + view.zone.local_text(r.slot) + " " + r.stage;
  if (r.repeat > 0) line += "+" + std::to_string(r.repeat);
  line += say(" → ", " -> ") + person(view, r.staff, r.as, say) + ": " + say.word(item.state);
  switch (item.state) {
    case ItemState::told:
      if (item.told_at) line += " " + view.zone.local_text(*item.told_at);
      if (item.channel) line += " (" + std::string(file_word(*item.channel)) + ")";
      break;
    case ItemState::owed:
      if (item.next_attempt_at) {
        line += say("（次に試みるのは ", " (next try ") +
                view.zone.local_text(*item.next_attempt_at) + say("）", ")");
      }
      break;
    case ItemState::skipped:
    case ItemState::dropped:
      line += say("（", " (") + say.reason(item.reason) + say("）", ")");
  }
  if (item.maybe_told && item.state != ItemState::told) {
    line += say(" 届いたかもしれない", " may have been told");
  }
  return line;
}

std::string ending(const ClientView& view, const StoredObligation& stored, const Tongue& say) {
  if (stored.state == ObligationState::live) return say("続いている", "still open");
  std::string text;
  switch (stored.state) {
    case ObligationState::met:
      text = say("済", "met");
      break;
    case ObligationState::withdrawn:
      text = say("解消", "withdrawn");
      break;
    default:
      text = say("終了", "ended");
  }
  if (stored.ended_at) text += " " + view.zone.local_text(*stored.ended_at);
  if (!stored.reason.empty()) text += say("（", " (") + say.reason(stored.reason) + say("）", ")");
  return text;
}

}  // namespace

Section explain_checks(const ClientView& view, const Tongue& say) {
  Section section{"checks", say("安否確認", "Safety checks"), {}};
  for (const CheckView& check : view.checks) {
    section.lines.push_back(check_line(view, check, say));
  }
  if (view.checks.empty()) {
    section.lines.push_back(say("安否確認はありません。", "There is no safety check."));
  }
  return section;
}

Section explain_live(const ClientView& view, const Tongue& say) {
  Section section{"live", say("いま誰かがすること", "What somebody must do"), {}};
  for (const LiveView& live : view.live) section.lines.push_back(live_line(view, live, say));
  if (const Suspension* s = suspension_on(view.facts, view.day)) {
    section.lines.push_back(say("休止中（" + say.range(s->from, s->until) +
                                    "）のため、休止が続いていることのほかはお知らせしません。",
                                "Suspended " + say.range(s->from, s->until) +
                                    ": nothing is told but that the suspension stands."));
  }
  for (const SuspensionRecord& s : view.suspensions) {
    if (s.from <= view.day) continue;
    section.lines.push_back(say("休止の予定があります: ", "A suspension is planned: ") +
                            say.range(s.from, s.until) + say("（記録 ", " (record ") +
                            std::to_string(s.id) + say("）。", ")."));
  }
  if (section.lines.empty()) {
    section.lines.push_back(say("現在はありません。", "Nothing at present."));
  }
  return section;
}

Section explain_told(const ClientView& view, const Tongue& say) {
  Section section{"told", say("お知らせの記録", "Who was told what"), {}};
  for (const StoredObligation& stored : view.obligations) {
    section.lines.push_back(about(stored.obligation, say) + " [" + stored.obligation.key +
                            "]: " + ending(view, stored, say));
    for (const StoredItem& item : view.items) {
      if (item.reminder.obligation != stored.obligation.key) continue;
      section.lines.push_back(item_line(view, item, say));
    }
  }
  if (section.lines.empty()) {
    section.lines.push_back(say("まだ何もお知らせしていません。", "Nothing has been told yet."));
  }
  return section;
}

Section explain_next(const ClientView& view, const Tongue& say) {
  Section section{"next", say("このあと", "What comes next"), {}};
  auto& lines = section.lines;
  if (!view.is_today()) {
    lines.push_back(say("今日以外の日を指定したときは、今後の予定を表示しません。",
                        "What comes next is said of today only."));
    return section;
  }
  for (const Reminder& r : view.owed_now) {
    lines.push_back(say("次の見直しで ", "At the next look: ") + r.obligation + " " + r.stage +
                    say(" → ", " -> ") + person(view, r.staff, r.as, say) + say("。", "."));
  }
  if (view.next) {
    lines.push_back(say("次に見直すのは " + view.zone.local_text(*view.next) + " です。",
                        "It is looked at again at " + view.zone.local_text(*view.next) + "."));
  } else {
    lines.push_back(say("もう見直しません: ", "It will not be looked at again: ") +
                    say.reason(view.why_no_next) + say("。", "."));
  }
  if (view.schedule && view.schedule->dirty) {
    lines.push_back(say("事実か方針が変わったばかりで、まだ見直されていません。",
                        "Facts or policy have changed and have not been acted on yet."));
  }
  return section;
}

}  // namespace omamori
