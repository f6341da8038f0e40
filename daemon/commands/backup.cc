// backup, restore --release: what the owner of the database does about its copies. The daemon makes
// one between other work and omamorictl looks on (daemon/cli/wait_for_outcome.h); where none runs
// it is made at once.
#include <charconv>

#include "daemon/answer/json_text.h"
#include "daemon/answer/json_values.h"
#include "daemon/backup/backups.h"
#include "daemon/commands/options.h"
#include "daemon/reminders/clock_hold.h"
#include "daemon/reminders/restored.h"

namespace omamori {
namespace {

Response answer(const Request& request, const BackupState::Ended& ended) {
  if (!ended.why.empty()) return refused("no backup was made: " + ended.why);
  const std::string head = std::to_string(ended.head.seq) + ":" + ended.head.hash;
  if (request.json) {
    return {Exit::ok,
            json_line(json::object{{"ended", true},
                                   {"file", text_or_null(ended.file.string())},
                                   {"bytes", ended.bytes},
                                   {"journal_head", head}}),
            ""};
  }
  return {Exit::ok,
          ended.file.string() + ": " + std::to_string(ended.bytes) +
              " bytes, sound, journal head " + head + "\n",
          ""};
}

int number_of(const Request& request) {
  const std::string text = request.text("number");
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

Response backup_command(const Request& request, Service& service) {
  const std::filesystem::path& directory = service.config().backup.directory;
  const std::filesystem::path file = request.text("file");
  if (file.empty() && directory.empty()) {
    return refused("omamori.toml has no [backup] directory: set it, or name a FILE");
  }
  if (file.empty() && kept_clock_hold(service.store())) {
    return refused(
        "the clock is held, and copies there are named and thinned out by it: omamorictl clock "
        "show, or name a FILE");
  }
  BackupState& state = service.backups;
  if (!state.made_here) {
    const Act act = service.act(request.actor);
    auto to = file;
    const CopyOutcome made = copy_at_once(service, to, act);
    return answer(request,
                  {0, to, made.failed.empty() ? made.wrong : made.failed, made.bytes, made.head});
  }
  if (state.wish && state.wish->to != file) {
    return refused("another one is about to be made: try again in a moment");
  }
  if (!state.wish) state.wish = BackupState::Wish{++state.wishes, file};
  return {Exit::ok, json_line(json::object{{"number", state.wish->number}}), ""};
}

Response backup_outcome_command(const Request& request, Service& service) {
  const BackupState::Ended& ended = service.backups.ended;
  if (ended.number >= number_of(request)) return answer(request, ended);
  return {Exit::ok, json_line(json::object{{"ended", false}}), ""};
}

Response restore_release_command(const Request& request, Service& service) {
  const auto batch = service.store().batch();
  if (!release_restored(service.store())) {
    return refused("nothing is held since a restore");
  }
  service.store().journal(service.act(request.actor), "restore.released", "", "", "{}");
  batch->commit();
  const std::string still =
      service.held() ? "; it is still held by " + service.hold().what.en : std::string();
  if (request.json) return {Exit::ok, json_line(json::object{{"released", true}}), ""};
  return {Exit::ok, "released: what is due is told now" + still + "\n", ""};
}

}  // namespace omamori
