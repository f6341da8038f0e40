#include "daemon/serve/serve.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <memory>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include "daemon/control/server.h"
#include "daemon/delivery/sender_threads.h"
#include "daemon/mail/receive_mail.h"
#include "daemon/runtime/build_day.h"
#include "daemon/runtime/configured_notifiers.h"
#include "daemon/runtime/daemon.h"
#include "daemon/runtime/demo_clocks.h"
#include "daemon/runtime/log.h"
#include "daemon/runtime/machine_clock.h"
#include "daemon/serve/doors.h"
#include "daemon/serve/file_watch.h"
#include "daemon/serve/side_thread.h"
#include "daemon/serve/systemd.h"
#include "daemon/serve/wall_clock_timer.h"

namespace omamori {
namespace {

namespace asio = boost::asio;

// An editor writes a file in several steps; what it left is read after so long without another.
constexpr std::chrono::milliseconds kQuiet{500};
// An orderly stop waits so long for messages that are on their way, then breaks them off.
constexpr std::chrono::seconds kGrace{8};
constexpr std::chrono::milliseconds kLookAgain{100};
// A transfer that does not heed, or a disk that takes no record, keeps nobody from stopping.
constexpr std::chrono::seconds kLastGrace{4};
// Nor does a thread that hangs in the system: together all are gone within 20 seconds.
constexpr std::chrono::seconds kThreadsEnd{4};
// A turn that failed is repeated after this where the clock stands.
constexpr std::chrono::seconds kRepeat{1};

class Host {
 public:
  Host(Opened& opened, const ServeOptions& options)
      : opened_(opened),
        options_(options),
        service_(*opened.service),
        ways_(configured_ways(service_.config(), service_.zone())),
        couriers_(ways_.lines, poster()),
        beats_(heartbeat_lines(service_.config()), poster()),
        aside_(poster()),
        signals_(io_, SIGTERM, SIGINT, SIGHUP),
        watchdog_(io_),
        stopping_(io_),
        repeat_(io_),
        alarm_(io_, [this] { daemon_.turn(); }),
        daemon_(service_, couriers_, manager_, world()),
        control_(io_, service_.config().control_socket,
                 [this](const Request& request) { return daemon_.answer(request); }),
        doors_(io_, service_, daemon_),
        policy_watch_(
            io_, service_.config().policy, kQuiet,
            [this] { daemon_.reload("policy.toml has changed"); },
            [](const std::string& problem) { log_warning(problem); }) {}

  int run() {
    for (const std::string& problem : ways_.problems) {
      log_error(problem + "; nothing goes this way until it is mended");
    }
    if (const std::string why = control_.listen(); !why.empty()) {
      log_error(why);
      return static_cast<int>(Exit::unavailable);
    }
    if (!beats_.peers().empty()) {
      log_info("heartbeat to " + url_for_log(service_.config().heartbeat.url));
    }
    wait_for_signal();
    feed_watchdog();
    doors_.open();
    daemon_.start();
    if (options_.until) run_to(*options_.until);
    io_.run();
    // One deadline for both: a heartbeat that is idle needs a moment to say goodbye, too.
    const auto deadline = std::chrono::steady_clock::now() + kThreadsEnd;
    const bool couriers_ended = couriers_.end_by(deadline);
    const bool aside_ended = aside_.end_by(deadline);
    threads_ended_ = beats_.end_by(deadline) && couriers_ended && aside_ended;
    log_info(threads_ended_ ? "stopped" : "stopped, without a thread that hangs");
    return 0;
  }

  // After run(). False: some hang, and are left to the end of the process with all they use.
  bool threads_ended() const { return threads_ended_; }

 private:
  CourierThreads::Post poster() {
    return [this](std::function<void()> work) { asio::post(io_, std::move(work)); };
  }

  Daemon::World world() {
    Daemon::World world;
    world.config_file = options_.config_file;
    const bool machine = dynamic_cast<SystemClock*>(opened_.clock.get()) != nullptr;
    world.built = machine ? kBuildDay : Instant::min();
    world.read_clock = [this, machine] {
      if (machine) return read_machine_clock();
      const Instant now = service_.now();
      return ClockReading{now, now.time_since_epoch(), true};
    };
    world.wake_at = [this](std::optional<Instant> at) { wake_at(at); };
    world.post = poster();
    world.aside = [this](std::function<void(const std::atomic<bool>&)> work,
                         std::function<void()> done) {
      aside_.run(std::move(work), std::move(done));
    };
    // A clock that jumps would say a year's heartbeats in a moment.
    if (!options_.fast && !beats_.peers().empty()) {
      world.beat = [this](std::function<void(SendResult)> done) {
        beats_.carry(beats_.peers().front(), {},
                     [done = std::move(done)](SendResult result, std::chrono::milliseconds) {
                       done(std::move(result));
                     });
      };
    }
    world.receive_mail = [this](const Request& request) {
      return receive_mail(request.files.front().bytes, request.actor, service_);
    };
    if (options_.fast) world.run_to = [this](Instant to) { return run_to(to); };
    return world;
  }

