#include "tests/sim/city_life.h"

#include <array>
#include <stdexcept>
#include <utility>

#include "daemon/model/calendar.h"
#include "daemon/rules/acknowledgements.h"
#include "tests/tools/sample_city.h"

namespace omamori::sim {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

constexpr int kQuietDays = 10;
constexpr std::size_t kShown = 12;  // broken promises that are shown
// Every so many days all that is remembered of a client is compared with the store.
constexpr int kReadAnew = 28;

// In even years nobody has a second channel, and another person must be told.
std::vector<Channel> channels(std::uint32_t seed) {
  if (seed % 2 == 0) return {Channel::email};
  return {Channel::email, Channel::file};
}

// The usual days under other names, and one more.
const char* const kRenamedStages = R"(
[[stage]]
name = "soon"
days = -30
to = ["case_manager"]
[[stage]]
name = "week"
days = -7
to = ["case_manager"]
[[stage]]
name = "late"
days = 1
to = ["case_manager", "supervisor"]
[[stage]]
name = "later"
days = 5
to = ["supervisor"]
[[stage]]
name = "very_late"
days = 14
to = ["case_manager", "supervisor", "core_center"]
repeat_days = 7
)";

}  // namespace

CityLife::CityLife(std::uint32_t seed, int clients, Answers answers)
    : begin_(parse_instant("2026-04-15T09:00:00+09:00").value()),
      dice_(seed),
      world_(begin_, "standard_interval_months = 3\n"),  // an empty one later is a mistake
      book_(world_),
      promises_(world_, book_) {
  world_.at_rest = [this] { look(); };
  const SampleCity city =
      sample_city({world_.zone().day_of(begin_), clients, seed, channels(seed)}, world_.zone());
  std::map<CsvKind, std::string> files;
  for (std::size_t i = 0; i < kCsvKinds; ++i) {
    const auto kind = static_cast<CsvKind>(i);
    files[kind] = sample_csv(city, kind, world_.zone());
  }
  world_.import(files);
  for (const ClientRecord& client : city.clients) clients_.push_back(client.code);
  for (const CheckRecord& check : city.checks) checks_.push_back(check.code);
  for (const StaffRecord& staff : city.staff) {
    if (staff.role == Role::case_manager) managers_.push_back(staff);
    emails_.push_back(staff.email);
  }
  if (answers == Answers::by_command) return;
  std::vector<std::string> private_words;
  for (const ClientRecord& client : city.clients) {
    private_words.push_back(client.name);
    private_words.push_back(client.certificate_no);
  }
  open_doors(seed, std::move(private_words));
}

void CityLife::open_doors(std::uint32_t seed, std::vector<std::string> private_words) {
  world_.open_doors();
  const PeopleAnswer::Around around{[this](minutes time) { pass(time); },
                                    [this](const std::string& client) { book_.imported(client); }};
  doorway_ = std::make_unique<Doorway>(world_, std::move(private_words));
  people_ = std::make_unique<PeopleAnswer>(world_, *doorway_, seed + 1, around);
  providers_ = std::make_unique<ProvidersAnswer>(world_, *doorway_, seed + 2, around);
}

void CityLife::play(int count) {
  world_.start();
  world_.settle();
  for (int day = 1; day <= count && broken_.size() < kShown; ++day) one_day(day);
  mend_everything();
  for (int day = 1; day <= kQuietDays; ++day) pass(hours{24});
  everybody_is_touched();
  look_.from_the_store.insert(clients_.begin(), clients_.end());
  look();
}

std::string CityLife::owed() {
  std::string text;
  for (const StoredItem& i : world_.store().owed_since(Instant::max())) {
    text += i.reminder.obligation + " " + i.reminder.stage + " to " + i.reminder.staff + "\n";
  }
  return text;
}

void CityLife::pass(std::chrono::seconds time) {
  world_.run_until(world_.true_now() + time);
  if (world_.running()) world_.settle();
}

void CityLife::everybody_is_touched() { look_.touched.insert(clients_.begin(), clients_.end()); }

void CityLife::a_day_has_passed(int day) {
  look_.everybody = true;
  for (std::size_t i = static_cast<std::size_t>(day % kReadAnew); i < clients_.size();
       i += kReadAnew) {
    look_.from_the_store.insert(clients_[i]);
  }
}

void CityLife::one_day(int day) {
  pass(hours{between(1, 9)});
  trouble(day);
  people_come_and_go();
  supervisors_edit();
  case_managers_work();
  pass(minutes{between(10, 500)});
  providers_work();
  people_answer();
  // To the end of the day.
  const Day next = world_.zone().day_of(world_.true_now()) + days{1};
  world_.run_until(world_.zone().start_of(next));
  a_day_has_passed(day);
  if (world_.running()) world_.settle();
}

