#include "daemon/recording/act_record.h"

#include <algorithm>
#include <utility>

#include <boost/json.hpp>

#include "daemon/commands/registry.h"
#include "daemon/model/calendar.h"
#include "daemon/recording/act_meaning.h"
#include "daemon/recording/undo.h"
#include "daemon/recording/urgent_before.h"
#include "daemon/reminders/clock_hold.h"
#include "daemon/reminders/receipts.h"
#include "daemon/rules/acknowledgements.h"
#include "daemon/rules/end_reports.h"

namespace omamori {
namespace {

struct Recording {
  std::int64_t id = 0;
  std::string means;  // in the command's words
  bool is_new = true;
};
using RecordingOrError = std::variant<Recording, FormError>;

std::string record_kind(DoorActKind act, bool supervises) {
  switch (act) {
    case DoorActKind::visited:
      return "monitoring";
    case DoorActKind::will_visit:
    case DoorActKind::on_it:
      return "acknowledgement";
    case DoorActKind::contacted:
      return "contact";
    case DoorActKind::away:
      return "suspension";
    case DoorActKind::ended:
      return supervises ? kEndOfService : kEndReport;
    case DoorActKind::not_mine:
      break;
  }
  return "";
}

// A visit, a contact and an absence have days of their own; these count from today.
bool counts_from_today(DoorActKind act) {
  switch (act) {
    case DoorActKind::will_visit:
    case DoorActKind::on_it:
    case DoorActKind::ended:
    case DoorActKind::not_mine:
      return true;
    case DoorActKind::visited:
    case DoorActKind::contacted:
    case DoorActKind::away:
      break;
  }
  return false;
}

// The operator has been told of the clock already.
const Said kNoDay{
    "いまはこの報告を受け付けられません（サーバーの日付を確認中です）。まだ何も記録していません。"
    "数時間後にもう一度お送りください。お急ぎの場合は、管理者または市担当者にご連絡ください",
    "this cannot be taken now: the date of the server is being checked. Nothing was recorded. Send "
    "it again in some hours; if it is urgent, call your supervisor"};

class Recorder {
 public:
  Recorder(const ActHolder& holder, const ActForm& form, Service& service)
      : holder_(holder), form_(form), service_(service), client_(holder.facts.code) {}

  std::variant<ActDone, FormError> run() {
    const std::string until = form_.until ? to_string(*form_.until) : "";
    const std::string form = hash_of(std::string(to_word(form_.act)) + '\n' + to_string(form_.on) +
                                     '\n' + until + '\n' + form_.by + '\n' + form_.note);
    DoorRecords& doors = service_.store().doors();
    auto before = doors.answered(holder_.token.hash, form);
    if (before && holds_still(*before)) return done(std::move(*before));
    if (holder_.obligation.state != ObligationState::live) return refused(why_over());
    if (counts_from_today(form_.act) && kept_clock_hold(service_.store())) return refused(kNoDay);
    const auto batch = service_.store().batch();
    const UrgentBefore urgent(client_, service_);
    auto outcome = record();
    if (auto* error = std::get_if<FormError>(&outcome)) return std::move(*error);
    const Recording& recording = std::get<Recording>(outcome);
    DoorAct act;
    act.token_hash = holder_.token.hash;
    act.form_hash = form;
    act.at = service_.now();
    act.staff = holder_.staff.code;
    act.subject = holder_.obligation.obligation.key;
    act.act = to_word(form_.act);
    act.client = client_;
    act.made_on = service_.today();
    if (form_.act != DoorActKind::not_mine) act.on = form_.on;
    act.until = form_.until;
    act.record_kind = record_kind(form_.act, holder_.supervises);
    act.record_id = recording.id;
    act.answer = recording.means;
    act.note = recording.is_new ? "" : form_.note;
    if (recording.is_new) act.nonce_hash = hash_of(undo_nonce(*service_.token_key(), act));
    if (recording.is_new) {
      act.ended = form_.act == DoorActKind::away ? urgent.all() : urgent.ended_since();
    }
    act.id = doors.put(act);
    if (recording.is_new) {
      owe_receipt(service_, act, by_door(), holder_.hears_at_once);
    } else {
      note_repetition(act);
    }
    batch->commit();
    return done(std::move(act));
  }

