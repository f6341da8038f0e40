#include "daemon/reload.h"

#include "config/config_file.h"
#include "config/policy_change.h"
#include "config/policy_file.h"

namespace omamori {
namespace {

std::string lines(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : "\n") + text;
  return all;
}

bool is_blank(const std::string& text) {
  return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

void reload_policy(Service& service, const Act& act, Reloaded& done) {
  Store& store = service.store();
  LoadedPolicy file = load_policy(service.config().policy);
  // What an editor or a full disk leaves behind half way would mean "every default".
  const auto before = store.kept_policy();
  const bool cut_off = is_blank(file.text) && before && !is_blank(before->text);
  if (!file.parsed.value || cut_off) {
    std::vector<std::string> errors;
    if (file.parsed.value) errors.emplace_back("policy.toml is empty: write at least one line");
    for (const FileError& error : file.parsed.errors) errors.push_back(to_string(error));
    const bool fresh = store.raise_trouble("policy", lines(errors), true, act);
    if (fresh) store.journal(act, "policy.refused", "", "", "{}");
    done.errors.insert(done.errors.end(), errors.begin(), errors.end());
    done.errors.emplace_back("the policy in force stays as it was");
    return;
  }
  store.settle_trouble("policy", "the file can be used", act);
  const Policy& policy = *file.parsed.value;
  for (const std::string& warning : warnings_of(store, policy)) {
    done.notes.push_back("warning: " + warning);
  }
  if (before && before->text == file.text) return;
  const auto changes = describe_change(service.policy(), policy);
  store.accept_policy(file.text, policy, changes, act);
  for (const std::string& change : changes) done.notes.push_back("policy: " + change);
  service.use_policy(policy);
  done.policy_taken = true;
}

void reload_holidays(Service& service, const std::filesystem::path& config_file, Reloaded& done) {
  std::vector<std::string> problems;
  const std::vector<Day> holidays = start_holidays(config_file, problems);
  done.errors.insert(done.errors.end(), problems.begin(), problems.end());
  if (problems.empty()) service.use_holidays(holidays);
}

void reload_templates(Service& service, const Act& act, Reloaded& done) {
  std::vector<std::string> problems;
  Templates templates = start_templates(service.config(), problems);
  if (problems.empty()) {
    service.use_templates(std::move(templates));
    service.store().settle_trouble("templates", "the files can be used", act);
    return;
  }
  done.errors.insert(done.errors.end(), problems.begin(), problems.end());
  service.store().raise_trouble("templates", lines(problems), false, act);
}

// Everything else of omamori.toml is taken at a start only: sockets, secrets, the database.
void reload_config(Service& service, const std::filesystem::path& config_file, const Act& act,
                   Reloaded& done) {
  const auto file = load_config(config_file);
  if (!file.value) {
    std::vector<std::string> errors;
    for (const FileError& error : file.errors) errors.push_back(to_string(error));
    service.store().raise_trouble("config", lines(errors), false, act);
    done.errors.insert(done.errors.end(), errors.begin(), errors.end());
    return;
  }
  service.store().settle_trouble("config", "the file can be used", act);
  Config now = service.config();
  if (now.hold != file.value->hold) {
    now.hold = file.value->hold;
    service.use_hold(now.hold);
    service.store().journal(act, now.hold ? "hold.begun" : "hold.ended", "", "", "{}");
    done.notes.push_back(now.hold ? "hold: nothing leaves from now on"
                                  : "hold has ended: what is due is told now");
  }
  if (!(now == *file.value)) {
    done.notes.push_back(config_file.filename().string() +
                         " has changed: restart omamorid to take it over");
  }
}

}  // namespace

Reloaded reload_files(Service& service, const std::filesystem::path& config_file, const Act& act) {
  Reloaded done;
  const auto batch = service.store().batch();
  reload_config(service, config_file, act, done);
  reload_policy(service, act, done);
  reload_holidays(service, config_file, done);
  reload_templates(service, act, done);
  batch->commit();
  return done;
}

}  // namespace omamori
