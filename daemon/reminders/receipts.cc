#include "daemon/reminders/receipts.h"

#include <algorithm>
#include <utility>

#include "daemon/rules/recipients.h"
#include "daemon/rules/reminder_times.h"
#include "db/file_words.h"

namespace omamori {
namespace {

constexpr const char* kStage = "recorded";
// Of what a city has said in a morning: no turn of the loop is for all of it.
constexpr int kSettledAtOnce = 200;

class Owing {
 public:
  Owing(Service& service, const DoorAct& recorded, const Act& act)
      : service_(service),
        recorded_(recorded),
        act_(act),
        planning_(service.planning()),
        rules_{planning_->policy, planning_->workdays, service.zone()} {}

  void open() {
    Obligation about;
    about.kind = ObligationKind::receipt;
    about.key = receipt_key(recorded_.id);
    about.opened = about.window_from = about.count_from = act_.today;
    service_.store().put_obligation(about, act_);
  }

  void to_whom_it_is_attributed(bool at_once) {
    const Urgency urgency = at_once ? Urgency::urgent : Urgency::digest;
    const Staff* attributed = planning_->directory.staff(recorded_.staff);
    owe({recorded_.staff, attributed ? attributed->role : Role::case_manager}, urgency,
        slot_from(act_.now, rules_, urgency));
  }

  // A link that is used while they are away would be noticed by nobody for weeks.
  void to_who_stands_in(bool any_day) {
    const Directory& directory = planning_->directory;
    if (directory.absence(recorded_.staff, act_.today) == nullptr) return;
    const Staff* there = directory.present(recorded_.staff, act_.today);
    if (there == nullptr) return to_somebody_else(any_day);
    owe({there->code, there->role}, Urgency::digest, slot_from(act_.now, rules_, any_day));
  }

  void to_somebody_else(bool any_day) {
    if (const auto other = somebody_else()) {
      owe(*other, Urgency::digest, slot_from(act_.now, rules_, any_day));
    }
  }

 private:
  void owe(const Recipient& to, Urgency urgency, Instant slot) {
    Reminder reminder;
    reminder.obligation = receipt_key(recorded_.id);
    reminder.stage = kStage;
    reminder.slot = slot;
    reminder.slot_day = service_.zone().day_of(slot);
    reminder.staff = to.staff;
    reminder.as = to.as;
    reminder.urgency = urgency;
    service_.store().owe(reminder, act_);
  }

  // The next in the chain who is not the one it is attributed to.
  std::optional<Recipient> somebody_else() {
    const auto client = service_.store().client(recorded_.client);
    if (!client) return {};
    for (const Role role : {Role::supervisor, Role::core_center, Role::operator_}) {
      for (const Recipient& person : recipients(planning_->directory, client->office,
                                                client->case_manager, {role}, act_.today)) {
        if (person.staff != recorded_.staff) return Recipient{person.staff, role};
      }
    }
    return {};
  }

