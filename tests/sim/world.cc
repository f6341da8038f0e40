#include "tests/sim/world.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "config/holidays.h"
#include "config/policy_file.h"
#include "daemon/commands/all.h"
#include "daemon/importer.h"
#include "daemon/troubles.h"

namespace omamori::sim {
namespace {

// More rounds than this at one instant: the loops call each other for ever.
constexpr int kRounds = 300;

std::string words_of(const std::vector<FileError>& errors) {
  std::string words;
  for (const FileError& error : errors) words += to_string(error) + "\n";
  return words;
}

Policy policy_of(const std::string& text) {
  const auto parsed = parse_policy(text, "policy");
  if (!parsed.value) throw std::runtime_error(words_of(parsed.errors));
  return *parsed.value;
}

std::vector<Day> holidays_of_japan() {
  const auto parsed = load_holidays(OMAMORI_SOURCE_DIR "/config/jp-holidays.csv");
  if (!parsed.value) throw std::runtime_error(words_of(parsed.errors));
  return *parsed.value;
}

const std::map<std::string, Command>& write_commands() {
  static const auto all = [] {
    std::map<std::string, Command> into;
    add_write_commands(into);
    return into;
  }();
  return all;
}

void earliest(std::optional<Instant>& next, std::optional<Instant> at) {
  if (at && (!next || *at < *next)) next = at;
}

}  // namespace

World::World(Instant begin, const std::string& policy)
    : true_now_(begin), clock_(begin), policy_(policy_of(policy)), holidays_(holidays_of_japan()) {
  config_.smtp.host = "mail.example.jp";
  config_.smtp.from = "omamori@example.jp";
  config_.webhooks.push_back({"case-tool", "https://tool.example.jp/", "secret", false, {}});
  config_.file_directory = directory_.path() / "outbox";
  OpenOptions options;
  options.create = true;
  options.now = begin;
  store_ = std::make_unique<Store>(directory_.path() / "omamori.db", options);
  make_service();
  store_->accept_policy(policy, policy_, {}, service_->act("test"));
}

World::~World() = default;

void World::open() {
  service_.reset();
  store_.reset();
  store_ = std::make_unique<Store>(directory_.path() / "omamori.db", OpenOptions{});
  make_service();
}

void World::make_service() {
  service_ =
      std::make_unique<Service>(*store_, clock_, Service::Parts{config_, policy_, holidays_, {}});
}

void World::start() {
  if (running()) throw std::runtime_error("it runs already");
  open();
  const auto told = [this](const Delivered& delivered) {
    if (delivered.outcome != AttemptOutcome::sent) return;
    note_told(*service_, delivered.staff, service_->act("omamorid"));
  };
  delivery_ = std::make_unique<DeliveryLoop>(*service_, peers_, DeliveryLoop::Hooks{told, [] {}});
  ReminderLoop::World world;
  world.peers = [this]() -> const std::map<std::string, PeerState>& { return delivery_->peers(); };
  world.read_clock = [this] {
    return ClockReading{clock_.now(), true_now_.time_since_epoch(), true};
  };
  world.built = Instant{};
  reminders_ = std::make_unique<ReminderLoop>(*service_, std::move(world));
}

void World::kill() {
  peers_.sender_died();
  reminders_.reset();
  delivery_.reset();
  next_.reset();
  open();
}

void World::set_hold(bool hold) {
  config_.hold = hold;
  const bool was_running = running();
  if (was_running) kill();
  open();
  if (was_running) start();
}

void World::import(const std::map<CsvKind, std::string>& files) {
  CsvImport parsed;
  for (const auto& [kind, text] : files) {
    read_csv(kind, std::string(csv_word(kind)) + ".csv", text, zone_, parsed);
  }
  const ImportResult result =
      merge_import(parsed, *store_, {service_->today(), clock_.now(), zone_, 3, false});
  std::string errors;
  for (const CsvError& error : result.errors) errors += to_string(error) + "\n";
  if (!errors.empty()) throw std::runtime_error(errors);
  store_->apply_import(result.changes, {}, service_->act("test"));
  if (running()) reminders_->people_changed();
}

std::string World::run(const std::string& command,
                       const std::map<std::string, std::string>& options) {
  Request request;
  request.command = command;
  request.options = options;
  request.actor = "test";
  const Response response = write_commands().at(command)(request, *service_);
  if (response.exit != Exit::ok) throw std::runtime_error(command + ": " + response.err);
  return response.out;
}

void World::acknowledge(const std::string& obligation, const std::string& staff, Day visit_on) {
  const Recorded recorded = store_->acknowledge(obligation, staff, visit_on, service_->act("test"));
  if (!recorded) throw std::runtime_error("ack: " + recorded.refused);
}

void World::accept_clock() { reminders_->accept_clock(service_->act("test")); }

void World::set_clock_error(std::chrono::seconds error) {
  clock_error_ = error;
  move_to(true_now_);
}

void World::move_to(Instant true_time) {
  true_now_ = true_time;
  clock_.set(true_now_ + clock_error_);
}

std::optional<Instant> World::next_wake() const {
  std::optional<Instant> next = next_;
  earliest(next, peers_.next_answer());
  if (next) *next -= clock_error_;
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

void World::settle() {
  if (!running()) return;
  for (int round = 0; round < kRounds; ++round) {
    const bool answered = peers_.answer();
    next_ = reminders_->step();
    const auto delivery =
        delivery_->step(reminders_->clock_held().empty() ? DeliveryLoop::Begin::everything
                                                         : DeliveryLoop::Begin::trouble_only);
    earliest(next_, delivery);
    const auto answer = peers_.next_answer();
    const bool more = (next_ && *next_ <= clock_.now()) || (answer && *answer <= clock_.now());
    if (answered || more) continue;
    if (at_rest) at_rest();
    return;
  }
  throw std::runtime_error("the loops do not come to rest at " + zone_.local_text(clock_.now()));
}

}  // namespace omamori::sim
