// The memory of omamori: the verbs of the domain, records in, records out.
//
// One Store per process, used from one thread. Every verb is one transaction that also writes its
// journal row; several can be made one with batch(). The store never looks at a clock: time comes
// in as `Act` or `now`. It checks what the file needs to stay sound (codes that must exist, things
// that were voided already) and answers with a reason; what a record means is decided elsewhere.
// SqliteError is thrown for what should not happen; the transaction is then undone.
//
// Callbacks of the streaming verbs must not call the store's writing verbs, nor the same verb.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/policy.h"
#include "daemon/model/digest.h"
#include "daemon/model/facts.h"
#include "daemon/model/obligation.h"
#include "daemon/model/peer.h"
#include "daemon/model/records.h"
#include "daemon/model/reminder.h"
#include "db/journal.h"
#include "db/known_file.h"
#include "db/open_file.h"
#include "db/reported_records.h"
#include "db/sqlite/database.h"
#include "db/sqlite/owner_lock.h"
#include "db/sqlite/schema.h"
#include "db/store_values.h"
#include "db/text_keys.h"

namespace omamori {

class DoorRecords;
class Erasures;
class OldRows;

class Store final : public Registry {
 public:
  // Takes the owner's lock, checks whose file it is and that it is the one that was here last,
  // migrates it. Throws OpenError with words that say what to do.
  Store(const std::filesystem::path& path, const OpenOptions& options);
  ~Store() override;

  // --- the file itself -------------------------------------------------------------------------
  // Everything until its commit() is one transaction; without commit it is undone.
  using Batch = Transaction;
  std::unique_ptr<Batch> batch();
  int migrations_applied() const { return migrations_applied_; }
  bool demo();
  Instant created_at();
  // Made once, at random: no other database has it, but its copies do.
  std::string identity();
  // Keeps beside the file, for the next opening (db/known_file.h), how far its journal has come: at
  // most once a minute, and at the end. When to be called again; nothing = it is up to date.
  std::optional<Instant> keep_known(Instant now);
  void write_known();  // the same at once
  // Why that file could not be read or written when last tried; "" = it could.
  const std::string& known_problem() const { return known_problem_; }
  std::optional<Instant> last_instant();  // acted on: the trusted clock, not journalled
  void set_last_instant(Instant now);
  // A single fact by name ("clock_hold"); "" if it was never set.
  std::string meta(const std::string& name);
  void set_meta(const std::string& name, const std::string& value);
  // Do the names of the file and its log still lead to what is open? If not, writes may be lost.
  FileFate file_fate() const;
  FileFate log_fate() const;
  const std::filesystem::path& path() const;
  // Brings all that is committed into the file itself: its log does no harm to another file then.
  void empty_log();
  // "" = sound, otherwise SQLite's complaints. Quick takes about a second per 200 MB.
  std::string check_integrity(bool quick);
  // Of one table with its indexes, quick. The first stands for the file itself.
  std::vector<std::string> tables();
  std::string check_table(const std::string& table);
  DoorRecords& doors() { return *doors_; }
  OldRows& old_rows() { return *old_rows_; }
  Erasures& erasures() { return *erasures_; }
  void compact();  // gives free pages back; needs as much room again
  // In slices, then make_one_file() (db/sqlite/sliced_copy.h). Takes the place of what is there.
  std::unique_ptr<SlicedCopy> begin_copy(const std::filesystem::path& path);
  void backup(const std::filesystem::path& path);  // at once: complete or not there
  StoreCounts counts();
  void give_back_memory();  // pages that are kept after much work

  // --- journal ---------------------------------------------------------------------------------
  // For decisions that have no verb of their own ("clock.accept", "reload").
  std::int64_t journal(const Act& act, std::string kind, std::string client, std::string subject,
                       std::string detail_json);
  Journal& journal() { return journal_; }  // what it says, and whether its chain holds