template <typename Act>
void CityLife::event(const std::string& what, const std::string& client, Act act) {
  try {
    act();
  } catch (const std::runtime_error&) {
    return;
  }
  ++events_[what];
  if (!client.empty()) look_.touched.insert(client);
  world_.settle();
  book_.catch_up();
}

void CityLife::record(const std::string& client, const std::string& command,
                      std::map<std::string, std::string> options) {
  event(command, client, [&] { world_.run(command, options); });
}

std::string CityLife::lately() {
  const Day today = world_.service().today();
  return to_string(chance(0.8) ? today : today - days{between(1, 12)});
}

void CityLife::case_managers_work() {
  book_.catch_up();
  for (const std::string& client : clients_) {
    visit_or_announce(client);
    suspensions(client);
    if (chance(0.0001)) record(client, "end", {{"client", client}});
  }
}

void CityLife::visit_or_announce(const std::string& client) {
  bool visit = chance(0.004), contact = false, renew = false, unassigned = false;
  std::vector<std::string> announced, words;
  for (const KnownObligation& known : book_.page(client)->known) {
    const Obligation& o = known.obligation;
    using Kind = ObligationKind;
    const bool of_visit = o.kind == Kind::monitoring || o.kind == Kind::streak ||
                          o.kind == Kind::baseline || o.kind == Kind::return_;
    visit |= of_visit && chance(0.035);
    contact |= (o.kind == Kind::lapse || o.kind == Kind::concern) && chance(0.12);
    renew |= (o.kind == Kind::renewal || o.kind == Kind::expired) && chance(0.03);
    unassigned |= o.kind == Kind::unassigned && chance(0.1);
    if (why_not_acknowledged(o).empty() && chance(0.015)) announced.push_back(o.key);
    if (needs_a_word(o) && chance(0.15)) words.push_back(o.key);
  }
  // Announced, and as likely forgotten as any other visit.
  const std::string by = book_.page(client)->facts.versions.back().case_manager;
  for (const std::string& key : announced) {
    const Day day = world_.service().today() + days{between(0, 40)};
    record(client, "ack", {{"obligation", key}, {"by", by}, {"visit", to_string(day)}});
  }
  for (const std::string& key : words) {
    event("sees to it", client, [&] { world_.run("ack", {{"obligation", key}, {"by", by}}); });
  }
  if (doorway_) visit = contact = false;  // they say so themselves
  if (visit) record(client, "record monitoring", {{"client", client}, {"on", lately()}});
  if (contact) record(client, "record contact", {{"client", client}, {"on", lately()}});
  if (renew) renewal(client);
  if (unassigned || chance(0.0008)) assign(client);
}

void CityLife::renewal(const std::string& client) {
  const auto periods = world_.store().periods(client);
  const auto known = world_.store().client(client);
  if (periods.empty() || !known) return;
  const Day start = std::max(periods.back().period.end + days{1},
                             world_.service().today() - days{between(0, 20)});
  event("renewal", client, [&] {
    world_.import(
        {{CsvKind::clients, "client_code,office_code,plan_kind,decision_start,decision_end\n" +
                                client + "," + known->office + ",standby_short_stay," +
                                to_string(start) + "," + to_string(start + days{364}) + "\n"}});
    book_.imported(client);
  });
}

void CityLife::assign(const std::string& client) {
  const auto known = world_.store().client(client);
  std::vector<std::string> there;
  for (const StaffRecord& staff : managers_) {
    if (staff.office == known->office && !staff.until) there.push_back(staff.code);
  }
  if (there.empty()) return;
  const auto which = static_cast<std::size_t>(between(0, static_cast<int>(there.size()) - 1));
  record(client, "assign", {{"client", client}, {"staff", there[which]}});
}

void CityLife::suspensions(const std::string& client) {
  if (chance(0.001)) {
    std::map<std::string, std::string> options{{"client", client}, {"reason", "入院"}};
    if (chance(0.5)) {
      options["until"] = to_string(world_.service().today() + days{between(5, 60)});
    }
    record(client, "suspend", options);
  } else if (chance(0.02)) {
    record(client, "resume", {{"client", client}});
  }
}

void CityLife::providers_work() {
  for (const std::string& check : checks_) {
    if (!chance(0.035) || doorway_) continue;
    const auto known = world_.store().check(check);
    const char* outcome = chance(0.04) ? "concern" : chance(0.06) ? "unreachable" : "ok";
    record(known->client, "record check-in",
           {{"check", check}, {"outcome", outcome}, {"at", lately()}});
  }
  // Some records were wrong. Which is known to nobody but the dice.
  if (chance(0.02)) {
    const std::string id = std::to_string(between(1, 900));
    event("void", "", [&] {
      world_.run("void", {{"kind", "check-in"}, {"id", id}, {"reason", "誤り"}});
      everybody_is_touched();
    });
  }
}

