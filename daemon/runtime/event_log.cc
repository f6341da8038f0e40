#include "daemon/runtime/event_log.h"

#include "daemon/model/peer.h"
#include "daemon/runtime/log.h"

namespace omamori {
namespace {

const char* word(AttemptOutcome outcome) {
  switch (outcome) {
    case AttemptOutcome::sent:
      return "told ";
    case AttemptOutcome::try_again:
      return "not yet told ";
    case AttemptOutcome::unknown:
      return "unknown whether told ";
    case AttemptOutcome::refused:
      return "refused for good ";
    case AttemptOutcome::begun:
      break;
  }
  return "";
}

}  // namespace

void EventLog::reminders(const ReminderReport& r, const std::vector<Stuck>& stuck) {
  if (r.decided.clients > 0) {
    log_info(std::to_string(r.decided.clients) +
             " clients planned: " + std::to_string(r.decided.owed) + " reminders owed, " +
             std::to_string(r.decided.silences) + " silences, " + std::to_string(r.decided.opened) +
             " obligations opened, " + std::to_string(r.decided.ended) + " ended");
  }
  for (const FailedClient& f : r.decided.failed) {
    log_error(f.client + " could not be planned: " + f.why);
  }
  for (const std::string& client : r.decided.restored) {
    log_warning(client + " had no place in the schedule, and has one again");
  }
  for (const Unreachable& u : r.composed.unreachable) {
    log_error(u.staff + " cannot be told (" + std::to_string(u.items) + " owed): " + u.why);
  }
  for (const std::string& id : r.fallen_back.given_up) {
    log_warning(id + " was not accepted in time: the next channel");
  }
  if (stuck.empty()) stuck_named_.clear();
  if (r.fallen_back.substituted > 0) {
    log_warning(std::to_string(r.fallen_back.substituted) +
                " reminders are told to somebody else instead");
  }
  for (const Stuck& s : r.fallen_back.stuck) {
    if (!stuck_named_.insert(s.staff).second) continue;  // once is enough, `status` goes on
    log_error(s.staff + " was not told (" + std::to_string(s.items) + " owed since " +
              zone_.local_text(s.since) + ") and nobody else can be told instead");
  }
}

void EventLog::delivered(const Delivered& d) {
  const std::string line = word(d.outcome) + d.staff + " by " + name_of(peer_of(d.channel, "")) +
                           ", " + std::string(to_word(d.kind)) + " of " +
                           std::to_string(d.items.size()) + " [" + d.message + "]";
  if (d.outcome == AttemptOutcome::sent) {
    log_info(line);
  } else {
    log_warning(line + ": " + d.reply);
  }
}

void EventLog::reloaded(const Reloaded& done) {
  for (const Said& error : done.errors) log_error(error.en);
  for (const Said& note : done.notes) log_info(note.en);
}

}  // namespace omamori
