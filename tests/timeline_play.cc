// What happens in a timeline, done to a real store and loops: tests/timelines/README.md lists the
// sentences.
#include <algorithm>
#include <functional>
#include <regex>
#include <stdexcept>

#include "daemon/calendar.h"
#include "tests/sim/told.h"
#include "tests/sim/world.h"
#include "tests/timeline.h"

namespace omamori {
namespace {

const std::string kUsualStaff =
    "staff_code,name,role,office_code,email,channels\n"
    "CM-1,見本 一,case_manager,OF-1,cm-1@example.jp,email\n"
    "CM-2,見本 二,case_manager,OF-1,cm-2@example.jp,email\n"
    "SV-1,見本 三,supervisor,OF-1,sv-1@example.jp,email\n"
    "CC-1,見本 四,core_center,,cc-1@example.jp,email\n"
    "PR-1,見本 五,provider,,pr-1@example.jp,email\n"
    "OP-1,見本 六,operator,,op-1@example.jp,email\n";

std::string address_of(std::string staff) {
  std::transform(staff.begin(), staff.end(), staff.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return staff + "@example.jp";
}

std::chrono::seconds length_of(const std::string& number, const std::string& unit) {
  const int n = std::stoi(number);
  if (unit.starts_with("second")) return std::chrono::seconds{n};
  if (unit.starts_with("minute")) return std::chrono::minutes{n};
  return std::chrono::hours{n};
}

// A story about something else is not interrupted by an overview every week.
std::string policy_of(const Timeline& timeline) {
  const bool weekly = timeline.policy.find("weekly_on") != std::string::npos;
  return weekly ? timeline.policy : "weekly_on = \"never\"\n" + timeline.policy;
}

class Player {
 public:
  explicit Player(const Timeline& timeline)
      : timeline_(timeline), world_(timeline.begin, policy_of(timeline)) {
    world_.at_rest = [this] { listen(); };
    add_sentences();
  }

  std::vector<TimelineTold> play() {
    for (const TimelineEvent& event : timeline_.setting) happen(event);
    listen();
    seen_.clear();
    world_.start();
    world_.settle();
    for (const TimelineEvent& event : timeline_.events) {
      world_.run_until(event.at);
      happen(event);
      world_.settle();
      listen();
    }
    world_.run_until(timeline_.end);
    listen();
    return std::move(seen_);
  }

 private:
  using Words = std::smatch;
  struct Sentence {
    std::regex form;
    std::function<void(const Words&)> act;
  };

  void happen(const TimelineEvent& event) {
    for (const Sentence& sentence : sentences_) {
      Words words;
      if (!std::regex_match(event.text, words, sentence.form)) continue;
      try {
        return sentence.act(words);
      } catch (const std::exception& error) {
        throw std::runtime_error("line " + std::to_string(event.line) + ": " + event.text + ": " +
                                 error.what());
      }
    }
    throw std::runtime_error("line " + std::to_string(event.line) + ": nothing of that form can " +
                             "happen: " + event.text);
  }

  // Writes down what the peers accepted and what was left unsaid meanwhile.
  void listen() {
    for (const sim::Accepted& accepted : world_.peers().take_accepted()) {
      const auto message = sim::told_message(accepted, world_.store());
      seen_.push_back({accepted.at, accepted.at, false, sim::told_text(message, world_.zone())});
    }
    if (!timeline_.silences) return;
    for (sim::Silence& silence : sim::silences_after(journal_, world_.store(), world_.zone())) {
      seen_.push_back({silence.at, silence.at, true, {std::move(silence.text)}});
    }
  }

  void add(const std::string& form, std::function<void(const Words&)> act) {
    // CODE and DAY are what they say; DAY is one group.
    std::string pattern = form;
    for (const auto& [word, means] : {std::pair{std::string("CODE"), "([A-Z]+-[A-Z0-9]+)"},
                                      std::pair{std::string("DAY"), "([0-9-]{10})"}}) {
      for (std::size_t at; (at = pattern.find(word)) != std::string::npos;) {
        pattern.replace(at, word.size(), means);
      }
    }
    sentences_.push_back({std::regex(pattern), std::move(act)});
  }

  void add_sentences() {
    add_setting();
    add_records();
    add_people();
    add_machines();
  }

  void add_setting() {
    add("usual office", [&](const Words&) {
      world_.import(
          {{CsvKind::offices, "office_code,name,supervisor,core_center\nOF-1,見本相談,SV-1,CC-1\n"},
           {CsvKind::staff, kUsualStaff}});
    });
    add("staff CODE (case_manager|supervisor|core_center|operator|provider) by ([a-z ]+)",
        [&](const Words& w) { import_staff(w[1], w[2], w[3]); });
    // client C-1 of CM-1, 2026-04-01..2027-03-31 [, standby|regular|self plan] [, new|changed]
    //   [, every 6 months] [, watched from DAY]
    add("client CODE of (CODE|nobody), DAY\\.\\.DAY(, standby|, regular|, self plan)?"
        "(, new|, changed)?(?:, every ([0-9]+) months)?(?:, watched from DAY)?",
        [&](const Words& w) {
          const std::string plan = w[6] == ", regular"     ? "regular"
                                   : w[6] == ", self plan" ? "self_plan"
                                                           : "standby_short_stay";
          const std::string decision = w[7].matched ? w[7].str().substr(2) : "renewal";
          const std::string manager = w[3].matched ? w[3].str() : std::string();
          std::string header =
              "client_code,name,certificate_no,office_code,case_manager,plan_kind,"
              "decision_start,decision_end,decision_kind,interval_months";
          std::string row = w[1].str() + ",仮 花子,9876543210,OF-1," + manager + "," + plan + "," +
                            w[4].str() + "," + w[5].str() + "," +
                            (decision == "renewal" ? "" : decision) + "," + w[8].str();
          if (w[9].matched) {
            header += ",watched_from";
            row += "," + w[9].str();
          }
          world_.import({{CsvKind::clients, header + "\n" + row + "\n"}});
        });
    add("check CODE of CODE by CODE, every ([0-9]+) days and ([0-9]+) of grace, DAY\\.\\."
        "([0-9-]{10})?(?:, agreed DAY)?",
        [&](const Words& w) {
          world_.import({{CsvKind::safety_checks,
                          "check_code,client_code,provider,method,from,until,every_days,"
                          "grace_days,agreed_on,agreed_by\n" +
                              w[1].str() + "," + w[2].str() + "," + w[3].str() + ",電話," +
                              w[6].str() + "," + w[7].str() + "," + w[4].str() + "," + w[5].str() +
                              "," + w[8].str() + ",市\n"}});
        });
  }

  void import_staff(const std::string& code, const std::string& role, const std::string& channels) {
    const bool of_office = role == "case_manager" || (role == "supervisor" && code == "SV-1");
    world_.import(
        {{CsvKind::staff, "staff_code,name,role,office_code,email,webhook,channels\n" + code +
                              ",見本 七," + role + "," + (of_office ? "OF-1" : "") + "," +
                              address_of(code) + ",case-tool," + channels + "\n"}});
  }

  void add_records() {
    add("CODE visited(?: on DAY)?(?: for ([0-9-]{7}))?", [&](const Words& w) {
      world_.run("record monitoring",
                 options({{"client", w[1]}, {"on", w[2]}, {"for-month", w[3]}}));
    });
    add("CODE contacted(?: on DAY)?", [&](const Words& w) {
      world_.run("record contact", options({{"client", w[1]}, {"on", w[2]}}));
    });
    add("CODE (ok|concern|unreachable)(?: on DAY)?", [&](const Words& w) {
      world_.run("record check-in", options({{"check", w[1]}, {"outcome", w[2]}, {"at", w[3]}}));
    });
    add("CODE suspended(?: from DAY)?(?: until DAY)?", [&](const Words& w) {
      world_.run("suspend", options({{"client", w[1]},
                                     {"from", w[2]},
                                     {"until", w[3]},
                                     {"reason", std::string("入院")}}));
    });
    add("CODE back, last day away DAY", [&](const Words& w) {
      world_.run("resume", options({{"client", w[1]}, {"until", w[2]}}));
    });
    add("CODE leaves, last day DAY", [&](const Words& w) {
      world_.run("end", options({{"client", w[1]}, {"on", w[2]}}));
    });
    add("(monitoring|check-in|contact) ([0-9]+) is void", [&](const Words& w) {
      world_.run("void", options({{"kind", w[1]}, {"id", w[2]}, {"reason", std::string("誤り")}}));
    });
  }

  void add_people() {
    add("CODE given to CODE", [&](const Words& w) {
      world_.run("assign", options({{"client", w[1]}, {"staff", w[2]}}));
    });
    add("CODE away(?: until DAY)?(?:, CODE stands in)?", [&](const Words& w) {
      world_.run("absence", options({{"staff", w[1]}, {"until", w[2]}, {"delegate", w[3]}}));
    });
    // CM-1 will visit on 2026-07-10: C-1 streak 2026-06
    add("CODE will visit on DAY: (CODE .*)", [&](const Words& w) {
      world_.run("ack",
                 options({{"obligation", key_of(w[4], w[3])}, {"by", w[1]}, {"visit", w[2]}}));
    });
  }

  void add_machines() {
    const auto channel_of = [](const std::string& word) {
      return word == "mail" ? Channel::email : word == "webhook" ? Channel::webhook : Channel::file;
    };
    add("(mail|webhook|file) down",
        [this, channel_of](const Words& w) { world_.peers().set_down(channel_of(w[1]), true); });
    add("(mail|webhook|file) up",
        [this, channel_of](const Words& w) { world_.peers().set_down(channel_of(w[1]), false); });
    add("the address of CODE (refuses|works)",
        [&](const Words& w) { world_.peers().set_refused(address_of(w[1]), w[2] == "refuses"); });
    add("mail answers after ([0-9]+) (seconds|minutes|hours)",
        [&](const Words& w) { world_.peers().set_delay(length_of(w[1], w[2])); });
    add("the next ([0-9]+) answers are lost",
        [&](const Words& w) { world_.peers().lose_answers(std::stoi(w[1])); });
    add("the machine is off", [&](const Words&) { world_.kill(); });
    add("the machine is on", [&](const Words&) { world_.start(); });
    add("killed and started again", [&](const Words&) {
      world_.kill();
      world_.start();
    });
    add("hold (on|off)", [&](const Words& w) { world_.set_hold(w[1] == "on"); });
    add("the clock is ([0-9]+) (hours) (fast|slow)", [&](const Words& w) {
      const auto error = length_of(w[1], w[2]);
      world_.set_clock_error(w[3] == "fast" ? error : -error);
    });
    add("the clock is right",
        [&](const Words&) { world_.set_clock_error(std::chrono::seconds{0}); });
    add("clock accept", [&](const Words&) { world_.accept_clock(); });
  }

  static std::map<std::string, std::string> options(const std::map<std::string, std::string>& all) {
    std::map<std::string, std::string> given;
    for (const auto& [name, value] : all) {
      if (!value.empty()) given[name] = value;
    }
    return given;
  }

  std::string key_of(const std::string& client, const std::string& text) {
    for (const Obligation& o : world_.store().live_obligations(client)) {
      if (sim::obligation_text(o.key, world_.zone()) == text) return o.key;
    }
    throw std::runtime_error("not live: " + text);
  }

  const Timeline& timeline_;
  sim::World world_;
  std::vector<Sentence> sentences_;
  std::vector<TimelineTold> seen_;
  std::int64_t journal_ = 0;
};

}  // namespace

std::vector<TimelineTold> play(const Timeline& timeline) { return Player(timeline).play(); }

}  // namespace omamori
