#include "daemon/settings/policy_intake.h"

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

Said count_text(const PlansAltered& count) {
  const std::string altered = std::to_string(count.altered);
  const std::string clients = std::to_string(count.clients);
  return {"利用者" + clients + "人のうち" + altered + "人の計画が変わる",
          "alters the plans of " + altered + " of " + clients + " clients"};
}

std::vector<Said> changes_between(const Policy& before, const Policy& after) {
  const auto ja = describe_change(before, after, Language::ja);
  const auto en = describe_change(before, after, Language::en);
  std::vector<Said> changes;
  for (std::size_t i = 0; i < en.size(); ++i) changes.emplace_back(ja[i], en[i]);
  return changes;
}

std::vector<Said> said_effects(const std::vector<SettingEffect>& effects) {
  const auto ja = effect_lines(effects, Language::ja);
  const auto en = effect_lines(effects, Language::en);
  std::vector<Said> lines;
  for (std::size_t i = 0; i < en.size(); ++i) lines.emplace_back(ja[i], en[i]);
  return lines;
}

Said prefixed(const char* prefix, const Said& said) { return {prefix + said.ja, prefix + said.en}; }

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
    std::vector<Said> errors, mailed;
    for (const FileError& error : file_.parsed.errors) {
      errors.emplace_back(to_string(error));
      mailed.push_back(place_and_kind(error));
    }
    return refuse(std::move(errors), mailed);
  }
  const auto before = store.kept_policy();
  if (says_nothing(file_.text) && before && !says_nothing(before->text)) {
    const std::string file = service_.config().policy.string();
    const std::vector<Said> empty{
        {file + ": 空です。1行以上書いてください", file + ": is empty: write at least one line"}};
    return refuse(empty, empty);
  }
  store.settle_trouble(kBad, "the file can be used", act());
  for (const std::string& warning : warnings_of(store, *file_.parsed.value)) {
    result_.notes.emplace_back("warning: " + warning);
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

void PolicyIntake::refuse(std::vector<Said> errors, const std::vector<Said>& mailed) {
  Store& store = service_.store();
  stop_waiting(store, "the file has errors now", act());
  const bool fresh = store.raise_trouble(kBad, kept_lines(mailed), true, act());
  if (fresh) store.journal(act(), "policy.refused", "", "", "{}");
  result_.errors = std::move(errors);
  result_.errors.emplace_back("これまでの方針のままです", "the policy in force stays as it was");
}

void PolicyIntake::conclude() {
  const PlansAltered& count = trial_->counted();
  result_ = {};
  for (const std::string& warning : warnings_beside_effects(*file_.parsed.value)) {
    result_.notes.emplace_back("warning: " + warning);
  }
  for (Said& line : said_effects(trial_->effects())) result_.notes.push_back(std::move(line));
  const Said words = count_text(count);
  result_.notes.emplace_back("policy.toml: " + words.ja, "policy.toml " + words.en);
  if (needs_yes(count) && consent_ != Consent::given) {
    wait_for_yes(count, !known_to_wait(service_.store(), file_.text));
  } else {
    accept();
  }
}

void PolicyIntake::wait_for_yes(const PlansAltered& count, bool fresh) {
  Store& store = service_.store();
  std::vector<Said> words{count_text(count)};
  for (Said& change : changes_between(service_.policy(), *file_.parsed.value)) {
    words.push_back(std::move(change));
  }
  const std::string hash = sha256_hex(file_.text);
  const std::string altered = std::to_string(count.altered);
  const std::string clients = std::to_string(count.clients);
  store.raise_trouble(kWaits, kept_lines(words), true, act());
  store.set_meta(kWaiting, hash + " " + altered + " " + clients);
  if (fresh) {
    store.journal(
        act(), "policy.waits", "", "policy",
        R"({"sha256":")" + hash + R"(","altered":)" + altered + R"(,"clients":)" + clients + "}");
  }
  result_.waits = count;
  for (const Said& word : words) result_.errors.push_back(prefixed("policy.toml: ", word));
  result_.errors.emplace_back(
      "これまでの方針のままです。omamorictl diff policy.toml で見て、よければ omamorictl reload "
      "--yes",
      "the policy in force stays as it was: look with omamorictl diff policy.toml, then "
      "omamorictl reload --yes");
}

void PolicyIntake::accept() {
  Store& store = service_.store();
  const Policy& policy = *file_.parsed.value;
  const auto changes = changes_between(service_.policy(), policy);
  stop_waiting(store, "the file has been taken over", act());
  store.accept_policy(file_.text, policy, texts_in(Language::en, changes), act());
  for (const Said& change : changes) result_.notes.push_back(prefixed("policy: ", change));
  result_.policy_taken = true;
}

Reloaded take_policy(Service& service, const std::string& actor, Consent consent) {
  PolicyIntake intake(service, actor, consent);
  while (!intake.finished()) intake.step();
  return intake.result();
}

}  // namespace omamori
