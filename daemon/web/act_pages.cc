#include "daemon/web/act_pages.h"

#include <algorithm>
#include <set>
#include <utility>

#include "daemon/answer/labels.h"
#include "daemon/model/calendar.h"
#include "daemon/recording/act_words.h"
#include "daemon/recording/undo.h"
#include "daemon/reminders/digest_builder.h"
#include "daemon/text/phrasebook.h"
#include "daemon/text/phrases_message.h"

namespace omamori {
namespace {

std::string tone_word(Tone tone) {
  switch (tone) {
    case Tone::urgent:
      return "urgent";
    case Tone::today:
    case Tone::overdue:
      return "overdue";
    case Tone::ahead:
      return "ahead";
    case Tone::information:
    case Tone::withdrawn:
      break;
  }
  return "info";
}

// "12/1, 12/24": when this person was told.
std::string days_told(const std::vector<StoredItem>& items, const Zone& zone) {
  std::set<Day> days;
  for (const StoredItem& item : items) {
    if (item.told_at) days.insert(zone.day_of(*item.told_at));
  }
  std::string text;
  for (const Day day : days) text += (text.empty() ? "" : ", ") + to_string(day);
  return text;
}

std::vector<StoredItem> items_of_holder(const ActHolder& holder, Store& store) {
  auto items = store.items_of_obligation(holder.obligation.obligation.key);
  std::erase_if(items,
                [&](const StoredItem& item) { return item.reminder.staff != holder.staff.code; });
  return items;
}

PageData act_row(DoorActKind act, const ActHolder& holder, const std::string& action,
                 Language language, const FormError* error, Day today) {
  const ActWords words =
      act_words(act, holder.obligation.obligation.kind, holder.supervises, language);
  const bool open = error && error->act == act;
  const bool ahead = act == DoorActKind::will_visit || act == DoorActKind::on_it;
  const auto typed = [&](const char* name) {
    if (!open) return std::string();
    const auto found = error->typed.find(name);
    return found == error->typed.end() ? std::string() : found->second;
  };
  const bool past = !ahead && act != DoorActKind::away;
  const auto wrong = [&](const char* name) {
    return open && error->field == name ? error->what.in(language) : std::string();
  };
  const Tongue say(language);
  PageData row;
  row.texts = {{"act", std::string(to_word(act))},
               {"label", words.label},
               {"hint", words.hint},
               {"day", words.day},
               {"button", words.button},
               {"action", action},
               {"open", open ? "open" : ""},
               {"wrong_day", wrong("on")},
               {"on", typed("on")},
               {"until", typed("until")},
               {"until_label", act == DoorActKind::away ? say("いつまで", "Until") : ""},
               {"wrong_until", wrong("until")},
               {"asks_client", act == DoorActKind::not_mine ? "yes" : ""},
               {"code", typed("client")},
               {"wrong_client", wrong("client")},
               {"by", typed("by")},
               {"note", typed("note")},
               {"earliest", ahead ? to_string(today) : ""},
               {"latest", past ? to_string(today) : ""},
               {"today", to_string(today)},
               {"needs_by", act == DoorActKind::visited && !holder.is_case_manager ? "yes" : ""}};
  return row;
}

std::string label_of(const DoorAct& act, const ActHolder& holder, Language language) {
  const auto kind = act_of_word(act.act);
  if (!kind) return act.act;
  return act_words(*kind, holder.obligation.obligation.kind, holder.supervises, language).label;
}

// "2026-06-01", of an absence "2026-06-01〜2026-06-20".
std::string days_of(const DoorAct& act) {
  return to_string(*act.on) + (act.until ? "〜" + to_string(*act.until) : "");
}

std::string record_line(const DoorAct& act, const ActHolder& holder, Language language,
                        const Zone& zone) {
  const Tongue say(language);
  std::string text = zone.local_text(act.at) + " " + label_of(act, holder, language);
  if (act.on) text += " " + days_of(act);
  if (act.undone_at) text += say("（取り消し済み）", " (undone)");
  return text;
}

PageData done_data(const ActHolder& holder, const DoorAct& act, Language language,
                   const Zone& zone) {
  const Tongue say(language);
  PageData data;
  data.texts = {
      {"client", holder.facts.code},
      {"what", label_of(act, holder, language)},
      {"day", act.on ? long_date(*act.on, language) : ""},
      {"until_day", act.until ? long_date(*act.until, language) : ""},
      {"record", std::to_string(act.record_id == 0 ? act.id : act.record_id) + say("（", " (") +
                     act.staff + say("、メールのリンクから、", ", by a link, ") +
                     zone.local_text(act.at) + say("）", ")")},
      {"tone", "done"}};
  return data;
}

}  // namespace

HttpResponse act_page(const ActHolder& holder, const std::string& token, Language language,
                      const FormError* error, Service& service) {
  const Tongue say(language);
  const Obligation& about = holder.obligation.obligation;
  const auto items = items_of_holder(holder, service.store());
  const Digest digest = build_digest(service, service.planning()->directory, items,
                                     MessageKind::digest, holder.staff);
  if (digest.lines.empty()) return act_gone_page(language);
  Line line = digest.lines.front();
  line.staff_names = nullptr;  // names are for mail, not for pages
  const Phrases phrases = phrasebook(language).line(line, service.today());
  const bool live = holder.obligation.state == ObligationState::live;
  Page page;
  page.language = language;
  page.title = about.client + " " + phrases.headline;
  page.to = holder.staff.code;
  page.data.texts = {{"error", error ? error->what.in(language) : ""},
                     {"to", holder.staff.code},
                     {"client", about.client},
                     {"tone", live ? tone_word(tone_of(line, service.today())) : "info"},
                     {"headline", phrases.headline},
                     {"window", phrases.window},
                     {"why", live ? phrases.why : ""},
                     {"told", days_told(items, service.zone())},
                     {"planned", line.visit_on ? long_date(*line.visit_on, language) : ""},
                     {"live", live ? "live" : ""},
                     {"over", live ? ""
                                   : say.reason(holder.obligation.reason) +
                                         say("。お知らせはもう届きません。",
                                             ". No more reminders of it are sent.")}};
  const auto records = service.store().doors().acts(holder.token.hash);
  page.data.texts["recorded"] = records.empty() ? "" : "yes";
  for (const DoorAct& act : records) {
    PageData row;
    row.texts["record"] = record_line(act, holder, language, service.zone());
    page.data.lists["records"].push_back(std::move(row));
  }
  for (const DoorActKind act : holder.acts) {
    page.data.lists["acts"].push_back(
        act_row(act, holder, "/a/" + token, language, error, service.today()));
  }
  return render_page(error ? 422 : 200, web_templates().act, page);
}

HttpResponse act_done_page(const ActHolder& holder, const std::string& token, Language language,
                           const ActDone& done, Service& service) {
  const Tongue say(language);
  Page page;
  page.language = language;
  page.title = say("記録しました", "Recorded");
  page.to = holder.staff.code;
  page.data = done_data(holder, done.act, language, service.zone());
  page.data.texts["means"] = done.means.in(language);
  page.data.texts["nonce"] = done.nonce;
  page.data.texts["until"] = clock_text(done.undo_until, service.zone());
  page.data.texts["action"] = "/a/" + token;
  page.data.texts["undone"] = "";
  return render_page(200, web_templates().act_done, page);
}

HttpResponse act_undone_page(const ActHolder& holder, Language language, const Undone& undone,
                             Service& service) {
  const Tongue say(language);
  Page page;
  page.language = language;
  page.title = say("取り消しました", "Undone");
  page.to = holder.staff.code;
  page.data = done_data(holder, undone.act, language, service.zone());
  page.data.texts["means"] =
      undone.record_stays
          ? say("この返事は取り消しました。同じことが別の方法でも届いているため、記録は残ります。",
                "Your word is undone. The same was said by another way, too, so the record stays.")
          : say("お知らせは続きます。", "Reminders go on.");
  page.data.texts["tone"] = "info";
  page.data.texts["undone"] = "yes";
  page.data.texts["nonce"] = "";
  return render_page(200, web_templates().act_done, page);
}

HttpResponse act_gone_page(Language language) {
  const Tongue say(language);
  Page page;
  page.language = language;
  page.title = say("このリンクは使えません", "This link does not work");
  return render_page(404, web_templates().act_gone, page);
}

}  // namespace omamori
