#include "daemon/web/attendance_pages.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "daemon/answer/labels.h"
#include "daemon/import/csv/words.h"
#include "daemon/model/calendar.h"
#include "daemon/recording/undo.h"
#include "daemon/text/day_phrases.h"
#include "daemon/text/phrases_receipt.h"
#include "daemon/web/page.h"

namespace omamori {
namespace {

// A file can have thousands of rows; the first say enough.
constexpr std::size_t kMostShown = 100;

class PageOfPeople {
 public:
  PageOfPeople(const AttendanceHolder& holder, Language language, const AttendanceRefusal* refusal,
               Day today)
      : holder_(holder), say_(language), refusal_(refusal), today_(today) {}

  PageData data(const std::string& action) const {
    PageData data;
    const auto due = std::count_if(holder_.people.begin(), holder_.people.end(),
                                   [](const ExpectedPerson& person) { return person.due; });
    const auto others = static_cast<std::ptrdiff_t>(holder_.people.size()) - due;
    data.texts = {{"action", action},
                  {"due_count", std::to_string(due)},
                  {"any_due", due > 0 ? "yes" : ""},
                  {"other_count", std::to_string(others)},
                  {"any_other", others > 0 ? "yes" : ""},
                  {"open_others", due == 0 || any_typed_among_others() ? "open" : ""},
                  {"latest", to_string(today_)},
                  {"on", typed("on")},
                  {"wrong_on", error_at("", "on")},
                  {"error", refusal_ && !refusal_->form.empty() ? "yes" : ""},
                  {"error_text", error_at("", "")},
                  {"file_error", refusal_ && !refusal_->file.empty() ? "yes" : ""}};
    for (const ExpectedPerson& person : holder_.people) {
      const bool before_were_due = data.lists["people"].size() == static_cast<std::size_t>(due);
      data.lists["people"].push_back(row(person));
      if (!person.due && before_were_due) data.lists["people"].back().texts["first_other"] = "yes";
    }
    add_file_errors(data);
    return data;
  }

 private:
  std::string typed(const std::string& name) const {
    if (!refusal_) return {};
    const auto found = refusal_->typed.find(name);
    return found == refusal_->typed.end() ? std::string() : found->second;
  }

  std::string error_at(const std::string& check, const std::string& field) const {
    if (!refusal_) return {};
    for (const AttendanceError& error : refusal_->form) {
      if (error.check == check && error.field == field) return error.what.in(say_.language());
    }
    return {};
  }

  bool any_typed_among_others() const {
    return std::any_of(holder_.people.begin(), holder_.people.end(),
                       [&](const ExpectedPerson& person) {
                         return !person.due && !typed("outcome-" + person.check).empty();
                       });
  }

  std::string day(Day day) const {
    return say_.japanese() ? japanese::date(day, today_) : english::date(day, today_);
  }

  // What is pressing about it, in a few words; "" = nothing is.
  std::string tag(const ExpectedPerson& person) const {
    const CheckStanding& now = person.standing;
    if (now.state == CheckState::lapsed) {
      const std::string since = day(now.deadline + std::chrono::days{1});
      return say_(since + "から途切れ", "lapsed since " + since);
    }
    if (!person.due) return {};
    return say_(day(now.deadline) + "までに確認", "by " + day(now.deadline));
  }

  std::string hint(const ExpectedPerson& person) const {
    std::string text = person.check;
    const auto last = std::find_if(person.check_ins.rbegin(), person.check_ins.rend(),
                                   [&](const CheckIn& record) { return record.on <= today_; });
    if (last != person.check_ins.rend()) {
      text += say_("・前回 ", ", last ") + day(last->on);
    }
    if (!person.due && person.standing.expected > today_) {
      text += say_("・次の確認日 ", ", next on ") + day(person.standing.expected);
    }
    return text;
  }

  static std::string tone(const ExpectedPerson& person) {
    if (person.standing.state == CheckState::lapsed) return "urgent";
    return person.due ? "overdue" : "info";
  }

  PageData row(const ExpectedPerson& person) const {
    const std::string& check = person.check;
    const std::string chosen = typed("outcome-" + check);
    const auto checked = [&](Outcome outcome) {
      return chosen == csv_word(outcome) ? std::string("checked") : std::string();
    };
    const std::string own_day = typed("on-" + check);
    const std::string wrong_day = error_at(check, "on");
    PageData row;
    row.texts = {{"check", check},
                 {"client", person.client},
                 {"ref", person.provider_ref},
                 {"tag", tag(person)},
                 {"tone", tone(person)},
                 {"hint", hint(person)},
                 {"latest", to_string(today_)},
                 {"ok", checked(Outcome::ok)},
                 {"concern", checked(Outcome::concern)},
                 {"unreachable", checked(Outcome::unreachable)},
                 {"own_day", own_day},
                 {"wrong_day", wrong_day},
                 {"open", own_day.empty() && wrong_day.empty() ? "" : "open"},
                 {"note", typed("note-" + check)},
                 {"wrong_note", error_at(check, "note")},
                 {"wrong", error_at(check, "")}};
    return row;
  }

