#include "daemon/web/attendance_form.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "daemon/import/csv/date_text.h"
#include "daemon/import/csv/words.h"
#include "daemon/model/calendar.h"
#include "daemon/recording/typed.h"

namespace omamori {
namespace {

constexpr std::string_view kOutcome = "outcome-";

// Of a day that was typed; nothing is wrong with it = nothing.
std::optional<Said> problem_of(const std::optional<Day>& day, Day today) {
  if (!day) return kUnreadDay;
  const std::string text = to_string(*day);
  if (*day > today) {
    return Said{text + " はまだ来ていません。確認した日を入力してください",
                text + " has not come yet; enter the day on which it was seen"};
  }
  if (*day < today - kFarthest) return Said{text + " は前すぎます", text + " is too long ago"};
  return {};
}

// A note stands on one line, like a cell.
std::string on_one_line(std::string note) {
  std::replace_if(
      note.begin(), note.end(), [](char c) { return c == '\r' || c == '\n' || c == '\t'; }, ' ');
  return note;
}

class AttendanceFormReader {
 public:
  AttendanceFormReader(const FormFields& fields, Instant now, const Zone& zone)
      : fields_(fields), now_(now), today_(zone.day_of(now)), zone_(zone) {}

  std::variant<std::vector<Attended>, std::vector<AttendanceError>> run() {
    const std::string text = typed_text(fields_, "on");
    if (!text.empty()) {
      of_all_ = typed_day(text, false, today_);
      if (auto wrong = problem_of(of_all_, today_)) {
        errors_.push_back({"", "on", std::move(*wrong)});
        all_is_wrong_ = true;
      }
    }
    for (auto at = fields_.lower_bound(std::string(kOutcome));
         at != fields_.end() && at->first.starts_with(kOutcome); ++at) {
      if (!at->second.empty()) take(at->first.substr(kOutcome.size()), at->second);
    }
    if (found_.empty() && errors_.empty()) {
      errors_.push_back(
          {"",
           "",
           {"まだだれも選ばれていません。来た方・気になる方・来ていない方を選んでから、"
            "もう一度押してください",
            "nobody has been chosen yet; choose who came, who is a concern and who "
            "did not come, then press again"}});
    }
    if (!errors_.empty()) return std::move(errors_);
    return std::move(found_);
  }

 private:
  void take(const std::string& check, const std::string& word) {
    const auto outcome = read_outcome(word);
    if (!outcome.value) {
      errors_.push_back({check, "", {"選びなおしてください", "choose again"}});
      return;
    }
    Attended one;
    one.check = check;
    one.outcome = *outcome.value;
    one.note = on_one_line(typed_text(fields_, "note-" + check));
    if (characters(one.note) > kLongestNote) {
      errors_.push_back(
          {check, "note", {"メモは500字までです", "a note has at most 500 characters"}});
    }
    if (!take_day(one)) return;
    one.at = instant_of(one);
    one.day_alone = one.on != today_;
    found_.push_back(std::move(one));
  }

  Instant instant_of(const Attended& one) const {
    if (one.on == today_) return now_;
    if (one.outcome == Outcome::concern) {
      return zone_.start_of(one.on + std::chrono::days{1}) - std::chrono::seconds{1};
    }
    return read_instant(to_string(one.on), zone_).value->at;
  }

  bool take_day(Attended& one) {
    const std::string own = typed_text(fields_, "on-" + one.check);
    if (own.empty()) {
      if (of_all_) one.on = *of_all_;
      if (!of_all_ && !std::exchange(all_is_wrong_, true)) {
        errors_.push_back({"", "on", {"確認した日を入力してください", "enter the day"}});
      }
      return of_all_.has_value();
    }
    const auto day = typed_day(own, false, today_);
    if (auto wrong = problem_of(day, today_)) {
      errors_.push_back({one.check, "on", std::move(*wrong)});
      return false;
    }
    one.on = *day;
    return true;
  }

  const FormFields& fields_;
  Instant now_;
  Day today_;
  const Zone& zone_;
  std::optional<Day> of_all_;
  bool all_is_wrong_ = false;  // and has been said to be
  std::vector<Attended> found_;
  std::vector<AttendanceError> errors_;
};

}  // namespace

std::variant<std::vector<Attended>, std::vector<AttendanceError>> read_attendance_form(
    const FormFields& fields, Instant now, const Zone& zone) {
  return AttendanceFormReader(fields, now, zone).run();
}

}  // namespace omamori
