// test-message: puts one message that says "this is a test" into the outbox, over one way to one
// person. The delivery loop sends it like any other; nothing depends on what becomes of it.
#include <algorithm>

#include "config/toml_reader.h"
#include "daemon/answer/json_text.h"
#include "daemon/answer/json_values.h"
#include "daemon/commands/options.h"
#include "daemon/delivery/senders.h"
#include "daemon/import/csv/words.h"
#include "daemon/model/calendar.h"
#include "daemon/reminders/compose.h"
#include "daemon/reminders/peer_view.h"
#include "daemon/text/message_text.h"
#include "db/file_words.h"
#include "db/journal.h"

namespace omamori {
namespace {

std::string unknown(const std::string& code, const Directory& directory) {
  std::vector<std::string> codes;
  for (const Staff& staff : directory.all_staff()) codes.push_back(staff.code);
  const auto near = nearest(code, codes);
  return code + ": no such person; " + (near ? "did you mean " + *near + "? " : "") +
         "omamorictl list staff shows the codes";
}

// The person's first way, or the one over the channel that is named; else why there is none.
std::optional<Way> way_of(const Staff& staff, const std::string& channel, const Config& config,
                          std::string& why) {
  if (channel.empty()) return way_to(staff, config, why);
  const auto read = read_channels(channel);
  if (!read.value || read.value->size() != 1) {
    why = "--channel " + channel + ": must be email, webhook or file";
    return {};
  }
  const Channel wanted = read.value->front();
  for (const Way& way : ways_of(staff, config, why)) {
    if (way.channel == wanted) return way;
  }
  Staff only = staff;
  only.channels = {wanted};
  if (ways_of(only, config, why).empty()) return {};
  why = "is not told by " + channel + ": the staff file's channels say otherwise";
  return {};
}

// Why nothing would leave; "" = it would.
std::string obstacle(Service& service, const std::string& peer) {
  if (service.held()) {
    const Service::Hold hold = service.hold();
    return "nothing leaves, it is held by " + hold.what.en + ": " + hold.to_do.en;
  }
  if (!service.store().meta("clock_hold").empty()) {
    return "nothing leaves while the clock is held: omamorictl clock show";
  }
  for (const PeerView& view : peers_of(service)) {
    if (view.name == peer && view.state.reach == Reach::disabled) {
      return peer +
             " asked never to be called again; when it is back: omamorictl endpoint enable " +
             short_name(peer);
    }
  }
  return "";
}

NewMessage composed(Service& service, const Staff& staff, const Way& way, const Act& act) {
  Store& store = service.store();
  NewMessage message;
  // Unlike any other, also within one second: the journal grows with each.
  message.id = "omamori-" + sha256_hex(to_string(store.created_at()) + "|test|" + staff.code + "|" +
                                       way.address + "|" + to_string(act.now) + "|" +
                                       std::to_string(store.journal().head().seq))
                                .substr(0, 24);
  put_words(message, service.templates(),
            test_digest(staff, way.channel, service.policy().language, act.now, act.today));
  message.kind = MessageKind::test;
  message.staff = staff.code;
  message.channel = way.channel;
  message.address = way.address;
  message.first_attempt_at = act.now;
  return message;
}

}  // namespace

Response test_message_command(const Request& request, Service& service) {
  const std::string code = request.text("to");
  if (code.empty()) return wrong_usage("--to is needed: the code of the person to be tried");
  const auto planning = service.planning();
  const Staff* staff = planning->directory.staff(code);
  if (!staff) return refused(unknown(code, planning->directory));
  std::string why;
  const auto way = way_of(*staff, request.text("channel"), service.config(), why);
  if (!way) return why.starts_with("--") ? wrong_usage(why) : refused(code + " " + why);
  const std::string peer = name_of(peer_of(way->channel, way->address));
  if (why = obstacle(service, peer); !why.empty()) return refused(why);
  const Act act = service.act(request.actor);
  const NewMessage message = composed(service, *staff, *way, act);
  service.store().put_message(message, {}, act);
  if (!request.json) return {Exit::ok, message.id + " to " + code + " by " + peer + "\n", ""};
  return {Exit::ok,
          json_line(json::object{{"id", message.id},
                                 {"staff", code},
                                 {"channel", file_word(way->channel)},
                                 {"address", way->address},
                                 {"by", peer}}),
          ""};
}

}  // namespace omamori