 private:
  // Of a plan or a word only the last counts, and a word not for ever.
  bool holds_still(const DoorAct& before) {
    if (before.record_kind != "acknowledgement") return true;
    const Planning& planning = *service_.planning();
    if (before.act == to_word(DoorActKind::on_it) &&
        word_holds_until(before.made_on, planning.workdays) < service_.today()) {
      return false;
    }
    const auto all = service_.store().doors().acts(holder_.token.hash);
    const auto newest = std::find_if(all.begin(), all.end(), [&](const DoorAct& act) {
      return act.act == before.act && !act.undone_at && !act.nonce_hash.empty();
    });
    return newest != all.end() && newest->id == before.id;
  }

  // Somebody else may have recorded the same, which may be why.
  Said why_over() const {
    if (!is_known()) return {"この件は終わっています", "this is over"};
    return {"この件は終わっています。同じ日の記録がすでにあります",
            "this is over; there is a record of that day already"};
  }

  bool is_known() const {
    const auto same_day = [&](const auto& record) { return record.on == form_.on; };
    const auto& visits = holder_.facts.visits;
    const auto& contacts = holder_.facts.contacts;
    if (form_.act == DoorActKind::visited) {
      return std::any_of(visits.begin(), visits.end(), same_day);
    }
    return form_.act == DoorActKind::contacted &&
           std::any_of(contacts.begin(), contacts.end(), same_day);
  }

  ActDone done(DoorAct act) const {
    const Instant undo_until = act.at + kUndo;
    const bool can_be_undone = !act.nonce_hash.empty() && service_.now() < undo_until;
    std::string nonce = can_be_undone ? undo_nonce(*service_.token_key(), act) : std::string();
    Said means = meaning_of(act);
    return {std::move(act), std::move(means), std::move(nonce), undo_until};
  }

  static FormError refused(Said why) { return {{}, "", std::move(why)}; }
  FormError wrong(Said why) const { return {form_.act, "on", std::move(why)}; }

  RecordingOrError record() {
    switch (form_.act) {
      case DoorActKind::visited:
        return record_visit();
      case DoorActKind::will_visit:
        return announce_visit();
      case DoorActKind::contacted:
        return record_contact();
      case DoorActKind::on_it:
        return command(
            "ack", {{"obligation", holder_.obligation.obligation.key}, {"by", holder_.staff.code}});
      case DoorActKind::away:
        return record_absence();
      case DoorActKind::ended:
        return holder_.supervises ? end_service() : report_end();
      case DoorActKind::not_mine:
        return report_not_mine();
    }
    return refused({"記録できませんでした", "it could not be recorded"});
  }

  // Of the same day; where it is a concern that is answered, not from before it came.
  template <class Seen>
  bool is_the_same(const Seen& known) const {
    if (known.on != form_.on) return false;
    const Obligation& about = holder_.obligation.obligation;
    for (const Check& check : holder_.facts.checks) {
      for (const CheckIn& c : check.check_ins) {
        if (c.on != known.on || c.outcome != Outcome::concern) continue;
        if (concern_key(client_, check.code, c.at) == about.key) return known.recorded_at >= c.at;
      }
    }
    return true;
  }

  // The same visit by two doors is one, whatever its words (P8).
  RecordingOrError record_visit() {
    for (const Visit& known : holder_.facts.visits) {
      if (is_the_same(known)) return Recording{known.id, "", false};
    }
    return command("record monitoring", {{"client", client_},
                                         {"on", to_string(form_.on)},
                                         {"by", form_.by.empty() ? holder_.staff.code : form_.by},
                                         {"note", form_.note}});
  }

  RecordingOrError record_contact() {
    for (const Contact& known : holder_.facts.contacts) {
      if (is_the_same(known)) return Recording{known.id, "", false};
    }
    return command("record contact", {{"client", client_},
                                      {"on", to_string(form_.on)},
                                      {"by", holder_.staff.code},
                                      {"note", form_.note}});
  }

  RecordingOrError record_absence() {
    for (const Suspension& known : holder_.facts.suspensions) {
      if (known.from == form_.on && known.until == form_.until)
        return Recording{known.id, "", false};
      if (known.until && *known.until < form_.on) continue;
      if (known.from > *form_.until) continue;
      const std::string days =
          to_string(known.from) + "〜" + (known.until ? to_string(*known.until) : "");
      return wrong({"この期間には、すでに休止の記録があります（" + days + "）",
                    "days of it are suspended already (" + days + ")"});
    }
    return command("suspend", {{"client", client_},
                               {"from", to_string(form_.on)},
                               {"until", to_string(*form_.until)},
                               {"reason", form_.note.empty() ? "入院・長期不在" : form_.note},
                               {"by", holder_.staff.code}});
  }

