#include "daemon/text/phrases_people.h"

namespace omamori {
namespace {

// ---- Japanese -----------------------------------------------------------------------------------

std::string role_ja(const Acting& who, const Line& line) {
  const Role as = line.reminder.as;
  if (as == Role::supervisor) return line.of_city ? "市担当者" : "管理者";
  if (as == Role::coordinator) return "コーディネーター";
  if (as == Role::core_center) return "基幹相談支援センター";
  return who.because == Because::none_named ? "担当者" : "担当";
}

// "担当の CM-1 が不在のため"
std::string because_ja(const Acting& who, const Line& line) {
  const std::string role = role_ja(who, line);
  switch (who.because) {
    case Because::none_named:
      return role + "が未定のため";
    case Because::unknown_code:
      return role + "の " + who.of_record + " が登録されていないため";
    case Because::has_left:
      return role + "の " + who.of_record + " が退職したため";
    case Because::away:
      return role + "の " + who.of_record + " が不在のため";
    case Because::is_case_manager:
      return who.of_record + " が担当を務めているため";
    case Because::of_record:
    case Because::delegate:
      break;
  }
  return "";
}

std::string in_charge_ja(const Acting& who, bool is_reader) {
  const std::string& one = who.of_record;
  switch (who.because) {
    case Because::none_named:
      return is_reader ? "" : "担当: " + who.staff + "（担当者が未定のため）";
    case Because::unknown_code:
      return "担当: " + (is_reader ? one + "（登録がありません）"
                                   : who.staff + "（" + one + " の登録がないため）");
    case Because::has_left:
      return "担当: " +
             (is_reader ? one + "（退職）" : who.staff + "（" + one + " が退職したため）");
    case Because::away:
      return "担当: " + (is_reader ? one + "（不在）" : who.staff + "（" + one + " が不在のため）");
    case Because::delegate:
      return "担当: " +
             (is_reader ? one + "（不在）" : who.staff + "（不在の " + one + " の代理）");
    case Because::of_record:
    case Because::is_case_manager:
      break;
  }
  return "担当: " + who.staff;
}

// ---- English ------------------------------------------------------------------------------------

std::string role_en(const Line& line) {
  const Role as = line.reminder.as;
  if (as == Role::supervisor) return "supervisor";
  if (as == Role::coordinator) return "coordinator";
  return as == Role::core_center ? "core centre" : "case manager";
}

std::string state_en(Because because) {
  switch (because) {
    case Because::unknown_code:
      return "is not registered";
    case Because::has_left:
      return "has left";
    case Because::away:
    case Because::delegate:
      return "is away";
    case Because::none_named:
    case Because::of_record:
    case Because::is_case_manager:
      break;
  }
  return "";
}

// "the case manager CM-1 is away"
std::string because_en(const Acting& who, const Line& line) {
  const std::string role = role_en(line);
  if (who.because == Because::none_named) return "no " + role + " is named";
  if (who.because == Because::is_case_manager) return who.of_record + " acts as the case manager";
  return "the " + role + " " + who.of_record + " " + state_en(who.because);
}

std::string in_charge_en(const Acting& who, bool is_reader) {
  if (who.because == Because::none_named) {
    return is_reader ? "" : "Case manager: " + who.staff + " (nobody is named)";
  }
  const std::string how = state_en(who.because);
  if (is_reader) return "Case manager: " + who.of_record + " (" + how + ")";
  return "Case manager: " + who.staff + " (for " + who.of_record + ", who " + how + ")";
}

Acting with_names(const Acting& who, const Line& line) {
  return {called(line.staff_names, who.staff), who.because,
          called(line.staff_names, who.of_record)};
}

std::string role_of(const ToCall& one, bool en) {
  if (one.as == Role::coordinator) return en ? "coordinator" : "コーディネーター";
  if (one.as == Role::core_center) return en ? "core centre" : "基幹相談支援センター";
  if (one.as == Role::supervisor) return en ? "supervisor" : "管理者";
  return en ? "case manager" : "担当";
}

}  // namespace

std::string standing_in(const Line& line, Language language) {
  if (!line.stands_in) return "";
  const Acting who = with_names(*line.stands_in, line);
  const bool delegate = who.because == Because::delegate;
  if (language == Language::en) {
    return delegate ? "You are told this as the delegate of " + who.of_record + "."
                    : "You are told this because " + because_en(who, line) + ".";
  }
  return delegate ? who.of_record + " の代理としてお知らせしています。"
                  : because_ja(who, line) + "、代わりにお知らせしています。";
}

std::string whom_to_call(const Line& line, Language language) {
  const bool en = language == Language::en;
  std::string all;
  for (const ToCall& one : line.to_call) {
    all += all.empty() ? "" : " → ";
    all += role_of(one, en) + " " + called(line.staff_names, one.staff);
    if (!one.phone.empty()) all += " " + one.phone;
    if (one.away) all += en ? " (away)" : "（不在）";
  }
  if (all.empty()) return "";
  return (en ? "By telephone: " : "電話連絡先: ") + all;
}

std::string in_charge(const Line& line, Language language) {
  if (line.reminder.as == Role::case_manager) return "";
  const bool en = language == Language::en;
  if (line.acts_now) {
    const bool is_reader = line.acts_now->staff == line.reminder.staff;
    const Acting who = with_names(*line.acts_now, line);
    return en ? in_charge_en(who, is_reader) : in_charge_ja(who, is_reader);
  }
  if (line.case_manager.empty()) return "";
  return (en ? "Case manager: " : "担当: ") + called(line.staff_names, line.case_manager);
}

}  // namespace omamori
