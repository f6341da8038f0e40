#include "daemon/settings/reload.h"

#include <algorithm>

#include "config/config_file.h"

namespace omamori {
namespace {

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
  std::vector<Said> mailed;
  mailed.reserve(problems.size());
  for (const std::string& problem : problems) mailed.push_back(place_of_problem(problem));
  service.store().raise_trouble("templates", kept_lines(mailed), false, act);
}

// But for the hold and the lists of [control], omamori.toml is taken at a start only: sockets,
// secrets, the database.
void reload_config(Service& service, const std::filesystem::path& config_file, const Act& act,
                   Reloaded& done) {
  const auto file = load_config(config_file);
  if (!file.value) {
    std::vector<Said> mailed;
    for (const FileError& error : file.errors) {
      done.errors.emplace_back(to_string(error));
      mailed.push_back(place_and_kind(error));
    }
    service.store().raise_trouble("config", kept_lines(mailed), false, act);
    return;
  }
  service.store().settle_trouble("config", "the file can be used", act);
  Config now = service.config();
  if (now.hold != file.value->hold) {
    now.hold = file.value->hold;
    service.use_hold(now.hold);
    service.store().journal(act, now.hold ? "hold.begun" : "hold.ended", "", "", "{}");
    done.notes.push_back(
        now.hold ? Said("保留: これからは何も送られません", "hold: nothing leaves from now on")
                 : Said("保留を終えました。時期の来たものはこれから知らせます",
                        "hold has ended: what is due is told now"));
  }
  if (now.control != file.value->control) {
    now.control = file.value->control;
    service.use_control_lists(now.control);
    done.notes.emplace_back("[control] を取り込みました", "[control] is taken over");
  }
  if (!(now == *file.value)) {
    const std::string name = config_file.filename().string();
    done.notes.emplace_back(name + " が変わりました。取り込むには omamorid を再起動してください",
                            name + " has changed: restart omamorid to take it over");
  }
}

}  // namespace

Reloaded reload_but_policy(Service& service, const std::filesystem::path& config_file,
                           const std::string& actor) {
  Reloaded done;
  const Act act = service.act(actor);
  const auto batch = service.store().batch();
  reload_config(service, config_file, act, done);
  reload_holidays(service, config_file, done);
  reload_templates(service, act, done);
  batch->commit();
  return done;
}

Reloaded reload_files(Service& service, const std::filesystem::path& config_file,
                      const std::string& actor, Consent consent) {
  Reloaded done = reload_but_policy(service, config_file, actor);
  add(done, take_policy(service, actor, consent));
  return done;
}

void add(Reloaded& done, const Reloaded& policy) {
  done.policy_taken = policy.policy_taken;
  done.waits = policy.waits;
  done.errors.insert(done.errors.end(), policy.errors.begin(), policy.errors.end());
  done.notes.insert(done.notes.end(), policy.notes.begin(), policy.notes.end());
}

}  // namespace omamori
