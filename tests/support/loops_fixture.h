// Both loops driven as the daemon drives them, over a small office, at instants a test chooses:
// whoever is to be told answers as the test says.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "daemon/delivery/delivery_loop.h"
#include "daemon/reminders/decide.h"
#include "daemon/reminders/reminder_loop.h"
#include "daemon/reminders/troubles.h"
#include "daemon/runtime/turn.h"
#include "tests/support/app_fixture.h"
#include "tests/support/asked_senders.h"

namespace omamori {

// C-1 of CM-1 in OF-1 with supervisor SV-1 and core centre CC-1; an operator; endpoints "tool" and
// "ops". In June 2026 C-1 is to be visited: CM-1 hears of it on the 1st at 08:30.
class LoopsTest : public AppTest {
 protected:
  static constexpr const char* kMorning = "2026-06-01T08:30:00+09:00";
  static constexpr const char* kTaro = "taro@example.com";     // CM-1
  static constexpr const char* kJiro = "jiro@example.com";     // SV-1
  static constexpr const char* kCore = "core@example.com";     // CC-1
  static constexpr const char* kOperator = "ops@example.com";  // OP-1

  // One attempt that was made.
  struct Try {
    Instant at{};
    std::string to;
    Parcel parcel;
    bool accepted = false;
  };

  LoopsTest() {
    Config config;
    config.smtp.host = "localhost";
    config.webhooks = {{"tool", "http://localhost/", "", false, ""}};
    use({}, config);
    fill();
    start();
  }

  static std::string staff(const std::string& channels_of_cm1 = "email") {
    return "staff_code,name,role,office_code,email,channels,webhook\n"
           "CM-1,見本 太郎,case_manager,OF-1,taro@example.com," +
           channels_of_cm1 +
           ",tool\n"
           "SV-1,見本 次郎,supervisor,OF-1,jiro@example.com,email,\n"
           "CC-1,見本 三郎,core_center,,core@example.com,email,\n"
           "OP-1,見本 四郎,operator,,ops@example.com,email,\n";
  }
  // Once more: an import that changes it.
  void fill(const std::string& staff_file = staff()) {
    CsvFiles files = small_office();
    files[CsvKind::offices] = "office_code,name,supervisor,core_center\nOF-1,見本,SV-1,CC-1\n";
    files[CsvKind::staff] = staff_file;
    if (!with_check) files.erase(CsvKind::safety_checks);
    ASSERT_EQ(import(files), "");
  }

  void start() {
    reminders.reset();
    couriers.carrying.clear();
    loop = std::make_unique<DeliveryLoop>(
        *service, couriers,
        DeliveryLoop::Hooks{[this](const Delivered& d) {
                              if (d.outcome == AttemptOutcome::sent) {
                                note_told(*service, d.staff, act());
                              } else {
                                turn_again = true;
                              }
                            },
                            {}});
    ReminderLoop::World world;
    world.peers = [this] { return loop->peers(); };
    world.read_clock = [this] {
      return ClockReading{clock.now(), clock.now().time_since_epoch() - stepped, synchronised};
    };
    world.built = built;
    reminders = std::make_unique<ReminderLoop>(*service, world);
  }

  // Until neither loop has anything to do at this instant; when there may be more. A loop that
  // never comes to rest is a failure.
  std::optional<Instant> turn() {
    for (int i = 0; i < 100; ++i) {
      const Turn taken = take_turn(*reminders, *loop);
      if (!reminders->report().fallen_back.stuck.empty()) stuck = reminders->stuck();
      const bool answered = answer() || std::exchange(turn_again, false);
      if (!answered && !taken.more(clock.now())) return taken.next;
    }
    ADD_FAILURE() << "the loops do not come to rest at " << zone.local_text(clock.now());
    return {};
  }
  std::optional<Instant> turn_at(const std::string& now) {
    at(now);
    return turn();
  }
  // From wake to wake, as a daemon whose clock jumps.
  void run_to(const std::string& text) {
    const Instant to = instant(text);
    for (int i = 0; i < 2000; ++i) {
      const auto next = turn();
      if (!next || *next > to) {
        clock.set(to);
        turn();
        return;
      }
      clock.set(*next);
    }
    ADD_FAILURE() << "2000 turns before " << text;
  }

  std::vector<Try> to(const std::string& address) const {
    std::vector<Try> found;
    for (const Try& one : tries) {
      if (one.to == address) found.push_back(one);
    }
    return found;
  }
  // The instants, local, at which it was tried there.
  std::vector<std::string> when(const std::string& address) const {
    std::vector<std::string> found;
    for (const Try& one : to(address)) found.push_back(zone.local_text(one.at));
    return found;
  }
  void damage(const std::string& sql) {
    reminders.reset();
    loop.reset();
    store.reset();
    Database(directory / "omamori.db", false).exec("PRAGMA foreign_keys = OFF; " + sql);
    store = std::make_unique<Store>(directory / "omamori.db", OpenOptions{});
    use(service->policy(), service->config());
    start();
  }

  // By address; whoever is not named accepts. `held_back` are not answered at all.
  std::map<std::string, SendResult> answers;
  std::vector<std::string> held_back;
  std::vector<Try> tries;
  std::vector<Stuck> stuck;         // the last that were
  std::chrono::seconds stepped{0};  // the wall clock was set forward by this
  bool synchronised = true;
  bool with_check = false;
  bool turn_again = false;
  Instant built = Instant::min();
  AskedCouriers couriers{{smtp(), endpoint("tool")}};
  std::unique_ptr<DeliveryLoop> loop;
  std::unique_ptr<ReminderLoop> reminders;

 private:
  bool answer() {
    bool any = false;
    std::vector<AskedCouriers::Carried> kept;
    for (auto& one : std::exchange(couriers.carrying, {})) {
      const std::string& address = one.parcel.address.to;
      if (std::find(held_back.begin(), held_back.end(), address) != held_back.end()) {
        kept.push_back(std::move(one));
        continue;
      }
      const auto rule = answers.find(address);
      const SendResult result = rule == answers.end() ? accepted() : rule->second;
      tries.push_back({clock.now(), address, one.parcel, std::holds_alternative<Sent>(result)});
      one.done(result, std::chrono::milliseconds{1});
      any = true;
    }
    couriers.carrying = std::move(kept);
    return any;
  }
};

}  // namespace omamori
