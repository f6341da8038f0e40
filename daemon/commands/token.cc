// token list, token revoke: the links that messages carried (P8). The links themselves are kept
// nowhere, so none can be shown.
#include "daemon/doors/token.h"

#include <map>
#include <utility>

#include "daemon/answer/json_text.h"
#include "daemon/answer/json_values.h"
#include "daemon/answer/labels.h"
#include "daemon/answer/text_table.h"
#include "daemon/commands/options.h"
#include "daemon/model/calendar.h"
#include "db/door_records.h"

namespace omamori {
namespace {

// A page of attendance is about no single obligation.
std::string obligation_of(const DoorToken& token) {
  return token.door == kActDoor ? token.subject : "";
}

// Dead ones of a lower generation are left out.
std::vector<DoorToken> living(Service& service, const std::string& staff) {
  DoorRecords& doors = service.store().doors();
  std::map<std::string, int> generations;
  auto found = doors.list(staff, service.now() - kLinkLives);
  std::erase_if(found, [&](const DoorToken& token) {
    const auto [known, fresh] = generations.try_emplace(token.staff, 0);
    if (fresh) known->second = doors.generation(token.staff);
    return token.generation < known->second;
  });
  return found;
}

}  // namespace

Response token_list_command(const Request& request, Service& service) {
  std::string why;
  const auto language = language_option(request, service, why);
  if (!language) return wrong_usage(why);
  const std::string staff = request.text("staff");
  if (!staff.empty() && !service.store().staff(staff)) return no_such_staff(staff);
  const auto tokens = living(service, staff);
  if (request.json) {
    json::array rows;
    for (const DoorToken& token : tokens) {
      rows.push_back(json::object{{"staff", token.staff},
                                  {"obligation", text_or_null(obligation_of(token))},
                                  {"door", token.door},
                                  {"carried_at", to_string(token.carried_at)}});
    }
    return {Exit::ok, json_line(rows), ""};
  }
  const Tongue say(*language);
  TextTable table({say("宛先", "staff"), say("用件", "obligation"), say("受付", "door"),
                   say("最後に送った", "last carried")});
  for (const DoorToken& token : tokens) {
    table.add({token.staff, obligation_of(token), token.door,
               service.zone().local_text(token.carried_at)});
  }
  if (table.empty()) {
    return {Exit::ok, say("使えるリンクはありません。\n", "No link is in use.\n"), ""};
  }
  return {Exit::ok, table.text(), ""};
}

Response token_revoke_command(const Request& request, Service& service) {
  const std::string staff = request.text("staff");
  if (!service.store().staff(staff)) return no_such_staff(staff);
  const std::size_t dead = living(service, staff).size();
  const auto batch = service.store().batch();
  service.store().doors().raise_generation(staff);
  service.store().journal(service.act(request.actor), "token.revoked", "", staff, "{}");
  batch->commit();
  if (request.json)
    return {Exit::ok, json_line(json::object{{"staff", staff}, {"dead", dead}}), ""};
  return {
      Exit::ok,
      staff + ": " + std::to_string(dead) + " links are dead; the next messages carry new ones\n",
      ""};
}

}  // namespace omamori
