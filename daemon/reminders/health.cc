#include "daemon/reminders/health.h"

#include <algorithm>
#include <utility>

#include "daemon/text/phrases_trouble.h"

namespace omamori {
namespace {

// A client that is due, or waits to be planned, for longer than this has nobody looking at it.
constexpr std::chrono::minutes kPatience{10};
// Copies of the database are made daily.
constexpr std::chrono::days kCopyIsOld{2};

std::string plural(std::int64_t count, const std::string& thing, const std::string& rest) {
  return std::to_string(count) + " " + thing + (count == 1 ? "" : "s") + " " + rest;
}

Said restore_a_backup() {
  return {"omamorid を止め、omamorictl restore でバックアップから復元する（壊れたファイルは残る）",
          "stop omamorid and restore a backup: omamorictl restore (the damaged file is kept)"};
}

// SQLite's words for the disk that is full and for the file that is damaged.
Said what_mends(const std::string& failure) {
  if (failure.find("is full") != std::string::npos) {
    return {"データベースのあるディスクに場所を空ける。空けば自動で続く",
            "make room on the disk of the database; it goes on by itself"};
  }
  if (failure.find("malformed") != std::string::npos) return restore_a_backup();
  return {"ディスクを確かめる（dmesg、omamorictl doctor）。1分ごとに再試行する",
          "look at the disk (dmesg, omamorictl doctor); it is tried again every minute"};
}

class Judge {
 public:
  explicit Judge(const HealthFacts& facts) : facts_(facts) {}

  Health run() {
    look_at_running();
    look_at_turns();
    look_at_file();
    look_at_clock();
    look_at_waiting();
    look_at_notices();
    look_at_messages();
    look_at_rows();
    look_at_clients();
    look_at_peers();
    look_at_troubles();
    look_at_heartbeat();
    look_at_doors();
    look_at_copies();
    return std::move(health_);
  }

 private:
  Complaint& add(Gravity gravity, const std::string& subject, Said what, Said to_do) {
    health_.complaints.push_back(
        {gravity, subject, std::move(what), std::nullopt, "", std::move(to_do)});
    return health_.complaints.back();
  }

  const StoredTrouble* trouble(const std::string& subject) const {
    const auto found =
        std::find_if(facts_.troubles.begin(), facts_.troubles.end(),
                     [&](const StoredTrouble& known) { return known.subject == subject; });
    return found == facts_.troubles.end() ? nullptr : &*found;
  }

  void look_at_running() {
    if (facts_.daemon_runs) return;
    Complaint& is = add(Gravity::see_to_it, "omamorid",
                        {"omamorid が動いていない。誰にも知らせていない",
                         "omamorid is not running, nobody is reminded"},
                        {"systemctl start omamorid", "systemctl start omamorid"});
    is.since = facts_.last_acted;
    if (!facts_.last_acted) is.what = {"omamorid が一度も動いていない", "omamorid has never run"};
  }

  void look_at_turns() {
    if (facts_.turns.failure.empty()) return;
    Complaint& is =
        add(Gravity::unheard, "turn",
            {"直前の処理を書き込めず、何も送れていない", "the last turn failed, nothing is sent"},
            what_mends(facts_.turns.failure));
    is.since = facts_.turns.failing_since;
    is.detail = facts_.turns.failure;
  }

  void look_at_file() {
    const StoredTrouble* known = trouble("database");
    std::string damage = facts_.turns.damage;
    if (damage.empty()) damage = facts_.unreadable_file;
    if (damage.empty() && known) damage = known->detail;
    if (damage.empty()) return;
    Complaint& is =
        add(Gravity::unheard, "database", {"データベースが壊れている", "the database is damaged"},
            restore_a_backup());
    is.since = facts_.turns.damaged_since;
    if (known) is.since = known->since;
    is.detail = damage;
  }

  void look_at_clock() {
    if (facts_.clock_hold.empty()) return;
    Complaint& is =
        add(Gravity::unheard, "clock",
            {"時刻を信用できず、送信を止めている", "the clock is not trusted, nothing is sent"},
            {"時刻を直す。正しいなら omamorictl clock accept",
             "set it right; if it is right: omamorictl clock accept"});
    if (const StoredTrouble* known = trouble("clock")) is.since = known->since;
    is.detail = facts_.clock_hold;
  }

  // A pause for maintenance alarms nobody, one that was forgotten does.
  void look_at_waiting() {
    if (!facts_.held) {
      for (const Waiting& person : facts_.waiting) look_at_person(person);
      return;
    }
    std::int64_t items = 0;
    std::optional<Instant> since;
    for (const Waiting& person : facts_.waiting) {
      items += static_cast<std::int64_t>(person.items);
      if (!since || person.since < *since) since = person.since;
    }
    if (items == 0) return;
    add(Gravity::unheard, "hold",
        {facts_.hold.what.ja + " が " + std::to_string(items) + " 件を留め置いている",
         facts_.hold.what.en + " keeps back " + plural(items, "item", "owed for too long")},
        facts_.hold.to_do)
        .since = since;
  }

