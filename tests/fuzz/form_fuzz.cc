// The forms behind links: what is taken was typed by somebody, and is within its bounds.
#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "daemon/model/calendar.h"
#include "daemon/recording/act_form.h"
#include "daemon/web/attendance_form.h"
#include "tests/fuzz/promise.h"

namespace omamori {
namespace {

constexpr std::chrono::days kFarthest{400 + 31};
constexpr std::size_t kLongestNote = 500 * 4;  // bytes
constexpr std::array kKinds{ObligationKind::monitoring, ObligationKind::streak,
                            ObligationKind::lapse, ObligationKind::concern};

void check(const FormFields& fields, ObligationKind kind, bool needs_by, Day today) {
  const auto possible = acts_for(kind);
  const std::string client = "C-01";
  const FormPage page{possible, client, needs_by};
  const auto read = read_act_form(fields, page, today);
  if (const auto* wrong = std::get_if<FormError>(&read)) {
    promise(!wrong->what.in(Language::ja).empty(), "who typed it is told what is wrong");
    return;
  }
  const ActForm& form = std::get<ActForm>(read);
  promise(std::find(possible.begin(), possible.end(), form.act) != possible.end(),
          "an act fits what it is about");
  for (const Day day : {form.on, form.until.value_or(form.on)}) {
    const bool near = day >= today - kFarthest && day <= today + kFarthest;
    promise(near || (day == Day{} && form.act == DoorActKind::not_mine), "a day is near");
  }
  promise(!form.until || *form.until >= form.on, "an end is not before its begin");
  promise(form.note.size() <= kLongestNote, "a note has an end");
  // What stands in the form before anybody has typed (P8).
  const FormFields untyped{{"act", fields.at("act")}, {"on", ""}, {"until", ""}, {"client", ""}};
  promise(std::holds_alternative<FormError>(read_act_form(untyped, page, today)),
          "nothing is recorded that nobody typed");
}

void check_attendance(const FormFields& fields, Day today, const Zone& zone) {
  const Instant now = zone.start_of(today) + std::chrono::hours{9};
  const auto read = read_attendance_form(fields, now, zone);
  if (const auto* wrong = std::get_if<std::vector<AttendanceError>>(&read)) {
    promise(!wrong->empty(), "what is refused is refused for a reason");
    return;
  }
  for (const Attended& one : std::get<std::vector<Attended>>(read)) {
    promise(one.on <= today && one.on >= today - kFarthest, "whoever came came lately");
    promise(zone.day_of(one.at) == one.on, "an instant is of its day");
    FormFields untyped = fields;
    for (auto& [name, value] : untyped) {
      if (name.starts_with("on")) value.clear();
    }
    promise(std::holds_alternative<std::vector<AttendanceError>>(
                read_attendance_form(untyped, now, zone)),
            "nobody came on a day that nobody typed");
  }
}

}  // namespace
}  // namespace omamori

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace omamori;
  const auto fields = read_form({reinterpret_cast<const char*>(data), size});
  if (!fields) return 0;
  static const Day today = *parse_day("2026-12-01");
  static const Zone zone("Asia/Tokyo");
  check_attendance(*fields, today, zone);
  for (const ObligationKind kind : kKinds) {
    for (const bool needs_by : {false, true}) check(*fields, kind, needs_by, today);
  }
  return 0;
}