  void add_file_errors(PageData& data) const {
    if (!refusal_) return;
    const std::size_t shown = std::min(refusal_->file.size(), kMostShown);
    for (std::size_t i = 0; i < shown; ++i) {
      PageData line;
      line.texts["line"] = refusal_->file[i].in(say_.language());
      data.lists["file_errors"].push_back(std::move(line));
    }
    const std::size_t more = refusal_->file.size() - shown;
    data.texts["more_errors"] = more > 0 ? std::to_string(more) : "";
  }

  const AttendanceHolder& holder_;
  Tongue say_;
  const AttendanceRefusal* refusal_;
  Day today_;
};

std::size_t count_of(const std::vector<DoorAct>& acts, Outcome outcome) {
  return static_cast<std::size_t>(std::count_if(acts.begin(), acts.end(), [&](const DoorAct& act) {
    return act.answer == kNewRecord && act.act == csv_word(outcome);
  }));
}

// Of what was recorded: a line each. Who is not on the page any more is named by the check.
PageData recorded(const AttendanceHolder& holder, const DoorAct& act, const Tongue& say,
                  Day today) {
  const ExpectedPerson* person = holder.find(act.subject);
  const auto outcome = read_outcome(act.act);
  std::string fate;
  if (act.answer == kKnownRecord) fate = say("すでに記録がありました", "it was recorded already");
  if (act.answer == kVoidedRecord) {
    fate = say("取り消された記録です。記録していません",
               "it was recorded and voided; not recorded again");
  }
  if (act.answer == kStaysRecorded) {
    fate = say("別の方法でも届いているため、記録は残ります",
               "it was said by another way, too: the record stays");
  }
  PageData row;
  row.texts = {
      {"who", person ? person->client : act.subject},
      {"ref", person ? person->provider_ref : ""},
      {"check", act.subject},
      {"outcome",
       outcome.value ? std::string(attendance_word(*outcome.value, say.language())) : act.act},
      {"day", !act.on          ? ""
              : say.japanese() ? japanese::date(*act.on, today)
                               : english::date(*act.on, today)},
      {"fate", fate}};
  return row;
}

PageData done_data(const AttendanceHolder& holder, const std::vector<DoorAct>& acts,
                   const Tongue& say, Service& service) {
  PageData data;
  const auto number = [](std::size_t count) { return count ? std::to_string(count) : ""; };
  const auto fresh = std::count_if(acts.begin(), acts.end(),
                                   [](const DoorAct& act) { return act.answer == kNewRecord; });
  data.texts = {{"total", std::to_string(fresh)},
                {"ok", number(count_of(acts, Outcome::ok))},
                {"concern", number(count_of(acts, Outcome::concern))},
                {"unreachable", number(count_of(acts, Outcome::unreachable))}};
  // That of the answer: the same form again gets the same page.
  const Day today = service.zone().day_of(acts.front().at);
  for (const DoorAct& act : acts) {
    if (data.lists["records"].size() == kMostShown) break;
    data.lists["records"].push_back(recorded(holder, act, say, today));
  }
  const bool more = acts.size() > kMostShown;
  data.texts["more"] = more ? std::to_string(acts.size() - kMostShown) : "";
  return data;
}

Page page_of_acts(const AttendanceHolder& holder, const std::string& token, Language language,
                  const std::vector<DoorAct>& acts, Service& service) {
  Page page;
  page.language = language;
  page.to = holder.staff.code;
  page.data = done_data(holder, acts, Tongue(language), service);
  page.data.texts["action"] = "/attendance/" + token;
  return page;
}

}  // namespace

HttpResponse attendance_page(const AttendanceHolder& holder, const std::string& token,
                             Language language, const AttendanceRefusal* refusal,
                             Service& service) {
  const Tongue say(language);
  Page page;
  page.language = language;
  page.title = say("確認の記録", "Attendance");
  page.to = holder.staff.code;
  page.data = PageOfPeople(holder, language, refusal, service.today()).data("/attendance/" + token);
  return render_page(refusal ? 422 : 200, web_templates().attendance, page);
}

HttpResponse attendance_done_page(const AttendanceHolder& holder, const std::string& token,
                                  Language language, const AttendanceDone& done, Service& service) {
  Page page = page_of_acts(holder, token, language, done.acts, service);
  page.title = Tongue(language)("記録しました", "Recorded");
  page.data.texts["tone"] = "done";
  page.data.texts["undone"] = "";
  page.data.texts["nonce"] = done.nonce;
  page.data.texts["until"] = clock_text(done.undo_until, service.zone());
  return render_page(200, web_templates().attendance_done, page);
}

HttpResponse attendance_undone_page(const AttendanceHolder& holder, const std::string& token,
                                    Language language, const std::vector<DoorAct>& acts,
                                    Service& service) {
  Page page = page_of_acts(holder, token, language, acts, service);
  page.title = Tongue(language)("取り消しました", "Undone");
  page.data.texts["tone"] = "info";
  page.data.texts["undone"] = "yes";
  page.data.texts["nonce"] = "";
  return render_page(200, web_templates().attendance_done, page);
}

}  // namespace omamori
