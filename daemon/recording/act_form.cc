#include "daemon/recording/act_form.h"

#include <algorithm>

#include "daemon/import/csv/text.h"
#include "daemon/model/calendar.h"
#include "daemon/recording/typed.h"

namespace omamori {
namespace {

constexpr std::size_t kLongestBy = 60;  // characters

// Of a day that is still to come.
bool is_ahead(DoorActKind act) {
  return act == DoorActKind::will_visit || act == DoorActKind::on_it;
}

// The days that an act can be of.
struct Days {
  Day first{}, last{};
};

Days days_of(DoorActKind act, Day today) {
  switch (act) {
    case DoorActKind::will_visit:
      return {today, today + kFarthest};
    case DoorActKind::on_it:
      return {today, today + kFarthestWord};
    case DoorActKind::away:
      return {today - kFarthestWord, today + kFarthestWord};
    case DoorActKind::visited:
    case DoorActKind::contacted:
    case DoorActKind::ended:
    case DoorActKind::not_mine:
      break;
  }
  return {today - kFarthest, today};
}

bool fits(DoorActKind act, Day day, Day today) {
  const Days days = days_of(act, today);
  return day != Day{} && days.first <= day && day <= days.last;
}

Said unread_day(const std::string& text) {
  if (text.empty()) return {"日付を入力してください", "enter the day"};
  return kUnreadDay;
}

Said wrong_day(const std::string& text, DoorActKind act, Day on, Day today) {
  if (on == Day{}) return unread_day(text);
  const std::string day = to_string(on);
  if (act == DoorActKind::away) {
    return {day + " は今日から前後31日の外です", day + " is more than 31 days from today"};
  }
  if (is_ahead(act)) {
    if (on < today) {
      return {day + " は過ぎています。済んだことは「訪問した」「連絡がとれた」で記録してください",
              day + " is past; record what took place as done"};
    }
    return {day + " は先すぎます", day + " is too far ahead"};
  }
  if (on > today && act == DoorActKind::ended) {
    return {day + " はまだ来ていません。その日以降に記録してください",
            day + " has not come yet; report it when service has ended"};
  }
  if (on > today) {
    return {day + " はまだ来ていません。これから訪問するときは「訪問する予定」で記録してください",
            day + " has not come yet; record a visit ahead as planned"};
  }
  return {day + " は前すぎます", day + " is too long ago"};
}

// Of an absence: its last day. Nothing is wrong: none.
std::optional<Said> read_until(const FormFields& fields, Day today, ActForm& form) {
  const std::string text = typed_text(fields, "until");
  const auto until = typed_day(text, true, today);
  if (!until) return unread_day(text);
  form.until = *until;
  if (*until < form.on) {
    return Said{to_string(*until) + " は始まりの日より前です",
                to_string(*until) + " is before the first day"};
  }
  if (*until < today) {
    return Said{to_string(*until) + " は過ぎています。戻っているなら、連絡か訪問を記録してください",
                to_string(*until) + " is past; if they are back, record a contact or a visit"};
  }
  if (*until > today + kFarthestWord) {
    return Said{"31日先までの日を入力してください。長引く場合は、後日もう一度記録できます",
                "at most 31 days ahead; it can be reported again if it lasts longer"};
  }
  return {};
}

// Half and full width, capital and small letters are the same to who types a code.
bool is_code(std::string_view typed, const std::string& code) {
  const auto lower = [](std::string text) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
  };
  return lower(plain(typed)) == lower(plain(code));
}

// What is wrong with the parts that only some acts have; none.
std::optional<FormError> read_rest(const FormFields& fields, const FormPage& page, Day today,
                                   ActForm& form) {
  if (form.act == DoorActKind::away) {
    if (auto wrong = read_until(fields, today, form)) {
      return FormError{form.act, "until", std::move(*wrong)};
    }
  }
  if (form.act == DoorActKind::visited && page.needs_by) {
    form.by = typed_text(fields, "by");
    const bool right = !form.by.empty() && characters(form.by) <= kLongestBy &&
                       form.by.find('\n') == std::string::npos;
    if (!right) {
      return FormError{form.act, "by", {"訪問した人を入力してください", "enter who visited"}};
    }
  }
  return {};
}

// The day; for not_mine the client's code instead.
std::optional<FormError> read_what_is_typed(const FormFields& fields, const FormPage& page,
                                            Day today, ActForm& form) {
  if (form.act == DoorActKind::not_mine) {
    if (is_code(typed_text(fields, "client"), page.client)) return {};
    return FormError{form.act,
                     "client",
                     {"このページにある利用者コードを入力してください",
                      "enter the client's code as it stands on this page"}};
  }
  const std::string day = typed_text(fields, "on");
  form.on = typed_day(day, is_ahead(form.act), today).value_or(Day{});
  if (form.act == DoorActKind::away && !fits(form.act, form.on, today)) {
    form.on = typed_day(day, true, today).value_or(Day{});  // it may be known ahead
  }
  if (fits(form.act, form.on, today)) return {};
  return FormError{form.act, "on", wrong_day(day, form.act, form.on, today)};
}

}  // namespace

std::variant<ActForm, FormError> read_act_form(const FormFields& fields, const FormPage& page,
                                               Day today) {
  const auto act = act_of_word(typed_text(fields, "act"));
  if (!act || std::find(page.acts.begin(), page.acts.end(), *act) == page.acts.end()) {
    return FormError{{}, "", {"どうなったかを選んでください", "choose what happened"}};
  }
  ActForm form;
  form.act = *act;
  if (auto wrong = read_what_is_typed(fields, page, today, form)) return std::move(*wrong);
  form.note = typed_text(fields, "note");
  if (characters(form.note) > kLongestNote) {
    return FormError{act, "note", {"メモは500字までです", "a note has at most 500 characters"}};
  }
  if (auto wrong = read_rest(fields, page, today, form)) return std::move(*wrong);
  return form;
}

}  // namespace omamori
