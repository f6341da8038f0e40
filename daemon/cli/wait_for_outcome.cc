#include "daemon/cli/wait_for_outcome.h"

#include <string>
#include <thread>

#include "daemon/answer/json_text.h"
#include "daemon/import/csv/date_text.h"
#include "daemon/model/time_zone.h"

namespace omamori {
namespace {

using SteadyClock = std::chrono::steady_clock;

std::string text_of(const json::value& value) { return std::string(value.as_string()); }

Request looking(const Request& like, const std::string& command) {
  Request request;
  request.command = command;
  request.actor = like.actor;
  request.json = true;
  return request;
}

// What `request` is answered, as JSON; nothing if it is not to be had.
std::optional<json::value> document(const Request& request, const AskOwner& ask) {
  const auto response = ask(request);
  if (!response || response->exit != Exit::ok) return {};
  boost::system::error_code bad;
  json::value value = json::parse(response->out, bad);
  if (bad) return {};
  return value;
}

// "accepted by smtp: 250 2.0.0 OK".
std::string ending(const json::value& message, const std::string& by) {
  const std::string state = text_of(message.at("state"));
  const auto& attempts = message.at("attempts").as_array();
  const std::string reply = attempts.empty() ? "" : text_of(attempts.back().at("reply"));
  if (state == "sent") return "accepted by " + by + ": " + reply + "\n";
  if (state == "refused") return "refused by " + by + ": " + reply + "\n";
  std::string text = "not accepted by " + by + ": it is " + state + "\n";
  if (state == "pending") {
    text = "not yet accepted by " + by + ", it is tried again today: omamorictl outbox show " +
           text_of(message.at("id")) + "\n";
    if (attempts.empty()) text += "  no attempt was made: omamorictl endpoint list\n";
  }
  for (const json::value& attempt : attempts) {
    text += "  " + text_of(attempt.at("at")) + " " + text_of(attempt.at("outcome")) + ": " +
            text_of(attempt.at("reply")) + "\n";
  }
  return text;
}

Response ended(const Request& request, json::object composed, const json::value& message) {
  Response response;
  response.exit = message.at("state").as_string() == "sent" ? Exit::ok : Exit::refused;
  if (!request.json) {
    // Both are the answer that was asked for, so both go to standard output.
    response.out = ending(message, text_of(composed["by"]));
    return response;
  }
  composed["state"] = message.at("state");
  composed["attempts"] = message.at("attempts");
  response.out = json_line(composed);
  return response;
}

}  // namespace

Response follow_test_message(const Request& request, const Response& composed, const AskOwner& ask,
                             FollowPace pace) {
  const json::object made = json::parse(composed.out).as_object();
  Request show = looking(request, "outbox show");
  show.options["id"] = text_of(made.at("id"));
  const auto deadline = SteadyClock::now() + pace.give_up_after;
  for (;;) {
    const auto message = document(show, ask);
    if (!message) {
      return {Exit::unavailable, "",
              "nobody answers any more: omamorictl outbox show " + show.text("id") +
                  " tells what became of it\n"};
    }
    const bool over = message->at("state").as_string() != "pending";
    if (over || SteadyClock::now() >= deadline) return ended(request, made, *message);
    std::this_thread::sleep_for(pace.look_every);
  }
}

Response follow_backup(const Request& request, const Response& begun, const AskOwner& ask,
                       FollowPace pace) {
  boost::system::error_code bad;
  const json::value answer = json::parse(begun.out, bad);
  if (bad || !answer.is_object() || !answer.as_object().contains("number")) return begun;
  Request look = looking(request, "backup outcome");
  look.options["number"] = std::to_string(answer.at("number").as_int64());
  for (;;) {
    const auto looked = ask(look);
    if (!looked)
      return {Exit::unavailable, "", "nobody answers any more: omamorictl backup list\n"};
    const json::value outcome = json::parse(looked->out, bad);
    if (bad || outcome.at("ended").as_bool()) break;  // or refused, with the reason
    std::this_thread::sleep_for(pace.look_every);
  }
  look.json = request.json;
  return ask(look).value_or(begun);
}

Response follow_clock(const Request& request, const Response& begun, const AskOwner& ask,
                      FollowPace pace) {
  const Request show = looking(request, "clock show");
  std::string stood_at;
  auto moved = SteadyClock::now();
  for (;;) {
    const auto shown = document(show, ask);
    if (!shown) return {Exit::unavailable, begun.out, "nobody answers any more\n"};
    const Zone zone(text_of(shown->at("zone")));
    const std::string text = text_of(shown->at("now"));
    const auto now = read_instant(text, zone);
    const auto wanted = read_instant(request.text("instant"), zone);
    if (!now.value || !wanted.value || now.value->at >= wanted.value->at) return begun;
    if (text != stood_at) moved = SteadyClock::now();
    stood_at = text;
    if (SteadyClock::now() - moved >= pace.give_up_after) {
      return {Exit::refused, begun.out,
              "the clock stands still at " + text_of(shown->at("local")) +
                  ": a message may be on its way; omamorictl outbox list\n"};
    }
    std::this_thread::sleep_for(pace.look_every);
  }
}

}  // namespace omamori
