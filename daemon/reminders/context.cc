#include "daemon/reminders/context.h"

#include <algorithm>

#include "config/holidays.h"
#include "config/policy_change.h"
#include "config/policy_file.h"
#include "daemon/doors/token_key.h"
#include "daemon/reminders/restored.h"

namespace omamori {

// Compiled in by the build from config/jp-holidays.csv.
extern const char* const kBuiltinHolidays;

namespace {

std::vector<std::string> codes_of_offices(Store& store) {
  std::vector<std::string> codes;
  store.each_office([&](const OfficeRecord& office) { codes.push_back(office.code); });
  return codes;
}

std::vector<std::string> known_clients_named(Store& store, const Policy& policy) {
  std::vector<std::string> codes;
  for (const Override& o : policy.terms.overrides) {
    try {
      if (store.client(o.client)) codes.push_back(o.client);
    } catch (const BadRow&) {
      codes.push_back(o.client);  // known, whatever its row says
    }
  }
  return codes;
}

// What the kept text says; it was accepted once, so it parses unless this program knows less.
std::optional<Policy> kept(Store& store, std::vector<std::string>& notices) {
  const auto kept_text = store.kept_policy();
  if (!kept_text) return {};
  auto parsed = parse_policy(kept_text->text, "kept policy");
  for (const FileError& error : parsed.errors) notices.push_back(to_string(error));
  return parsed.value;
}

}  // namespace

Service::Service(Store& store, const Clock& clock, Parts parts)
    : store_(store), clock_(clock), parts_(std::move(parts)), zone_(parts_.config.zone) {}

bool Service::held() {
  const auto was_restored = restored(store_);
  return parts_.config.hold || (was_restored && was_restored->held);
}

Service::Hold Service::hold() {
  if (parts_.config.hold) {
    return {{"[delivery] hold = true", "[delivery] hold = true"},
            {"送ってよければ hold = false にして omamorictl reload",
             "when it may be sent, set hold = false and omamorictl reload"}};
  }
  return {{"バックアップからの復元", "the restore from a backup"},
          {"送ってよければ omamorictl restore --release",
           "when it may be sent: omamorictl restore --release"}};
}

Act Service::act(const std::string& actor) const {
  const Instant now = clock_.now();
  return {actor, now, zone_.day_of(now)};
}

std::shared_ptr<const Planning> Service::planning() {
  const std::pair now{store_.settings_changes(), settings_};
  if (planning_ && planning_of_ == now) return planning_;
  StoredDirectory people = store_.directory();
  std::vector<TermsVersion> terms = store_.terms_history(&people.unreadable);
  if (terms.empty()) terms.push_back({Day::min(), parts_.policy.terms});
  planning_ = std::make_shared<const Planning>(Planning{
      parts_.policy, std::move(terms),
      Directory(std::move(people.offices), std::move(people.staff), std::move(people.absences)),
      Workdays(parts_.holidays, parts_.policy.closed_days), std::move(people.unreadable)});
  planning_of_ = now;
  return planning_;
}

// One day has one version, the last; and one whose terms are the same is none (Store::accept_policy
// and terms_history).
Planning Service::planning_under(const Policy& proposed) {
  Planning planning = *this->planning();
  const Day from = std::max(today(), planning.terms.back().known_from);
  if (planning.terms.back().terms != proposed.terms) {
    if (planning.terms.back().known_from == from) planning.terms.pop_back();
    if (planning.terms.empty() || planning.terms.back().terms != proposed.terms) {
      planning.terms.push_back({from, proposed.terms});
    }
  }
  planning.policy = proposed;
  planning.workdays = Workdays(parts_.holidays, proposed.closed_days);
  return planning;
}

std::vector<std::string> warnings_of(Store& store, const Policy& policy) {
  return policy_warnings(policy, codes_of_offices(store), known_clients_named(store, policy));
}

StartPolicy start_policy(Store& store, const Config& config, const Act& act) {
  StartPolicy start;
  start.policy = kept(store, start.notices);
  if (start.policy) return start;
  LoadedPolicy file = load_policy(config.policy);
  if (!file.parsed.value) {
    for (const FileError& error : file.parsed.errors) start.notices.push_back(to_string(error));
    return start;
  }
  start.policy = std::move(file.parsed.value);
  for (std::string& warning : warnings_of(store, *start.policy)) {
    start.notices.push_back("warning: " + std::move(warning));
  }
  const auto changes = describe_change(Policy{}, *start.policy);
  store.accept_policy(file.text, *start.policy, changes, act);
  for (const std::string& change : changes) start.notices.push_back("policy: " + change);
  return start;
}

std::vector<Day> start_holidays(const std::filesystem::path& config_file,
                                std::vector<std::string>& notices) {
  const std::filesystem::path beside = config_file.parent_path() / "jp-holidays.csv";
  if (std::error_code gone; std::filesystem::exists(beside, gone)) {
    auto loaded = load_holidays(beside);
    if (loaded.value) return std::move(*loaded.value);
    for (const FileError& error : loaded.errors) notices.push_back(to_string(error));
    notices.emplace_back("the holidays compiled into the program are used instead");
  }
  return parse_holidays(kBuiltinHolidays, "jp-holidays.csv").value.value_or(std::vector<Day>{});
}

std::optional<TokenKey> start_token_key(const Config& config, std::vector<std::string>& notices) {
  if (config.http.public_url.empty() && !config.reply.is_read()) return {};
  auto key = read_token_key(config.http.token_key);
  if (auto* read = std::get_if<TokenKey>(&key)) return std::move(*read);
  notices.push_back("messages have no links, and no replies are read: " +
                    std::get<std::string>(key));
  return {};
}

Templates start_templates(const Config& config, std::vector<std::string>& notices) {
  if (config.templates_directory.empty()) return builtin_templates();
  LoadedTemplates loaded = load_templates(config.templates_directory);
  if (loaded.problems.empty()) return std::move(loaded.templates);
  for (std::string& problem : loaded.problems) notices.push_back(std::move(problem));
  notices.emplace_back("the templates built into the program are used instead");
  return builtin_templates();
}

}  // namespace omamori
