#include "daemon/web/attendance_record.h"

#include <algorithm>
#include <utility>

#include <boost/json.hpp>

#include "daemon/import/csv/words.h"
#include "daemon/model/calendar.h"
#include "daemon/recording/undo.h"
#include "daemon/recording/urgent_before.h"
#include "daemon/reminders/receipts.h"
#include "daemon/rules/concern_answers.h"

namespace omamori {
namespace {

constexpr const char* kCheckInKind = "check-in";

AttendanceDone done_of(std::vector<DoorAct> acts, Service& service) {
  AttendanceDone done;
  done.undo_until = acts.front().at + kUndo;
  const auto fresh = std::find_if(acts.begin(), acts.end(),
                                  [](const DoorAct& act) { return !act.nonce_hash.empty(); });
  if (fresh != acts.end() && service.now() < done.undo_until) {
    done.nonce = undo_nonce(*service.token_key(), *fresh);
  }
  done.acts = std::move(acts);
  return done;
}

// Of that check there is a concern of that day which is over: another is a new one.
bool is_over(const std::string& client, const std::string& check, std::int64_t check_in,
             Service& service) {
  const auto facts = service.store().facts(client);
  if (!facts) return false;
  for (const Check& of : facts->checks) {
    if (of.code != check) continue;
    return std::any_of(of.check_ins.begin(), of.check_ins.end(), [&](const CheckIn& c) {
      return c.id == check_in && c.outcome == Outcome::concern &&
             is_settled(*facts, of, c, service.today());
    });
  }
  return false;
}

class AttendanceRecorder {
 public:
  AttendanceRecorder(const AttendanceHolder& holder, const std::string& form, Service& service)
      : holder_(holder),
        form_(form),
        service_(service),
        store_(service.store()),
        by_(service.act("link:" + holder.staff.code)) {}

  std::variant<AttendanceDone, std::vector<AttendanceError>> run(
      const std::vector<Attended>& people) {
    if (const bool none_gone = all_on_the_page(people); !none_gone) {
      // Whether there is such a check is nobody's business here.
      return std::vector<AttendanceError>{
          {"",
           "",
           {"一覧が変わりました。このページを開きなおして、もう一度選んでください",
            "the list has changed; open this page again and choose anew"}}};
    }
    const auto batch = store_.batch();
    std::vector<DoorAct> acts;
    for (const Attended& one : people) {
      DoorAct act = act_of(one);
      if (!record(one, act)) {
        return std::vector<AttendanceError>{
            {one.check, "", {"記録できませんでした", "it could not be recorded"}}};
      }
      act.id = store_.doors().put(act);
      acts.push_back(std::move(act));
    }
    note_repetitions(acts);
    owe_receipts(acts);
    batch->commit();
    return done_of(std::move(acts), service_);
  }

 private:
  bool all_on_the_page(const std::vector<Attended>& people) const {
    return std::all_of(people.begin(), people.end(),
                       [&](const Attended& one) { return holder_.find(one.check) != nullptr; });
  }

  DoorAct act_of(const Attended& one) const {
    DoorAct act;
    act.token_hash = holder_.token.hash;
    act.form_hash = form_;
    act.at = service_.now();
    act.staff = holder_.staff.code;
    act.subject = one.check;
    act.client = holder_.find(one.check)->client;
    act.made_on = service_.today();
    act.act = csv_word(one.outcome);
    act.on = one.on;
    act.record_kind = kCheckInKind;
    return act;
  }

  bool record(const Attended& one, DoorAct& act) {
    if (one.voided) {
      act.answer = kVoidedRecord;
      return true;
    }
    const auto& known = holder_.find(one.check)->check_ins;
    const auto same = std::find_if(known.begin(), known.end(), [&](const CheckIn& c) {
      const bool same_word = c.on == one.on && c.outcome == one.outcome;
      return same_word &&
             !(c.outcome == Outcome::concern && is_over(act.client, one.check, c.id, service_));
    });
    if (same != known.end()) {
      act.answer = kKnownRecord;
      act.record_id = same->id;
      act.note = one.note;
      return true;
    }
    const UrgentBefore urgent(act.client, service_);
    const std::string& by = one.by.empty() ? holder_.staff.code : one.by;
    CheckInRecord said{0, one.check, one.at, one.on, one.outcome, by, one.note, false, 0};
    said.day_alone = one.day_alone;
    const Recorded recorded = store_.record_check_in(said, by_);
    if (!recorded) return false;
    act.ended = urgent.ended_since();
    act.record_id = recorded.id;
    act.nonce_hash = hash_of(undo_nonce(*service_.token_key(), act));
    return true;
  }