  // --- Registry: what is known, one row at a time ----------------------------------------------
  std::optional<OfficeRecord> office(const std::string& code) override;
  std::optional<StaffRecord> staff(const std::string& code) override;
  std::optional<ClientRecord> client(const std::string& code) override;
  std::vector<PeriodRecord> periods(const std::string& client) override;
  std::optional<CheckRecord> check(const std::string& code) override;
  std::vector<CheckInRecord> check_ins(const std::string& check, Day on) override;
  std::vector<MonitoringRecord> monitorings(const std::string& client, Day on) override;
  ReportedRecords& reported() override { return *reported_; }
  std::size_t client_count() override;
  std::vector<std::string> codes(Coded what) override;
  std::vector<LiveClient> live_clients(Day today) override;

  // --- records (store_import.cc, store_records.cc) ---------------------------------------------
  // All or nothing. One journal row per kind ("import", subject = kind) with counts and the file's
  // hash; `files` may name kinds without changes. Returns the journal rows.
  std::vector<std::int64_t> apply_import(const ImportChanges& changes,
                                         const std::vector<ImportFile>& files, const Act& act);

  // `id`, `voided` and `line` of the record given are ignored.
  Recorded record_monitoring(const MonitoringRecord& record, const Act& act);
  Recorded record_check_in(const CheckInRecord& record, const Act& act);
  Recorded record_contact(const ContactRecord& record, const Act& act);
  // Refused while another suspension of the client covers one of its days.
  Recorded suspend(const SuspensionRecord& record, const Act& act);
  // Sets the last suspended day of the suspension in force on `until` or later. 0 days is void's.
  Recorded resume(const std::string& client, Day until, const Act& act);
  // Gives the client to a case manager from today; "" = nobody.
  Recorded assign(const std::string& client, const std::string& case_manager, const Act& act);
  // `last_day` of service. Nothing = it goes on after all.
  Recorded end_service(const std::string& client, std::optional<Day> last_day, const Act& act);
  Recorded add_absence(const Absence& absence, const Act& act);
  // made_on is act.today. No visit: a word, 対応します. Refused for an obligation that is not live.
  Recorded acknowledge(const std::string& obligation, const std::string& staff,
                       std::optional<Day> visit_on, const Act& act);
  // Never deletes. `reason` is required and stays in the row; the journal has its hash.
  Recorded void_record(RecordKind kind, std::int64_t id, const std::string& reason, const Act& act);

  // --- reading records, in order, without voided ones (store_lists.cc) -------------------------
  void each_office(const std::function<void(const OfficeRecord&)>& each);
  // A row that cannot be read goes to `unreadable` by its code; without it, throws BadRow.
  void each_staff(const std::function<void(const StaffRecord&)>& each,
                  const std::function<void(const std::string&)>& unreadable = {});
  void each_client(const std::function<void(const ClientRecord&)>& each);
  void each_period(const std::function<void(const PeriodRecord&)>& each);
  void each_check(const std::function<void(const CheckRecord&)>& each);
  void each_check_in(const std::function<void(const CheckInRecord&)>& each);
  void each_monitoring(const std::function<void(const MonitoringRecord&)>& each);
  void each_contact(const std::function<void(const ContactRecord&)>& each);
  void each_suspension(const std::function<void(const SuspensionRecord&)>& each);
  std::optional<ClientNames> names(const std::string& client);

  // --- policy (store_policy.cc) ----------------------------------------------------------------
  // `changes` are lines for the journal, without free text. Marks every client.
  std::int64_t accept_policy(const std::string& text, const Policy& policy,
                             const std::vector<std::string>& changes, const Act& act);
  std::optional<KeptPolicy> kept_policy();
  // The one that was in force on the day, the last of its day; before the first, the first. Nothing
  // if none was ever accepted. Throws BadRow.
  std::optional<PolicyOfDays> policy_on(Day day);
  // Ascending known_from; of one day the last, and only where the terms differ.
  // Rows that cannot be read are left out and named in `unreadable`; null: they throw BadRow.
  std::vector<TermsVersion> terms_history(std::vector<std::string>* unreadable = nullptr);

