// The end of an explanation: where each fact came from, so that somebody can go and look.
#include "config/policy_places.h"
#include "daemon/answer/ping_words.h"
#include "daemon/commands/explanation.h"
#include "daemon/model/calendar.h"

namespace omamori {
namespace {

std::string line_of(const std::string& file, int line, const Tongue& say) {
  if (line == 0) return "";
  const std::string number = std::to_string(line);
  return say("、取り込んだ " + file + " の" + number + "行目",
             ", line " + number + " of the imported " + file);
}

// `file`: the kind of CSV file it would have come from.
std::string source(const Source& from, const std::string& file, const Tongue& say) {
  if (from.journal == 0) return say("出どころ不明", "of unknown origin");
  return say("履歴番号 ", "journal row ") + std::to_string(from.journal) +
         line_of(file, from.line, say);
}

std::string record(std::int64_t id, const std::string& file, int line, const Tongue& say) {
  return say("記録 ", "record ") + std::to_string(id) + line_of(file, line, say);
}

std::string known_from(Day day, const Tongue& say) {
  return say(to_string(day) + " から", "known from " + to_string(day));
}

void add_versions(const ClientView& view, const Tongue& say, std::vector<std::string>& lines) {
  for (const ClientVersion& v : view.facts.versions) {
    const std::string manager = v.case_manager.empty()
                                    ? say("担当なし", "no case manager")
                                    : say("担当 ", "case manager ") + v.case_manager;
    lines.push_back(say("事業所 ", "Office ") + v.office + say("、", ", ") + manager + ": " +
                    known_from(v.known_from, say) + say("、", ", ") +
                    source(v.source, "clients", say));
  }
  for (const PeriodVersion& v : view.facts.periods) {
    std::string line = say("支給決定 ", "Period ") + say.range(v.period.start, v.period.end);
    if (v.cut) line += say("（後の決定で短縮）", " (cut by a later decision)");
    lines.push_back(line + ": " + known_from(v.known_from, say) + say("、", ", ") +
                    source(v.source, "clients", say));
  }
}

// "ok, 09:00-17:10, 34 times"
std::string outcome_and_times(const CheckInRecord& c, const Zone& zone, const Tongue& say) {
  const std::string times = ping_times(c, zone, say);
  return say.word(c.outcome) + (times.empty() ? "" : say("、", ", ") + times);
}

void add_checks(const ClientView& view, const Tongue& say, std::vector<std::string>& lines) {
  for (const CheckView& check : view.checks) {
    for (const CheckVersion& v : check.check.versions) {
      lines.push_back(say("安否確認 ", "Safety check ") + check.check.code + ": " +
                      known_from(v.known_from, say) + say("、", ", ") +
                      source(v.source, "safety_checks", say));
    }
    for (const CheckInRecord& c : check.latest) {
      lines.push_back(say("確認 ", "Check-in ") + check.check.code + " " +
                      view.zone.local_text(c.at) + " " + outcome_and_times(c, view.zone, say) +
                      ": " + record(c.id, "check_ins", c.line, say));
    }
  }
}

void add_records(const ClientView& view, const Tongue& say, std::vector<std::string>& lines) {
  for (const VisitView& v : view.visits) {
    lines.push_back(say("訪問 ", "Visit ") + to_string(v.verdict.on) + ": " +
                    record(v.verdict.visit, "monitorings", v.record.line, say));
  }
  for (const ContactRecord& c : view.contacts) {
    lines.push_back(say("連絡 ", "Contact ") + to_string(c.on) + ": " + record(c.id, "", 0, say));
  }
  for (const SuspensionRecord& s : view.suspensions) {
    lines.push_back(say("休止 ", "Suspension ") + say.range(s.from, s.until) + ": " +
                    record(s.id, "", 0, say));
  }
}

// The settings of one policy that what is said above goes back to, each with its line. A policy
// that is not in force any more is called by the days it was in force.
class PolicySources {
 public:
  PolicySources(const ClientView& view, const PolicyView& of, const Tongue& say,
                std::vector<std::string>& lines)
      : view_(view),
        of_(of),
        say_(say),
        lines_(lines),
        file_(name_of(of)),
        places_(policy_places(of.kept.policy.text)) {}

