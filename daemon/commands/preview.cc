// preview --until DAY: who will be told what, before anything is sent. The way to look at a new
// policy, or at a database that is about to go live.
#include <array>

#include "daemon/answer/json_text.h"
#include "daemon/answer/json_values.h"
#include "daemon/answer/labels.h"
#include "daemon/answer/text_table.h"
#include "daemon/commands/options.h"
#include "daemon/commands/preview_view.h"
#include "daemon/model/calendar.h"
#include "daemon/model/reminder.h"

namespace omamori {
namespace {

using std::chrono::days;

// Longer is a question about the plan, not about messages; and it would not be exact.
constexpr days kFarthest{400};
constexpr days kUsual{14};
// Nobody reads more; then each person has one line a day, unless --all.
constexpr std::size_t kReadable = 20000;

// ---- JSON ---------------------------------------------------------------------------------------

const char* urgency_word(Urgency urgency) {
  switch (urgency) {
    case Urgency::digest:
      return "digest";
    case Urgency::own_at_slot:
      return "own_at_slot";
    case Urgency::urgent:
      return "urgent";
  }
  return "";
}

json::object line_json(const PreviewLine& line) {
  const Obligation& about = *line.about;
  return {{"at", json_of(line.at)},
          {"client", text_or_null(about.client)},
          {"key", about.key},
          {"kind", to_word(about.kind)},
          {"stage", line.reminder.stage},
          {"repeat", line.reminder.repeat},
          {"as", to_word(line.reminder.as)},
          {"months", json_of(about.months)},
          {"check", text_or_null(about.check)},
          {"from", json_of(about.window_from)},
          {"due_by", json_of(about.due_by)},
          {"slot", json_of(line.reminder.slot)},
          {"urgency", urgency_word(line.reminder.urgency)},
          {"owed_already", line.owed_already}};
}

json::object person_json(const PreviewPerson& person) {
  json::array lines;
  for (const PreviewLine& line : person.lines) lines.push_back(line_json(line));
  return {{"staff", person.staff},           {"role", to_word(person.role)},
          {"way", text_or_null(person.way)}, {"why_no_way", text_or_null(person.why)},
          {"messages", person.messages},     {"lines", std::move(lines)}};
}

template <class Texts>
json::array texts(const Texts& from) {
  json::array array;
  for (const std::string& text : from) array.emplace_back(json::string(text));
  return array;
}

std::string json_text(const Preview& preview) {
  std::string out;
  JsonArray list(out);
  for (const auto& [day, people] : preview.days) {
    json::array of_day;
    for (const PreviewPerson& person : people) of_day.push_back(person_json(person));
    list.add(json::object{{"day", json_of(day)}, {"people", std::move(of_day)}});
  }
  list.finish();
  std::string head = json::serialize(
      json::object{{"at", json_of(preview.now)},
                   {"until", json_of(preview.until)},
                   {"assumption", preview.meanwhile == Meanwhile::silent ? "silent" : "confirmed"},
                   {"hold", preview.hold},
                   {"messages", preview.messages},
                   {"lines", preview.lines},
                   {"people", preview.people.size()},
                   {"without_way", texts(preview.without_way)},
                   {"unreadable", texts(preview.unreadable)}});
  head.pop_back();
  return head + R"(,"days":)" + out + "}\n";
}

// ---- text ---------------------------------------------------------------------------------------

std::string weekday(Day day, const Tongue& say) {
  constexpr std::array kJa{"日", "月", "火", "水", "木", "金", "土"};
  constexpr std::array kEn{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  const unsigned at = std::chrono::weekday(day).c_encoding();
  return say(kJa.at(at), kEn.at(at));
}

std::string code_of(const std::string& staff, const Tongue& say) {
  return staff.empty() ? say("運用担当", "operator") : staff;
}

std::string what(const PreviewLine& line, const Tongue& say) {
  std::string text = say.word(line.about->kind);
  if (!line.about->months.empty()) text += " " + shown(line.about->months);
  if (!line.about->check.empty()) text += " " + line.about->check;
  return text;
}

// "（相談支援専門員として）" of somebody who is told in another role than their own.
std::string in_which_role(const PreviewPerson& person, const PreviewLine& line, const Tongue& say) {
  if (line.reminder.as == person.role || line.about->kind == ObligationKind::weekly) return "";
  return say("（" + say.word(line.reminder.as) + "として）",
             " (as " + say.word(line.reminder.as) + ")");
}

std::string stage(const PreviewLine& line, const Tongue& say) {
  std::string text = line.reminder.stage;
  if (line.reminder.repeat > 0) text += "+" + std::to_string(line.reminder.repeat);
  return line.owed_already ? text + say("（送信待ち）", " (owed)") : text;
}

std::string window(const PreviewLine& line, const Tongue& say) {
  const Obligation& about = *line.about;
  if (!about.due_by) return to_string(about.window_from) + say("から", " on");
  if (about.window_from >= *about.due_by) {
    return say("", "by ") + to_string(*about.due_by) + say("まで", "");
  }
  return say.range(about.window_from, about.due_by);
}

// 08:30, with a mark if it is a message of its own.
std::string when(const PreviewLine& line, const Zone& zone, const Tongue& say) {
  const std::string time = zone.local_text(line.at).substr(11);
  switch (line.reminder.urgency) {
    case Urgency::digest:
      return time;
    case Urgency::own_at_slot:
      return time + say(" 単独", " own");
    case Urgency::urgent:
      return time + say(" 至急", " urgent");
  }
  return time;
}

std::string messages_of(std::size_t count, const Tongue& say) {
  return std::to_string(count) + say("通", count == 1 ? " message" : " messages");
}

std::string lines_of(std::size_t count, const Tongue& say) {
  return std::to_string(count) + say("件", count == 1 ? " line" : " lines");
}

class PreviewWriter {
 public:
  PreviewWriter(const Preview& preview, const Zone& zone, Language language)
      : preview_(preview), zone_(zone), say_(language) {}

  std::string text() {
    std::string out = introduction();
    for (const auto& [day, people] : preview_.days) out += of_day(day, people);
    return out + summary();
  }

 private:
  std::string introduction() const {
    std::string out = zone_.local_text(preview_.now) + say_(" から ", " to the end of ") +
                      to_string(preview_.until) +
                      say_(" までに送るお知らせ\n", ": what will be sent\n");
    out += preview_.meanwhile == Meanwhile::silent
               ? say_("仮定: このあいだ訪問も安否確認も記録されない（--if-silent）\n",
                      "Assumed: neither visits nor check-ins are recorded (--if-silent).\n")
               : say_("仮定: いま続いている安否確認は期日に記録され、訪問は記録されない\n",
                      "Assumed: checks that are kept up now go on being confirmed on their day; "
                      "no visits are recorded.\n");
    if (preview_.hold) {
      out +=
          preview_.held_by.in(say_.language()) +
          say_(" のため、実際には何も送られません。\n", ": nothing of this will really be sent.\n");
    }
    if (preview_.summed_up) {
      out += say_(
          "件数が多いため、日ごと・人ごとにまとめています（--staff コード で一人の全件、"
          "--all で全件）。\n",
          "So many lines are summed up by day and person (--staff CODE: all of one "
          "person; --all: every line).\n");
    }
    return out;
  }

  std::string sums_of_day(Day day, const std::vector<PreviewPerson>& people) const {
    std::size_t messages = 0;
    TextTable table({say_("宛先", "to"), say_("役割", "role"), say_("方法", "by"),
                     say_(">通", ">messages"), say_(">件", ">lines"), say_("内容", "what")});
    for (const PreviewPerson& person : people) {
      messages += person.messages;
      table.add({code_of(person.staff, say_), say_.word(person.role, person.of_city),
                 person.way.empty() ? say_("届かない!", "no way!") : person.way,
                 std::to_string(person.messages), std::to_string(person.line_count()),
                 kinds_of(person)});
    }
    return day_title(day, messages) + table.text();
  }

  // "モニタリング 12、安否確認の途切れ 1"
  std::string kinds_of(const PreviewPerson& person) const {
    std::string out;
    for (const auto& [kind, count] : person.kinds) {
      out += (out.empty() ? "" : say_("、", ", ")) + say_.word(kind) + " " + std::to_string(count);
    }
    return out;
  }

  std::string day_title(Day day, std::size_t messages) const {
    return "\n== " + to_string(day) + say_("（", " (") + weekday(day, say_) + say_("） ", ") ") +
           messages_of(messages, say_) + "\n";
  }

  std::string of_day(Day day, const std::vector<PreviewPerson>& people) const {
    if (preview_.summed_up) return sums_of_day(day, people);
    std::size_t messages = 0;
    TextTable table({say_("宛先", "to"), say_("役割", "role"), say_("方法", "by"),
                     say_("時刻", "at"), say_("利用者", "client"), say_("内容", "what"),
                     say_("段階", "stage"), say_("期間", "window")});
    for (const PreviewPerson& person : people) {
      messages += person.messages;
      add_person(person, table);
    }
    return day_title(day, messages) + table.text();
  }

  void add_person(const PreviewPerson& person, TextTable& table) const {
    bool first = true;
    for (const PreviewLine& line : person.lines) {
      const std::string way = person.way.empty() ? say_("届かない!", "no way!") : person.way;
      table.add({first ? code_of(person.staff, say_) : "",
                 first ? say_.word(person.role, person.of_city) : "", first ? way : "",
                 when(line, zone_, say_), line.about->client,
                 what(line, say_) + in_which_role(person, line, say_), stage(line, say_),
                 window(line, say_)});
      first = false;
    }
  }

  std::string summary() const {
    std::string out = "\n" + say_("合計 ", "In all ") + messages_of(preview_.messages, say_) +
                      say_("・", ", ") + lines_of(preview_.lines, say_) + say_("・", ", ") +
                      std::to_string(preview_.people.size()) +
                      say_("人\n", preview_.people.size() == 1 ? " person\n" : " people\n");
    for (const auto& [staff, why] : without_way()) {
      out += "! " + code_of(staff, say_) +
             say_("には届ける方法がありません: ", " cannot be told: ") + why + "\n";
    }
    for (const std::string& row : preview_.unreadable) {
      out += "! " + row +
             say_(": 行が読めないため含まれていません（omamorictl check）\n",
                  ": cannot be read and is left out (omamorictl check)\n");
    }
    return out;
  }

  std::map<std::string, std::string> without_way() const {
    std::map<std::string, std::string> why;
    for (const auto& [day, people] : preview_.days) {
      for (const PreviewPerson& person : people) {
        if (person.way.empty()) why[person.staff] = person.why;
      }
    }
    return why;
  }

  const Preview& preview_;
  const Zone& zone_;
  Tongue say_;
};

}  // namespace

Response preview_command(const Request& request, Service& service) {
  std::string why;
  const Day today = service.today();
  const auto until = day_option(request, "until", today + kUsual, why);
  if (!until) return wrong_usage(why);
  const auto language = language_option(request, service, why);
  if (!language) return wrong_usage(why);
  if (*until < today || *until > today + kFarthest) {
    return wrong_usage("--until " + to_string(*until) + ": give a day from today (" +
                       to_string(today) + ") to " + to_string(today + kFarthest));
  }
  const std::string staff = request.text("staff");
  if (!staff.empty() && !service.store().staff(staff)) {
    return no_such_staff(staff);
  }
  PreviewWanted wanted{*until, Meanwhile::confirmed, staff, kReadable};
  if (request.flag("if-silent")) wanted.meanwhile = Meanwhile::silent;
  if (request.json || request.flag("all")) wanted.most_lines = 0;
  const Preview shown = preview(service, wanted);
  if (request.json) return {Exit::ok, json_text(shown), ""};
  return {Exit::ok, PreviewWriter(shown, service.zone(), *language).text(), ""};
}

}  // namespace omamori