  Service& service_;
  const DoorAct& recorded_;
  const Act& act_;
  const std::shared_ptr<const Planning> planning_;
  const SlotRules rules_;
};

void count(const DoorAct& recorded, ReceiptOfCheckIns& counts) {
  if (recorded.act == file_word(Outcome::ok)) ++counts.ok;
  if (recorded.act == file_word(Outcome::concern)) ++counts.concern;
  if (recorded.act == file_word(Outcome::unreachable)) ++counts.unreachable;
}

void add_check_ins(DoorRecords& doors, const DoorAct& recorded, const std::string& reader,
                   Receipt& receipt) {
  ReceiptOfCheckIns& counts = receipt.check_ins.emplace();
  std::vector<DoorAct> all{recorded};
  if (reader == recorded.staff) all = doors.all_undone_by(recorded.nonce_hash);
  for (const DoorAct& one : all) {
    count(one, counts);
    for (const ObligationKind kind : one.ended) {
      const auto end = receipt.ended.end();
      if (std::find(receipt.ended.begin(), end, kind) == end) receipt.ended.push_back(kind);
    }
  }
  if (all.size() == 1) {
    counts.check = recorded.subject;
    return;
  }
  receipt.client.clear();
  receipt.record.clear();
}

}  // namespace

bool silences(const DoorAct& recorded) {
  const auto kind = act_of_word(recorded.act);
  return !recorded.ended.empty() || kind == DoorActKind::away || kind == DoorActKind::ended;
}

void owe_receipt(Service& service, const DoorAct& recorded, const Act& act, bool hears_at_once) {
  Owing owing(service, recorded, act);
  const bool at_once = silences(recorded);
  owing.open();
  if (!hears_at_once) owing.to_whom_it_is_attributed(at_once);
  owing.to_who_stands_in(at_once);
  const bool asked_anyhow = recorded.record_kind == kEndReport;  // to confirm it
  const bool not_mine = act_of_word(recorded.act) == DoorActKind::not_mine;
  if (!asked_anyhow && (at_once || not_mine)) owing.to_somebody_else(at_once);
}

void owe_receipt_of_attendance(Service& service, const std::vector<DoorAct>& recorded,
                               const Act& act) {
  if (recorded.empty()) return;
  const bool at_once = std::any_of(recorded.begin(), recorded.end(), silences);
  for (const DoorAct& one : recorded) {
    const bool first = &one == &recorded.front();
    if (!first && !silences(one)) continue;
    Owing owing(service, one, act);
    owing.open();
    if (first) {
      owing.to_whom_it_is_attributed(at_once);
      owing.to_who_stands_in(at_once);
    }
    if (silences(one)) owing.to_somebody_else(true);
  }
}

void withdraw_receipt(Service& service, const DoorAct& undone, const Act& act) {
  Store& store = service.store();
  const std::string key = receipt_key(undone.id);
  const auto planning = service.planning();
  const SlotRules rules{planning->policy, planning->workdays, service.zone()};
  store.end_obligation(key, ObligationState::withdrawn, "undone by who recorded it", act);
  for (const StoredItem& item : store.items_of_obligation(key)) {
    // What is owed still a peer may have already.
    if (item.state != ItemState::told && item.state != ItemState::owed) continue;
    Reminder word = item.reminder;
    word.stage = kWithdrawnStage;
    word.days = kWithdrawal;
    word.urgency = Urgency::digest;
    word.slot = slot_from(act.now, rules, true);
    word.slot_day = service.zone().day_of(word.slot);
    store.owe(word, act);
  }
}

bool settle_receipts(Service& service, const Act& act) {
  Store& store = service.store();
  const auto told = store.doors().receipts_told(kSettledAtOnce);
  if (told.empty()) return false;
  const auto batch = store.batch();
  for (const std::string& key : told) {
    store.end_obligation(key, ObligationState::met, "everybody concerned was told", act);
  }
  batch->commit();
  return told.size() == static_cast<std::size_t>(kSettledAtOnce);
}

std::optional<Receipt> receipt_of(Service& service, const Obligation& obligation,
                                  const std::string& reader) {
  const auto id = door_act_of(obligation.key);
  const auto recorded = id ? service.store().doors().act(*id) : std::nullopt;
  if (!recorded) return {};
  Receipt receipt;
  receipt.client = recorded->client;
  receipt.staff = recorded->staff;
  receipt.at = service.zone().local_text(recorded->at);
  receipt.on = recorded->on;
  receipt.until = recorded->until;
  receipt.awaits_confirmation = recorded->record_kind == kEndReport;
  if (recorded->record_id != 0) {
    receipt.record = recorded->record_kind + " " + std::to_string(recorded->record_id);
  }
  receipt.ended = recorded->ended;
  if (const auto kind = act_of_word(recorded->act)) {
    receipt.act = *kind;
  } else {
    add_check_ins(service.store().doors(), *recorded, reader, receipt);
  }
  return receipt;
}

}  // namespace omamori
