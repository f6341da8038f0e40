// erase: everything of a client goes, because the law or the person asks for it. Begun here; the
// daemon does the rest in slices, and where none runs it is done at once.
#include "daemon/answer/json_text.h"
#include "daemon/answer/json_values.h"
#include "daemon/commands/options.h"
#include "daemon/model/calendar.h"
#include "daemon/retention/retention.h"
#include "db/erased_list.h"
#include "db/erasures.h"

namespace omamori {
namespace {

bool is_in_policy(const Policy& policy, const std::string& client) {
  for (const Override& one : policy.terms.overrides) {
    if (one.client == client) return true;
  }
  return false;
}

// Why not, or "". Whoever is still looked after must not be forgotten.
std::string why_not(const std::string& client, Service& service) {
  const auto known = service.store().client(client);
  if (!known) return "no client " + client + ": omamorictl list clients names them";
  if (!known->ended_on || *known->ended_on >= service.today()) {
    return client + " is still served, and nobody would look in on them any more: omamorictl end " +
           client + " first, and erase on the day after the last one";
  }
  if (is_in_policy(service.policy(), client)) {
    return "policy.toml has an [[override]] for " + client +
           ": take it out first, else it would name them";
  }
  return service.store().erasures().why_not_now(client);
}

// The list first: what is in no list would come back with the next restored copy.
std::string write_down(const std::string& client, const Act& act, Store& store) {
  const auto file = erased_list_beside(store.path());
  const auto read = read_erased_list(file);
  if (const auto* why = std::get_if<std::string>(&read)) return *why;
  ErasedList list = std::get<ErasedList>(read);
  const std::string identity = store.identity();
  if (list.identity != identity) list = {identity, {}};
  list.erased.push_back({client, act.now});
  return write_erased_list(file, list);
}

}  // namespace

Response erase_command(const Request& request, Service& service) {
  const std::string client = request.text("client");
  const std::string reason = request.text("reason");
  if (reason.empty()) return wrong_usage("--reason is needed: on whose word, by which rule");
  if (const std::string why = why_not(client, service); !why.empty()) return refused(why);
  Store& store = service.store();
  const Act act = service.act(request.actor);
  if (const std::string why = write_down(client, act, store); !why.empty()) {
    return refused(why + "; nothing was erased");
  }
  store.erasures().begin(client, reason, act);
  const bool by_daemon = service.turns.has_value();
  if (!by_daemon) drop_what_is_not_kept(service, act);
  const bool done = !store.erasures().unfinished();
  if (done) store.empty_log();
  if (request.json) {
    return {Exit::ok, json_line(json::object{{"client", client}, {"done", done}}), ""};
  }
  return {Exit::ok,
          client +
              (done ? " is erased"
                    : " is being erased; omamorictl log --kind erase. says "
                      "\"erase.done\" at its end") +
              ". Copies made before still hold them until they are thinned out; a restore erases "
              "them again\n",
          ""};
}

}  // namespace omamori
