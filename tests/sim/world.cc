#include "tests/sim/world.h"

#include <algorithm>
#include <fstream>
#include <stdexcept>
#include <utility>

#include "config/config_file.h"
#include "daemon/commands/registry.h"
#include "daemon/mail/receive_mail.h"
#include "daemon/model/time_math.h"
#include "daemon/reminders/clock_hold.h"
#include "tests/sim/quiet_log.h"

namespace omamori::sim {
namespace {

// More rounds than this at one instant: the loops call each other for ever.
constexpr int kRounds = 1000;

const char* const kConfig = R"([time]
zone = "ZONE"
[database]
path = "omamori.db"
[policy]
path = "policy.toml"
[smtp]
host = "mail.example.jp"
from = "omamori@example.jp"
[webhook.endpoint.case-tool]
url = "https://tool.example.jp/hooks"
secret_file = "secret"
[file]
directory = "outbox"
[delivery]
hold = )";

Config config_of(const std::filesystem::path& file) {
  const auto parsed = load_config(file);
  if (parsed.value) return *parsed.value;
  std::string words;
  for (const FileError& error : parsed.errors) words += to_string(error) + "\n";
  throw std::runtime_error(words);
}

}  // namespace

World::World(Instant begin, const std::string& policy, const Zone& zone)
    : config_file_(directory_.path() / "omamori.toml"),
      zone_(zone),
      true_now_(begin),
      clock_(begin),
      true_clock_(begin) {
  write_files();
  write_policy(policy);
  OpenOptions options;
  options.create = true;
  options.now = begin;
  store_ = std::make_unique<Store>(directory_.path() / "omamori.db", options);
  open();
}

World::~World() = default;

void World::write_files() {
  std::string text = kConfig;
  text.replace(text.find("ZONE"), 4, zone_.name());
  text += hold_ ? "true\n" : "false\n";
  if (has_doors_) {
    text += std::string("[http]\nlisten = \"127.0.0.1:8480\"\npublic_url = \"") + kPublicUrl +
            "\"\n" + "[reply]\naddress = \"omamori+{code}@example.jp\"\n";
  }
  std::ofstream(config_file_) << text;
}

void World::open() {
  const Config config = config_of(config_file_);
  doors_.reset();
  service_.reset();
  store_.reset();
  store_ = std::make_unique<Store>(config.database, OpenOptions{});
  const Act act{"test", clock_.now(), zone_.day_of(clock_.now())};
  StartPolicy policy = start_policy(*store_, config, act);
  if (!policy.policy || !policy.notices.empty()) {
    for (const std::string& notice : policy.notices) log_lines().push_back(notice);
  }
  if (!policy.policy) throw std::runtime_error("policy: " + log_lines().back());
  std::vector<std::string> notices;
  Service::Parts parts{config, *policy.policy, start_holidays(config_file_, notices), {}};
  parts.token_key = start_token_key(config, notices);
  service_ = std::make_unique<Service>(*store_, clock_, std::move(parts));
  if (!has_doors_) return;
  doors_ = std::make_unique<WebContext>(WebContext{*service_, [this] { return daemon_->sound(); }});
}

Daemon::World World::outside() {
  Daemon::World world;
  world.config_file = config_file_;
  world.read_clock = [this] {
    return ClockReading{clock_.now(), true_now_.time_since_epoch(), true};
  };
  world.wake_at = [this](std::optional<Instant> at) { next_ = at; };
  if (beats.watched) {
    world.beat = [this](std::function<void(SendResult)> done) {
      beats.said.push_back(true_now_);
      if (!beats.answer) return;
      posted_.push_back([done = std::move(done), result = *beats.answer] { done(result); });
    };
  }
  world.checks_database = checks_database;
  world.receive_mail = [this](const Request& request) {
    return omamori::receive_mail(request.files.front().bytes, request.actor, *service_);
  };
  world.post = [this](std::function<void()> function) { posted_.push_back(std::move(function)); };
  return world;
}

void World::start() {
  if (running()) throw std::runtime_error("it runs already");
  open();
  daemon_ = std::make_unique<Daemon>(*service_, peers_, manager_, outside());
  daemon_->start();
}

void World::kill() {
  peers_.sender_died();
  posted_.clear();
  next_.reset();
  daemon_.reset();
  open();
}

