#include "daemon/policy_intake.h"

#include <sstream>
#include <utility>

#include "config/policy_change.h"
#include "db/journal.h"

namespace omamori {
namespace {

constexpr const char* kBad = "policy";
constexpr const char* kWaits = "policy waits";
// Store::meta: "SHA256 ALTERED CLIENTS" of the file that waits.
constexpr const char* kWaiting = "policy_waits";

std::string lines(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : "\n") + text;
  return all;
}

std::string count_text(const PlansAltered& count) {
  return "alters the plans of " + std::to_string(count.altered) + " of " +
         std::to_string(count.clients) + " clients";
}

std::optional<PlansAltered> known_to_wait(Store& store, const std::string& text) {
  std::istringstream kept(store.meta(kWaiting));
  std::string hash;
  PlansAltered count;
  if (!(kept >> hash >> count.altered >> count.clients) || hash != sha256_hex(text)) return {};
  return count;
}

// Nothing waits any more.
void stop_waiting(Store& store, const std::string& why, const Act& act) {
  if (!store.meta(kWaiting).empty()) store.set_meta(kWaiting, "");
  store.settle_trouble(kWaits, why, act);
}

}  // namespace

PolicyIntake::PolicyIntake(Service& service, std::string actor, Consent consent)
    : service_(service),
      actor_(std::move(actor)),
      consent_(consent),
      file_(load_policy(service.config().policy)) {
  const auto batch = service_.store().batch();
  begin();
  batch->commit();
  put_in_force();
}

void PolicyIntake::begin() {
  Store& store = service_.store();
  if (!file_.parsed.value) {
    std::vector<std::string> errors;
    for (const FileError& error : file_.parsed.errors) errors.push_back(to_string(error));
    return refuse(std::move(errors));
  }
  const auto before = store.kept_policy();
  if (says_nothing(file_.text) && before && !says_nothing(before->text)) {
    return refuse({service_.config().policy.string() + ": is empty: write at least one line"});
  }
  store.settle_trouble(kBad, "the file can be used", act());
  for (const std::string& warning : warnings_of(store, *file_.parsed.value)) {
    result_.notes.push_back("warning: " + warning);
  }
  if (before && before->text == file_.text) {
    return stop_waiting(store, "the file is as the policy in force again", act());
  }
  if (consent_ == Consent::at_start) {
    if (const auto count = known_to_wait(store, file_.text)) return wait_for_yes(*count, false);
  }
  // Where nothing but comments differs, there is nothing to try.
  if (service_.policy() == *file_.parsed.value) return accept();
  trial_ = std::make_unique<PolicyTrial>(service_, *file_.parsed.value);
  if (!trial_->finished()) return;
  conclude();
  trial_.reset();
}

void PolicyIntake::step() {
  if (!trial_) return;
  trial_->step();
  if (!trial_->finished()) return;
  const auto batch = service_.store().batch();
  conclude();
  batch->commit();
  // Not before: if the disk is full, the next step does this again.
  trial_.reset();
  put_in_force();
}

void PolicyIntake::put_in_force() {
  if (result_.policy_taken) service_.use_policy(*file_.parsed.value);
}

void PolicyIntake::refuse(std::vector<std::string> errors) {
  Store& store = service_.store();
  stop_waiting(store, "the file has errors now", act());
  const bool fresh = store.raise_trouble(kBad, lines(errors), true, act());
  if (fresh) store.journal(act(), "policy.refused", "", "", "{}");
  result_.errors = std::move(errors);
  result_.errors.emplace_back("the policy in force stays as it was");
}

void PolicyIntake::conclude() {
  const PlansAltered& count = trial_->counted();
  result_ = {};
  for (const std::string& warning : warnings_beside_effects(*file_.parsed.value)) {
    result_.notes.push_back("warning: " + warning);
  }
  for (std::string& line : effect_lines(trial_->effects(), Language::en)) {
    result_.notes.push_back(std::move(line));
  }
  result_.notes.push_back("policy.toml " + count_text(count));
  if (needs_yes(count) && consent_ != Consent::given) {
    wait_for_yes(count, !known_to_wait(service_.store(), file_.text));
  } else {
    accept();
  }
}

void PolicyIntake::wait_for_yes(const PlansAltered& count, bool fresh) {
  Store& store = service_.store();
  std::vector<std::string> words{count_text(count)};
  for (std::string& change : describe_change(service_.policy(), *file_.parsed.value)) {
    words.push_back(std::move(change));
  }
  const std::string hash = sha256_hex(file_.text);
  const std::string altered = std::to_string(count.altered);
  const std::string clients = std::to_string(count.clients);
  store.raise_trouble(kWaits, lines(words), true, act());
  store.set_meta(kWaiting, hash + " " + altered + " " + clients);
  if (fresh) {
    store.journal(
        act(), "policy.waits", "", "policy",
        R"({"sha256":")" + hash + R"(","altered":)" + altered + R"(,"clients":)" + clients + "}");
  }
  result_.waits = count;
  for (const std::string& word : words) result_.errors.push_back("policy.toml: " + word);
  result_.errors.emplace_back(
      "the policy in force stays as it was: look with omamorictl diff policy.toml, then "
      "omamorictl reload --yes");
}

void PolicyIntake::accept() {
  Store& store = service_.store();
  const Policy& policy = *file_.parsed.value;
  const auto changes = describe_change(service_.policy(), policy);
  stop_waiting(store, "the file has been taken over", act());
  store.accept_policy(file_.text, policy, changes, act());
  for (const std::string& change : changes) result_.notes.push_back("policy: " + change);
  result_.policy_taken = true;
}

Reloaded take_policy(Service& service, const std::string& actor, Consent consent) {
  PolicyIntake intake(service, actor, consent);
  while (!intake.finished()) intake.step();
  return intake.result();
}

}  // namespace omamori
