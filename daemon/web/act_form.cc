#include "daemon/web/act_form.h"

#include <algorithm>
#include <charconv>

#include "daemon/import/csv/date_text.h"
#include "daemon/model/calendar.h"

namespace omamori {
namespace {

constexpr std::size_t kLongestNote = 500;  // characters
constexpr std::size_t kLongestBy = 60;
constexpr std::chrono::days kFarthest{400};
constexpr std::chrono::days kFarthestWord{31};  // what is urgent waits no year

std::string field(const FormFields& fields, const char* name) {
  const auto found = fields.find(name);
  if (found == fields.end()) return {};
  const std::string& text = found->second;
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

// "1/5": month and day without a year.
std::optional<Day> day_without_year(std::string_view text, bool ahead, Day today) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos || text.find('/', slash + 1) != std::string_view::npos) {
    return {};
  }
  unsigned month = 0;
  unsigned day = 0;
  const char* const middle = text.data() + slash;
  const char* const end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), middle, month);
  const auto second = std::from_chars(middle + 1, end, day);
  if (first.ec != std::errc{} || first.ptr != middle) return {};
  if (second.ec != std::errc{} || second.ptr != end) return {};
  const std::chrono::year_month_day now{today};
  for (const int years : {0, ahead ? 1 : -1}) {
    const std::chrono::year_month_day date{now.year() + std::chrono::years{years},
                                           std::chrono::month{month}, std::chrono::day{day}};
    if (!date.ok()) continue;
    const Day found{date};
    if (ahead ? found >= today : found <= today) return found;
  }
  return {};
}

std::optional<Day> day_of(const std::string& text, bool ahead, Day today) {
  if (const auto near = day_without_year(text, ahead, today)) return near;
  const auto read = read_day(text);
  return read.value;
}

// Of a day that is still to come.
bool is_ahead(DoorActKind act) {
  return act == DoorActKind::will_visit || act == DoorActKind::on_it;
}

Said wrong_day(const std::string& text, const ActForm& form, Day today) {
  if (text.empty()) {
    return {"日付を入力してください", "enter the day"};
  }
  if (form.on == Day{}) {
    return {"日付が読み取れません。2027-01-05 や 1/5 のように入力してください",
            "the day cannot be read; write it as 2027-01-05 or 1/5"};
  }
  const std::string day = to_string(form.on);
  if (is_ahead(form.act)) {
    if (form.on < today) {
      return {day + " は過ぎています。済んだことは「訪問した」「連絡がとれた」で記録してください",
              day + " is past; record what took place as done"};
    }
    return {day + " は先すぎます", day + " is too far ahead"};
  }
  if (form.on > today) {
    return {day + " はまだ来ていません。これから訪問するときは「訪問する予定」で記録してください",
            day + " has not come yet; record a visit ahead as planned"};
  }
  return {day + " は前すぎます", day + " is too long ago"};
}

bool fits(const ActForm& form, Day today) {
  if (form.on == Day{}) return false;
  const auto farthest = form.act == DoorActKind::on_it ? kFarthestWord : kFarthest;
  if (is_ahead(form.act)) return form.on >= today && form.on <= today + farthest;
  return form.on <= today && form.on >= today - kFarthest;
}

}  // namespace

std::variant<ActForm, FormError> read_act_form(const FormFields& fields, ObligationKind about,
                                               bool needs_by, Day today) {
  const auto act = act_of_word(field(fields, "act"));
  const auto possible = acts_for(about);
  if (!act || std::find(possible.begin(), possible.end(), *act) == possible.end()) {
    return FormError{{}, "", {"どうなったかを選んでください", "choose what happened"}};
  }
  ActForm form;
  form.act = *act;
  const std::string day = field(fields, "on");
  const bool ahead = is_ahead(*act);
  form.on = day_of(day, ahead, today).value_or(Day{});
  if (!fits(form, today)) return FormError{act, "on", wrong_day(day, form, today)};
  form.note = field(fields, "note");
  if (characters(form.note) > kLongestNote) {
    return FormError{act, "note", {"メモは500字までです", "a note has at most 500 characters"}};
  }
  if (*act == DoorActKind::visited && needs_by) {
    form.by = field(fields, "by");
    const bool right = !form.by.empty() && characters(form.by) <= kLongestBy &&
                       form.by.find('\n') == std::string::npos;
    if (!right) {
      return FormError{act, "by", {"訪問した人を入力してください", "enter who visited"}};
    }
  }
  return form;
}

}  // namespace omamori
