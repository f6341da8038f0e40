#include "tests/sim/told.h"

#include <algorithm>
#include <array>
#include <regex>
#include <utility>

#include <boost/json.hpp>

#include "daemon/model/calendar.h"
#include "daemon/model/reminder.h"

namespace omamori::sim {
namespace {

namespace json = boost::json;

std::string text_of(const json::object& object, const char* key) {
  const json::value* value = object.if_contains(key);
  return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

void remark(std::string& remarks, const std::string& text) {
  remarks += (remarks.empty() ? "" : ", ") + text;
}

// Why the message came to somebody who stands in, from its own words: "CM-1 is away".
std::string stands_in(const std::string& reason) {
  static const std::array<std::pair<std::regex, const char*>, 6> sentences{{
      {std::regex("^([A-Z0-9-]+) の代理として.*"), "delegate of $1"},
      {std::regex("^.*の ([A-Z0-9-]+) が不在のため、代わりに.*"), "$1 is away"},
      {std::regex("^.*の ([A-Z0-9-]+) が退職したため、代わりに.*"), "$1 has left"},
      {std::regex("^.*の ([A-Z0-9-]+) が登録されていないため、代わりに.*"), "$1 is unknown"},
      {std::regex("^([A-Z0-9-]+) が担当を務めているため、.*"), "$1 acts as case manager"},
      {std::regex("^(.*)が未定のため、代わりに.*"), "no $1"},
  }};
  for (const auto& [sentence, remark] : sentences) {
    if (!std::regex_match(reason, sentence)) continue;
    const std::string text = std::regex_replace(reason, sentence, remark);
    if (text == "no 担当者") return "no case manager";
    if (text == "no 管理者") return "no supervisor";
    return text == "no 基幹相談支援センター" ? "no core centre" : text;
  }
  return "";
}

ToldLine line_of(const json::object& item) {
  ToldLine line;
  line.obligation = text_of(item, "key");
  const std::string subject = text_of(item, "subject");
  if (!subject.empty()) line.obligation = "trouble " + subject;
  line.stage = text_of(item, "stage");
  line.repeat = static_cast<int>(item.at("repeat").as_int64());
  if (const auto who = text_of(item, "instead_of"); !who.empty()) {
    remark(line.remarks, "instead of " + who);
  }
  if (const auto who = text_of(item, "handed_over_from"); !who.empty()) {
    remark(line.remarks, "handed over from " + who);
  }
  if (const auto why = stands_in(text_of(item, "reason")); !why.empty()) {
    remark(line.remarks, why);
  }
  line.link = text_of(item, "act_url");
  if (line.link.empty()) line.link = text_of(item, "attendance_url");
  if (item.contains("maybe_repeat")) remark(line.remarks, "may be a repetition");
  return line;
}

// Of the list of who must act, what no other figure says; nothing for the rest.
std::string risk_of(const json::object& risk) {
  const std::string kind = text_of(risk, "kind"), client = text_of(risk, "client");
  const std::string acts = " (" + text_of(risk, "acts") + " acts)";
  if (kind == "renewal") return "decision ends: " + client + " " + text_of(risk, "by") + acts;
  if (kind == "expired") return "decision ended: " + client + " " + text_of(risk, "by") + acts;
  if (kind == "unassigned") return "nobody responsible: " + client + acts;
  if (kind == "return") return "back: " + client + " until " + text_of(risk, "by") + acts;
  if (kind == "baseline") return "no record: " + client + " until " + text_of(risk, "by") + acts;
  if (kind == "end_report") return "end to be confirmed: " + client + acts;
  return "";
}

// The figures of a weekly message, in the order in which they stand there.
std::vector<std::string> figures_of(const json::object& weekly) {
  std::vector<std::string> found;
  const auto each = [&](const char* key, auto text) {
    for (const json::value& row : weekly.at(key).as_array()) found.push_back(text(row.as_object()));
  };
  for (const json::value& risk : weekly.at("risk").as_array()) {
    if (std::string text = risk_of(risk.as_object()); !text.empty()) found.push_back(text);
  }
  each("monitoring", [](const json::object& o) {
    const std::string acts = text_of(o, "acting_case_manager");
    return "to do by " + text_of(o, "case_manager") + (acts.empty() ? "" : " (" + acts + " acts)") +
           ": " + text_of(o, "client") + " " + text_of(o, "month") + " until " +
           text_of(o, "due_by");
  });
  each("overdue", [](const json::object& o) {
    std::string months;
    for (const json::value& month : o.at("months").as_array()) {
      months += " " + std::string(month.as_string());
    }
    return "overdue: " + text_of(o, "client") + months + ", " +
           std::to_string(o.at("days_late").as_int64()) + " days";
  });
  each("checks", [](const json::object& o) {
    const bool lapsed = o.at("lapsed").as_bool();
    if (o.contains("concern")) {
      return "concern: " + text_of(o, "client") + " " + text_of(o, "check") + ", since " +
             text_of(o, "deadline");
    }
    return std::string(lapsed ? "lapsed: " : "near its lapse: ") + text_of(o, "client") + " " +
           text_of(o, "check") + ", last day " + text_of(o, "deadline");
  });
  each("suspended", [](const json::object& o) {
    const std::string end = text_of(o, "decision_end");
    return "suspended: " + text_of(o, "client") + " from " + text_of(o, "from") +
           (end.empty() ? "" : ", decision until " + end);
  });
  each("gaps_without_check", [](const json::object& o) {
    return "gap: " + text_of(o, "client") + " until " + text_of(o, "month");
  });
  each("dead_letters", [](const json::object& o) {
    return "dead letter: to " + text_of(o, "to") + " by " + text_of(o, "channel") + ", " +
           text_of(o, "outcome");
  });
  return found;
}

std::string line_text(const ToldLine& line, const Zone& zone) {
  std::string text = obligation_text(line.obligation, zone) + " " + line.stage;
  if (line.repeat > 0) text += " again " + std::to_string(line.repeat);
  if (!line.remarks.empty()) text += " (" + line.remarks + ")";
  return text;
}

// "（22日遅れて…" of the message's own words.
std::string lateness(const std::string& text) {
  static const std::regex late("([0-9]+)日遅れて");
  std::smatch found;
  if (!std::regex_search(text, found, late)) return "";
  return found[1].str() + (found[1] == "1" ? " day late" : " days late");
}

std::string message_remarks(const Accepted& accepted) {
  std::string remarks;
  if (accepted.type != "omamori.digest") {
    remark(remarks, accepted.type.substr(accepted.type.find('.') + 1));
  }
  if (accepted.channel == Channel::webhook) remark(remarks, "by webhook");
  if (accepted.channel == Channel::file) remark(remarks, "by file");
  if (const std::string late = lateness(accepted.text); !late.empty()) remark(remarks, late);
  if (!accepted.answered) remark(remarks, "the answer is lost");
  return remarks;
}

}  // namespace

std::string when_text(Instant instant, const Zone& zone) {
  constexpr std::array<const char*, 7> names{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  const std::chrono::weekday weekday{zone.day_of(instant)};
  std::string text = zone.local_text(instant);  // "2026-04-01 08:30"
  text.insert(11, std::string(names[weekday.c_encoding()]) + " ");
  const auto seconds = instant.time_since_epoch().count() % 60;
  if (seconds == 0) return text;
  return text + (seconds < 10 ? ":0" : ":") + std::to_string(seconds);
}

std::string obligation_text(const std::string& key, const Zone& zone) {
  std::vector<std::string> parts{""};
  for (const char c : key) {
    if (c == '/') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  if (parts.size() == 4 && parts[1] == "monitoring") parts.erase(parts.begin() + 2);
  if (const auto at = parse_instant(parts.back())) parts.back() = to_string(zone.day_of(*at));
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : " ") + part;
  return text;
}

ToldMessage told_message(const Accepted& accepted, Store& store) {
  ToldMessage message;
  message.accepted = accepted;
  const json::object data = json::parse(accepted.json).as_object();
  message.staff = text_of(data, "to");
  for (const json::value& item : data.at("items").as_array()) {
    message.lines.push_back(line_of(item.as_object()));
  }
  if (const json::value* weekly = data.if_contains("weekly")) {
    message.figures = figures_of(weekly->as_object());
  }
  const auto stored = store.message(accepted.id);
  if (!stored) return message;
  for (const std::int64_t id : stored->content.items) {
    const auto item = store.item(id);
    if (!item || item->client.empty()) continue;
    const Reminder& told = item->reminder;
    const bool there = std::any_of(message.lines.begin(), message.lines.end(),
                                   [&](const auto& l) { return l.obligation == told.obligation; });
    if (!there) {
      message.lines.push_back({told.obligation, told.stage, told.repeat, "with the streak"});
    }
  }
  return message;
}

std::vector<std::string> told_text(const ToldMessage& message, const Zone& zone) {
  std::vector<std::string> lines;
  const std::string remarks = message_remarks(message.accepted);
  std::string who = message.staff + (remarks.empty() ? "" : " (" + remarks + ")");
  for (const ToldLine& line : message.lines) {
    lines.push_back((lines.empty() ? who : "and") + ": " + line_text(line, zone));
  }
  if (lines.empty()) lines.push_back(who + ": nothing");
  for (const std::string& figure : message.figures) lines.push_back("and: " + figure);
  return lines;
}

std::vector<Silence> silences_after(std::int64_t& after, Store& store, const Zone& zone) {
  std::vector<Silence> found;
  JournalFilter unseen;
  unseen.after = after;
  store.journal().read(unseen, [&](const JournalRow& row) {
    after = row.seq;
    const JournalEntry& entry = row.entry;
    const json::object detail = json::parse(entry.detail).as_object();
    const std::string what = obligation_text(entry.subject, zone);
    if (entry.kind == "silence") {
      found.push_back({entry.at, text_of(detail, "staff") + ": " + what + " " +
                                     text_of(detail, "stage") + ": " + text_of(detail, "reason")});
    } else if (entry.kind == "obligation.ended") {
      found.push_back({entry.at, what + " ends: " + text_of(detail, "state") + ": " +
                                     text_of(detail, "reason")});
    }
  });
  return found;
}

}  // namespace omamori::sim
