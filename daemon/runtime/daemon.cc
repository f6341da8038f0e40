#include "daemon/runtime/daemon.h"

#include <algorithm>
#include <exception>
#include <utility>

#include <malloc.h>

#include "daemon/commands/registry.h"
#include "daemon/commands/reload.h"
#include "daemon/delivery/senders.h"
#include "daemon/model/time_math.h"
#include "daemon/reminders/troubles.h"
#include "daemon/runtime/event_log.h"
#include "daemon/runtime/log.h"
#include "daemon/runtime/turn.h"

namespace omamori {
namespace {

using std::chrono::minutes;

// A disk that is full, a database that cannot be written: tried again after this.
constexpr minutes kAfterFailure{1};
// A turn that is late by more is stuck. An import of a large city takes half a minute.
constexpr minutes kLate{2};
// Health is looked at no more often than this: it is a look at everything that is owed or waits.
constexpr std::chrono::seconds kLookAtHealth{5};
// After planning so many, the memory it took is given back.
constexpr std::size_t kManyClients = 1000;

}  // namespace

Daemon::Daemon(Service& service, Couriers& couriers, ServiceManager& manager, World world)
    : service_(service),
      manager_(manager),
      world_(std::move(world)),
      delivery_(service, couriers,
                {[this](const Delivered& delivered) { note_delivered(delivered); },
                 [this] { turn_soon(); }}),
      reminders_(service, {[this] { return delivery_.peers(); }, world_.read_clock, world_.built}),
      database_(service),
      integrity_(service),
      backups_(service, world_.aside, [this] { turn_soon(); }),
      restored_links_(service),
      retention_(service),
      events_(service.zone()) {
  beats_.period = service.config().heartbeat.period;
  service.heartbeat.watched = world_.beat != nullptr;
  service.turns.emplace();
}

void Daemon::start() {
  for (const std::string& notice : service_.notices()) log_warning(notice);
  const Reloaded loaded = reload_files(service_, world_.config_file, "omamorid", Consent::at_start);
  service_.use_notices(texts_in(Language::en, loaded.errors));
  EventLog::reloaded(loaded);
  manager_.ready();
  log_info("ready: " + std::to_string(service_.store().client_count()) + " clients, journal " +
           std::to_string(service_.store().journal().head().seq));
  turn_soon();
}

void Daemon::turn_soon() {
  if (std::exchange(turn_posted_, true)) return;
  world_.post([this] {
    turn_posted_ = false;
    turn();
  });
}

void Daemon::turn() {
  try {
    if (database_is_lost()) return;
    prove_that_it_writes();
    one_turn();
    if (!std::exchange(turns().failure, "").empty()) log_info("it works again");
    turns().failing_since.reset();
    if (!at_rest_) return;
    look_at_health();
    next_ = earlier(next_, beat_if_sound());
  } catch (const std::exception& error) {
    note_failure(error);
    next_ = service_.now() + kAfterFailure;
    look_at_health();
    withhold(why_unheard(health_, service_.zone()));
  }
  show_state(next_);
  if (!turn_posted_) world_.wake_at(next_);
}

// A turn that has nothing to write succeeds on a disk that takes nothing. After a start, and after
// a write that failed and may not be asked for again, as a command's, only one that succeeds shows
// that it is well.
void Daemon::prove_that_it_writes() {
  if (proven_ && !failing()) return;
  // Always another value: SQLite does not write what is there already.
  Store& store = service_.store();
  const std::string before = store.meta("written");
  store.set_meta("written", before == "once" ? "again" : "once");
  proven_ = true;
}

void Daemon::note_failure(const std::exception& error) {
  const std::string what = error.what();
  if (turns().failure != what) log_error("tried again in a minute: " + what);
  if (!failing()) turns().failing_since = service_.now();
  turns().failure = what;
  const auto* sqlite = dynamic_cast<const SqliteError*>(&error);
  if (sqlite && sqlite->is_damage()) note_damage(what);
}

void Daemon::note_damage(const std::string& what) {
  if (!turns().damage.empty()) return;
  turns().damage = what;
  turns().damaged_since = service_.now();
  log_error("THE DATABASE IS DAMAGED: " + what + ": stop omamorid, then omamorictl restore");
}

bool Daemon::database_is_lost() {
  const bool was_lost = !database_.lost().empty();
  const std::string& lost = database_.look();
  if (lost.empty()) {
    if (was_lost) turn_soon();
    if (std::exchange(reload_when_back_, false)) {
      world_.post([this] { reload("the database is there again"); });
    }
    return false;
  }
  withhold(lost);
  next_ = service_.now() + kAfterFailure;
  if (!stopping_) world_.wake_at(next_);
  show_state(next_);
  return true;
}

void Daemon::one_turn() {
  at_rest_ = false;
  const Turn turn = stopping_ ? take_last_turn(delivery_)
                              : take_turn(reminders_, delivery_, [this] { note_reminders(); });
  for (const std::string& row : delivery_.unreadable()) {
    log_error(row + ": this row of the database cannot be read");
    service_.store().raise_trouble("row " + row, "a message that cannot be read stays unsent",
                                   false, service_.act("omamorid"));
  }
  next_ = turn.next;
  const bool again = stopping_ ? turn.freed : turn.more(service_.now());
  if (again) turn_soon();
  if (again || stopping_) return;
  if (intake_) return take_policy_step();
  if (world_.checks_database && !integrity_.finished()) return check_integrity();
  if (std::exchange(memory_to_give_back_, false)) {
    service_.store().give_back_memory();
    malloc_trim(0);
  }
  const Act act = service_.act("omamorid");
  if (restored_links_.step(act.now)) return turn_soon();
  if (backups_.step(act) || retention_.step(act)) return turn_soon();
  next_ = earlier(earlier(next_, database_.keep_known()), backups_.next(act.now));
  next_ = earlier(next_, retention_.next(act.now));
  at_rest_ = true;
}

// One table, when there is nothing else to do at this instant.
void Daemon::check_integrity() {
  const std::string wrong = integrity_.step(service_.act("omamorid"));
  if (!wrong.empty()) note_damage(wrong);
  if (integrity_.finished()) memory_to_give_back_ = true;
  turn_soon();
}

Response Daemon::answer(const Request& request) {
  if (database_is_lost()) {
    const bool status = request.command == "status";  // has a scale of its own: 2 is down
    return {status ? Exit::usage : Exit::unavailable, "", database_.lost() + "\n"};
  }
  try {
    return answer_one(request);
  } catch (const SqliteError& error) {
    note_failure(error);
    turn_soon();
    throw;
  }
}

void Daemon::take_over() {
  delivery_.reread_peers();
  reminders_.reread_clock();
  turn_soon();
}

// Whoever only looks causes no turn: strangers may look as often as they like.
void Daemon::by_door(const std::function<void(bool has_database)>& handle) {
  if (database_is_lost()) return handle(false);
  const std::int64_t before = service_.store().journal().head().seq;
  try {
    handle(true);
  } catch (const SqliteError& error) {
    note_failure(error);
    turn_soon();
    throw;
  }
  if (service_.store().journal().head().seq != before) take_over();
}

bool Daemon::sound() {
  if (!database_.lost().empty()) return false;
  if (!health_is_fresh()) {
    health_ = health_of(service_);
    health_seen_ = service_.now();
  }
  return health_.sound();
}

// READY again whatever happens, else the service manager waits for ever. The policy is tried on
// every client, which takes seconds in a large city: done in the turns that follow.
void Daemon::reload(const std::string& why) {
  log_info(why);
  if (database_is_lost()) {
    reload_when_back_ = true;
    return;
  }
  manager_.reloading();
  try {
    const Reloaded done = reload_but_policy(service_, world_.config_file, "omamorid");
    service_.use_notices(texts_in(Language::en, done.errors));
    EventLog::reloaded(done);
    intake_.emplace(service_, "omamorid", Consent::none);
  } catch (const std::exception& error) {
    log_error(std::string("nothing was taken over: ") + error.what());
  }
  manager_.ready();
  turn_soon();
}

void Daemon::take_policy_step() {
  intake_->step();
  if (intake_->finished()) {
    const Reloaded done = intake_->result();
    intake_.reset();
    std::vector<std::string> notices = service_.notices();
    for (const Said& error : done.errors) notices.push_back(error.en);
    service_.use_notices(std::move(notices));
    EventLog::reloaded(done);
  }
  turn_soon();
}

void Daemon::stop() {
  if (std::exchange(stopping_, true)) return;
  manager_.stopping();
  manager_.status("stopping; " + std::to_string(in_flight()) + " messages on their way");
  log_info("stopping; " + std::to_string(in_flight()) + " messages on their way");
}

bool Daemon::makes_progress() const { return !next_ || service_.now() < *next_ + kLate; }

void Daemon::note_reminders() {
  const ReminderReport& report = reminders_.report();
  turns().stuck = reminders_.stuck();
  if (report.decided.clients >= kManyClients) memory_to_give_back_ = true;
  events_.reminders(report, reminders_.stuck());
}

void Daemon::note_delivered(const Delivered& delivered) {
  EventLog::delivered(delivered);
  if (delivered.outcome == AttemptOutcome::sent) {
    note_told(service_, delivered.staff, service_.act("omamorid"));
  } else {
    turn_soon();  // another channel or person may be due now, and was not when this turn began
  }
}

std::optional<Instant> Daemon::beat_if_sound() {
  if (!world_.beat) return {};
  withhold(why_unheard(health_, service_.zone()));
  // Whatever it is withheld for ends with a turn.
  if (!service_.heartbeat.withheld.empty()) return {};
  const Instant now = service_.now();
  if (!beating_ && beat_is_due(beats_, now)) {
    beating_ = true;
    beats_.last = now;
    world_.beat([this](const SendResult& result) { hear_of_beat(result); });
  }
  if (beating_) return {};  // its answer brings a turn
  return next_beat(beats_, now);
}

void Daemon::withhold(const std::string& why) {
  std::string& known = service_.heartbeat.withheld;
  if (!world_.beat || known == why) return;
  if (why.empty()) log_info("the heartbeat is said again");
  if (known.empty()) log_warning("the heartbeat is withheld: " + why);
  known = why;
}

// A heartbeat that does not arrive is for whoever waits for it to notice; here it is one line of
// the log, and of `status`.
void Daemon::hear_of_beat(const SendResult& result) {
  beating_ = false;
  turn_soon();  // which sets the alarm for the next one
  HeartbeatState& state = service_.heartbeat;
  std::string why;
  if (const auto* again = std::get_if<TryAgain>(&result)) why = again->why;
  if (const auto* no = std::get_if<Refused>(&result)) why = no->why;
  beats_.failing = !std::holds_alternative<Sent>(result);
  if (!beats_.failing) {
    state.last = service_.now();
    if (!std::exchange(state.failing, "").empty()) log_info("the heartbeat arrives again");
    return;
  }
  if (why.empty()) why = "no reason was given";
  if (state.failing.empty()) log_warning("the heartbeat does not arrive: " + why);
  state.failing = why;
}

void Daemon::show_state(std::optional<Instant> next) {
  const std::string text = state_text(next);
  if (text == shown_) return;
  shown_ = text;
  manager_.status(text);
}

// Not after each of a morning's answers or of a day's records, but soon after the last of them.
void Daemon::look_at_health() {
  if (health_is_fresh()) return no_later(next_, *health_seen_ + kLookAtHealth);
  health_ = health_of(service_);
  health_seen_ = service_.now();
}

bool Daemon::health_is_fresh() const {
  const Instant now = service_.now();
  return health_seen_ && *health_seen_ <= now && now - *health_seen_ < kLookAtHealth && !failing();
}

// What nobody else would say is said with its reason: a line has room for little.
std::string Daemon::state_text(std::optional<Instant> next) const {
  if (!database_.lost().empty()) return "degraded: " + database_.lost();
  std::string text = health_.sound() ? "sound" : "degraded: ";
  bool first = true;
  for (const Complaint& complaint : health_.complaints) {
    if (!std::exchange(first, false)) text += "; ";
    text += complaint.gravity == Gravity::unheard
                ? in_words(complaint, Language::en, service_.zone())
                : complaint.what.en;
  }
  if (!service_.heartbeat.withheld.empty()) text += "; heartbeat withheld";
  if (service_.held()) text += "; held by " + service_.hold().what.en;
  if (next) text += "; next " + service_.zone().local_text(*next);
  return text;
}

}  // namespace omamori