  // --- facts (store_facts.cc) ------------------------------------------------------------------
  // Both throw BadRow for a client whose rows cannot be read, or of whom no version is left.
  std::optional<ClientFacts> facts(const std::string& client);
  // Every client in order of code, ended ones too. The argument is reused from call to call: copy
  // what should stay, or move it away.
  void for_each_client(const std::function<void(ClientFacts&)>& each);
  // The same; a client whose rows cannot be read goes to `unreadable` by its code and is stepped
  // over.
  void for_each_client(const std::function<void(ClientFacts&)>& each,
                       const std::function<void(const std::string&)>& unreadable);
  // The same from code `first` to code `last`, both inclusive.
  void for_each_client(std::string_view first, std::string_view last,
                       const std::function<void(ClientFacts&)>& each);
  StoredDirectory directory();
  // Another number whenever directory() or terms_history() may have another answer: people, places
  // or policies were written, or something was undone.
  std::int64_t settings_changes() const { return settings_written_ + database_.undone(); }

  // --- planning (store_plan.cc) ----------------------------------------------------------------
  // Clients who lost their place in the schedule get one and are marked; their codes.
  std::vector<std::string> restore_schedules(Instant now);
  // next_at <= now, or marked; ascending code.
  std::vector<std::string> clients_due(Instant now);
  // The earliest next_at of all; `now` if some client is marked. Nothing: no client.
  std::optional<Instant> next_client_instant(Instant now);
  std::optional<ClientSchedule> schedule(const std::string& client);
  // What was written here about a client when it was planned before. The second verb gives it
  // beside the facts, from code `first` to code `last`, in one pass; its arguments are reused from
  // call to call.
  ClientMemory memory(const std::string& client);
  void for_each_remembered(std::string_view first, std::string_view last,
                           const std::function<void(ClientFacts&, ClientMemory&)>& each);
  // Everybody; a client whose rows cannot be read goes to `unreadable` by its code and is stepped
  // over.
  void for_each_remembered(const std::function<void(ClientFacts&, ClientMemory&)>& each,
                           const std::function<void(const std::string&)>& unreadable);
  // Clears the mark and leaves the rest: planned again, and nothing else has come of it.
  void set_planned(const std::string& client);
  // Clears the mark. Without an instant `reason` must say why (P1a).
  void set_next(const std::string& client, std::optional<Instant> next, std::string_view reason);
  // Facts or policy changed at `now`: the client must be planned again.
  void mark_dirty(const std::string& client, Instant now);
  void mark_all_dirty(Instant now);

  // Inserts, updates, or opens again. Journals "obligation.opened", ".changed" or ".reopened";
  // one that is live and equal costs nothing. True if something was written. `known_since` is kept
  // of the first time it became live; nothing = act.now.
  bool put_obligation(const Obligation& obligation, const Act& act,
                      std::optional<Instant> known_since = {});
  // Ends a live one ("obligation.ended") and skips its owed items, except those in a message whose
  // outcome is unknown. `reason` is a code or generated words. True if it was live.
  bool end_obligation(const std::string& key, ObligationState state, const std::string& reason,
                      const Act& act);
  std::optional<StoredObligation> obligation(const std::string& key);
  std::vector<Obligation> live_obligations(const std::string& client);
  // All there ever were, ascending key.
  std::vector<StoredObligation> obligations(const std::string& client);
  void each_live_obligation(const std::function<void(const Obligation&)>& each);

  // --- items (store_items.cc) ------------------------------------------------------------------
  // Told, owed and dropped ones stay as they are. A skipped one becomes owed. True if it is newly
  // owed; journals "item.owed". The obligation must be in the store.
  bool owe(const Reminder& reminder, const Act& act);
  // Stores once why a stage is not told ("silence"; `reason` is a code or generated words). An owed
  // item not yet in flight becomes skipped; told and dropped ones stay. False: nothing was written.
  bool silence(const Reminder& reminder, const std::string& reason, const Act& act);
  // What each person was told or is owed about a client, ended obligations included; by id.
  std::vector<StoredItem> items_of(const std::string& client);
  std::vector<StoredItem> items_of_obligation(const std::string& key);
  // Was the same told to somebody else, or is it owed to somebody else since after `owed_after`?
  bool is_told_to_another(const Reminder& reminder, Instant owed_after);
  // "": to anybody, of any stage.
  int times_told(const std::string& obligation, const std::string& staff, const std::string& stage);
  // Owed, in no message, next_attempt_at <= now; by person, then most urgent, then slot. Rows that
  // cannot be read are left out and named in `unreadable`; null: they throw BadRow.
  std::vector<StoredItem> owed_items(Instant now, std::vector<std::string>* unreadable = nullptr);
  // Every owed item, in a message or not, first owed at or before `first`; by person.
  std::vector<StoredItem> owed_since(Instant first, std::vector<std::string>* unreadable = nullptr);
  std::optional<StoredItem> item(std::int64_t id);
  // Every message the item was in, oldest first.
  std::vector<CarriedBy> carried_by(std::int64_t item);
  // The earliest instant at which an owed item that is in no message is to be composed.
  std::optional<Instant> next_item_instant();
  // `told.staff` was told after all: nobody need be told in their place ("silence").
  void skip_substitutes(const Reminder& told, const Act& act);
  // Not before this instant: for an item nobody can be told of now.
  void postpone_item(std::int64_t item, Instant next_attempt_at);

