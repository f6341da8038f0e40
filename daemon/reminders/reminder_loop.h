// Works out who must be told what, and puts it into messages: the first two committed steps of
// telling, and what belongs to them — falling back when telling fails, telling the operator of
// trouble, and not believing a wrong clock.
//
// It does not wait: step() does everything that is due at this instant and says when to call again.
// Used from the loop's thread.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "daemon/reminders/clock_suspicion.h"
#include "daemon/reminders/compose.h"
#include "daemon/reminders/context.h"
#include "daemon/reminders/decide.h"
#include "daemon/reminders/fallback.h"

namespace omamori {

// What became of one step, for the log and for `--once`.
struct ReminderReport {
  DecideReport decided;
  ComposeReport composed;
  FallbackReport fallen_back;
};

class ReminderLoop {
 public:
  // `peers`: how the delivery loop finds its peers. `read_clock` reads both clocks.
  struct World {
    std::function<std::map<std::string, PeerState>()> peers;
    std::function<ClockReading()> read_clock;
    Instant built{};  // a clock before this is wrong
  };
  ReminderLoop(Service& service, World world);

  // Everything that is due, in bounded pieces: `service.now()` = call again at once. Nothing: there
  // is nothing ahead. Throws SqliteError if the store cannot write.
  std::optional<Instant> step();

  // Of the last step.
  const ReminderReport& report() const { return report_; }
  // What is owed too long and finds no way, at the last look (promise P1c).
  const std::vector<Stuck>& stuck() const { return stuck_; }

  // Why the clock is held; "" = it is believed.
  const std::string& clock_held() const { return hold_.why; }
  // A command may have ended the hold ("clock accept").
  void reread_clock();
  // Facts about people or settings changed: addresses may be others now.
  void people_changed();

 private:
  bool clock_is_believed(const Act& act);
  void hold_clock(const ClockSuspicion& suspicion, const Act& act);
  bool release_clock(const Act& act);
  void read_hold();
  bool decide(const Act& act);
  void owe_weekly_if_due(const Act& act);
  void settle_receipts_if_due(const Act& act);
  void fall_back_if_due(const Act& act);
  std::optional<Instant> next(const Act& act);

  Service& service_;
  Store& store_;
  World world_;
  std::optional<ClockReading> before_;
  ClockHold hold_;
  bool wait_for_clock_ = false;  // it is a little behind
  std::unique_ptr<DecideRun> run_;
  bool started_ = false;
  Instant started_at_{};
  bool held_back_ = false;  // [delivery] hold was on at the last step
  std::optional<Instant> next_fallback_;
  std::optional<Instant> next_trouble_;
  std::optional<Instant> next_peer_;
  std::optional<Instant> next_receipts_;
  std::optional<Instant> next_weekly_;
  int weekly_settings_ = -1;  // Service::settings() that next_weekly_ was found by
  std::map<std::string, PeerState> peers_seen_;
  std::vector<Stuck> stuck_;
  ReminderReport report_;
};

}  // namespace omamori
