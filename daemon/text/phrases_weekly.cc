#include "daemon/text/phrases_weekly.h"

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <tuple>

#include "daemon/model/calendar.h"
#include "daemon/model/digest.h"
#include "daemon/text/day_phrases.h"
#include "daemon/text/phrases_risk.h"

namespace omamori {
namespace {

using std::chrono::year_month_day;
using WeekTone = WeeklySection::Tone;
using Row = WeeklySection::Row;

std::string number(std::size_t value) { return std::to_string(value); }

class Writer {
 public:
  Writer(const WeeklyReport& report, Day today, Language language)
      : r_(report),
        f_(report.figures),
        today_(today),
        language_(language),
        ja_(language == Language::ja) {}

  WeeklyWords words() {
    WeeklyWords out;
    add_risks(out);
    add(out, months());
    add(out, gaps());
    add(out, suspended());
    add(out, dead_letters());
    add(out, health());
    const bool quiet = out.sections.empty();
    add(out, journal());
    out.subject = subject();
    out.introduction = introduction(quiet);
    return out;
  }

 private:
  std::string say(const std::string& ja, const std::string& en) const { return ja_ ? ja : en; }

  // ---- days ---------------------------------------------------------------------------------

  std::string date(Day day) const {
    constexpr std::array kNames{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const year_month_day ymd(day);
    const bool other_year = ymd.year() != year_month_day(today_).year();
    const std::string year = std::to_string(static_cast<int>(ymd.year()));
    const unsigned month = static_cast<unsigned>(ymd.month());
    const std::string of_month = std::to_string(static_cast<unsigned>(ymd.day()));
    if (ja_) return (other_year ? year + "/" : "") + std::to_string(month) + "/" + of_month;
    return of_month + " " + kNames.at(month - 1) + (other_year ? " " + year : "");
  }
  std::string range(Day from, Day to) const { return date(from) + say("〜", " to ") + date(to); }
  std::string cases(std::size_t count) const {
    return ja_ ? number(count) + "件" : number(count) + (count == 1 ? " client" : " clients");
  }
  std::string manager(const std::string& code) const {
    return code.empty() ? say("担当なし", "nobody") : called(r_.staff_names, code) + who_acts(code);
  }
  std::string in_charge(const std::string& code) const {
    if (code.empty()) return say("担当なし", "no case manager");
    return say("担当 ", "case manager ") + called(r_.staff_names, code) + who_acts(code);
  }
  // "（不在・代理 CM-2）" of a case manager who is not there, else nothing.
  std::string who_acts(const std::string& code) const {
    const auto known = f_.acts_now.find(code);
    if (known == f_.acts_now.end()) return "";
    const Acting& now = known->second;
    const std::string how = now.because == Because::has_left ? say("退職", "has left")
                            : now.because == Because::unknown_code
                                ? say("登録なし", "not registered")
                                : say("不在", "away");
    const std::string who = called(r_.staff_names, now.staff);
    const std::string acts =
        ja_ ? "・" + (now.because == Because::delegate ? "代理 " + who : who + " が代行")
            : ", " + who + " acts";
    return say("（", " (") + how + (who.empty() ? "" : acts) + say("）", ")");
  }

  // "" where names are not to be shown.
  std::string client_name(const std::string& code) const {
    if (!r_.client_names) return "";
    const auto known = r_.client_names->find(code);
    return known == r_.client_names->end() ? "" : known->second;
  }

  // ---- sections -----------------------------------------------------------------------------

  // A long section keeps its first rows and says how many there are besides.
  void add(WeeklyWords& out, WeeklySection section) const {
    if (section.rows.empty()) return;
    for (Row& row : section.rows) row.name = client_name(row.code);
    if (section.rows.size() > kWeeklyRows) {
      const std::size_t more = section.rows.size() - kWeeklyRows;
      section.rows.resize(kWeeklyRows);
      section.rows.push_back(
          {"", say("ほか" + number(more) + "件", "and " + number(more) + " more"), ""});
    }
    out.sections.push_back(std::move(section));
  }
  WeeklySection section(WeekTone tone, const std::string& ja, const std::string& en,
                        std::size_t count) const {
    return {tone, ja_ ? ja + "（" + cases(count) + "）" : en + " (" + number(count) + ")", {}};
  }

  std::string codes(const std::vector<std::string>& all) const {
    std::string out;
    const std::size_t shown = std::min(all.size(), kWeeklyCodes);
    for (std::size_t i = 0; i < shown; ++i)
      out += (i == 0 ? "" : say("、", ", ")) + called(r_.client_names, all[i]);
    if (shown == all.size()) return out;
    return out + say(" ほか" + number(all.size() - shown) + "件",
                     " and " + number(all.size() - shown) + " more");
  }

  // A section for each person who must act, in the order of the list.
  void add_risks(WeeklyWords& out) const {
    const auto shown = std::span(f_.risks).first(std::min(f_.risks.size(), kWeeklyRisks));
    const std::string* last = nullptr;
    for (const RiskItem& item : shown) {
      if (!last || *last != item.acts.staff) out.sections.push_back(empty_section_of(item));
      last = &item.acts.staff;
      WeeklySection& section = out.sections.back();
      if (has_gone_wrong(item)) section.tone = WeekTone::overdue;
      section.rows.push_back({item.client, risk_phrase(item, r_.from, language_), whose(item),
                              client_name(item.client)});
    }
    if (const std::size_t more = f_.risks.size() - shown.size(); more > 0) {
      const std::string how =
          say("すべては omamorictl list risk で確認できます", "omamorictl list risk shows all");
      out.sections.push_back({WeekTone::overdue,
                              say("ほか" + number(more) + "件", "And " + number(more) + " more"),
                              {{"", how, ""}}});
    }
  }
  WeeklySection empty_section_of(const RiskItem& first) const {
    const std::string& who = first.acts.staff;
    const auto count = std::count_if(f_.risks.begin(), f_.risks.end(),
                                     [&](const RiskItem& item) { return item.acts.staff == who; });
    const std::string name =
        who.empty() ? say("運用担当者", "the operator") : called(r_.staff_names, who);
    return section(WeekTone::ahead, name + " が対応", "For " + name,
                   static_cast<std::size_t>(count));
  }
  // Of whom it is, where somebody else must act.
  std::string whose(const RiskItem& item) const {
    const bool own = item.case_manager == item.acts.staff;
    return own || item.kind == ObligationKind::unassigned ? "" : in_charge(item.case_manager);
  }

  // One row for each case manager, month and term: whoever is to be seen after the week. Whom the
  // week itself asks for stands above.
  WeeklySection months() const {
    std::map<std::tuple<std::string, Month, Day>, std::vector<std::string>> loads;
    std::size_t all = 0;
    for (const WeeklyMonth& m : f_.months) {
      if (m.due_by <= r_.until()) continue;
      loads[{m.case_manager, m.month, m.due_by}].push_back(m.client);
      ++all;
    }
    WeeklySection out =
        section(WeekTone::ahead, "期限が先のモニタリング", "Monitoring due later", all);
    for (const auto& [load, clients] : loads) {
      const auto& [code, month, due_by] = load;
      const std::string when =
          ja_ ? japanese::month_name(month, today_) + "（" + date(due_by) + "まで）"
              : english::month_name(month, today_) + " by " + date(due_by);
      out.rows.push_back(
          {manager(code),
           when + say("　", ", ") + cases(clients.size()) + say("　", ": ") + codes(clients), ""});
    }
    return out;
  }

  WeeklySection gaps() const {
    WeeklySection out =
        section(WeekTone::information, "訪問の間隔が空き、安否確認もない利用者",
                "A long gap before the next visit, and no safety check", f_.gaps.size());
    for (const WeeklyGap& g : f_.gaps) {
      const year_month_day first(first_day(g.month));
      const std::string month = ja_ ? std::to_string(static_cast<int>(first.year())) + "年" +
                                          std::to_string(static_cast<unsigned>(first.month())) +
                                          "月"
                                    : to_string(g.month);
      out.rows.push_back(
          {g.client, say("次のモニタリング月は" + month + "です", "the next month is " + month),
           in_charge(g.case_manager)});
    }
    return out;
  }

  WeeklySection suspended() const {
    WeeklySection out =
        section(WeekTone::information, "休止中の利用者", "Suspended", f_.suspended.size());
    for (const WeeklySuspension& s : f_.suspended) {
      const std::string text = s.until ? range(s.from, *s.until)
                                       : say(date(s.from) + "から（終わりは未定）",
                                             "since " + date(s.from) + ", no end set");
      out.rows.push_back({s.client, text + decision_end(s), in_charge(s.case_manager)});
    }
    return out;
  }

  // A suspension hides no end of a decision.
  std::string decision_end(const WeeklySuspension& s) const {
    if (!s.decision_end) return "";
    const std::string on = date(*s.decision_end);
    if (*s.decision_end < r_.from) {
      return say("　支給決定は" + on + "に終わりました", "; the decision ended on " + on);
    }
    return say("　支給決定は" + on + "まで", "; the decision ends on " + on);
  }

  WeeklySection dead_letters() const {
    const std::string count = number(f_.dead_letters.size());
    WeeklySection out{WeekTone::system,
                      say("先週以降に届かなかったお知らせ（" + count + "通）",
                          "Messages that did not arrive since last week (" + count + ")"),
                      {}};
    struct Lost {
      std::size_t refused = 0, late = 0;
    };
    std::map<std::pair<std::string, Channel>, Lost> lost;
    for (const WeeklyDeadLetter& d : f_.dead_letters) {
      Lost& one = lost[{d.staff, d.channel}];
      ++(d.refused ? one.refused : one.late);
    }
    for (const auto& [to, ways] : lost) {
      std::string text = by(to.second);
      if (ways.refused > 0) {
        text +=
            say("　拒否 " + number(ways.refused) + "通", ", " + number(ways.refused) + " refused");
      }
      if (ways.late > 0) {
        text += say("　時間内に届かず " + number(ways.late) + "通",
                    ", " + number(ways.late) + " given up");
      }
      out.rows.push_back(
          {called(r_.staff_names, to.first), text,
           say("連絡先が正しいかご確認ください", "look whether the address is right")});
    }
    return out;
  }
  std::string by(Channel channel) const {
    switch (channel) {
      case Channel::email:
        return say("メール", "email");
      case Channel::webhook:
        return "webhook";
      case Channel::file:
        return say("ファイル", "file");
    }
    return "";
  }

  WeeklySection health() const {
    WeeklySection section{WeekTone::overdue,
                          say("お守りの運用状態（運用担当者にご確認ください）",
                              "omamori itself: please ask the operator about this"),
                          {}};
    for (const Said& line : r_.health) section.rows.push_back({"", ja_ ? line.ja : line.en, ""});
    return section;
  }

  WeeklySection journal() const {
    return {WeekTone::system,
            say("改ざん・欠落確認用の番号（印刷して保管してください）",
                "To be kept on paper: a number that shows tampering or loss"),
            {{"", std::to_string(r_.journal_seq) + ":" + r_.journal_hash,
              say("記録の改ざんや欠落がないことを、後日 omamorictl log --verify --head "
                  "にこの番号を付けて確認できます",
                  "omamorictl log --verify --head with this number shows later whether the journal "
                  "is still whole")}}};
  }

  // ---- the whole ----------------------------------------------------------------------------

  std::size_t risks(std::initializer_list<ObligationKind> kinds) const {
    return static_cast<std::size_t>(
        std::count_if(f_.risks.begin(), f_.risks.end(), [&](const RiskItem& item) {
          return std::find(kinds.begin(), kinds.end(), item.kind) != kinds.end();
        }));
  }

  std::string counted() const {
    using Kind = ObligationKind;
    std::string out;
    const auto add = [&](const char* ja, const char* one, const char* many, std::size_t count) {
      if (count == 0) return;
      out += (out.empty() ? "" : say("・", ", ")) +
             (ja_ ? ja + number(count) : number(count) + " " + (count == 1 ? one : many));
    };
    add("気がかり", "concern", "concerns", risks({Kind::concern}));
    add("期限超過", "overdue", "overdue", risks({Kind::streak}));
    add("安否確認", "check", "checks", risks({Kind::lapse, Kind::check_in}));
    add("支給決定", "decision", "decisions", risks({Kind::expired, Kind::renewal}));
    add("担当なし", "without case manager", "without case manager", risks({Kind::unassigned}));
    add("期限前", "to do", "to do", f_.months.size());
    return out;
  }

  std::string subject() const {
    const std::string mark = say("【お守り・週報】", "[omamori: weekly] ");
    const std::string counts = counted();
    return mark + range(r_.from, r_.until()) +
           (counts.empty() ? say(" 変わりありません", ": all is quiet") : say(" ", ": ") + counts);
  }

  std::string whose() const {
    if (r_.whole_city) return say("全事業所", "all offices");
    return codes(r_.offices);
  }

  std::string introduction(bool quiet) const {
    std::string out = ja_ ? range(r_.from, r_.until()) + "のまとめです（" + whose() + "、利用者" +
                                number(f_.clients) + "人）。"
                          : "The days from " + range(r_.from, r_.until()) + " (" + whose() + ", " +
                                cases(f_.clients) + ").";
    if (quiet) {
      out +=
          say("今週、ご確認いただくことはありません。このお知らせは毎週届きます。"
              "届かない週は、運用担当者にご連絡ください。",
              " There is nothing to look into. This message comes every week; tell the "
              "operator if it does not.");
    }
    if (r_.unreadable > 0) {
      out += say("読めない記録のため、" + number(r_.unreadable) + "人分は含まれていません。",
                 " " + cases(r_.unreadable) + " left out: their rows cannot be read.");
    }
    return out;
  }

  const WeeklyReport& r_;
  const WeeklyFigures& f_;
  Day today_;
  Language language_;
  bool ja_;
};

}  // namespace

WeeklyWords weekly_words(const WeeklyReport& report, Day today, Language language) {
  return Writer(report, today, language).words();
}

}  // namespace omamori
