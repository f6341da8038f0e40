// diff NEW-policy.toml: whose months, obligations and messages change if the file becomes the
// policy. The way to look at an edit before it is saved. Nothing is stored.
#include <algorithm>
#include <charconv>
#include <span>

#include "config/policy_file.h"
#include "config/text_file.h"
#include "daemon/answer/json_text.h"
#include "daemon/answer/json_values.h"
#include "daemon/answer/labels.h"
#include "daemon/answer/text_table.h"
#include "daemon/commands/diff_view.h"
#include "daemon/commands/options.h"
#include "daemon/model/calendar.h"

namespace omamori {
namespace {

// As preview; a year of two policies takes its time.
constexpr std::chrono::days kUsualHorizon{14};
constexpr std::chrono::days kFarthestDay{400};
// Of each client where there are many; one that is asked for shows all.
constexpr std::size_t kMessagesShown = 12;

// ---- JSON ---------------------------------------------------------------------------------------

json::object interval_json(const IntervalSeen& k) {
  return {{"months", k.months > 0 ? json::value(k.months) : json::value()},
          {"basis", to_word(k.basis)},
          {"check", text_or_null(k.check)}};
}

json::array months_json(const std::vector<MonthRow>& rows) {
  json::array array;
  for (const MonthRow& row : rows) {
    array.push_back(json::object{{"month", json_of(row.month)},
                                 {"due_by", json_of(row.due_by)},
                                 {"interval_months", row.interval_months},
                                 {"basis", to_word(row.basis)}});
  }
  return array;
}

json::array obligations_json(const std::vector<Obligation>& all) {
  json::array array;
  for (const Obligation& o : all) {
    array.push_back(
        json::object{{"key", o.key}, {"kind", to_word(o.kind)}, {"due_by", json_of(o.due_by)}});
  }
  return array;
}

json::object message_json(const MessageChange& change, const Zone& zone) {
  const Foretold& shown = change.after ? *change.after : *change.before;
  const auto day = [&](const std::optional<Foretold>& f) {
    return json_of(f ? std::optional<Day>(zone.day_of(f->at)) : std::nullopt);
  };
  return {{"key", shown.about->key},       {"kind", to_word(shown.about->kind)},
          {"stage", shown.reminder.stage}, {"repeat", shown.reminder.repeat},
          {"staff", shown.reminder.staff}, {"before", day(change.before)},
          {"after", day(change.after)}};
}

json::object client_json(const ClientDiff& c, const Zone& zone) {
  json::array messages, moved;
  for (const MessageChange& change : c.messages) messages.push_back(message_json(change, zone));
  for (const MovedObligation& m : c.plan.moved) {
    moved.push_back(json::object{{"key", m.after.key},
                                 {"before", json_of(m.before.due_by)},
                                 {"after", json_of(m.after.due_by)}});
  }
  return {{"client", c.client},
          {"office", text_or_null(c.office)},
          {"interval", json::object{{"before", interval_json(c.plan.interval_before)},
                                    {"after", interval_json(c.plan.interval_after)}}},
          {"months_added", months_json(c.plan.months_added)},
          {"months_removed", months_json(c.plan.months_removed)},
          {"opened", obligations_json(c.plan.opened)},
          {"ended", obligations_json(c.plan.ended)},
          {"due_by_moved", std::move(moved)},
          {"messages", std::move(messages)}};
}

json::object count_json(const DiffCount& n) {
  return {{"clients", n.clients},
          {"changed", n.changed},
          {"plans_altered", n.altered},
          {"months_added", n.months_added},
          {"months_removed", n.months_removed},
          {"messages_additional", n.additional},
          {"messages_no_longer", n.no_longer},
          {"messages_other_day", n.other_day}};
}

std::string json_text(const PolicyDiff& diff, const Zone& zone) {
  json::array offices, effects, clients;
  for (const auto& [code, count] : diff.offices) {
    json::object office = count_json(count);
    office["office"] = text_or_null(code);
    offices.push_back(std::move(office));
  }
  for (const SettingEffect& e : diff.effects) {
    effects.push_back(json::object{{"setting", e.name},
                                   {"value", e.value},
                                   {"acts_on", e.acts_on},
                                   {"of", e.of},
                                   {"text", text_of(e, Language::en)}});
  }
  for (const ClientDiff& client : diff.clients) clients.push_back(client_json(client, zone));
  json::object out = count_json(diff.all);
  out["at"] = json_of(diff.today);
  out["until"] = json_of(diff.until);
  out["needs_yes"] = needs_yes({diff.all.altered, diff.all.clients});
  out["settings"] = json_of(diff.settings);
  out["effects"] = std::move(effects);
  out["offices"] = std::move(offices);
  out["details"] = std::move(clients);
  out["unreadable"] = json_of(diff.unreadable);
  return json_line(out);
}

// ---- text ---------------------------------------------------------------------------------------

class DiffWriter {
 public:
  DiffWriter(const PolicyDiff& diff, const Zone& zone, Language language)
      : diff_(diff), zone_(zone), say_(language) {}