  void note_repetitions(const std::vector<DoorAct>& acts) {
    const auto count = std::count_if(acts.begin(), acts.end(),
                                     [](const DoorAct& act) { return act.answer == kKnownRecord; });
    if (count == 0) return;
    const boost::json::object detail{{"act", "attendance"}, {"count", count}};
    store_.journal(by_, "door.repeated", "", holder_.token.subject, boost::json::serialize(detail));
  }

  void owe_receipts(const std::vector<DoorAct>& acts) {
    std::vector<DoorAct> fresh;
    std::copy_if(acts.begin(), acts.end(), std::back_inserter(fresh),
                 [](const DoorAct& act) { return !act.nonce_hash.empty(); });
    owe_receipt_of_attendance(service_, fresh, by_);
  }

  const AttendanceHolder& holder_;
  const std::string& form_;
  Service& service_;
  Store& store_;
  Act by_;
};

}  // namespace

std::string hash_of_form(const std::vector<Attended>& people) {
  std::string all = "attendance\n";
  for (const Attended& one : people) {
    all += one.check + ' ' + std::string(csv_word(one.outcome)) + ' ' + to_string(one.on) + ' ' +
           one.note + '\n';
  }
  return hash_of(all);
}

std::optional<AttendanceDone> attendance_answered(const AttendanceHolder& holder,
                                                  const std::string& form, Service& service) {
  auto acts = service.store().doors().answered_all(holder.token.hash, form);
  if (acts.empty()) return {};
  const bool anew = std::any_of(acts.begin(), acts.end(), [&](const DoorAct& act) {
    const bool concern = act.act == csv_word(Outcome::concern);
    return concern && service.now() >= act.at + kUndo &&
           is_over(act.client, act.subject, act.record_id, service);
  });
  if (anew) return {};
  return done_of(std::move(acts), service);
}

std::variant<AttendanceDone, std::vector<AttendanceError>> record_attendance(
    const AttendanceHolder& holder, const std::vector<Attended>& people, const std::string& form,
    Service& service) {
  return AttendanceRecorder(holder, form, service).run(people);
}

std::optional<std::vector<DoorAct>> undo_attendance(const AttendanceHolder& holder,
                                                    const std::string& nonce, Service& service) {
  const auto text = read_token(nonce);
  if (!text) return {};
  DoorRecords& doors = service.store().doors();
  auto acts = doors.all_undone_by(hash_of(*text));
  std::erase_if(acts, [](const DoorAct& act) { return act.undone_at.has_value(); });
  const bool may = !acts.empty() && std::all_of(acts.begin(), acts.end(), [&](const DoorAct& act) {
    return act.token_hash == holder.token.hash && !act.undone_at && service.now() < act.at + kUndo;
  });
  if (!may) return {};
  const auto batch = service.store().batch();
  const Act by = service.act("link:" + holder.staff.code);
  for (DoorAct& act : acts) {
    if (doors.is_said_elsewhere(act)) {
      act.answer = kStaysRecorded;
      continue;
    }
    withdraw_receipt(service, act, by);
    const Recorded voided = service.store().void_record(RecordKind::check_in, act.record_id,
                                                        "undone by who recorded it", by);
    if (!voided) return {};
  }
  // What was known already is of that form, too: sent again, it is looked at anew.
  for (const DoorAct& act : doors.answered_all(holder.token.hash, acts.front().form_hash)) {
    doors.mark_undone(act.id, service.now());
  }
  batch->commit();
  return acts;
}

}  // namespace omamori
