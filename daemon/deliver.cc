#include "daemon/deliver.h"

#include "daemon/backoff.h"
#include "daemon/compose.h"

namespace omamori {
namespace {

// What the store keeps of an outcome, and when to try again.
AttemptEnd end_of(const SendResult& result, const StoredMessage& message, int attempt,
                  Instant now) {
  AttemptEnd end;
  if (const auto* sent = std::get_if<Sent>(&result)) {
    end.outcome = AttemptOutcome::sent;
    end.reply = sent->reply;
    return end;
  }
  if (const auto* no = std::get_if<Refused>(&result)) {
    end.outcome = AttemptOutcome::refused;
    end.reply = no->why;
    return end;
  }
  const auto& again = std::get<TryAgain>(result);
  end.outcome = again.unknown ? AttemptOutcome::unknown : AttemptOutcome::try_again;
  end.reply = again.why;
  const std::chrono::seconds age = now - message.created_at;
  end.life_used = age;
  if (age < kMessageLife) {
    end.next_attempt_at = now + wait_after(attempt, message.content.id, again.after);
  }
  return end;
}

std::vector<std::string> lines_of(Store& store, const StoredMessage& message) {
  std::vector<std::string> lines;
  for (const std::int64_t id : message.content.items) {
    if (const auto item = store.item(id)) {
      lines.push_back(item->reminder.obligation + " " + item->reminder.stage);
    }
  }
  return lines;
}

}  // namespace

Notifier* Outlets::at(Channel channel) const {
  switch (channel) {
    case Channel::email:
      return email;
    case Channel::file:
      return file;
    case Channel::webhook:
      return nullptr;
  }
  return nullptr;
}

DeliverReport deliver_due(Service& service, const Outlets& outlets, const Act& act,
                          const Templates& templates) {
  DeliverReport report;
  Store& store = service.store();
  for (StoredMessage message : store.due_messages(act.now)) {
    if (service.config().hold) {
      ++report.held;
      continue;
    }
    // Words of another day speak of the wrong day and lateness; while no peer can have accepted
    // them they are written again under the same id.
    const bool of_another_day = service.zone().day_of(message.created_at) != act.today;
    if ((message.stale || of_another_day) && !message.frozen) {
      if (!recompose(service, message, act, templates)) continue;
      message = *store.message(message.content.id);
    }
    Notifier* outlet = outlets.at(message.content.channel);
    if (!outlet) continue;  // configured when it was composed, not now: stays due, shown by status
    const NewMessage& content = message.content;
    Delivered delivered{content.id,           content.staff,
                        content.channel,      lines_of(store, message),
                        AttemptOutcome::sent, ""};
    const int attempt = store.begin_attempt(content.id, act.now);
    const Message words{content.id,   content.subject, content.text,
                        content.html, content.json,    content.type};
    // A frozen message is repeated byte for byte, its Date included.
    const Instant date = message.frozen ? store.attempts(content.id).front().at : act.now;
    const SendResult result = outlet->send(words, {content.channel, content.address}, date);
    const AttemptEnd end = end_of(result, message, attempt, act.now);
    store.record_attempt(content.id, end, act);
    delivered.outcome = end.outcome;
    delivered.reply = end.reply;
    report.attempts.push_back(std::move(delivered));
  }
  return report;
}

}  // namespace omamori
