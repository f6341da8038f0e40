#include "config/policy_change.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <utility>

#include "config/policy_words.h"
#include "daemon/model/calendar.h"

namespace omamori {
namespace {

using Lines = std::vector<std::string>;

// What the settings of one line are called in Japanese; in English they have their key.
struct Label {
  std::string_view key, ja;
};
constexpr Label kLabels[] = {
    {"standard_interval_months", "標準の間隔"},
    {"extended_interval_months", "延ばした間隔"},
    {"max_interval_months", "最長の間隔"},
    {"initial_months", "決定当初に毎月とする月数"},
    {"start_month", "開始月の扱い"},
    {"initial_starts", "決定当初の毎月の始まり"},
    {"send_at", "お知らせの時刻"},
    {"language", "言語"},
    {"closed_days", "休業日"},
    {"renewal_notice_days", "更新を知らせる日（満了の何日前か）"},
    {"lapse_response_days", "安否確認が途切れてから対応するまでの日数"},
    {"baseline_days", "最後の訪問日を報告するまでの日数"},
    {"max_pause_days", "訪問予定で待つ日数の上限"},
    {"fallback_after", "次の連絡方法に移るまでの時間"},
    {"urgent_fallback_after", "急ぎのとき次の連絡方法に移るまでの時間"},
    {"urgent_hours", "急ぎのお知らせをする時間帯"},
    {"urgent_answer_after", "気がかりに返事がないとき次の人に移るまでの時間"},
    {"weekly_on", "週報の曜日"},
    {"contact", "連絡先"},
};

// In the order of stage_role_words.
constexpr std::string_view kRolesInJapanese[] = {"相談支援専門員", "管理者", "基幹相談支援センター",
                                                 "コーディネーター", "運用担当"};
static_assert(std::size(kRolesInJapanese) == std::size(stage_role_words));

// The words of one of the two languages.
class Say {
 public:
  explicit Say(Language language) : japanese_(language == Language::ja) {}
  std::string operator()(std::string_view ja, std::string_view en) const {
    return std::string(japanese_ ? ja : en);
  }

  std::string setting(std::string_view key) const {
    const auto label = std::find_if(std::begin(kLabels), std::end(kLabels),
                                    [&](const Label& known) { return known.key == key; });
    if (!japanese_ || label == std::end(kLabels)) return std::string(key);
    return std::string(label->ja) + "（" + std::string(key) + "）";
  }
  std::string change(const std::string& before, const std::string& after) const {
    return before + (*this)(" → ", " -> ") + after;
  }
  std::string join(const Lines& parts) const {
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : (*this)("、", ", ")) + part;
    return text;
  }

  std::string months(int count) const {
    const std::string number = std::to_string(count);
    return (*this)(number + "か月", number + (count == 1 ? " month" : " months"));
  }
  std::string day(const std::optional<Day>& day) const {
    return day ? to_string(*day) : (*this)("なし", "none");
  }
  std::string roles(const std::vector<Role>& roles) const {
    Lines words;
    for (const Role role : roles) {
      std::size_t at = 0;
      while (at + 1 < std::size(stage_role_words) && stage_role_words[at].value != role) ++at;
      words.push_back((*this)(kRolesInJapanese[at], word_of(stage_role_words, role)));
    }
    return join(words);
  }
  std::string repeat(int days) const {
    const std::string number = std::to_string(days);
    return days == 0 ? (*this)("1回", "once")
                     : (*this)(number + "日ごと", "every " + number + " days");
  }
  // Relative to due-by.
  std::string stage_day(int days) const {
    const std::string number = std::to_string(std::abs(days));
    const std::string ja = days == 0  ? std::string("期限の日")
                           : days < 0 ? "期限の" + number + "日前"
                                      : "期限の" + number + "日後";
    return (*this)(ja, "day " + std::to_string(days));
  }

  std::string content(const OfficeInterval& office) const { return months(office.interval_months); }
  std::string content(const Override& item) const {
    const std::string last = item.until ? to_string(*item.until) : "";
    const std::string end = item.until ? (*this)("、" + last + " まで", " until " + last)
                                       : (*this)("、終わりなし", " without end");
    return months(item.interval_months) + end;
  }
  std::string content(const Stage& stage) const {
    return stage_day(stage.days) + (*this)("に", " to ") + roles(stage.to) + (*this)("へ、", ", ") +
           repeat(stage.repeat_days);
  }

  std::string name_of(const OfficeInterval& office) const {
    return (*this)("事業所 ", "office ") + office.office;
  }
  std::string name_of(const Override& item) const {
    const std::string from = to_string(item.from);
    return (*this)("個別の定め " + item.client + "（" + from + " から）",
                   "override " + item.client + " from " + from);
  }
  std::string name_of(const Stage& stage) const { return (*this)("段階 ", "stage ") + stage.name; }

 private:
  bool japanese_;
};

class Comparison {
 public:
  explicit Comparison(Language language) : say_(language) {}

