// What does not work: ways out that fail, and the troubles an operator is told of.
#include "daemon/model/calendar.h"
#include "db/detail.h"
#include "db/file_words.h"
#include "db/store.h"

namespace omamori {

namespace {

constexpr std::chrono::hours kOneTrouble{24};

}  // namespace

struct Store::Troubles {
  explicit Troubles(Database& database) : db(database) {}
  Database& db;
  Statement peers{
      db,
      "SELECT name, state, failures, probes, since, next_probe_at, why FROM peer ORDER BY name"};
  Statement put_peer{db,
                     "INSERT INTO peer VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (name)"
                     " DO UPDATE SET state = ?2, failures = ?3, probes = ?4, since = ?5,"
                     " next_probe_at = ?6, why = ?7"};
  Statement peer_state{db, "SELECT state FROM peer WHERE name = ?1"};
  Statement put{db,
                "INSERT INTO trouble VALUES (?1, ?2, ?3, ?4) ON CONFLICT (subject)"
                " DO UPDATE SET obligation = ?2, detail = ?3, supervisors = ?4"};
  Statement detail{db, "UPDATE trouble SET detail = ?2 WHERE subject = ?1"};
  Statement keep_reason{db, "UPDATE obligation SET reason = ?2 WHERE key = ?1"};
  Statement live{db,
                 "SELECT t.subject, t.obligation, t.detail, t.supervisors, o.known_since FROM"
                 " trouble t JOIN obligation o ON o.key = t.obligation WHERE o.state = 'live'"
                 " ORDER BY t.subject"};
  Statement last_of{
      db,
      "SELECT t.obligation, o.ended_at, o.known_since FROM trouble t JOIN obligation o ON"
      " o.key = t.obligation WHERE t.subject = ?1"};
  Statement by_obligation{db,
                          "SELECT t.subject, t.obligation, t.detail, t.supervisors, o.known_since"
                          " FROM trouble t JOIN obligation o ON o.key = t.obligation"
                          " WHERE t.obligation = ?1"};

  static StoredTrouble trouble_of(const Cursor& row) {
    return {row.text(0), row.text(1), row.text(2), row.flag(3), row.instant(4)};
  }
};

std::shared_ptr<Store::Troubles> Store::make_troubles() {
  return std::make_shared<Troubles>(database_);
}

std::map<std::string, PeerState> Store::peers() {
  std::map<std::string, PeerState> found;
  for (Cursor rows = troubles_->peers.query(); rows.next();) {
    PeerState state;
    state.reach = from_file_word<Reach>(rows.view(1));
    state.failures = rows.number(2);
    state.probes = rows.number(3);
    state.since = rows.instant(4);
    state.next_probe_at = rows.optional_instant(5);
    state.why = rows.text(6);
    found.emplace(rows.text(0), std::move(state));
  }
  return found;
}

void Store::put_peer(const std::string& name, const PeerState& state, const Act& act) {
  Transaction transaction(database_);
  std::string before = "sound";
  {
    Cursor rows = troubles_->peer_state.query(name);
    if (rows.next()) before = rows.text(0);
  }
  const std::string word(file_word(state.reach));
  troubles_->put_peer.run(name, word, state.failures, state.probes, state.since,
                          state.next_probe_at, state.why);
  if (word != before) {
    journal_.append({act.now, act.actor, "peer." + word, "", name,
                     detail_json({{"why", text_hash(state.why)}})});
  }
  transaction.commit();
}

bool Store::raise_trouble(const std::string& subject, const std::string& detail, bool supervisors,
                          const Act& act) {
  for (const StoredTrouble& known : troubles()) {
    if (known.subject != subject) continue;
    if (known.detail != detail) troubles_->detail.run(subject, detail);
    return false;
  }
  Transaction transaction(database_);
  Obligation about;
  about.kind = ObligationKind::trouble;
  about.opened = act.today;
  about.window_from = act.today;
  about.count_from = act.today;
  about.key = "trouble/" + subject + "/" + std::to_string(act.now.time_since_epoch().count());
  Instant since = act.now;
  if (const auto goes_on = trouble_lately_ended(subject, act.now)) {
    about.key = goes_on->obligation;
    since = goes_on->since;
  }
  put_obligation(about, act, since);
  troubles_->put.run(subject, about.key, detail, supervisors);
  transaction.commit();
  return true;
}

// What comes and goes is one trouble, told once a day.
std::optional<StoredTrouble> Store::trouble_lately_ended(const std::string& subject, Instant now) {
  // That the clock is held again the operator must hear each time: until then it stays held.
  if (subject == "clock") return {};
  Cursor rows = troubles_->last_of.query(subject);
  if (!rows.next()) return {};
  const auto ended = rows.optional_instant(1);
  if (!ended || now - *ended >= kOneTrouble) return {};
  return StoredTrouble{subject, rows.text(0), "", false, rows.instant(2)};
}

bool Store::settle_trouble(const std::string& subject, const std::string& reason, const Act& act) {
  for (const StoredTrouble& known : troubles()) {
    if (known.subject == subject) {
      return end_obligation(known.obligation, ObligationState::met, reason, act);
    }
  }
  return false;
}

Recorded Store::drop_trouble(const std::string& subject, const std::string& reason,
                             const Act& act) {
  for (const StoredTrouble& known : troubles()) {
    if (known.subject != subject) continue;
    Transaction transaction(database_);
    // The journal has the reason's hash only: a person typed it.
    end_obligation(known.obligation, ObligationState::ended, "dropped by hand", act);
    troubles_->keep_reason.run(known.obligation, "dropped by hand: " + reason);
    const std::int64_t row =
        journal_.append({act.now, act.actor, "trouble.dropped", "", known.obligation,
                         detail_json({{"reason", text_keys_.hash("", reason)}})});
    transaction.commit();
    return {0, row, ""};
  }
  return {0, 0, "there is no such trouble"};
}

std::vector<StoredTrouble> Store::troubles() {
  std::vector<StoredTrouble> found;
  for (Cursor rows = troubles_->live.query(); rows.next();) {
    found.push_back(Troubles::trouble_of(rows));
  }
  return found;
}

std::optional<StoredTrouble> Store::trouble_of(const std::string& obligation) {
  Cursor rows = troubles_->by_obligation.query(obligation);
  if (!rows.next()) return std::nullopt;
  return Troubles::trouble_of(rows);
}

}  // namespace omamori
