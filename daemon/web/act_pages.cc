#include "daemon/web/act_pages.h"

#include <algorithm>
#include <set>
#include <utility>

#include "daemon/answer/labels.h"
#include "daemon/model/calendar.h"
#include "daemon/reminders/digest_builder.h"
#include "daemon/text/phrasebook.h"

namespace omamori {
namespace {

struct ActWords {
  std::string label, hint, day, button;
};

ActWords words_of(DoorActKind act, ObligationKind about, Language language) {
  const Tongue say(language);
  const bool check = about == ObligationKind::lapse || about == ObligationKind::concern;
  switch (act) {
    case DoorActKind::visited:
      return {
          say("訪問した", "Visited"),
          check ? say("この件のお知らせが止まります", "Reminders of this stop")
                : say("その月が完了し、お知らせが止まります", "The month is done; reminders stop"),
          say("モニタリング実施日（訪問・面接）", "Day of the monitoring visit"),
          say("訪問を記録する", "Record the visit")};
    case DoorActKind::will_visit:
      return {say("訪問する予定", "Will visit"),
              say("その日まで、お知らせを待ちます", "Reminders wait until that day"),
              say("訪問する日", "Day of the visit"), say("予定を記録する", "Record the plan")};
    case DoorActKind::contacted:
      return {say("連絡がとれた", "Reached"),
              check ? say("電話など。この件のお知らせが止まります",
                          "By telephone or otherwise; reminders of this stop")
                    : say("電話など。モニタリングは訪問で完了します",
                          "By telephone or otherwise; a monitoring is done by a visit"),
              say("連絡がとれた日", "Day on which they were reached"),
              say("連絡を記録する", "Record the contact")};
    case DoorActKind::on_it:
      return {say("対応します", "I see to it"),
              say("読んだことを伝えます。件は終わりません",
                  "Says that you have read it; it is not over"),
              say("いつまでに対応しますか", "By which day"),
              say("返事を記録する", "Record your word")};
  }
  return {};
}

std::string tone_word(Tone tone) {
  switch (tone) {
    case Tone::urgent:
      return "urgent";
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
  const ActWords words = words_of(act, holder.obligation.obligation.kind, language);
  const bool open = error && error->act == act;
  const bool ahead = act == DoorActKind::will_visit || act == DoorActKind::on_it;
  const auto typed = [&](const char* name) {
    if (!open) return std::string();
    const auto found = error->typed.find(name);
    return found == error->typed.end() ? std::string() : found->second;
  };
  PageData row;
  row.texts = {{"act", std::string(to_word(act))},
               {"label", words.label},
               {"hint", words.hint},
               {"day", words.day},
               {"button", words.button},
               {"action", action},
               {"open", open ? "open" : ""},
               {"wrong_day", open && error->field == "on" ? error->what.in(language) : ""},
               {"on", typed("on")},
               {"by", typed("by")},
               {"note", typed("note")},
               {"earliest", ahead ? to_string(today) : ""},
               {"latest", ahead ? "" : to_string(today)},
               {"needs_by", act == DoorActKind::visited && !holder.is_case_manager ? "yes" : ""}};
  return row;
}

std::string record_line(const DoorAct& act, ObligationKind about, Language language,
                        const Zone& zone) {
  const Tongue say(language);
  const auto kind = act_of_word(act.act);
  std::string text =
      zone.local_text(act.at) + " " + (kind ? words_of(*kind, about, language).label : act.act);
  if (act.on) text += " " + to_string(*act.on);
  if (act.undone_at) text += say("（取り消し済み）", " (undone)");
  return text;
}

std::string clock_text(Instant at, const Zone& zone) {
  const std::string text = zone.local_text(at);  // "2026-04-01 08:30"
  return text.substr(text.size() - 5);
}

PageData done_data(const ActHolder& holder, const DoorAct& act, Language language,
                   const Zone& zone) {
  const Tongue say(language);
  const auto kind = act_of_word(act.act);
  const ObligationKind about = holder.obligation.obligation.kind;
  PageData data;
  data.texts = {{"client", holder.facts.code},
                {"what", kind ? words_of(*kind, about, language).label : act.act},
                {"day", act.on ? phrasebook(language).long_date(*act.on) : ""},
                {"record", std::to_string(act.record_id) + say("（", " (") + act.staff +
                               say("、メールのリンクから、", ", by a link, ") +
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
  const Line& line = digest.lines.front();
  const Phrases phrases = phrasebook(language).line(line, service.today());
  const bool live = holder.obligation.state == ObligationState::live;
  Page page;
  page.language = language;
  page.title = about.client + " " + phrases.headline;
  page.to = holder.staff.code;
  page.data.texts = {
      {"error", error ? error->what.in(language) : ""},
      {"to", holder.staff.code},
      {"client", about.client},
      {"tone", live ? tone_word(tone_of(line)) : "info"},
      {"headline", phrases.headline},
      {"window", phrases.window},
      {"why", live ? phrases.why : ""},
      {"told", days_told(items, service.zone())},
      {"planned", line.visit_on ? phrasebook(language).long_date(*line.visit_on) : ""},
      {"live", live ? "live" : ""},
      {"over", live ? "" : say("お知らせはもう届きません。", "No more reminders of it are sent.")}};
  const auto records = service.store().doors().acts(holder.token.hash);
  page.data.texts["recorded"] = records.empty() ? "" : "yes";
  for (const DoorAct& act : records) {
    PageData row;
    row.texts["record"] = record_line(act, about.kind, language, service.zone());
    page.data.lists["records"].push_back(std::move(row));
  }
  for (const DoorActKind act : acts_for(about.kind)) {
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

HttpResponse act_undone_page(const ActHolder& holder, Language language, const DoorAct& act,
                             Service& service) {
  const Tongue say(language);
  Page page;
  page.language = language;
  page.title = say("取り消しました", "Undone");
  page.to = holder.staff.code;
  page.data = done_data(holder, act, language, service.zone());
  page.data.texts["means"] =
      say("取り消しました。お知らせは続きます。", "It is undone; reminders go on.");
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
