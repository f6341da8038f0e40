// outbox list, show, retry, drop: the messages that were composed, and what became of them. Codes
// and addresses only, but `show` prints a message as it is, names included if it has them.
#include <algorithm>
#include <array>
#include <charconv>

#include "daemon/answer/json_text.h"
#include "daemon/answer/json_values.h"
#include "daemon/answer/labels.h"
#include "daemon/answer/text_table.h"
#include "daemon/commands/options.h"
#include "daemon/import/csv/text.h"
#include "daemon/model/calendar.h"
#include "db/file_words.h"

namespace omamori {
namespace {

constexpr int kUsualRows = 50;
constexpr std::array kStates{MessageState::pending,    MessageState::sent,
                             MessageState::refused,    MessageState::expired,
                             MessageState::superseded, MessageState::dropped};

std::string word(MessageState state, const Tongue& say) {
  switch (state) {
    case MessageState::pending:
      return say("送信待ち", "pending");
    case MessageState::sent:
      return say("送信済み", "sent");
    case MessageState::refused:
      return say("拒否された", "refused");
    case MessageState::expired:
      return say("期限切れ", "expired");
    case MessageState::superseded:
      return say("次に統合", "superseded");
    case MessageState::dropped:
      return say("取りやめ", "dropped");
  }
  return "";
}

// A pending message in a word more: why it is not sent yet.
std::string standing_of(const StoredMessage& message, const Tongue& say) {
  std::string text = word(message.state, say);
  if (message.state != MessageState::pending) return text;
  if (message.in_flight) return text + say("・送信中", ", being sent");
  if (message.frozen) return text + say("・届いたか不明", ", may have arrived");
  return text;
}

json::object head_json(const StoredMessage& message) {
  const NewMessage& content = message.content;
  return {
      {"id", content.id},
      {"state", file_word(message.state)},
      {"kind", to_word(content.kind)},
      {"staff", content.staff},
      {"channel", file_word(content.channel)},
      {"address", content.address},
      {"slot", json_of(content.slot)},
      {"subject", content.subject},
      {"items", content.items.size()},
      {"attempts", message.attempts},
      {"created_at", json_of(message.created_at)},
      {"next_attempt_at",
       message.state == MessageState::pending ? json_of(message.next_attempt_at) : json::value()},
      {"ended_at", json_of(message.ended_at)},
      {"in_flight", message.in_flight},
      {"frozen", message.frozen}};
}

// The message that is asked for; nothing, and the answer to give, if it is not there.
std::optional<StoredMessage> asked_for(const Request& request, Service& service, Response& no) {
  const std::string id = request.text("id");
  if (id.empty()) {
    no = wrong_usage("which message? give its id, as omamorictl outbox list prints it");
    return {};
  }
  auto found = service.store().message(id);
  if (!found) no = refused("no message " + id + "; omamorictl outbox list shows the ids");
  return found;
}

// ---- list ---------------------------------------------------------------------------------------

struct WantedMessages {
  std::optional<MessageState> state;
  int limit = kUsualRows;
  std::string wrong;
};

WantedMessages wanted_of(const Request& request) {
  WantedMessages wanted;
  if (const std::string text = request.text("state"); !text.empty()) {
    const auto* found = std::find_if(kStates.begin(), kStates.end(),
                                     [&](MessageState s) { return file_word(s) == text; });
    if (found == kStates.end()) {
      wanted.wrong =
          "--state " + text + ": must be pending, sent, refused, expired, superseded or dropped";
      return wanted;
    }
    wanted.state = *found;
  }
  if (const std::string text = request.text("limit"); !text.empty()) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), wanted.limit);
    if (error != std::errc{} || end != text.data() + text.size() || wanted.limit < 1) {
      wanted.wrong = "--limit " + text + ": not a number of rows above 0";
    }
  }
  return wanted;
}

