// policy.toml on its way into force: read, tried on every client, and taken over, left waiting for
// somebody's --yes, or refused. The same for a file that changed, a reload and a start.
//
// What would alter more than 20 % of the plans (and more than 10) waits for `reload --yes`, however
// it was noticed. A reload by hand waits as well: watching has noticed the file before anybody can
// type it, and who mends a file and reloads, as the mail about a bad file says, has not thereby
// agreed to what else is in it. A start waits because a restart at night must not be the way around
// it. Meanwhile the policy in force goes on, loudly: supervisors and operator are told daily.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "config/policy_file.h"
#include "daemon/model/bilingual.h"
#include "daemon/reminders/context.h"
#include "daemon/settings/policy_trial.h"

namespace omamori {

struct Reloaded {
  bool policy_taken = false;          // it differs from the one before and is in force
  std::optional<PlansAltered> waits;  // it is not in force: it waits for --yes
  std::vector<Said> errors;           // what was not taken and why; the former stays in force
  std::vector<Said> notes;            // what changed, effects, warnings
  bool operator==(const Reloaded&) const = default;
};

enum class Consent {
  none,      // a changed file, a signal, a reload without --yes
  at_start,  // the same; a file that waited already goes on waiting without being tried again
  given,     // --yes
};

class PolicyIntake {
 public:
  // Reads the file. `actor` goes to the journal.
  PolicyIntake(Service& service, std::string actor, Consent consent);

  bool finished() const { return !trial_; }
  // Some thousand clients more; the last step takes the policy over or lets it wait. Throws
  // SqliteError if the store cannot write.
  void step();
  const Reloaded& result() const { return result_; }

 private:
  void begin();
  // `mailed`: the same without anything that stands in the file.
  void refuse(std::vector<Said> errors, const std::vector<Said>& mailed);
  void conclude();
  void wait_for_yes(const PlansAltered& count, bool fresh);
  void accept();
  void put_in_force();
  Act act() const { return service_.act(actor_); }

  Service& service_;
  const std::string actor_;
  const Consent consent_;
  LoadedPolicy file_;
  std::unique_ptr<PolicyTrial> trial_;
  Reloaded result_;
};

// All of it at once.
Reloaded take_policy(Service& service, const std::string& actor, Consent consent);

}  // namespace omamori