  void add() {
    head();
    if (of_.interval || !of_.months.empty()) add_terms(view_.terms_as_of(of_.as_of));
    if (of_.stages) stages();
  }

 private:
  std::string name_of(const PolicyView& of) const {
    if (of.in_force()) return "policy.toml";
    const std::string from = to_string(of.kept.from), until = to_string(*of.kept.until);
    return say_("policy.toml（" + from + " から " + until + " までの版）",
                "policy.toml (as it was from " + from + " to " + until + ")");
  }

  // With a particle in Japanese: "policy.toml の12行目", "…までの版）の12行目".
  std::string file_with(const std::string& particle) const {
    return file_ + (of_.in_force() ? " " : "") + particle;
  }

  void head() {
    const std::string version = std::to_string(of_.kept.policy.version);
    const std::string at = view_.zone.local_text(of_.kept.policy.accepted_at);
    std::string line = file_ + ": " +
                       say_("第" + version + "版、" + at + " に受け入れ",
                            "version " + version + ", accepted " + at);
    if (!of_.in_force() && !of_.months.empty()) {
      line += say_("。この版によるのは " + shown(of_.months), "; it decided " + shown(of_.months));
    }
    lines_.push_back(std::move(line));
  }

  void add_terms(const Terms& terms) {
    number("standard_interval_months", terms.standard_interval_months);
    if (!view_.checks.empty()) {
      number("extended_interval_months", terms.extended_interval_months);
      number("max_interval_months", terms.max_interval_months);
    }
    if (view_.period && view_.period->period.decision_kind != DecisionKind::renewal) {
      number("initial_months", terms.initial_months);
    }
    const std::string& its_office = version_on(view_.facts, of_.as_of).office;
    for (const OfficeInterval& office : terms.offices) {
      if (office.office != its_office) continue;
      add("[[office]] " + office.office +
              ": interval_months = " + std::to_string(office.interval_months),
          places_.office(office.office));
    }
    for (const Override& one : terms.overrides) {
      if (one.client != view_.facts.code) continue;
      add("[[override]] " + one.client + " " + say_.range(one.from, one.until) +
              ": interval_months = " + std::to_string(one.interval_months),
          places_.override_of(one.client, one.from));
    }
  }

  void number(const std::string& key, int value) {
    add(key + " = " + std::to_string(value), places_.setting(key));
  }
  void add(const std::string& what, int line) {
    const std::string at = std::to_string(line);
    lines_.push_back(
        line > 0 ? say_(file_with("の") + at + "行目: ", file_ + ", line " + at + ": ") + what
                 : what + say_("（初期値。" + file_with("には") + "書かれていません）",
                               " (the default: " + file_ + " does not say)"));
  }
  void stages() {
    std::string at;
    for (const int line : places_.stages) at += (at.empty() ? "" : ", ") + std::to_string(line);
    lines_.push_back(at.empty()
                         ? say_("お知らせの段階は初期値です", "The stages are the default ones")
                         : say_("お知らせの段階: " + file_with("の") + at + "行目",
                                "The stages: " + file_ + ", lines " + at));
  }

  const ClientView& view_;
  const PolicyView& of_;
  const Tongue& say_;
  std::vector<std::string>& lines_;
  const std::string file_;
  const PolicyPlaces places_;
};

}  // namespace

Section explain_sources(const ClientView& view, const Tongue& say) {
  Section section{"sources", say("もとになった記録", "Where this comes from"), {}};
  add_versions(view, say, section.lines);
  add_checks(view, say, section.lines);
  add_records(view, say, section.lines);
  if (!view.policy) {
    section.lines.push_back(say("policy.toml: まだ受け入れたものがなく、初期値によります",
                                "policy.toml: none accepted yet, defaults"));
  }
  for (const PolicyView& policy : view.policies) {
    PolicySources(view, policy, say, section.lines).add();
  }
  return section;
}

std::vector<Section> explain(const ClientView& view, const Tongue& say) {
  return {explain_interval(view, say), explain_months(view, say), explain_visits(view, say),
          explain_checks(view, say),   explain_live(view, say),   explain_told(view, say),
          explain_next(view, say),     explain_sources(view, say)};
}

}  // namespace omamori
