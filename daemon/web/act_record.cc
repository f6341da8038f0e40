#include "daemon/web/act_record.h"

#include <algorithm>
#include <utility>

#include <boost/json.hpp>

#include "daemon/commands/registry.h"
#include "daemon/model/calendar.h"
#include "daemon/rules/acknowledgements.h"

namespace omamori {
namespace {

constexpr std::chrono::minutes kUndo{30};

struct Recording {
  std::int64_t id = 0;
  std::string means;  // in the command's words
  bool is_new = true;
};
using Outcome = std::variant<Recording, FormError>;

std::string record_kind(DoorActKind act) {
  switch (act) {
    case DoorActKind::visited:
      return "monitoring";
    case DoorActKind::will_visit:
    case DoorActKind::on_it:
      return "acknowledgement";
    case DoorActKind::contacted:
      return "contact";
  }
  return "";
}

class Recorder {
 public:
  Recorder(const ActHolder& holder, const ActForm& form, Service& service)
      : holder_(holder), form_(form), service_(service), client_(holder.facts.code) {}

  std::variant<ActDone, FormError> run() {
    const std::string form = hash_of(std::string(to_word(form_.act)) + '\n' + to_string(form_.on) +
                                     '\n' + form_.by + '\n' + form_.note);
    DoorRecords& doors = service_.store().doors();
    if (auto before = doors.answered(holder_.token.hash, form)) return done(std::move(*before));
    if (holder_.obligation.state != ObligationState::live) {
      return refused({"この件は終わっています", "this is over"});
    }
    const auto batch = service_.store().batch();
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
    act.on = form_.on;
    act.record_kind = record_kind(form_.act);
    act.record_id = recording.id;
    act.answer = recording.means;
    act.note = recording.is_new ? "" : form_.note;
    if (recording.is_new) act.nonce_hash = hash_of(nonce_of(act));
    act.id = doors.put(act);
    if (!recording.is_new) note_repetition(act);
    batch->commit();
    return done(std::move(act));
  }

 private:
  // Worked out anew for each answer, so that the same form gets the same page; without the key
  // nobody can.
  std::string nonce_of(const DoorAct& act) const {
    return make_token(*service_.token_key(), act.staff, act.token_hash + act.form_hash,
                      "undo " + to_string(act.at), 0);
  }

  ActDone done(DoorAct act) const {
    const Instant undo_until = act.at + kUndo;
    const bool can_be_undone = !act.nonce_hash.empty() && service_.now() < undo_until;
    std::string nonce = can_be_undone ? nonce_of(act) : std::string();
    Said means = meaning(act);
    return {std::move(act), std::move(means), std::move(nonce), undo_until};
  }

  static FormError refused(Said why) { return {{}, "", std::move(why)}; }
  FormError wrong(Said why) const { return {form_.act, "on", std::move(why)}; }

  Outcome record() {
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
    }
    return refused({"記録できませんでした", "it could not be recorded"});
  }

  // The same visit by two doors is one, whatever its words (P8).
  Outcome record_visit() {
    for (const MonitoringRecord& known : service_.store().monitorings(client_, form_.on)) {
      if (!known.voided) return Recording{known.id, "", false};
    }
    return command("record monitoring", {{"client", client_},
                                         {"on", to_string(form_.on)},
                                         {"by", form_.by.empty() ? holder_.staff.code : form_.by},
                                         {"note", form_.note}});
  }

  Outcome record_contact() {
    for (const Contact& known : holder_.facts.contacts) {
      if (known.on == form_.on) return Recording{known.id, "", false};
    }
    return command("record contact", {{"client", client_},
                                      {"on", to_string(form_.on)},
                                      {"by", holder_.staff.code},
                                      {"note", form_.note}});
  }

  Outcome announce_visit() {
    const Obligation& about = holder_.obligation.obligation;
    const Pause pause = pause_of(holder_.facts, about, holder_.staff.code, form_.on,
                                 service_.policy(), service_.today());
    if (!pause.until) {
      return wrong(
          {"これ以上お知らせを待つことはできません。訪問してから記録するか、"
           "管理者にご相談ください",
           "reminders cannot wait any longer: go there and record it, or ask your "
           "supervisor"});
    }
    auto outcome = command(
        "ack",
        {{"obligation", about.key}, {"by", holder_.staff.code}, {"visit", to_string(form_.on)}});
    if (auto* made = std::get_if<Recording>(&outcome)) made->means = to_string(*pause.until);
    return outcome;
  }

  Outcome command(const std::string& name, const std::map<std::string, std::string>& options) {
    Request request;
    request.command = name;
    for (const auto& [option, value] : options) {
      if (!value.empty()) request.options[option] = value;
    }
    request.actor = "link:" + holder_.staff.code;
    request.json = true;
    const Response response = run_command(request, service_);
    if (response.exit != Exit::ok) return wrong({response.err});
    const auto answer = boost::json::parse(response.out).as_object();
    Recording recording;
    recording.id = answer.at("id").as_int64();
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
    service_.store().journal(service_.act("link:" + act.staff), "door.repeated", client_,
                             act.subject, boost::json::serialize(detail));
  }

  Said meaning(const DoorAct& act) const {
    if (act.nonce_hash.empty()) {
      return {"すでに記録がありました（記録 " + std::to_string(act.record_id) + "）",
              "it was recorded already, as " + std::to_string(act.record_id)};
    }
    if (act.act == to_word(DoorActKind::will_visit)) {
      return {act.answer + " まで、この件のお知らせを待ちます",
              "reminders of this wait until " + act.answer};
    }
    if (act.act == to_word(DoorActKind::contacted)) {
      return {"連絡がとれたことを記録しました。モニタリングは訪問で完了します",
              "that they were reached is recorded; a monitoring is done by a visit"};
    }
    if (act.act == to_word(DoorActKind::on_it)) {
      return {"対応の返事を記録しました。この件は、連絡か訪問が記録されるまで続きます",
              "your word is recorded; the matter goes on until a contact or a visit is recorded"};
    }
    if (act.answer.empty()) {
      return {"この訪問で完了した月はありません", "no month is closed by this visit"};
    }
    return {act.answer + " 分のモニタリングが完了しました",
            "the monitoring of " + act.answer + " is done"};
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

std::optional<DoorAct> undo_act(const ActHolder& holder, const std::string& nonce,
                                Service& service) {
  DoorRecords& doors = service.store().doors();
  const auto text = read_token(nonce);
  if (!text) return {};
  auto act = doors.undone_by(hash_of(*text));
  if (!act || act->token_hash != holder.token.hash || act->undone_at) return {};
  if (service.now() >= act->at + kUndo) return {};
  Request request;
  request.command = "void";
  request.options = {{"kind", act->record_kind},
                     {"id", std::to_string(act->record_id)},
                     {"reason", "undone by who recorded it"}};
  request.actor = "link:" + holder.staff.code;
  const auto batch = service.store().batch();
  if (run_command(request, service).exit != Exit::ok) return {};
  doors.mark_undone(act->id, service.now());
  batch->commit();
  return act;
}

}  // namespace omamori
