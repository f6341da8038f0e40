#include "daemon/text/phrases_weekly.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "daemon/model/calendar.h"

namespace omamori {
namespace {

using std::chrono::year_month_day;
using WeekTone = WeeklySection::Tone;
using Row = WeeklySection::Row;

std::string number(std::size_t value) { return std::to_string(value); }

class Writer {
 public:
  Writer(const WeeklyReport& report, Day today, Language language)
      : r_(report), f_(report.figures), today_(today), ja_(language == Language::ja) {}

  WeeklyWords words() {
    WeeklyWords out;
    add(out, overdue());
    add(out, checks());
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
  std::string days_late(int count) const {
    if (ja_) return std::to_string(count) + "日超過";
    return std::to_string(count) + (count == 1 ? " day late" : " days late");
  }
  std::string cases(std::size_t count) const {
    return ja_ ? number(count) + "件" : number(count) + (count == 1 ? " client" : " clients");
  }
  std::string manager(const std::string& code) const {
    return code.empty() ? say("担当なし", "nobody") : code + who_acts(code);
  }
  std::string in_charge(const std::string& code) const {
    if (code.empty()) return say("担当なし", "no case manager");
    return say("担当 ", "case manager ") + code + who_acts(code);
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
    const std::string& who = now.staff;
    const std::string acts =
        ja_ ? "・" + (now.because == Because::delegate ? "代理 " + who : who + " が代行")
            : ", " + who + " acts";
    return say("（", " (") + how + (who.empty() ? "" : acts) + say("）", ")");
  }

  // ---- sections -----------------------------------------------------------------------------

  // A long section keeps its first rows and says how many there are besides.
  void add(WeeklyWords& out, WeeklySection section) const {
    if (section.rows.empty()) return;
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
    for (std::size_t i = 0; i < shown; ++i) out += (i == 0 ? "" : say("、", ", ")) + all[i];
    if (shown == all.size()) return out;
    return out + say(" ほか" + number(all.size() - shown) + "件",
                     " and " + number(all.size() - shown) + " more");
  }

  // One row for each case manager: how many, whose term ends this week, and all codes.
  WeeklySection months() const {
    struct Load {
      std::vector<std::string> clients, this_week;
    };
    std::map<std::string, Load> loads;
    for (const WeeklyMonth& m : f_.months) {
      Load& load = loads[m.case_manager];
      load.clients.push_back(m.client);
      if (m.due_by <= sunday()) load.this_week.push_back(m.client);
    }
    WeeklySection out = section(WeekTone::ahead, "期限前のモニタリング",
                                "Monitoring still to be done", f_.months.size());
    for (const auto& [code, load] : loads) {
      const std::string due = load.this_week.empty()
                                  ? std::string()
                                  : say("今週が期限: ", "due this week: ") + codes(load.this_week);
      out.rows.push_back(
          {manager(code), cases(load.clients.size()) + say("　", ": ") + codes(load.clients), due});
    }
    return out;
  }

  WeeklySection overdue() const {
    WeeklySection out = section(WeekTone::overdue, "期限を過ぎたモニタリング", "Monitoring overdue",
                                f_.overdue.size());
    std::vector<WeeklyOverdue> longest_first = f_.overdue;
    std::stable_sort(longest_first.begin(), longest_first.end(),
                     [](const auto& a, const auto& b) { return a.days_late > b.days_late; });
    for (const WeeklyOverdue& o : longest_first) {
      out.rows.push_back({o.client,
                          days_late(o.days_late) + say("（期限 ", " (was due ") + date(o.due_by) +
                              say("）", ")") + missed(o.months.size()),
                          in_charge(o.case_manager)});
    }
    return out;
  }
  std::string missed(std::size_t months) const {
    if (months < 2) return "";
    return say("　未実施 " + number(months) + "か月分", ", " + number(months) + " months missed");
  }

  WeeklySection checks() const {
    const auto lapsed = std::count_if(f_.checks.begin(), f_.checks.end(),
                                      [](const WeeklyCheck& c) { return c.lapsed || c.concern; });
    WeeklySection out =
        section(lapsed > 0 ? WeekTone::overdue : WeekTone::ahead, "安否確認の途切れ・期限間近",
                "Safety checks lapsed or near it", f_.checks.size());
    std::vector<WeeklyCheck> lapsed_first = f_.checks;
    std::stable_sort(lapsed_first.begin(), lapsed_first.end(), [](const auto& a, const auto& b) {
      return std::tuple(!a.concern, !a.lapsed, a.deadline) <
             std::tuple(!b.concern, !b.lapsed, b.deadline);
    });
    for (const WeeklyCheck& c : lapsed_first) {
      const std::string text =
          c.concern ? say("安否確認 " + c.check + " の" + date(c.deadline) +
                              "の気がかりに、まだ対応の記録がありません",
                          "the concern of safety check " + c.check + " of " + date(c.deadline) +
                              " has not been seen to")
          : c.lapsed
              ? say("安否確認 " + c.check + " が" + date(c.deadline) + "で途切れています",
                    "safety check " + c.check + " not confirmed since its term ended " +
                        date(c.deadline))
              : say("安否確認 " + c.check + " は" + date(c.deadline) + "までに確認が必要です",
                    "safety check " + c.check + " must be confirmed by " + date(c.deadline));
      out.rows.push_back({c.client, text, in_charge(c.case_manager)});
    }
    return out;
  }

  WeeklySection gaps() const {
    WeeklySection out =
        section(WeekTone::information, "間が空き、安否確認もない利用者",
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
      out.rows.push_back({s.client, text, in_charge(s.case_manager)});
    }
    return out;
  }

  WeeklySection dead_letters() const {
    const std::string count = number(f_.dead_letters.size());
    WeeklySection out{WeekTone::system,
                      say("先週から届かなかったお知らせ（" + count + "通）",
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
          {to.first, text,
           say("連絡先が正しいか確かめてください", "look whether the address is right")});
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
                          say("omamori の運用状態（運用担当に確かめてください）",
                              "omamori itself: please ask the operator about this"),
                          {}};
    for (const Said& line : r_.health) section.rows.push_back({"", ja_ ? line.ja : line.en, ""});
    return section;
  }

  WeeklySection journal() const {
    return {WeekTone::system,
            say("記録の控え（印刷して保管してください）", "For your files: the journal's head"),
            {{"", std::to_string(r_.journal_seq) + ":" + r_.journal_hash,
              say("記録が失われていないかは、あとから omamorictl log --verify --head "
                  "にこの値を付けて確かめられます",
                  "omamorictl log --verify --head with this value shows later whether the journal "
                  "is still whole")}}};
  }

  // ---- the whole ----------------------------------------------------------------------------

  Day sunday() const { return r_.monday + std::chrono::days{6}; }

  std::string counted(bool with_zero) const {
    std::string out;
    const auto add = [&](const std::string& what, std::size_t count) {
      if (count == 0 && !with_zero) return;
      out += (out.empty() ? "" : say("・", ", ")) +
             (ja_ ? what + number(count) : number(count) + " " + what);
    };
    add(say("期限超過", "overdue"), f_.overdue.size());
    add(say("安否確認", "checks"), f_.checks.size());
    add(say("期限前", "to do"), f_.months.size());
    return out;
  }

  std::string subject() const {
    const std::string mark = say("【お守り・週報】", "[omamori: weekly] ");
    const std::string counts = counted(false);
    return mark + range(r_.monday, sunday()) +
           (counts.empty() ? say(" 変わりありません", ": all is quiet") : say(" ", ": ") + counts);
  }

  std::string whose() const {
    if (r_.whole_city) return say("全事業所", "all offices");
    return codes(r_.offices);
  }

  std::string introduction(bool quiet) const {
    std::string out = ja_ ? range(r_.monday, sunday()) + "の週のまとめです（" + whose() +
                                "、利用者" + number(f_.clients) + "人）。"
                          : "The week of " + range(r_.monday, sunday()) + " (" + whose() + ", " +
                                cases(f_.clients) + ").";
    if (quiet) {
      out +=
          say("今週、確かめていただくことはありません。このお知らせは毎週届きます。"
              "届かない週は、運用担当に知らせてください。",
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
  bool ja_;
};

}  // namespace

WeeklyWords weekly_words(const WeeklyReport& report, Day today, Language language) {
  return Writer(report, today, language).words();
}

}  // namespace omamori
