#include "tests/sim/providers_answer.h"

#include <array>

#include "daemon/import/csv/words.h"
#include "daemon/model/calendar.h"

namespace omamori::sim {
namespace {

using std::chrono::days;
using std::chrono::minutes;

constexpr std::string_view kOutcome = "outcome-";
constexpr int kWithSensor = 5;  // every so many checks has one
constexpr double kAttends = 0.1;

Outcome outcome_of(const std::string& word) {
  return word == "ok" ? Outcome::ok : word == "concern" ? Outcome::concern : Outcome::unreachable;
}

}  // namespace

void ProvidersAnswer::answer(const std::vector<std::string>& checks) {
  const auto inbox = doorway_.inbox();
  for (const auto& [staff, links] : inbox) {
    if (links.empty() || !links.begin()->second.is_attendance() || !chance(0.3)) continue;
    attend(links.begin()->second);
  }
  for (std::size_t i = 0; i < checks.size(); i += kWithSensor) sensor_calls(checks[i]);
}

std::string ProvidersAnswer::outcome() {
  return chance(0.92) ? "ok" : chance(0.4) ? "concern" : "unreachable";
}

Day ProvidersAnswer::lately() {
  return world_.service().today() - days{chance(0.7) ? 0 : between(1, 6)};
}

void ProvidersAnswer::attend(const LinkGot& link) {
  const JournalHead before = doorway_.head();
  const HttpResponse page = doorway_.get(link.path);
  doorway_.unchanged_since(before, "GET of the page of attendance");
  if (page.status != 200) return doorway_.happened("no page of attendance");
  const auto forms = forms_in(page.body);
  std::vector<std::string> chosen;
  for (const auto& [name, choices] : forms.front().choices) {
    if (chance(kAttends)) chosen.push_back(name.substr(kOutcome.size()));
  }
  if (chosen.empty()) return;
  if (chance(0.2)) return send_file(link, forms.back(), chosen);
  PageForm form = forms.front();
  const Day on = lately();
  form.as_it_stands["on"] = to_string(on);
  for (const std::string& check : chosen) {
    const std::string word = outcome();
    const Day own = chance(0.2) ? lately() : on;
    form.as_it_stands[std::string(kOutcome) + check] = word;
    if (own != on) form.as_it_stands["on-" + check] = to_string(own);
    if (chance(0.2)) form.as_it_stands["note-" + check] = Doorway::kSecret;
    doorway_.promises.seen(check, own, outcome_of(word));
  }
  send_form(link, form);
  if (chance(0.3)) by_list(chosen.front(), on, form.as_it_stands["outcome-" + chosen.front()]);
}

void ProvidersAnswer::send_form(const LinkGot& link, const PageForm& form) {
  doorway_.promises.used("link:" + link.staff);
  const HttpResponse done = doorway_.post(form.action, form.as_it_stands);
  if (done.status != 200) {
    return doorway_.broken("attendance by " + link.staff + " is refused with " +
                           std::to_string(done.status));
  }
  doorway_.happened("attendance");
  world_.settle();
  if (chance(0.25)) {
    const JournalHead before = doorway_.head();
    const HttpResponse again = doorway_.post(form.action, form.as_it_stands);
    if (again.body != done.body) doorway_.broken("attendance again is not answered alike");
    doorway_.unchanged_since(before, "attendance again");
    doorway_.happened("attendance twice");
  }
  if (chance(0.15)) take_back(link, done);
}

void ProvidersAnswer::send_file(const LinkGot& link, const PageForm& form,
                                const std::vector<std::string>& checks) {
  const Day on = lately();
  std::string csv = "check_code,at,outcome,by,note\n";
  for (const std::string& check : checks) {
    const std::string word = outcome();
    csv += check + "," + to_string(on) + "," + word + ",職員," + Doorway::kSecret + "\n";
    doorway_.promises.seen(check, on, outcome_of(word));
  }
  doorway_.promises.used("link:" + link.staff);
  const HttpResponse done = doorway_.post_file(form.action, csv);
  if (done.status != 200) {
    return doorway_.broken("a file of attendance by " + link.staff + " is refused with " +
                           std::to_string(done.status));
  }
  doorway_.happened("attendance by file");
  world_.settle();
}

void ProvidersAnswer::by_list(const std::string& check, Day on, const std::string& outcome) {
  world_.import({{CsvKind::check_ins, "check_code,at,outcome,by,note\n" + check + "," +
                                          to_string(on) + "," + outcome + ",別の職員,別のこと\n"}});
  doorway_.promises.seen(check, on, outcome_of(outcome));
  around_.imported(world_.store().check(check)->client);
  world_.settle();
  doorway_.happened("list of check-ins");
}

void ProvidersAnswer::take_back(const LinkGot& link, const HttpResponse& done) {
  const auto forms = forms_in(done.body);
  if (forms.empty()) return;  // all of it was known already
  around_.passes(minutes{between(0, 29)});
  doorway_.promises.used("link:" + link.staff);
  const HttpResponse undone = doorway_.post(forms.front().action, forms.front().as_it_stands);
  if (undone.status == 200) doorway_.happened("attendance undone");
  if (undone.status == 422) doorway_.broken("attendance could not be undone by " + link.staff);
  world_.settle();
}

// As an office of Healthchecks' clients: mostly well, some runs repeated, some that only begin.
void ProvidersAnswer::sensor_calls(const std::string& check) {
  if (!chance(0.3)) return;
  std::string& path = sensors_[check];
  if (path.empty()) {
    path = world_.run("check-key", {{"check", check}})
               .substr(std::string_view(World::kPublicUrl).size());
    path.pop_back();  // the line's end
  }
  const std::string behind = chance(0.9)    ? ""
                             : chance(0.15) ? "/fail"
                             : chance(0.5)  ? "/1"
                                            : "/start";
  const Day today = world_.service().today();
  HttpRequest request;
  request.method = chance(0.02) ? "GET" : "POST";
  request.path = path + behind;
  if (chance(0.3)) {
    request.query["rid"] = "00000000-0000-4000-8000-" + std::to_string(between(100000, 999999)) +
                           std::to_string(between(100000, 999999));
  }
  doorway_.promises.used("ping:" + check);
  const HttpResponse answer = doorway_.ask(request);
  world_.settle();
  if (answer.status != 200) return doorway_.happened("ping refused");
  doorway_.happened("ping" + behind);
  if (behind != "/start") {
    doorway_.promises.seen(check, today,
                           behind.empty()      ? Outcome::ok
                           : behind == "/fail" ? Outcome::concern
                                               : Outcome::unreachable);
  }
  if (!chance(0.2)) return;
  const JournalHead before = doorway_.head();
  doorway_.ask(request);
  if (behind.empty()) doorway_.unchanged_since(before, "a ping again");
  doorway_.happened("ping twice");
}

}  // namespace omamori::sim