std::string list_text(const std::vector<StoredMessage>& messages, const Tongue& say,
                      const Zone& zone) {
  if (messages.empty()) return say("該当する送信はありません。\n", "No such message.\n");
  TextTable table({say("番号", "id"), say("状態", "state"), say("宛先", "to"), say("方法", "by"),
                   say("お知らせの時刻", "slot"), say(">件数", ">lines"), say(">試行", ">attempts"),
                   say("次の試行", "next attempt"), say("件名", "subject")});
  for (const StoredMessage& message : messages) {
    const NewMessage& content = message.content;
    const bool waits = message.state == MessageState::pending && message.next_attempt_at;
    table.add({content.id, standing_of(message, say), content.staff,
               std::string(file_word(content.channel)), zone.local_text(content.slot),
               std::to_string(content.items.size()), std::to_string(message.attempts),
               waits ? zone.local_text(*message.next_attempt_at) : "", content.subject});
  }
  return table.text();
}

// ---- show ---------------------------------------------------------------------------------------

json::array attempts_json(const std::vector<StoredAttempt>& attempts) {
  json::array array;
  for (const StoredAttempt& a : attempts) {
    array.push_back(json::object{{"n", a.n},
                                 {"at", json_of(a.at)},
                                 {"ended_at", json_of(a.ended_at)},
                                 {"outcome", file_word(a.outcome)},
                                 {"reply", a.reply},
                                 {"latency_ms", a.latency_ms}});
  }
  return array;
}

json::array items_json(Store& store, const StoredMessage& message) {
  json::array array;
  for (const std::int64_t id : message.content.items) {
    const auto item = store.item(id);
    if (!item) continue;
    array.push_back(json::object{{"id", id},
                                 {"client", text_or_null(item->client)},
                                 {"key", item->reminder.obligation},
                                 {"stage", item->reminder.stage},
                                 {"repeat", item->reminder.repeat},
                                 {"state", file_word(item->state)}});
  }
  return array;
}

std::string attempts_text(const std::vector<StoredAttempt>& attempts, const Zone& zone,
                          const Tongue& say) {
  if (attempts.empty()) return say("まだ送っていません。\n", "Not tried yet.\n");
  std::string out;
  for (const StoredAttempt& a : attempts) {
    out += std::to_string(a.n) + ". " + zone.local_text(a.at) + " " +
           std::string(file_word(a.outcome)) + " (" + std::to_string(a.latency_ms) + " ms) " +
           a.reply + "\n";
  }
  return out;
}

std::string items_text(Store& store, const StoredMessage& message, const Tongue& say) {
  std::string out;
  for (const std::int64_t id : message.content.items) {
    const auto item = store.item(id);
    if (!item) continue;
    out += item->reminder.obligation + " " + item->reminder.stage + ": " + say.word(item->state) +
           "\n";
  }
  return out.empty() ? say("ありません。\n", "None.\n") : out;
}

std::string show_text(Service& service, const StoredMessage& message, const Tongue& say) {
  const NewMessage& content = message.content;
  const Zone& zone = service.zone();
  std::string out;
  const auto row = [&](const std::string& name, const std::string& value) {
    if (!value.empty()) out += name + ": " + value + "\n";
  };
  const auto when = [&](const std::optional<Instant>& at) {
    return at ? zone.local_text(*at) : std::string();
  };
  row("id", content.id);
  row(say("状態", "state"), standing_of(message, say));
  row(say("宛先", "to"),
      content.staff + " (" + std::string(file_word(content.channel)) + " " + content.address + ")");
  row(say("種類", "type"), content.type);
  row(say("お知らせの時刻", "slot"), when(content.slot));
  row(say("作成", "composed"), when(message.created_at));
  if (message.state == MessageState::pending) {
    row(say("次の試行", "next attempt"), when(message.next_attempt_at));
  }
  row(say("終了", "ended"), when(message.ended_at));
  row(say("件名", "subject"), content.subject);
  out += "\n== " + say("試行", "attempts") + "\n";
  out += attempts_text(service.store().attempts(content.id), zone, say);
  out += "\n== " + say("内容", "lines") + "\n" + items_text(service.store(), message, say);
  out += "\n== " + say("本文", "text") + "\n";
  if (message.body_hash.empty()) return out + content.text;
  if (message.body_hash == "erased") return out + say("消去済み", "erased") + "\n";
  return out +
         say("保存期間が過ぎたため残っていない。SHA-256 ",
             "not kept any more ([retention]). SHA-256 ") +
         message.body_hash + "\n";
}

// ---- retry, drop --------------------------------------------------------------------------------

