// access: who looked at whom, by which door.
#include <vector>

#include "daemon/answer/json_text.h"
#include "daemon/answer/json_values.h"
#include "daemon/answer/text_table.h"
#include "daemon/commands/options.h"
#include "db/door_records.h"

namespace omamori {

Response access_command(const Request& request, Service& service) {
  std::string why;
  const Day a_year_ago = service.today() - std::chrono::days{366};
  const auto since = day_option(request, "since", a_year_ago, why);
  if (!since) return wrong_usage(why);
  const std::string client = request.text("client");
  std::vector<Look> looks;
  service.store().doors().access().each(client, *since,
                                        [&](const Look& look) { looks.push_back(look); });
  Response response;
  if (request.json) {
    JsonArray array(response.out);
    for (const Look& look : looks) {
      array.add(json::object{{"at", json_of(look.at)},
                             {"who", look.who},
                             {"client", text_or_null(look.client)},
                             {"what", look.what},
                             {"door", look.door}});
    }
    return response;
  }
  TextTable table({"at", "who", "client", "what", "door"});
  for (const Look& look : looks) {
    table.add({service.zone().local_text(look.at), look.who,
               look.client.empty() ? "(all)" : look.client, look.what, look.door});
  }
  response.out = table.text();
  if (looks.empty()) response.err = "nobody has looked since then\n";
  return response;
}

}  // namespace omamori
