// trouble list, trouble drop: what does not work and is being told to the operator, and the word of
// a person that it is dealt with.
#include <algorithm>

#include "config/toml_reader.h"
#include "daemon/answer/json_text.h"
#include "daemon/answer/json_values.h"
#include "daemon/answer/labels.h"
#include "daemon/commands/options.h"
#include "daemon/import/csv/text.h"
#include "daemon/model/bilingual.h"
#include "daemon/text/phrases_trouble.h"

namespace omamori {
namespace {

TroubleWords words_of(const StoredTrouble& trouble, const Tongue& say) {
  return trouble_words(trouble.subject, Role::operator_, say.language());
}

std::string indented(const std::string& lines) {
  std::string out = "  ";
  for (const char c : lines) out += c == '\n' ? std::string("\n  ") : std::string(1, c);
  return out + "\n";
}

std::string list_text(const std::vector<StoredTrouble>& troubles, const Tongue& say,
                      const Zone& zone) {
  if (troubles.empty()) return say("問題はありません。\n", "No trouble.\n");
  std::string out;
  for (const StoredTrouble& trouble : troubles) {
    const TroubleWords words = words_of(trouble, say);
    const std::string since = zone.local_text(trouble.since);
    if (!out.empty()) out += "\n";
    out += trouble.subject + say("（" + since + " から）: ", " (since " + since + "): ") +
           words.headline + "\n";
    if (!trouble.detail.empty()) out += indented(kept_in(say.language(), trouble.detail));
    out += "  " + words.action + "\n";
  }
  return out;
}

json::object json_of(const StoredTrouble& trouble, const Tongue& say) {
  const TroubleWords words = words_of(trouble, say);
  return {{"subject", trouble.subject},         {"since", omamori::json_of(trouble.since)},
          {"supervisors", trouble.supervisors}, {"detail", kept_in(say.language(), trouble.detail)},
          {"headline", words.headline},         {"action", words.action},
          {"key", trouble.obligation}};
}

std::string unknown(const std::string& subject, const std::vector<StoredTrouble>& troubles) {
  if (troubles.empty()) return subject + ": there is no trouble at all";
  std::vector<std::string> subjects;
  std::string all;
  for (const StoredTrouble& trouble : troubles) {
    subjects.push_back(trouble.subject);
    all += (all.empty() ? "\"" : ", \"") + trouble.subject + "\"";
  }
  const auto near = nearest(subject, subjects);
  return subject + ": no such trouble; " + (near ? "did you mean \"" + *near + "\"? " : "") +
         "there is " + all;
}

}  // namespace

Response trouble_list_command(const Request& request, Service& service) {
  std::string why;
  const auto language = language_option(request, service, why);
  if (!language) return wrong_usage(why);
  const Tongue say(*language);
  const auto troubles = service.store().troubles();
  if (!request.json) return {Exit::ok, list_text(troubles, say, service.zone()), ""};
  Response response;
  JsonArray array(response.out);
  for (const StoredTrouble& trouble : troubles) array.add(json_of(trouble, say));
  array.finish();
  response.out += '\n';
  return response;
}

Response trouble_drop_command(const Request& request, Service& service) {
  const std::string subject(trim(request.text("subject")));
  if (subject.empty()) return wrong_usage("which trouble? omamorictl trouble list shows them");
  const std::string reason(trim(request.text("reason")));
  if (reason.empty()) {
    return wrong_usage("--reason is needed: nobody will be told of it any more, and why is kept");
  }
  if (const std::string_view problem = text_problem(reason); !problem.empty()) {
    return wrong_usage("--reason: " + std::string(problem));
  }
  const auto troubles = service.store().troubles();
  const bool live = std::any_of(troubles.begin(), troubles.end(),
                                [&](const StoredTrouble& t) { return t.subject == subject; });
  if (!live) return refused(unknown(subject, troubles));
  const Recorded recorded =
      service.store().drop_trouble(subject, reason, service.act(request.actor));
  if (!recorded) return refused(subject + ": " + recorded.refused);
  if (request.json) {
    return {Exit::ok, json_line(json::object{{"subject", subject}, {"row", recorded.journal}}), ""};
  }
  return {Exit::ok,
          subject + ": dropped; nobody is told of it any more, unless it is found again\n", ""};
}

}  // namespace omamori
