// What happens in a timeline, done to a real store and loops: tests/stories/README.md lists the
// sentences.
#include <algorithm>
#include <functional>
#include <regex>
#include <sstream>
#include <stdexcept>

#include "daemon/model/calendar.h"
#include "tests/sim/told.h"
#include "tests/sim/world.h"
#include "tests/stories/timeline.h"
#include "tests/stories/timeline_rows.h"
#include "tests/stories/timeline_shown.h"

namespace omamori {
namespace {

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
      : timeline_(timeline),
        policy_(policy_of(timeline)),
        world_(timeline.begin, policy_, timeline.zone) {
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
    sentences_.push_back({sentence_form(form), std::move(act)});
  }

  void add_sentences() {
    add_setting();
    add_records();
    add_people();
    add_machines();
    add_shown();
  }

  void add_setting() {
    for (const ImportSentence& sentence : import_sentences()) {
      add(sentence.form,
          [this, files = sentence.files](const Words& w) { world_.import(files(w)); });
    }
    add("policy (.*)", [&](const Words& w) { change_policy(w[1]); });
    add("refused: (.*)", [&](const Words& w) { be_refused({{}, w[1].str(), 0}); });
  }

  // A line with the same name is replaced; a new one stands before the first table.
  void change_policy(const std::string& line) {
    const std::string name = line.substr(0, line.find('='));
    std::istringstream lines(policy_);
    std::string changed = line + "\n";
    for (std::string old; std::getline(lines, old);) {
      if (!old.starts_with(name)) changed += old + "\n";
    }
    policy_ = changed;
    world_.set_policy(policy_);
  }

  void be_refused(const TimelineEvent& event) {
    try {
      happen(event);
    } catch (const std::exception&) {
      return;
    }
    throw std::runtime_error("was not refused");
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
    add("(monitoring|check-in|contact|suspension|acknowledgement|absence) ([0-9]+) is void",
        [&](const Words& w) {
          world_.run("void",
                     options({{"kind", w[1]}, {"id", w[2]}, {"reason", std::string("誤り")}}));
        });
  }

  void add_people() {
    add("CODE given to CODE", [&](const Words& w) {
      world_.run("assign", options({{"client", w[1]}, {"staff", w[2]}}));
    });
    add("CODE away(?: from DAY)?(?: until DAY)?(?:, CODE stands in)?", [&](const Words& w) {
      world_.run("absence",
                 options({{"staff", w[1]}, {"from", w[2]}, {"until", w[3]}, {"delegate", w[4]}}));
    });
    // CM-1 will visit on 2026-07-10: C-1 streak 2026-06
    // CM-1 sees to it: C-1 concern S-1 2026-06-12
    add("CODE sees to it: (CODE .*)", [&](const Words& w) {
      world_.run("ack", options({{"obligation", key_of(w[3], w[2])}, {"by", w[1]}}));
    });
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

  void add_shown() {
    add("CODE has months (.*)",
        [&](const Words& w) { compare(w[2], months_shown(world_.service(), w[1])); });
    add("CODE has month (.*)", [&](const Words& w) {
      const std::string all = ", " + months_shown(world_.service(), w[1]) + ", ";
      if (all.find(", " + w[2].str() + ", ") == std::string::npos) compare(w[2], all);
    });
    add("CODE is seen every (.*)",
        [&](const Words& w) { compare(w[2], interval_shown(world_.service(), w[1])); });
    add("CODE is (not_agreed|awaiting_first|ok|due|lapsed|concern|ended)",
        [&](const Words& w) { compare(w[2], check_shown(world_.service(), w[1])); });
  }

  static void compare(const std::string& wanted, const std::string& shown) {
    if (shown != wanted) throw std::runtime_error("not so, but: " + shown);
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
  std::string policy_;
  sim::World world_;
  std::vector<Sentence> sentences_;
  std::vector<TimelineTold> seen_;
  std::int64_t journal_ = 0;
};

}  // namespace

std::vector<TimelineTold> play(const Timeline& timeline) { return Player(timeline).play(); }

}  // namespace omamori