  Lines of(const Policy& before, const Policy& after) {
    terms(before.terms, after.terms);
    telling(before, after);
    lists(before.terms.offices, after.terms.offices);
    lists(before.terms.overrides, after.terms.overrides);
    lists(before.stages, after.stages);
    return std::move(lines_);
  }

 private:
  void line(const std::string& name, const std::string& text) {
    lines_.push_back(name + ": " + text);
  }
  void compare(const std::string& name, const std::string& before, const std::string& after) {
    if (before != after) line(name, say_.change(before, after));
  }
  void setting(std::string_view key, const std::string& before, const std::string& after) {
    compare(say_.setting(key), before, after);
  }
  // `unit` is said in Japanese only: in English the key has it.
  void setting(std::string_view key, int before, int after, std::string_view unit) {
    const std::string said = say_(unit, "");
    setting(key, std::to_string(before) + said, std::to_string(after) + said);
  }

  void terms(const Terms& before, const Terms& after) {
    setting("standard_interval_months", before.standard_interval_months,
            after.standard_interval_months, "か月");
    setting("extended_interval_months", before.extended_interval_months,
            after.extended_interval_months, "か月");
    setting("max_interval_months", before.max_interval_months, after.max_interval_months, "か月");
    setting("initial_months", before.initial_months, after.initial_months, "か月");
    setting("start_month", word_of(start_month_words, before.include_start_month),
            word_of(start_month_words, after.include_start_month));
    setting("initial_starts", word_of(initial_starts_words, before.initial_from_next_month),
            word_of(initial_starts_words, after.initial_from_next_month));
  }

  void telling(const Policy& before, const Policy& after) {
    setting("send_at", time_text(before.send_at), time_text(after.send_at));
    setting("language", word_of(language_words, before.language),
            word_of(language_words, after.language));
    closed_days(before.closed_days, after.closed_days);
    setting("renewal_notice_days", numbers(before.renewal_notice_days),
            numbers(after.renewal_notice_days));
    setting("lapse_response_days", before.lapse_response_days, after.lapse_response_days, "日");
    setting("baseline_days", before.baseline_days, after.baseline_days, "日");
    setting("max_pause_days", before.max_pause_days, after.max_pause_days, "日");
    setting("fallback_after", duration_text(before.fallback_after),
            duration_text(after.fallback_after));
    setting("urgent_fallback_after", duration_text(before.urgent_fallback_after),
            duration_text(after.urgent_fallback_after));
    setting("urgent_hours", hours_text(before.urgent_hours), hours_text(after.urgent_hours));
    setting("urgent_answer_after", duration_text(before.urgent_answer_after),
            duration_text(after.urgent_answer_after));
    setting("weekly_on", word_of(weekday_words, before.weekly_on),
            word_of(weekday_words, after.weekly_on));
    if (before.contact != after.contact) line(say_.setting("contact"), say_("変更", "changed"));
  }

  std::string numbers(const std::vector<int>& numbers) const {
    Lines parts;
    for (const int number : numbers) parts.push_back(std::to_string(number));
    return say_.join(parts);
  }

  void closed_days(const std::vector<Day>& before, const std::vector<Day>& after) {
    const auto each_missing = [&](const std::vector<Day>& of, const std::vector<Day>& in,
                                  const std::string& what) {
      for (const Day day : of) {
        if (std::find(in.begin(), in.end(), day) != in.end()) continue;
        line(say_.setting("closed_days"), what + " " + to_string(day));
      }
    };
    each_missing(before, after, say_("削除", "removed"));
    each_missing(after, before, say_("追加", "added"));
  }

  // Added, removed and changed items of two lists, ascending by name.
  template <class T>
  void lists(const std::vector<T>& before, const std::vector<T>& after) {
    std::map<std::string, std::pair<const T*, const T*>> items;
    for (const T& item : before) items[say_.name_of(item)].first = &item;
    for (const T& item : after) items[say_.name_of(item)].second = &item;
    for (const auto& [name, pair] : items) {
      const auto& [old_item, new_item] = pair;
      if (old_item && new_item) {
        fields(name, *old_item, *new_item);
      } else {
        line(name, (old_item ? say_("削除", "removed") : say_("追加", "added")) + say_("（", " (") +
                       say_.content(old_item ? *old_item : *new_item) + say_("）", ")"));
      }
    }
  }

  template <class T>
  void fields(const std::string& name, const T& before, const T& after) {
    compare(name, say_.content(before), say_.content(after));
  }
  void fields(const std::string& name, const Override& before, const Override& after) {
    compare(name, say_.content(before), say_.content(after));
    compare(name + say_(": 合意日（agreed_on）", ": agreed_on"), say_.day(before.agreed_on),
            say_.day(after.agreed_on));
    if (before.reason != after.reason) {
      lines_.push_back(name + say_(": 理由（reason）を変更", ": reason changed"));
    }
  }

  const Say say_;
  Lines lines_;
};

}  // namespace

std::vector<std::string> describe_change(const Policy& before, const Policy& after,
                                         Language language) {
  return Comparison(language).of(before, after);
}

}  // namespace omamori
