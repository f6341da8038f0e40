// check-key: the address at which a sensor or a script says how a safety check went (P8). It is
// worked out each time and kept nowhere.
#include "daemon/answer/codes.h"
#include "daemon/answer/json_text.h"
#include "daemon/commands/options.h"
#include "daemon/doors/ping_key.h"
#include "db/door_records.h"

namespace omamori {
namespace {

std::string why_no_key(const Service& service) {
  const HttpConfig& http = service.config().http;
  if (http.public_url.empty()) {
    return "[http] public_url is not set in omamori.toml: there are no addresses yet; "
           "systemd/README.md says how to open the doors";
  }
  return "the key of links, " + http.token_key +
         ", cannot be read: there are no addresses; omamorictl doctor says what to do";
}

// What keeps a ping from arriving although the address is right; "" = nothing.
std::string why_not_heard(const CheckRecord& check, Service& service) {
  if (service.config().http.listen.empty()) {
    return "[http] listen is not set in omamori.toml: nobody hears it yet\n";
  }
  const auto client = service.store().client(check.client);
  const bool check_ended = check.terms.until && *check.terms.until < service.today();
  const bool client_ended = client && client->ended_on && *client->ended_on < service.today();
  if (check_ended || client_ended) return check.code + " has ended: its pings are not taken\n";
  return "";
}

}  // namespace

Response check_key_command(const Request& request, Service& service) {
  const std::string code = request.text("check");
  const auto check = service.store().check(code);
  if (!check) {
    return refused("no safety check " + as_code(code) +
                   "; omamorictl list safety_checks shows the codes");
  }
  if (!service.has_links()) return refused(why_no_key(service));
  PingRecords& pings = service.store().doors().pings();
  int generation = pings.generation(code);
  if (request.flag("new")) {
    const auto batch = service.store().batch();
    generation = pings.raise_generation(code);
    service.store().journal(service.act(request.actor), "check.key", check->client, code,
                            json::serialize(json::object{{"generation", generation}}));
    batch->commit();
  }
  const std::string url = service.config().http.public_url + std::string(kPingPath) +
                          make_ping_key(*service.token_key(), code, generation);
  Response response{Exit::ok, url + "\n", why_not_heard(*check, service)};
  if (request.json) {
    response.out =
        json_line(json::object{{"check", code}, {"url", url}, {"generation", generation}});
  }
  return response;
}

}  // namespace omamori