  void look_at_person(const Waiting& person) {
    const auto items = static_cast<std::int64_t>(person.items);
    const std::string who = person.staff.empty() ? "an operator nobody knows" : person.staff;
    const std::string ja =
        (person.staff.empty() ? std::string("（運用担当者が未登録）") : person.staff) + " あての " +
        std::to_string(items) + " 件が届いていない";
    const bool heard = person.told_elsewhere;
    Said what{
        heard ? ja : ja + "。代わりの人にも届いていない",
        plural(items, "item", "owed to " + who) +
            (heard ? " for longer than fallback_after" : " cannot be told, nor to anybody else")};
    // Only where the list has it: a server that puts everybody off is no trouble by itself.
    const bool listed = trouble("person " + person.staff) != nullptr;
    Said to_do{
        listed ? "omamorictl trouble list に対処がある" : "omamorictl outbox list で理由が分かる",
        listed ? "omamorictl trouble list says what to do"
               : "omamorictl outbox list and outbox show ID say why"};
    add(heard ? Gravity::untold : Gravity::unheard, "waiting:" + person.staff, std::move(what),
        std::move(to_do))
        .since = person.since;
  }

  void look_at_notices() {
    for (const std::string& notice : facts_.notices) {
      add(Gravity::untold, "start", notice,
          {"直して omamorictl reload、または omamorid を再起動する",
           "correct it; omamorictl reload, or restart omamorid"});
    }
  }

  void look_at_messages() {
    const std::int64_t dead = facts_.counts.dead_messages;
    if (dead == 0) return;
    add(Gravity::see_to_it, "messages",
        {std::to_string(dead) + " 通が断られたか期限切れになった",
         plural(dead, "message", "refused or expired")},
        {"omamorictl outbox list と outbox show ID に理由がある。職員ファイルを直す",
         "omamorictl outbox list and outbox show ID say why; correct the staff file, omamorictl "
         "explain CLIENT shows what is owed"});
  }

  void look_at_rows() {
    for (const std::string& row : facts_.unreadable_rows) {
      add(Gravity::untold, "row",
          {row + ": 行が読めず、使われていない", row + ": the row cannot be read and is left out"},
          {"CSV から取り込み直すか、バックアップから復元する",
           "import it again or restore a backup"});
    }
    if (facts_.unreadable_obligation.empty()) return;
    add(Gravity::untold, "row", {"読めない案件がある", "an obligation cannot be read"},
        {"バックアップから復元する", "restore a backup"})
        .detail = facts_.unreadable_obligation;
  }

  bool listed_clients() const {
    return std::any_of(
        facts_.troubles.begin(), facts_.troubles.end(),
        [](const StoredTrouble& known) { return known.subject.starts_with("client "); });
  }

  void look_at_clients() {
    const StoreCounts& counts = facts_.counts;
    if (counts.unplanned_clients > 0) {
      const std::string count = std::to_string(counts.unplanned_clients);
      add(Gravity::untold, "clients",
          {"利用者 " + count + " 人の予定を立てられない",
           plural(counts.unplanned_clients, "client", "could not be planned")},
          listed_clients() ? Said{"omamorictl trouble list にだれか、なぜかがある",
                                  "omamorictl trouble list says which and why"}
                           : Said{"omamorictl check で確かめる。omamorid も毎日試す",
                                  "look at omamorictl check; omamorid tries again by itself"});
    }
    if (counts.unscheduled_clients > 0) {
      const std::string count = std::to_string(counts.unscheduled_clients);
      add(Gravity::see_to_it, "clients",
          {"利用者 " + count + " 人が見守りの予定にない",
           plural(counts.unscheduled_clients, "client", "without a place in the schedule")},
          {"omamorid が起動したときに作る", "omamorid gives it one when it starts"});
    }
    look_at_late_clients();
  }

  // Where nobody acts at all that has been said already, with what to do.
  void look_at_late_clients() {
    const Instant long_ago = facts_.now - kPatience;
    const bool explained = !facts_.daemon_runs || !facts_.turns.failure.empty() ||
                           !facts_.clock_hold.empty() || !facts_.unreadable_file.empty();
    if (explained) return;
    const Said to_do{"journalctl -u omamorid で何をしているか確かめる",
                     "see what omamorid does: journalctl -u omamorid"};
    const bool nobody_acted = facts_.last_acted.value_or(facts_.created) < long_ago;
    if (facts_.counts.dirty_clients > 0 && nobody_acted) {
      const std::string count = std::to_string(facts_.counts.dirty_clients);
      add(Gravity::untold, "clients",
          {"利用者 " + count + " 人の予定が立てられないまま",
           plural(facts_.counts.dirty_clients, "client", "waiting to be planned")},
          to_do);
    } else if (facts_.next_client && *facts_.next_client < long_ago) {
      add(Gravity::untold, "clients",
          {"利用者の見直しが遅れている", "a client should have been looked at"}, to_do)
          .since = facts_.next_client;
    }
  }