void CityLife::people_answer() {
  if (!doorway_ || !world_.running()) return;
  book_.catch_up();
  people_->answer();
  providers_->answer(checks_);
  book_.catch_up();
}

void CityLife::people_come_and_go() {
  for (StaffRecord& manager : managers_) {
    if (manager.until) continue;
    if (chance(0.004)) {
      std::map<std::string, std::string> options{{"staff", manager.code}};
      if (chance(0.8)) {
        options["until"] = to_string(world_.service().today() + days{between(0, 25)});
      }
      const StaffRecord& other =
          managers_[static_cast<std::size_t>(between(0, static_cast<int>(managers_.size()) - 1))];
      if (chance(0.6) && other.code != manager.code) options["delegate"] = other.code;
      record("", "absence", options);
      everybody_is_touched();
    } else if (chance(0.0006)) {
      somebody_leaves(manager);
      return;  // the list has grown
    }
  }
}

// Their last day is known some days ahead; somebody new comes, and the clients follow one by one.
void CityLife::somebody_leaves(StaffRecord& manager) {
  const std::string head = "staff_code,name,role,office_code,email,channels,until\n";
  const Day last = world_.service().today() + days{between(0, 20)};
  const std::string channels = manager.channels.size() > 1 ? "email file" : "email";
  StaffRecord next = manager;
  next.code = "CM-N" + std::to_string(++newcomers_);
  next.email = "new" + std::to_string(newcomers_) + "@example.com";
  const auto row = [&](const StaffRecord& staff, const std::string& until) {
    return staff.code + ",見本 七,case_manager," + staff.office + "," + staff.email + "," +
           channels + "," + until + "\n";
  };
  event("leave", "", [&] {
    world_.import({{CsvKind::staff, head + row(manager, to_string(last)) + row(next, "")}});
    everybody_is_touched();
  });
  manager.until = last;
  emails_.push_back(next.email);
  managers_.push_back(std::move(next));
}

void CityLife::supervisors_edit() {
  if (!chance(0.01)) return;
  if (chance(0.35)) {
    const std::array<const char*, 4> bad{"standard_interval_months = [\n", "",
                                         "standard_intervall_months = 4\n",
                                         "[[stage]]\nname = \"only\"\ndays = 1\nto = "
                                         "[\"case_manager\"]\n"};
    world_.write_policy(bad.at(static_cast<std::size_t>(between(0, 3))));
    try {
      world_.run("reload", {{"yes", "yes"}});
      broken_.push_back("P6: a bad policy.toml was taken");
    } catch (const std::runtime_error&) {
      ++events_["bad policy"];
    }
    world_.settle();
    return;
  }
  if (chance(0.3) && overrides_.size() < 2000) {
    const std::string& client =
        clients_[static_cast<std::size_t>(between(0, static_cast<int>(clients_.size()) - 1))];
    if (overrides_.find("\"" + client + "\"") == std::string::npos) {
      overrides_ += "[[override]]\nclient = \"" + client +
                    "\"\ninterval_months = " + std::to_string(between(1, 8)) +
                    "\nfrom = " + to_string(world_.service().today() - days{between(-20, 20)}) +
                    "\nreason = \"x\"\n";
    }
  }
  const std::string head = chance(0.5) ? "send_at = \"07:45\"\nlanguage = \"en\"\n"
                                       : "lapse_response_days = 10\nextended_interval_months = 9\n";
  world_.write_policy(head + (chance(0.5) ? kRenamedStages : "") + overrides_);
  event("policy", "", [&] {
    world_.run("reload", {{"yes", "yes"}});
    everybody_is_touched();
  });
}

void CityLife::look() {
  for (const Accepted& accepted : world_.peers().take_accepted()) {
    promises_.accepted.insert(accepted.id);
    if (accepted.type == "omamori.answer") {
      doorway_->hear_answer(accepted);
      continue;
    }
    const ToldMessage message = told_message(accepted, world_.store());
    // What does not work is said even while the clock is held.
    const bool of_ours =
        !message.lines.empty() && message.lines.front().obligation.starts_with("trouble ");
    for_clients_ += of_ours ? 0 : 1;
    for (const ToldLine& line : message.lines) {
      look_.touched.insert(line.obligation.substr(0, line.obligation.find('/')));
    }
    add(once_.hear(message));
    if (doorway_) doorway_->hear(message);
  }
  if (doorway_) add(doorway_->take_broken());
  if (!world_.running() || held_ || world_.status().find("clock") != std::string::npos) return;
  ++looks_;
  add(promises_.check(look_, clients_));
  look_ = {};
}

void CityLife::add(const std::vector<std::string>& broken) {
  // Once each: what is broken stays so at every later look.
  for (const std::string& one : broken) {
    if (known_.insert(one.substr(one.find(": "))).second) broken_.push_back(one);
  }
}

}  // namespace omamori::sim
