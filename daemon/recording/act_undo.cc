#include "daemon/recording/act_undo.h"

#include <utility>

#include "daemon/commands/registry.h"
#include "daemon/recording/undo.h"
#include "daemon/reminders/receipts.h"

namespace omamori {
namespace {

// Service goes on, or ends when it was to end before. False: somebody has said another day since.
bool take_back_end(const DoorAct& act, const Act& by, Service& service) {
  const auto facts = service.store().facts(act.client);
  if (!facts || facts->ended_on != act.on) return false;
  Request request;
  request.actor = by.actor;
  request.command = "end";
  request.options = {{"client", act.client}};
  if (act.answer.empty()) {
    request.options["undo"] = "";
  } else {
    request.options["on"] = act.answer;
  }
  return run_command(request, service).exit == Exit::ok;
}

// False: it cannot be taken back.
bool take_back(const DoorAct& act, const Act& by, Service& service) {
  if (act.record_kind.empty() || act.record_kind == kEndReport) {
    service.store().journal(by, std::string(act.act) + ".undone", act.client, act.subject, "{}");
    service.store().mark_dirty(act.client, by.now);
    return true;
  }
  if (act.record_kind == kEndOfService) return take_back_end(act, by, service);
  Request request;
  request.actor = by.actor;
  request.command = "void";
  request.options = {{"kind", act.record_kind},
                     {"id", std::to_string(act.record_id)},
                     {"reason", "undone by who recorded it"}};
  return run_command(request, service).exit == Exit::ok;
}

}  // namespace

std::optional<Undone> undo_recorded(DoorAct act, const std::string& actor, Service& service) {
  if (act.undone_at || act.nonce_hash.empty() || service.now() >= act.at + kUndo) return {};
  DoorRecords& doors = service.store().doors();
  const Act by = service.act(actor);
  const auto batch = service.store().batch();
  Undone undone{std::move(act), false};
  undone.record_stays = doors.is_said_elsewhere(undone.act);
  if (!undone.record_stays) {
    if (!take_back(undone.act, by, service)) return {};
    withdraw_receipt(service, undone.act, by);
  }
  doors.mark_undone(undone.act.id, service.now());
  batch->commit();
  return undone;
}

std::optional<Undone> undo_act(const ActHolder& holder, const std::string& nonce,
                               Service& service) {
  const auto text = read_token(nonce);
  if (!text) return {};
  auto act = service.store().doors().undone_by(hash_of(*text));
  if (!act || act->token_hash != holder.token.hash) return {};
  return undo_recorded(std::move(*act), holder.actor, service);
}

}  // namespace omamori
