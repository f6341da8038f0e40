#include "daemon/commands/reload.h"

#include "daemon/answer/json_text.h"
#include "daemon/commands/options.h"

namespace omamori {
namespace {

json::array texts(const std::vector<Said>& from, Language language) {
  json::array array;
  for (const Said& text : from) array.emplace_back(json::string(text.in(language)));
  return array;
}

}  // namespace

Response answer_of(const Reloaded& done, bool json, Language language) {
  Response response;
  response.exit = done.waits ? Exit::needs_yes : done.errors.empty() ? Exit::ok : Exit::refused;
  if (json) {
    response.out = json_line(
        json::object{{"policy_taken", done.policy_taken},
                     {"needs_yes", done.waits.has_value()},
                     {"altered", done.waits ? json::value(done.waits->altered) : json::value()},
                     {"clients", done.waits ? json::value(done.waits->clients) : json::value()},
                     {"errors", texts(done.errors, language)},
                     {"notes", texts(done.notes, language)}});
    return response;
  }
  for (const Said& note : done.notes) response.out += note.in(language) + "\n";
  if (done.errors.empty() && done.notes.empty()) {
    response.out =
        language == Language::ja ? "変わったものはありません\n" : "nothing has changed\n";
  }
  for (const Said& error : done.errors) response.err += error.in(language) + "\n";
  return response;
}

Response needs_daemon(const Request& request, Service& /*service*/) {
  return refused(request.command +
                 ": no omamorid runs that it could be said to; it reads its files when it starts");
}

// What needs no --yes was taken over when this process opened the database; what waits for it can
// be agreed to here.
Response reload_without_daemon(const Request& request, Service& service) {
  std::string why;
  const auto language = language_option(request, service, why);
  if (!language) return wrong_usage(why);
  const Consent consent = request.flag("yes") ? Consent::given : Consent::none;
  const Reloaded done = take_policy(service, request.actor, consent);
  if (done.errors.empty() && !done.policy_taken) return needs_daemon(request, service);
  return answer_of(done, request.json, *language);
}

}  // namespace omamori
