#include "tests/stories/timeline.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "daemon/model/calendar.h"
#include "tests/sim/told.h"

namespace omamori {
namespace {

constexpr std::size_t kWhenWidth = 20;  // "2026-07-01 Wed 08:30"
constexpr std::size_t kToldColumn = 48;

[[noreturn]] void fail(int line, const std::string& why) {
  throw std::runtime_error("line " + std::to_string(line) + ": " + why);
}

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::string single_spaced(const std::string& text) {
  std::istringstream words(text);
  std::string out;
  for (std::string word; words >> word;) out += (out.empty() ? "" : " ") + word;
  return out;
}

// "2026-07-01" and "08:30" or "08:30:15"; nothing if it is no such thing.
std::optional<Instant> local_instant(const std::string& date, std::string time, const Zone& zone) {
  if (time.size() == 5) time += ":00";
  const auto as_utc = parse_instant(date + "T" + time + "Z");
  if (!as_utc) return {};
  const auto day = std::chrono::floor<std::chrono::days>(*as_utc);
  const auto minutes = std::chrono::floor<std::chrono::minutes>(*as_utc - day);
  return zone.at(Day{day.time_since_epoch()}, TimeOfDay{minutes}) + (*as_utc - day - minutes);
}

struct When {
  Instant at{};
  Instant latest{};
};

// "2026-07-01 Wed 08:30", or "…08:30~08:45", at the beginning of `text`, which it is cut from. The
// weekday is there for people, so a wrong one is a mistake.
When take_when(std::string& text, const Zone& zone, int line) {
  std::istringstream words(text);
  std::string date, weekday, time, until;
  words >> date >> weekday >> time;
  if (const auto mark = time.find('~'); mark != std::string::npos) {
    until = time.substr(mark + 1) + ":59";
    time.resize(mark);
  }
  const auto at = local_instant(date, time, zone);
  if (!at) fail(line, "begins with no instant like 2026-07-01 Wed 08:30");
  const std::string shown = sim::when_text(*at, zone);
  if (shown.substr(11, 3) != weekday) fail(line, date + " is a " + shown.substr(11, 3));
  std::getline(words, text);
  if (until.empty()) return {*at, *at};
  const auto latest = local_instant(date, until, zone);
  if (!latest || *latest < *at) fail(line, "~ is followed by a later time of the same day");
  return {*at, *latest};
}

class Reader {
 public:
  Timeline read(const std::string& text) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      ++number_;
      read_line(line);
    }
    if (timeline_.end == Instant{}) fail(number_, "the last event must be: end");
    for (TimelineTold& told : timeline_.told) {
      if (told.silence && !timeline_.silences) fail(number_, "-- needs the setting: show silences");
    }
    return std::move(timeline_);
  }

 private:
  void read_line(const std::string& line) {
    if (line.starts_with("#")) {
      if (timeline_.title.empty()) timeline_.title = trimmed(line.substr(1));
    } else if (const std::string text = trimmed(line); text.empty()) {
      return;
    } else if (text.starts_with("and: ")) {
      if (timeline_.told.empty()) fail(number_, "`and:` follows a message");
      timeline_.told.back().lines.push_back(single_spaced(text));
    } else if (line[0] >= '0' && line[0] <= '9') {
      read_dated(line);
    } else {
      read_setting(text);
    }
  }

  void read_setting(const std::string& text) {
    if (!timeline_.events.empty() || !timeline_.told.empty()) fail(number_, "not dated");
    if (text.starts_with("policy ")) {
      timeline_.policy += text.substr(7) + "\n";
    } else if (text == "show silences") {
      timeline_.silences = true;
    } else if (text.starts_with("zone ")) {
      timeline_.zone = Zone(text.substr(5));
    } else if (text.starts_with("begin ")) {
      std::string when = text.substr(6);
      timeline_.begin = take_when(when, timeline_.zone, number_).at;
    } else {
      timeline_.setting.push_back({{}, text, number_});
    }
  }

  void read_dated(std::string text) {
    const auto [at, latest] = take_when(text, timeline_.zone, number_);
    if (at < last_ || at < timeline_.begin) fail(number_, "is before the line above");
    last_ = at;
    const std::size_t told = text.find("-> ");
    const std::size_t silence = text.find("-- ");
    const std::size_t mark = std::min(told, silence);
    const std::string event = single_spaced(text.substr(0, mark));
    if (event == "end") {
      timeline_.end = at;
    } else if (!event.empty()) {
      timeline_.events.push_back({at, event, number_});
    }
    if (mark == std::string::npos) return;
    timeline_.told.push_back({at, latest, silence < told, {single_spaced(text.substr(mark + 3))}});
  }

  Timeline timeline_;
  int number_ = 0;
  Instant last_ = Instant::min();
};

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.append(width - text.size(), ' ');
  return text;
}

std::string told_lines(const TimelineTold& told, char sign, const Zone& zone) {
  std::string out;
  for (const std::string& line : told.lines) {
    const bool first = &line == &told.lines.front();
    out += sign + padded(first ? sim::when_text(told.at, zone) : "", kToldColumn) +
           (!first         ? "   "
            : told.silence ? "-- "
                           : "-> ") +
           line + "\n";
  }
  return out;
}

std::string event_line(const TimelineEvent& event, const Zone& zone) {
  return " " + padded(sim::when_text(event.at, zone), kWhenWidth) + "  " + event.text + "\n";
}

// What came within the time that was left to it came when it was expected.
void forgive_minutes(const std::vector<TimelineTold>& wanted, std::vector<TimelineTold>& got) {
  std::vector<bool> taken(got.size(), false);
  for (const TimelineTold& want : wanted) {
    for (std::size_t i = 0; i < got.size(); ++i) {
      TimelineTold& have = got[i];
      const bool same = !taken[i] && have.lines == want.lines && have.silence == want.silence;
      if (!same || have.at < want.at || have.at > want.latest) continue;
      have.at = want.at;
      have.latest = want.latest;
      taken[i] = true;
      break;
    }
  }
}

}  // namespace

Timeline read_timeline(const std::string& text) { return Reader().read(text); }

std::string difference(const Timeline& timeline, const std::vector<TimelineTold>& seen) {
  const Zone& zone = timeline.zone;
  std::vector<TimelineTold> wanted = timeline.told;
  std::vector<TimelineTold> got = seen;
  forgive_minutes(wanted, got);
  std::sort(wanted.begin(), wanted.end());
  std::sort(got.begin(), got.end());
  if (wanted == got) return "";
  std::string out =
      "# " + timeline.title + "\n# - expected and not there   + there and not expected\n";
  auto event = timeline.events.begin();
  const auto events_until = [&](Instant at) {
    for (; event != timeline.events.end() && event->at <= at; ++event) {
      out += event_line(*event, zone);
    }
  };
  auto want = wanted.begin();
  auto have = got.begin();
  while (want != wanted.end() || have != got.end()) {
    const bool only_wanted = have == got.end() || (want != wanted.end() && *want < *have);
    const bool only_got = want == wanted.end() || (have != got.end() && *have < *want);
    const TimelineTold& next = only_got ? *have : *want;
    events_until(next.at);
    out += told_lines(next, only_wanted ? '-' : only_got ? '+' : ' ', zone);
    if (!only_got) ++want;
    if (!only_wanted) ++have;
  }
  events_until(Instant::max());
  return out;
}

}  // namespace omamori
