// endpoint list, endpoint enable: the ways out, and calling again one that asked not to be called
// or waits for its next probe. What a peer answered is shown in its own words.
#include <algorithm>

#include "config/toml_reader.h"
#include "daemon/answer/json_text.h"
#include "daemon/answer/json_values.h"
#include "daemon/answer/labels.h"
#include "daemon/answer/text_table.h"
#include "daemon/commands/options.h"
#include "daemon/reminders/peer_view.h"

namespace omamori {
namespace {

std::string word(Reach reach, const Tongue& say) {
  switch (reach) {
    case Reach::sound:
      return say("正常", "sound");
    case Reach::down:
      return say("つながらない", "down");
    case Reach::disabled:
      return say("停止", "disabled");
  }
  return "";
}

// A peer that never failed has no instant from which it is sound.
std::optional<Instant> since_of(const PeerState& state) {
  if (state.since == Instant{}) return {};
  return state.since;
}

json::object json_of(const PeerView& peer) {
  const PeerState& state = peer.state;
  return {{"name", peer.name},
          {"state", to_word(state.reach)},
          {"configured", peer.configured},
          {"failures", state.failures},
          {"since", omamori::json_of(since_of(state))},
          {"next_probe_at", omamori::json_of(state.next_probe_at)},
          {"why", text_or_null(state.why)}};
}

std::string list_text(const std::vector<PeerView>& peers, const Tongue& say, const Zone& zone) {
  if (peers.empty()) {
    return say("送り先は設定されていません（omamori.toml）。\n",
               "No way out is configured in omamori.toml.\n");
  }
  const auto when = [&](const std::optional<Instant>& at) {
    return at ? zone.local_text(*at) : std::string();
  };
  TextTable table({say("送り先", "endpoint"), say("状態", "state"), say("いつから", "since"),
                   say("次に試す", "next probe"), say("理由", "why")});
  for (const PeerView& peer : peers) {
    std::string state = word(peer.state.reach, say);
    if (!peer.configured) state += say("・設定なし", ", not configured");
    table.add({peer.name, state, when(since_of(peer.state)), when(peer.state.next_probe_at),
               peer.state.why});
  }
  return table.text();
}

std::string unknown(const std::string& name, const std::vector<PeerView>& peers) {
  std::vector<std::string> names;
  std::string all;
  for (const PeerView& peer : peers) {
    names.push_back(short_name(peer.name));
    all += (all.empty() ? "" : ", ") + names.back();
  }
  if (names.empty()) return name + ": omamori.toml configures no way out";
  const auto near = nearest(name, names);
  return name + ": no such endpoint; " + (near ? "did you mean " + *near + "? " : "") +
         "omamori.toml has " + all;
}

}  // namespace

Response endpoint_list_command(const Request& request, Service& service) {
  std::string why;
  const auto language = language_option(request, service, why);
  if (!language) return wrong_usage(why);
  const std::vector<PeerView> peers = peers_of(service);
  if (!request.json) {
    return {Exit::ok, list_text(peers, Tongue(*language), service.zone()), ""};
  }
  Response response;
  JsonArray array(response.out);
  for (const PeerView& peer : peers) array.add(json_of(peer));
  array.finish();
  response.out += '\n';
  return response;
}

Response endpoint_enable_command(const Request& request, Service& service) {
  const std::string name = request.text("name");
  if (name.empty()) return wrong_usage("which endpoint? omamorictl endpoint list shows them");
  const auto peers = peers_of(service);
  const auto found = std::find_if(peers.begin(), peers.end(), [&](const PeerView& peer) {
    return peer.name == name || short_name(peer.name) == name;
  });
  if (found == peers.end()) return refused(unknown(name, peers));
  Store& store = service.store();
  const Reach before = found->state.reach;
  if (before != Reach::sound) {
    const Act act = service.act(request.actor);
    PeerState sound;
    sound.since = act.now;
    const auto batch = store.batch();
    store.put_peer(found->name, sound, act);
    store.settle_trouble("peer " + found->name, "enabled by hand", act);
    store.settle_trouble("endpoint " + short_name(found->name), "enabled by hand", act);
    batch->commit();
  }
  if (request.json) {
    return {
        Exit::ok,
        json_line(json::object{
            {"name", found->name}, {"before", to_word(before)}, {"state", to_word(Reach::sound)}}),
        ""};
  }
  std::string text = found->name + ": nothing was wrong with it";
  if (before != Reach::sound) {
    text = found->name + " was " + std::string(to_word(before)) +
           " and is called again from now on; what waits for it goes out";
    if (!found->configured) text += " once omamori.toml has it again";
  }
  return {Exit::ok, text + "\n", ""};
}

}  // namespace omamori