  std::string text() const {
    std::string out = head();
    if (diff_.all.changed > 0) out += offices();
    out += effects();
    for (const ClientDiff& client : diff_.clients) out += of_client(client);
    if (diff_.clients.size() < diff_.all.changed) {
      const std::string rest = std::to_string(diff_.all.changed - diff_.clients.size());
      out += "\n" + say_("ほか " + rest + "人（--limit N で増やす、--client コード で一人だけ）\n",
                         "and " + rest + " more (--limit N, or --client CODE for one)\n");
    }
    for (const std::string& row : diff_.unreadable) {
      out += "! " + row +
             say_(": 行が読めないため含まれていません（omamorictl check）\n",
                  ": cannot be read and is left out (omamorictl check)\n");
    }
    return out;
  }

 private:
  std::string head() const {
    const DiffCount& n = diff_.all;
    const auto number = [](std::size_t count) { return std::to_string(count); };
    std::string out = section(say_("方針の違い", "settings"));
    for (const std::string& line : diff_.settings) out += "  " + line + "\n";
    if (diff_.settings.empty()) out += "  " + say_("なし\n", "none\n");
    out += "\n" + say_("利用者 " + number(n.clients) + "人のうち " + number(n.changed) +
                           "人に変わりがある（計画が変わる " + number(n.altered) + "人）\n",
                       number(n.changed) + " of " + number(n.clients) + " clients change (" +
                           number(n.altered) + " of them in interval, months or obligations)\n");
    out += say_(to_string(diff_.until) + " までのお知らせ: 増える " + number(n.additional) +
                    "件、なくなる " + number(n.no_longer) + "件、日が変わる " +
                    number(n.other_day) + "件\n",
                "reminders until " + to_string(diff_.until) + ": " + number(n.additional) +
                    " additional, " + number(n.no_longer) + " no longer, " + number(n.other_day) +
                    " on another day\n");
    if (needs_yes({n.altered, n.clients})) {
      out += say_("多くの計画が変わるため、取り込むには omamorictl reload --yes が必要です。\n",
                  "So many plans are altered that it takes omamorictl reload --yes.\n");
    }
    return out;
  }

  std::string section(const std::string& title) const { return say_("■ ", "== ") + title + "\n"; }

  std::string offices() const {
    TextTable table({say_("事業所", "office"), say_(">利用者", ">clients"),
                     say_(">変わる", ">change"), say_(">計画", ">plans"), say_(">月+", ">months+"),
                     say_(">月-", ">months-"), say_(">お知らせ+", ">told+"),
                     say_(">お知らせ-", ">told-"), say_(">別の日", ">other day")});
    for (const auto& [code, n] : diff_.offices) {
      if (n.changed == 0) continue;
      std::vector<std::string> cells{code.empty() ? "-" : code};
      for (const std::size_t count : {n.clients, n.changed, n.altered, n.months_added,
                                      n.months_removed, n.additional, n.no_longer, n.other_day}) {
        cells.push_back(std::to_string(count));
      }
      table.add(std::move(cells));
    }
    return "\n" + table.text();
  }

  std::string effects() const {
    std::string out = "\n" + section(say_("設定の効き目", "what each setting does"));
    for (const std::string& line : effect_lines(diff_.effects, say_.language())) {
      out += "  " + line + "\n";
    }
    return out;
  }

  std::string interval(const IntervalSeen& k) const {
    const std::string basis = say_.basis(k.basis, k.check, k.has_check);
    return k.months == 0 ? basis
                         : say_.months(k.months) + say_("（", " (") + basis + say_("）", ")");
  }

  std::string due(const std::optional<Day>& day) const {
    return day ? say_("（", " (due ") + to_string(*day) + say_("まで）", ")") : "";
  }

  std::string of_client(const ClientDiff& c) const {
    std::string out = "\n" + c.client + " " + c.office + "\n";
    const PlanChange& p = c.plan;
    if (p.interval_before != p.interval_after) {
      out += "  " + say_("間隔: ", "interval: ") + interval(p.interval_before) + " → " +
             interval(p.interval_after) + "\n";
    }
    for (const MonthRow& row : p.months_added) {
      out += "  + " + to_string(row.month) + due(row.due_by) + " " +
             interval({row.interval_months, row.basis, row.check}) + "\n";
    }
    for (const MonthRow& row : p.months_removed) {
      out += "  - " + to_string(row.month) + due(row.due_by) + "\n";
    }
    for (const Obligation& o : p.opened) {
      out += "  " + say_("始まる: ", "opens: ") + obligation(o) + due(o.due_by) + "\n";
    }
    for (const Obligation& o : p.ended) {
      out += "  " + say_("終わる: ", "ends: ") + obligation(o) + due(o.due_by) + "\n";
    }
    for (const MovedObligation& m : p.moved) {
      out += "  " + say_("期限: ", "due by: ") + obligation(m.after) + " " +
             shown(m.before.due_by) + " → " + shown(m.after.due_by) + "\n";
    }
    return out + messages(c.messages);
  }

