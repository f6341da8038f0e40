// Are the settings and the people such that somebody can be told? Run after an import and after
// editing a file. Codes only (P7).
#include <algorithm>

#include "config/csv/words.h"
#include "daemon/commands/json_text.h"
#include "daemon/commands/json_values.h"
#include "daemon/commands/read_commands.h"
#include "daemon/policy_trial.h"
#include "daemon/safety.h"

namespace omamori {
namespace {

constexpr std::size_t kCodesShown = 10;

struct Findings {
  std::vector<std::string> errors, warnings;
  std::vector<std::string> effects;               // what settings do to the clients there are
  std::vector<std::string> without_case_manager;  // client codes
  std::vector<std::string> not_agreed;            // check codes
};

bool domain_allowed(const SmtpConfig& smtp, const std::string& address) {
  if (smtp.allowed_domains.empty()) return true;
  const std::string domain = address.substr(std::min(address.find('@'), address.size() - 1) + 1);
  return std::find(smtp.allowed_domains.begin(), smtp.allowed_domains.end(), domain) !=
         smtp.allowed_domains.end();
}

// Why the channel cannot reach the person; empty if it can.
std::string fault(const Config& config, const Staff& person, Channel channel) {
  switch (channel) {
    case Channel::email:
      if (person.email.empty()) return "no email address";
      if (config.smtp.host.empty()) return "email needs [smtp] host in omamori.toml";
      return domain_allowed(config.smtp, person.email) ? ""
                                                       : "the address is not in allowed_domains";
    case Channel::webhook:
      if (person.webhook.empty()) return "no webhook endpoint";
      return std::any_of(config.webhooks.begin(), config.webhooks.end(),
                         [&](const WebhookEndpoint& e) { return e.name == person.webhook; })
                 ? ""
                 : "omamori.toml has no [webhook.endpoint." + person.webhook + "]";
    case Channel::file:
      return config.file_directory.empty() ? "file needs [file] directory in omamori.toml" : "";
  }
  return "";
}

// Why nobody can reach the person at all; empty if some channel works.
std::string unreachable(const Config& config, const Staff& person) {
  std::vector<Channel> channels = person.channels;
  if (channels.empty() && !person.email.empty()) channels.push_back(Channel::email);
  if (channels.empty() && !person.webhook.empty()) channels.push_back(Channel::webhook);
  if (channels.empty()) return "no channel";
  std::string why;
  for (const Channel channel : channels) {
    const std::string found = fault(config, person, channel);
    if (found.empty()) return "";
    why += (why.empty() ? "" : "; ") + found;
  }
  return why;
}

void look_at_people(Service& service, const Directory& directory, Findings& findings) {
  bool somebody = false;
  for (const Staff& person : directory.all_staff()) {
    if (!directory.active(person.code, service.today())) continue;
    const std::string why = unreachable(service.config(), person);
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

void look_at_policy(Service& service, Findings& findings) {
  for (const std::string& warning : warnings_beside_effects(service.policy())) {
    findings.warnings.push_back("policy.toml: " + warning);
  }
  PolicyTrial trial(service, service.policy());
  while (!trial.finished()) trial.step();
  constexpr std::string_view kInVain = "warning: ";
  constexpr std::string_view kActs = "effect: ";
  for (const std::string& line : effect_lines(trial.effects(), Language::en)) {
    if (line.starts_with(kInVain)) {
      findings.warnings.push_back("policy.toml: " + line.substr(kInVain.size()));
    } else {
      findings.effects.push_back("policy.toml: " + line.substr(kActs.size()));
    }
  }
  for (const std::string& notice : service.notices()) {
    if (notice.starts_with("policy: ") || notice.starts_with("warning: ")) continue;
    findings.errors.push_back(notice);
  }
}

void look_at_clients(Service& service, const Directory& directory, Findings& findings) {
  const Day today = service.today();
  service.store().for_each_client([&](ClientFacts& facts) {
    if (facts.ended_on && *facts.ended_on < today) return;
    if (unassigned(directory, version_on(facts, today).case_manager, today)) {
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

std::string some_of(const std::vector<std::string>& codes) {
  std::string out;
  for (std::size_t i = 0; i < codes.size() && i < kCodesShown; ++i) out += " " + codes[i];
  return out + (codes.size() > kCodesShown ? " …" : "");
}

json::array texts(const std::vector<std::string>& lines) {
  json::array array;
  for (const std::string& line : lines) array.emplace_back(json::string(line));
  return array;
}

std::string text(const Findings& findings) {
  std::string out;
  for (const std::string& error : findings.errors) out += "error: " + error + "\n";
  for (const std::string& warning : findings.warnings) out += "warning: " + warning + "\n";
  for (const std::string& effect : findings.effects) out += "effect: " + effect + "\n";
  const auto codes = [&](const char* what, const std::vector<std::string>& of) {
    if (of.empty()) return;
    out +=
        std::string("note: ") + what + " (" + std::to_string(of.size()) + "):" + some_of(of) + "\n";
  };
  codes("clients without a case manager", findings.without_case_manager);
  codes("safety checks the city has not agreed to", findings.not_agreed);
  return out + (findings.errors.empty() ? "ok\n" : "not sound\n");
}

}  // namespace

Response check_command(const Request& request, Service& service) {
  const Planning planning = service.planning();
  Findings findings;
  look_at_policy(service, findings);
  look_at_people(service, planning.directory, findings);
  look_at_clients(service, planning.directory, findings);
  Response response;
  response.exit = findings.errors.empty() ? Exit::ok : Exit::refused;
  response.out =
      request.json
          ? json_line(json::object{{"ok", findings.errors.empty()},
                                   {"errors", texts(findings.errors)},
                                   {"warnings", texts(findings.warnings)},
                                   {"effects", texts(findings.effects)},
                                   {"without_case_manager", texts(findings.without_case_manager)},
                                   {"not_agreed", texts(findings.not_agreed)}})
          : text(findings);
  return response;
}

}  // namespace omamori