  void look_at_peers() {
    for (const PeerView& peer : facts_.peers) {
      if (peer.state.reach == Reach::sound) continue;
      const bool disabled = peer.state.reach == Reach::disabled;
      Said what{peer.name + (disabled ? " を止めている" : " につながらない") +
                    (peer.configured ? "" : "（今の設定にはない）"),
                peer.name + " is " + std::string(to_word(peer.state.reach)) +
                    (peer.configured ? "" : " and not configured any more")};
      const std::string enable = "omamorictl endpoint enable " + short_name(peer.name);
      Complaint& is =
          add(peer.configured ? Gravity::untold : Gravity::see_to_it, "peer:" + peer.name,
              std::move(what),
              disabled ? Said{"直ったら " + enable, "when it is back: " + enable}
                       : Said{"omamorictl doctor で確かめる。直れば自動で送る",
                              "look at omamorictl doctor; it is tried again by itself"});
      is.since = peer.state.since;
      is.detail = peer.state.why;
    }
  }

  void look_at_troubles() {
    for (const StoredTrouble& known : facts_.troubles) {
      if (known.subject == "database") continue;  // the file, above
      if (known.subject == "clock" && !facts_.clock_hold.empty()) continue;
      const auto headline = [&](Language language) {
        return trouble_words(known.subject, Role::operator_, language).headline;
      };
      add(Gravity::see_to_it, "trouble:" + known.subject,
          {known.subject + ": " + headline(Language::ja),
           "trouble: " + known.subject + ": " + headline(Language::en)},
          {"omamorictl trouble list に対処がある", "omamorictl trouble list says what to do"})
          .since = known.since;
    }
  }

  void look_at_heartbeat() {
    if (facts_.heartbeat_failing.empty()) return;
    add(Gravity::see_to_it, "heartbeat",
        {"ハートビートが届かない", "the heartbeat does not arrive"},
        {"omamori.toml の [heartbeat] url と、受け取る側を確かめる",
         "look at [heartbeat] url in omamori.toml, and at who waits for it"})
        .detail = facts_.heartbeat_failing;
  }

  // Everybody is told all the same; but what they answer comes to nobody.
  void look_at_doors() {
    if (facts_.doors_failing.empty()) return;
    add(Gravity::see_to_it, "doors",
        {"受付が開いておらず、リンクからの回答が届かない",
         "the doors are not open, nobody can answer by a link"},
        {"omamori.toml の [http] を直し、omamorid を再起動する。1分ごとに再試行する",
         "correct [http] in omamori.toml and restart omamorid; it is tried again every minute"})
        .detail = facts_.doors_failing;
  }

  // Why one fails is a trouble of its own, above.
  void look_at_copies() {
    if (!facts_.copies_expected_since || trouble("backup")) return;
    if (facts_.now - *facts_.copies_expected_since <= kCopyIsOld) return;
    const bool none = !facts_.newest_copy;
    add(Gravity::see_to_it, "backup",
        none ? Said{"バックアップがまだ一度も取れていない", "no backup was made yet"}
             : Said{"最新のバックアップが古い", "the newest backup is old"},
        {"omamorictl backup で取り、失敗する理由を確かめる",
         "omamorictl backup makes one, or says why it cannot"})
        .since = facts_.copies_expected_since;
  }

  const HealthFacts& facts_;
  Health health_;
};

}  // namespace

Health judge(const HealthFacts& facts) { return Judge(facts).run(); }

Health health_of(Service& service) { return judge(read_health_facts(service)); }

std::string in_words(const Complaint& complaint, Language language, const Zone& zone) {
  std::string text = complaint.what.in(language);
  if (complaint.since) {
    const std::string since = zone.local_text(*complaint.since);
    text += language == Language::ja ? "（" + since + " から）" : " (since " + since + ")";
  }
  if (!complaint.detail.empty()) text += ": " + complaint.detail;
  return text;
}

std::string why_unheard(const Health& health, const Zone& zone) {
  std::string first;
  int more = 0;
  for (const Complaint& complaint : health.complaints) {
    if (complaint.gravity != Gravity::unheard) continue;
    if (first.empty()) {
      first = in_words(complaint, Language::en, zone);
    } else {
      ++more;
    }
  }
  return more == 0 ? first : first + "; and " + std::to_string(more) + " more";
}

}  // namespace omamori