  RecordingOrError end_service() {
    if (holder_.facts.ended_on == form_.on) return Recording{0, "", false};
    auto outcome = command("end", {{"client", client_}, {"on", to_string(form_.on)}});
    // What was known before comes back if this is undone.
    if (auto* made = std::get_if<Recording>(&outcome); made && holder_.facts.ended_on) {
      made->means = to_string(*holder_.facts.ended_on);
    }
    return outcome;
  }

  // Their word alone does not end it: whoever supervises is asked.
  RecordingOrError report_end() {
    if (const EndReport* known = recent_end_report(holder_.facts, service_.today())) {
      if (known->on == form_.on) return Recording{known->id, "", false};
      return wrong({"利用終了は、すでに報告されています（" + to_string(known->on) +
                        "）。管理者または市担当者の確認をお待ちください",
                    "the end of service has been reported already (" + to_string(known->on) +
                        "); the supervisor confirms it"});
    }
    const EndReport reported{0, form_.on, holder_.staff.code, service_.today()};
    if (const auto seen = seen_after(holder_.facts, reported, service_.today())) {
      return wrong({"その日より後（" + to_string(*seen) + "）に、会うか連絡がとれた記録があります",
                    "they were seen or reached after that day, on " + to_string(*seen)});
    }
    service_.store().journal(
        by_door(), "end.reported", client_, holder_.obligation.obligation.key,
        boost::json::serialize(boost::json::object{{"on", to_string(form_.on)}}));
    service_.store().mark_dirty(client_, service_.now());
    return Recording{0, to_string(service_.today() + kEndReportWaits)};
  }

  RecordingOrError report_not_mine() {
    for (const DoorAct& known : service_.store().doors().acts(holder_.token.hash)) {
      const bool same = known.act == to_word(DoorActKind::not_mine) && !known.undone_at;
      if (same) return Recording{known.id, "", false};
    }
    service_.store().journal(by_door(), "not_mine.reported", client_,
                             holder_.obligation.obligation.key, "{}");
    return Recording{};
  }

  Act by_door() const { return service_.act(holder_.actor); }

  RecordingOrError announce_visit() {
    const Obligation& about = holder_.obligation.obligation;
    const Pause pause = pause_of(holder_.facts, about, holder_.staff.code, form_.on,
                                 service_.policy(), service_.today());
    if (!pause.until) {
      return wrong(
          {"これ以上お知らせを待つことはできません。訪問してから記録するか、"
           "管理者または市担当者にご相談ください",
           "reminders cannot wait any longer: go there and record it, or ask your "
           "supervisor"});
    }
    auto outcome = command(
        "ack",
        {{"obligation", about.key}, {"by", holder_.staff.code}, {"visit", to_string(form_.on)}});
    if (auto* made = std::get_if<Recording>(&outcome)) made->means = to_string(*pause.until);
    return outcome;
  }

  RecordingOrError command(const std::string& name,
                           const std::map<std::string, std::string>& options) {
    Request request;
    request.command = name;
    for (const auto& [option, value] : options) {
      if (!value.empty()) request.options[option] = value;
    }
    request.actor = holder_.actor;
    request.json = true;
    const Response response = run_command(request, service_);
    if (response.exit != Exit::ok) return wrong({response.err});
    const auto answer = boost::json::parse(response.out).as_object();
    Recording recording;
    if (const auto* id = answer.if_contains("id")) recording.id = id->as_int64();
    if (const auto* closes = answer.if_contains("closes"); closes && closes->is_string()) {
      recording.means = closes->as_string();
    }
    return recording;
  }

  void note_repetition(const DoorAct& act) {
    boost::json::object detail{{"act", act.act},
                               {"on", to_string(form_.on)},
                               {"known_as", act.record_kind + " " + std::to_string(act.record_id)},
                               {"by", form_.by.empty() ? act.staff : form_.by}};
    service_.store().journal(by_door(), "door.repeated", client_, act.subject,
                             boost::json::serialize(detail));
  }

  const ActHolder& holder_;
  const ActForm& form_;
  Service& service_;
  const std::string& client_;
};

}  // namespace

std::variant<ActDone, FormError> record_act(const ActHolder& holder, const ActForm& form,
                                            Service& service) {
  return Recorder(holder, form, service).run();
}

}  // namespace omamori
