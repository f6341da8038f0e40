// Are the settings and the people such that somebody can be told? Run after an import and after
// editing a file. Codes only (P7).
#include <algorithm>

#include "config/policy_file.h"
#include "daemon/answer/codes.h"
#include "daemon/answer/json_text.h"
#include "daemon/answer/json_values.h"
#include "daemon/commands/options.h"
#include "daemon/doctor/door_files.h"
#include "daemon/doctor/door_findings.h"
#include "daemon/doctor/mode_findings.h"
#include "daemon/doctor/reachable.h"
#include "daemon/import/csv/words.h"
#include "daemon/rules/check_state.h"
#include "daemon/settings/policy_trial.h"

namespace omamori {
namespace {

struct Checked {
  std::vector<std::string> errors, warnings;
  std::vector<std::string> effects;               // what settings do to the clients there are
  std::vector<std::string> without_case_manager;  // client codes
  std::vector<std::string> not_agreed;            // check codes
};

void look_at_people(Service& service, const Directory& directory, Checked& findings) {
  bool somebody = false;
  for (const Staff& person : directory.all_staff()) {
    if (!directory.active(person.code, service.today())) continue;
    const std::string why = why_unreachable(service.config(), person, Tongue(Language::en));
    if (why.empty()) {
      somebody = somebody || person.role != Role::provider;
    } else {
      findings.warnings.push_back(person.code + " (" + std::string(csv_word(person.role)) +
                                  ") cannot be told: " + why);
    }
  }
  if (!somebody && service.store().client_count() > 0) {
    findings.errors.emplace_back(
        "nobody can be told anything: give staff an address and omamori.toml a channel");
  }
}

// What is in force: the file, or the policy kept in the database while the file is bad, waits for a
// yes or has not been read yet.
std::string name_of_policy(Service& service) {
  const auto kept = service.store().kept_policy();
  const bool same = kept && load_policy(service.config().policy).text == kept->text;
  return kept && !same ? "kept policy (version " + std::to_string(kept->version) + ")"
                       : "policy.toml";
}

void look_at_policy(Service& service, Checked& findings) {
  const std::string policy = name_of_policy(service) + ": ";
  for (const std::string& warning : warnings_beside_effects(service.policy())) {
    findings.warnings.push_back(policy + warning);
  }
  PolicyTrial trial(service, service.policy());
  while (!trial.finished()) trial.step();
  constexpr std::string_view kInVain = "warning: ";
  constexpr std::string_view kActs = "effect: ";
  for (const std::string& line : effect_lines(trial.effects(), Language::en)) {
    if (line.starts_with(kInVain)) {
      findings.warnings.push_back(policy + line.substr(kInVain.size()));
    } else {
      findings.effects.push_back(policy + line.substr(kActs.size()));
    }
  }
  for (const std::string& notice : service.notices()) {
    if (notice.starts_with("policy: ") || notice.starts_with("warning: ")) continue;
    findings.errors.push_back(notice);
  }
}

void look_at_modes(Service& service, Checked& findings) {
  for (const Finding& finding : mode_findings(service.config(), Tongue(Language::en))) {
    (finding.severity == Severity::error ? findings.errors : findings.warnings)
        .push_back(finding.what + "; " + finding.to_do);
  }
}

// Whether public_url leads here is for doctor to find out: it asks from outside.
void look_at_doors(Service& service, Checked& findings) {
  const HttpConfig& http = service.config().http;
  const DoorFiles files = look_at_door_files(http, service.config().reply.is_read());
  for (const Finding& finding :
       door_file_findings(http, files, true, service.now(), Tongue(Language::en))) {
    if (finding.severity == Severity::ok) continue;
    (finding.severity == Severity::error ? findings.errors : findings.warnings)
        .push_back(finding.what + "; " + finding.to_do);
  }
  if (!service.doors.failing.empty()) findings.errors.push_back("doors: " + service.doors.failing);
}

void look_at_clients(Service& service, const Directory& directory, Checked& findings) {
  const Day today = service.today();
  service.store().for_each_client([&](ClientFacts& facts) {
    if (service_over(facts, today)) return;
    if (lacks_case_manager(facts, directory, today)) {
      findings.without_case_manager.push_back(facts.code);
    }
    for (const Check& check : facts.checks) {
      const CheckTerms& terms = version_on(check, today).terms;
      if (standing(terms, check.check_ins, today).state == CheckState::not_agreed) {
        findings.not_agreed.push_back(check.code);
      }
    }
  });
}

std::string text(const Checked& findings) {
  std::string out;
  for (const std::string& error : findings.errors) out += "error: " + error + "\n";
  for (const std::string& warning : findings.warnings) out += "warning: " + warning + "\n";
  for (const std::string& effect : findings.effects) out += "effect: " + effect + "\n";
  const auto codes = [&](const char* what, const std::vector<std::string>& of) {
    if (of.empty()) return;
    out += std::string("note: ") + what + ": " + some_of(of) + "\n";
  };
  codes("clients without a case manager", findings.without_case_manager);
  codes("safety checks the city has not agreed to", findings.not_agreed);
  return out + (findings.errors.empty() ? "ok\n" : "not sound\n");
}

}  // namespace

Response check_command(const Request& request, Service& service) {
  const auto planning = service.planning();
  Checked findings;
  look_at_policy(service, findings);
  look_at_people(service, planning->directory, findings);
  look_at_doors(service, findings);
  look_at_modes(service, findings);
  look_at_clients(service, planning->directory, findings);
  Response response;
  response.exit = findings.errors.empty() ? Exit::ok : Exit::refused;
  response.out =
      request.json
          ? json_line(json::object{{"ok", findings.errors.empty()},
                                   {"errors", json_of(findings.errors)},
                                   {"warnings", json_of(findings.warnings)},
                                   {"effects", json_of(findings.effects)},
                                   {"without_case_manager", json_of(findings.without_case_manager)},
                                   {"not_agreed", json_of(findings.not_agreed)}})
          : text(findings);
  return response;
}

}  // namespace omamori