  void wake_at(std::optional<Instant> at) {
    if (ended_) return;
    if (options_.fast) return jump(at);
    const auto* shifted = dynamic_cast<ShiftedClock*>(opened_.clock.get());
    alarm_.set(at && shifted ? shifted->machine_instant(*at) : at);
  }

  // From wake to wake; stands still while a message is on its way, and while what came back cannot
  // be recorded.
  void jump(std::optional<Instant> at) {
    if (daemon_.failing()) return repeat_soon();
    if (daemon_.in_flight() > 0) return;
    auto& clock = static_cast<JumpingClock&>(*opened_.clock);
    const Instant leash = leash_.value_or(clock.now());
    if (at && *at <= leash) {
      clock.jump_to(std::max(*at, clock.now()));
      asio::post(io_, [this] { daemon_.turn(); });
    } else if (clock.now() < leash) {
      clock.jump_to(leash);
      asio::post(io_, [this] { daemon_.turn(); });
    } else if (options_.until && clock.now() >= *options_.until) {
      begin_stop("the day named by --until has come");
    }
  }

  void repeat_soon() {
    repeat_.expires_after(kRepeat);
    repeat_.async_wait([this](const boost::system::error_code& error) {
      if (!error) daemon_.turn();
    });
  }

  std::string run_to(Instant to) {
    if (to < service_.now()) return "the clock does not run backwards";
    leash_ = to;
    return "";
  }

  void wait_for_signal() {
    signals_.async_wait([this](const boost::system::error_code& error, int signal) {
      if (error) return;
      if (signal == SIGHUP) {
        daemon_.reload("asked to reload (SIGHUP)");
        return wait_for_signal();
      }
      begin_stop(signal == SIGTERM ? "asked to stop (SIGTERM)" : "asked to stop (SIGINT)");
    });
  }

  void feed_watchdog() {
    const auto interval = manager_.watchdog_interval();
    if (!interval) return;
    if (daemon_.makes_progress()) manager_.watchdog();
    watchdog_.expires_after(*interval / 3);
    watchdog_.async_wait([this](const boost::system::error_code& error) {
      if (!error) feed_watchdog();
    });
  }

  void begin_stop(const std::string& why) {
    if (std::exchange(ended_, true)) return;
    log_info(why);
    daemon_.stop();
    beats_.stop_now();
    control_.stop();
    doors_.stop();
    policy_watch_.cancel();
    alarm_.cancel();
    repeat_.cancel();
    signals_.cancel();
    stop_by_ = std::chrono::steady_clock::now() + kGrace;
    wait_for_couriers();
  }

  // Answers that come meanwhile are recorded by the turns they cause.
  void wait_for_couriers() {
    if (couriers_.carrying() == 0 && daemon_.in_flight() == 0 && doors_.all_gone()) {
      daemon_.turn();
      watchdog_.cancel();
      return;
    }
    const auto now = std::chrono::steady_clock::now();
    if (now > stop_by_) {
      couriers_.stop_now();
      doors_.cut();
    }
    if (daemon_.failing()) daemon_.turn();  // the disk may take it by now
    if (now > stop_by_ + kLastGrace) {
      log_error("stopped without recording what became of some messages: they are repeated");
      return io_.stop();
    }
    stopping_.expires_after(kLookAgain);
    stopping_.async_wait([this](const boost::system::error_code& error) {
      if (!error) wait_for_couriers();
    });
  }

  Opened& opened_;
  const ServeOptions options_;
  Service& service_;
  asio::io_context io_{1};
  SystemdManager manager_;
  Ways ways_;
  CourierThreads couriers_;
  CourierThreads beats_;  // the heartbeat's own: it keeps no message waiting, nor waits for one
  SideThread aside_;      // copies of the database are brought away and checked there
  asio::signal_set signals_;
  asio::steady_timer watchdog_;
  asio::steady_timer stopping_;
  asio::steady_timer repeat_;
  Alarm alarm_;
  Daemon daemon_;
  ControlServer control_;
  Doors doors_;
  FileWatch policy_watch_;
  std::optional<Instant> leash_;
  bool ended_ = false;
  bool threads_ended_ = true;
  std::chrono::steady_clock::time_point stop_by_;
};

}  // namespace

int serve(Opened& opened, const ServeOptions& options) {
  auto host = std::make_unique<Host>(opened, options);
  const int exit = host->run();
  if (host->threads_ended()) return exit;
  // What a thread that hangs may still touch stays as it is; only the database is closed in order.
  static_cast<void>(host.release());
  opened.store.reset();
  std::_Exit(exit);
}

}  // namespace omamori