  // --- messages (store_outbox.cc) --------------------------------------------------------------
  // Stores a composed message, binds its items, and closes `supersedes` (pending messages of the
  // same person) whose owed items must be among them or become free. Throws std::logic_error if an
  // item is not owed or is in another pending message, or an older message is in flight.
  // Journals "message.composed".
  void put_message(const NewMessage& message, const std::vector<std::string>& supersedes,
                   const Act& act);
  // Replaces words and items under the same id; items no longer listed are owed and free. False: it
  // is frozen, in flight or no longer pending, and nothing was written.
  bool recompose_message(const NewMessage& message, const Act& act);
  std::optional<StoredMessage> message(const std::string& id);
  std::optional<StoredMessage> message_outline(const std::string& id);  // without subject and texts
  // Pending, not in flight, next_attempt_at <= now; oldest first.
  std::vector<StoredMessage> due_messages(Instant now);
  // What one peer is to carry next, at most `limit`. The ids of those that cannot be read go to
  // `unreadable`.
  std::vector<StoredMessage> due_messages(Instant now, const WayOut& way, int limit,
                                          std::vector<std::string>& unreadable);
  std::optional<Instant> next_message_instant(const WayOut& way);  // the earliest of that peer
  // A refusal was not its fault: it is pending again, if it is owed still and in no other message,
  // else superseded, so that its way is not taken for one that refuses ("message.revived"). False:
  // it was not refused.
  bool revive_message(const std::string& message, const Act& act);
  // Ends a pending message that finds no way ("message.given_up"); its items are owed and free at
  // once. False if it is in flight or not pending.
  bool give_up_message(const std::string& message, const std::string& reason, const Act& act);
  // Ends a pending message whose row, or what it speaks of, cannot be read: its items are owed and
  // free for another message ("message.set_aside"), a second later: an id is made of the instant.
  void set_aside_message(const std::string& message, const Act& act);
  // Newest first; with `state` only those. Unreadable ones: as above; null: they throw BadRow.
  std::vector<StoredMessage> messages(std::optional<MessageState> state, int limit,
                                      std::vector<std::string>* unreadable = nullptr);
  // The channels and addresses at which a message to this person was refused or given up from
  // `since` to `now`, and none has been accepted since then; tests aside. Or of urgent messages
  // only. Those whose slot is more than 60 days before `since` are not looked for.
  std::vector<std::pair<Channel, std::string>> spent_ways(const std::string& staff, Instant since,
                                                          Instant now, bool urgent_only = false);
  // To this person, refused or given up after `since` and until `until`, within the same 60 days;
  // tests aside. Without words; oldest end first.
  std::vector<StoredMessage> dead_messages(const std::string& staff, Instant since, Instant until);
  // Every pending one, newest first, without words. The ids of those that cannot be read go to
  // `unreadable`.
  std::vector<StoredMessage> all_pending(std::vector<std::string>& unreadable);
  // Pending ones to this person over this channel, oldest slot first.
  std::vector<StoredMessage> pending_to(const std::string& staff, Channel channel,
                                        std::vector<std::string>* unreadable = nullptr);
  // The earliest instant at which an item or message is to be tried.
  std::optional<Instant> next_delivery_instant();
  // Before the first byte leaves: from here to record_attempt a kill means "unknown". Returns the
  // number of the attempt. Throws std::logic_error if it is not pending or already in flight.
  // `id_domain` is kept of the first attempt: what stands behind the @ of its Message-ID.
  int begin_attempt(const std::string& message, Instant at, const std::string& id_domain = {});
  // Ends the attempt that has begun ("message.attempt"). Sent: its items are told. Refused, or no
  // next attempt: its items are owed and free at once. Unknown: frozen.
  void record_attempt(const std::string& message, const AttemptEnd& end, const Act& act);
  // At start: attempts that a kill interrupted become unknown, to be tried again at act.now. A
  // message that cannot be read is set aside.
  int settle_interrupted(const Act& act);
  std::vector<StoredAttempt> attempts(const std::string& message);
  // --- ways out and troubles (store_trouble.cc) ------------------------------------------------
  // What is known of each peer that has not always worked, by name. A change of state is journalled
  // ("peer.down", "peer.sound", "peer.disabled").
  std::map<std::string, PeerState> peers();
  void put_peer(const std::string& name, const PeerState& state, const Act& act);
  // Something does not work: opens a trouble obligation, or only notes the newest detail; one that
  // ended less than a day ago goes on. True if it was opened. settle_trouble ends it, with the
  // reason; true if there was one.
  bool raise_trouble(const std::string& subject, const std::string& detail, bool supervisors,
                     const Act& act);
  bool settle_trouble(const std::string& subject, const std::string& reason, const Act& act);
  // By hand ("trouble.dropped"): refused if there is none. The reason stays in the row.
  Recorded drop_trouble(const std::string& subject, const std::string& reason, const Act& act);
  std::vector<StoredTrouble> troubles();  // that are live, ascending subject
  std::optional<StoredTrouble> trouble_of(const std::string& obligation);