void World::set_hold(bool hold) {
  hold_ = hold;
  write_files();
  reread("omamori.toml has changed");
}

void World::set_policy(const std::string& text) {
  write_policy(text);
  reread("policy.toml has changed");
}

void World::reread(const std::string& why) {
  if (running()) {
    daemon_->reload(why);
  } else {
    open();
  }
}

void World::open_doors() {
  has_doors_ = true;
  write_files();
  // Not make_token_key(): the same links every time, so that a failure can be played again.
  std::ofstream(directory_.path() / "token-key") << std::string(32, 'k');
  std::filesystem::permissions(directory_.path() / "token-key", std::filesystem::perms::owner_read);
}

HttpResponse World::ask(const HttpRequest& request) {
  HttpResponse answer;
  daemon_->by_door([&](bool has_database) {
    doors_->has_database = has_database;
    answer = answer_http(request, *doors_);
  });
  return answer;
}

Response World::receive_mail(const std::string& mail) {
  Request request;
  request.command = "receive-mail";
  request.files = {{"mail", mail}};
  return ask(std::move(request));
}

std::map<std::string, std::string> World::kept_files() const {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(directory_.path())) {
    if (!entry.is_regular_file()) continue;
    files[entry.path().filename().string()] = read_file(entry.path());
  }
  return files;
}

// As omamorictl does: the daemon is asked, and only where none runs the store itself.
Response World::ask(Request request) {
  request.actor = "test";
  return running() ? daemon_->answer(request) : run_command(request, *service_);
}

void World::import(const std::map<CsvKind, std::string>& files) {
  Request request;
  request.command = "import";
  request.options["yes"] = "yes";
  for (const auto& [kind, text] : files) {
    request.files.push_back({std::string(csv_word(kind)) + ".csv", text});
  }
  const Response response = ask(std::move(request));
  if (response.exit != Exit::ok) throw std::runtime_error(response.out + response.err);
}

std::string World::run(const std::string& command,
                       const std::map<std::string, std::string>& options) {
  Request request;
  request.command = command;
  request.options = options;
  const Response response = ask(std::move(request));
  if (response.exit != Exit::ok) throw std::runtime_error(command + ": " + response.err);
  return response.out;
}

void World::write_policy(const std::string& text) {
  std::ofstream(directory_.path() / "policy.toml") << text;
}

void World::accept_clock() {
  omamori::accept_clock(*store_, "clock.accept", service_->act("test"));
  run("list", {{"kind", "staff"}});  // any command makes the loops look
}

void World::set_clock_error(std::chrono::seconds error) {
  clock_error_ = error;
  move_to(true_now_);
  if (running()) daemon_->turn();  // the timer is cancelled when the clock is set
}

void World::move_to(Instant true_time) {
  true_now_ = true_time;
  true_clock_.set(true_now_);
  clock_.set(true_now_ + clock_error_);
}

std::optional<Instant> World::next_wake() const {
  std::optional<Instant> next = next_;
  if (next) *next -= clock_error_;
  no_later(next, peers_.next_answer());
  return next;
}

void World::run_until(Instant until) {
  while (running()) {
    const auto next = next_wake();
    if (!next || *next > until) break;
    move_to(std::max(*next, true_now_));
    settle();
  }
  move_to(until);
}

bool World::run_posted() {
  if (posted_.empty()) return false;
  for (auto& function : std::exchange(posted_, {})) function();
  return true;
}

void World::settle() {
  if (!running()) return;
  for (int round = 0; round < kRounds; ++round) {
    const bool answered = peers_.answer();
    const bool ran = run_posted();
    const bool woken = next_ && *next_ <= clock_.now();
    if (woken) {
      next_.reset();
      daemon_->turn();
    }
    if (answered || ran || woken) continue;
    if (daemon_->failing() || !daemon_->makes_progress()) {
      throw std::runtime_error("a turn failed at " + zone_.local_text(clock_.now()) + ": " +
                               (log_lines().empty() ? "" : log_lines().back()));
    }
    if (at_rest) at_rest();
    return;
  }
  throw std::runtime_error("the loops do not come to rest at " + zone_.local_text(clock_.now()));
}

}  // namespace omamori::sim