// What is left to do about a message that is not pending any more.
std::string instead(const StoredMessage& message) {
  switch (message.state) {
    case MessageState::sent:
      return "it was sent already";
    case MessageState::refused:
    case MessageState::expired:
      return "it is " + std::string(file_word(message.state)) +
             "; what it said is owed and goes into the next message by itself: correct the "
             "address in the staff file (omamorictl check)";
    case MessageState::superseded:
      return "a newer message took over what it said; omamorictl outbox list --state pending";
    case MessageState::dropped:
      return "it was dropped by hand";
    case MessageState::pending:
      break;
  }
  return "";
}

Response done(const Request& request, const StoredMessage& message, const Recorded& recorded,
              const std::string& text) {
  if (!recorded) return refused(message.content.id + ": " + recorded.refused);
  if (!request.json) return {Exit::ok, text + "\n", ""};
  return {Exit::ok, json_line(json::object{{"id", message.content.id}, {"row", recorded.journal}}),
          ""};
}

}  // namespace

Response outbox_list_command(const Request& request, Service& service) {
  std::string why;
  const auto language = language_option(request, service, why);
  if (!language) return wrong_usage(why);
  const WantedMessages wanted = wanted_of(request);
  if (!wanted.wrong.empty()) return wrong_usage(wanted.wrong);
  const auto messages = service.store().messages(wanted.state, wanted.limit);
  Response response;
  if (request.json) {
    JsonArray array(response.out);
    for (const StoredMessage& message : messages) array.add(head_json(message));
    array.finish();
    response.out += '\n';
  } else {
    response.out = list_text(messages, Tongue(*language), service.zone());
  }
  if (messages.size() == static_cast<std::size_t>(wanted.limit)) {
    response.err = "the newest " + std::to_string(wanted.limit) + "; --limit N shows more\n";
  }
  return response;
}

Response outbox_show_command(const Request& request, Service& service) {
  std::string why;
  const auto language = language_option(request, service, why);
  if (!language) return wrong_usage(why);
  Response no;
  const auto message = asked_for(request, service, no);
  if (!message) return no;
  if (!request.json) return {Exit::ok, show_text(service, *message, Tongue(*language)), ""};
  json::object out = head_json(*message);
  out["items"] = items_json(service.store(), *message);
  out["attempts"] = attempts_json(service.store().attempts(message->content.id));
  out["type"] = message->content.type;
  out["text"] = message->content.text;
  out["html"] = message->content.html;
  out["json"] = message->content.json;
  out["body_hash"] = text_or_null(message->body_hash);
  return {Exit::ok, json_line(out), ""};
}

Response outbox_retry_command(const Request& request, Service& service) {
  Response no;
  const auto message = asked_for(request, service, no);
  if (!message) return no;
  const std::string& id = message->content.id;
  if (message->state != MessageState::pending) {
    return refused(id + " cannot be sent again: " + instead(*message));
  }
  if (message->in_flight) return refused(id + " is being sent at this moment");
  const Recorded recorded = service.store().retry_message(id, service.act(request.actor));
  std::string text = id + " will be tried now";
  if (service.held()) {
    const Service::Hold hold = service.hold();
    text += ", once " + hold.what.en + " holds it no more: " + hold.to_do.en;
  }
  if (message->frozen) text += "; it may have arrived before, and goes again with the same id";
  return done(request, *message, recorded, text);
}

Response outbox_drop_command(const Request& request, Service& service) {
  Response no;
  const auto message = asked_for(request, service, no);
  if (!message) return no;
  const std::string& id = message->content.id;
  const std::string reason(trim(request.text("reason")));
  if (reason.empty()) {
    return wrong_usage("--reason is needed: nobody will be told what " + id +
                       " says, and why is "
                       "kept");
  }
  if (const std::string_view problem = text_problem(reason); !problem.empty()) {
    return wrong_usage("--reason: " + std::string(problem));
  }
  if (message->state != MessageState::pending) {
    return refused(id + " cannot be dropped: " + instead(*message));
  }
  const Recorded recorded = service.store().drop_message(id, reason, service.act(request.actor));
  return done(request, *message, recorded,
              id + " is dropped: " + std::to_string(message->content.items.size()) +
                  " lines that " + message->content.staff + " will not be told");
}

}  // namespace omamori