  // By hand: try now, or never again. A dropped message's items are dropped with the reason.
  Recorded retry_message(const std::string& message, const Act& act);
  Recorded drop_message(const std::string& message, const std::string& reason, const Act& act);

 private:
  // The statements of one .cc each, whose type is known to that file alone (hence shared).
  friend class ImportWriter;
  struct Records;
  struct Lists;
  struct PolicyTables;
  struct Facts;
  struct Planning;
  struct Memory;
  struct Items;
  struct Outbox;
  struct Troubles;
  std::shared_ptr<Records> make_records();
  std::shared_ptr<Lists> make_lists();
  std::shared_ptr<PolicyTables> make_policy();
  std::shared_ptr<Facts> make_facts();
  std::shared_ptr<Planning> make_planning();
  std::shared_ptr<Memory> make_memory();
  std::shared_ptr<Items> make_items();
  std::shared_ptr<Outbox> make_outbox();
  std::shared_ptr<Troubles> make_troubles();

  void write_meta_of_new_file(const OpenOptions& options);

  // What the journal says of one record. `subject` "" = the table and id of the row inserted;
  // `client` "" = every client may be concerned.
  struct RecordJournal {
    std::string kind, table, client, subject, detail;
  };
  Recorded write_record(const Act& act, const RecordJournal& about,
                        const std::function<void(std::int64_t)>& insert);
  std::optional<StoredTrouble> trouble_lately_ended(const std::string& subject, Instant now);
  void release_items(const std::string& message, Instant next_attempt_at);

  OwnerLock lock_;
  KnownFile known_file_;
  std::optional<KnownDatabase> known_;  // as it is on disk
  std::optional<Instant> known_at_;     // when keep_known() last wrote it
  std::string known_problem_;
  Database database_;
  int migrations_applied_;
  std::int64_t settings_written_ = 0;
  Journal journal_;
  TextKeys text_keys_;
  Statement meta_get_;
  Statement meta_set_;
  std::shared_ptr<Records> records_;
  std::shared_ptr<Lists> lists_;
  std::shared_ptr<PolicyTables> policy_;
  std::shared_ptr<Facts> facts_;
  std::shared_ptr<Planning> planning_;
  std::shared_ptr<Memory> memory_;
  std::shared_ptr<Items> items_;
  std::shared_ptr<Outbox> outbox_;
  std::shared_ptr<Troubles> troubles_;
  std::shared_ptr<DoorRecords> doors_;
  std::shared_ptr<ReportedRecords> reported_;
  std::shared_ptr<OldRows> old_rows_;
  std::shared_ptr<Erasures> erasures_;
  std::optional<OpenFile> file_;  // from the end of the opening
  std::optional<OpenFile> log_;
};

}  // namespace omamori