  std::string obligation(const Obligation& o) const {
    std::string text = say_.word(o.kind);
    if (!o.months.empty()) text += " " + shown(o.months);
    if (!o.check.empty()) text += " " + o.check;
    return text;
  }

  std::string messages(const std::vector<MessageChange>& all) const {
    TextTable table({say_("お知らせ", "told"), say_("これまで", "before"),
                     say_("これから", "after"), say_("宛先", "to"), say_("内容", "what"),
                     say_("段階", "stage")});
    const std::size_t count =
        diff_.all.clients == 1 ? all.size() : std::min(all.size(), kMessagesShown);
    for (const MessageChange& change : std::span(all).first(count)) {
      const Foretold& f = change.after ? *change.after : *change.before;
      const auto day = [&](const std::optional<Foretold>& one) {
        return one ? to_string(zone_.day_of(one->at)) : std::string();
      };
      std::string stage = f.reminder.stage;
      if (f.reminder.repeat > 0) stage += "+" + std::to_string(f.reminder.repeat);
      table.add({!change.before  ? say_("増える", "additional")
                 : !change.after ? say_("なくなる", "no longer")
                                 : say_("別の日", "other day"),
                 day(change.before), day(change.after),
                 f.reminder.staff.empty() ? say_("運用担当", "operator") : f.reminder.staff,
                 obligation(*f.about), stage});
    }
    std::string out;
    for (const char c : table.text()) {
      if (out.empty() || out.back() == '\n') out += "  ";
      out += c;
    }
    if (count < all.size()) {
      const std::string rest = std::to_string(all.size() - count);
      out += say_("  ほか " + rest + "件\n", "  and " + rest + " more\n");
    }
    return out;
  }

  const PolicyDiff& diff_;
  const Zone& zone_;
  Tongue say_;
};

// ---- the command --------------------------------------------------------------------------------

// As `check` prints them.
Response bad_file(const std::vector<std::string>& errors, bool json) {
  if (json) return {Exit::refused, json_line({{"ok", false}, {"errors", json_of(errors)}}), ""};
  std::string out;
  for (const std::string& error : errors) out += "error: " + error + "\n";
  return {Exit::refused, out + "not sound\n", ""};
}

std::optional<std::size_t> limit_option(const Request& request, std::string& why) {
  const std::string text = request.text("limit");
  if (text.empty()) return DiffWanted{}.limit;
  std::size_t limit = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
  if (error == std::errc() && end == text.data() + text.size()) return limit;
  why = "--limit " + text + ": not a number of clients";
  return {};
}

}  // namespace

Response diff_command(const Request& request, Service& service) {
  std::string why;
  const Day today = service.today();
  const auto until = day_option(request, "until", today + kUsualHorizon, why);
  const auto language = language_option(request, service, why);
  const auto limit = limit_option(request, why);
  if (!until || !language || !limit) return wrong_usage(why);
  if (*until < today || *until > today + kFarthestDay) {
    return wrong_usage("--until " + to_string(*until) + ": give a day from today (" +
                       to_string(today) + ") to " + to_string(today + kFarthestDay));
  }
  if (request.files.size() != 1) return wrong_usage("which file? diff NEW-policy.toml");
  const std::string client = request.text("client");
  if (!client.empty() && !service.store().client(client)) return no_such_client(client);
  const CommandFile& file = request.files.front();
  if (file.bytes.size() > max_settings_bytes) {
    return bad_file({file.name + ": is larger than 1 MiB; this cannot be a settings file"},
                    request.json);
  }
  if (says_nothing(file.bytes)) {
    return bad_file({file.name + ": is empty: write at least one line"}, request.json);
  }
  const auto parsed = parse_policy(file.bytes, file.name);
  if (!parsed.value) {
    std::vector<std::string> errors;
    for (const FileError& error : parsed.errors) errors.push_back(to_string(error));
    return bad_file(errors, request.json);
  }
  const DiffWanted wanted{*until, client, client.empty() ? *limit : 1, *language};
  const PolicyDiff diff = diff_policy(service, *parsed.value, wanted);
  if (request.json) return {Exit::ok, json_text(diff, service.zone()), ""};
  return {Exit::ok, DiffWriter(diff, service.zone(), *language).text(), ""};
}

}  // namespace omamori
