// The commands that omamorid answers itself, and the way of all others.
#include <exception>

#include "daemon/commands/options.h"
#include "daemon/commands/registry.h"
#include "daemon/commands/reload.h"
#include "daemon/import/csv/date_text.h"
#include "daemon/runtime/daemon.h"
#include "daemon/runtime/event_log.h"
#include "daemon/runtime/log.h"

namespace omamori {

Response Daemon::answer_one(const Request& request) {
  if (std::string why = not_allowed(request, service_.config().control); !why.empty()) {
    log_warning(why);
    return {Exit::refused, "", why + "\n"};
  }
  if (request.command == "reload") return reload_command(request);
  if (request.command == "clock run-to") return run_to_command(request);
  if (request.command == "receive-mail") return mail_command(request);
  const Response response = run_command(request, service_);
  const CommandRow* row = find_command(request.command);
  if (row && row->changes_addresses) reminders_.people_changed();
  take_over();
  return response;
}

// Who only sends what is refused causes no turn: strangers may, as often as they like.
Response Daemon::mail_command(const Request& request) {
  if (!world_.receive_mail || request.files.size() != 1) {
    return {Exit::try_later, "", "no mail can be taken here\n"};
  }
  const std::int64_t before = service_.store().journal().head().seq;
  Response response = world_.receive_mail(request);
  if (service_.store().journal().head().seq != before) take_over();
  return response;
}

Response Daemon::reload_command(const Request& request) {
  std::string why;
  const auto language = language_option(request, service_, why);
  if (!language) return wrong_usage(why);
  manager_.reloading();
  Reloaded done;
  try {
    intake_.reset();
    done = reload_files(service_, world_.config_file, request.actor,
                        request.flag("yes") ? Consent::given : Consent::none);
    service_.use_notices(texts_in(Language::en, done.errors));
  } catch (const std::exception& error) {
    done.errors.emplace_back(std::string("何も取り込みませんでした: ") + error.what(),
                             std::string("nothing was taken over: ") + error.what());
  }
  EventLog::reloaded(done);  // the log is where somebody looks for why nothing has changed
  manager_.ready();
  turn_soon();
  return answer_of(done, request.json, *language);
}

Response Daemon::run_to_command(const Request& request) {
  if (!world_.run_to) return refused("the clock is the machine's: only `omamorid --fast` runs on");
  const auto instant = read_instant(request.text("instant"), service_.zone());
  if (!instant.value) return refused(request.text("instant") + ": " + instant.error);
  const std::string why = world_.run_to(instant.value->at);
  if (!why.empty()) return refused(why);
  turn_soon();
  return {Exit::ok, "running to " + service_.zone().local_text(instant.value->at) + "\n", ""};
}

}  // namespace omamori
