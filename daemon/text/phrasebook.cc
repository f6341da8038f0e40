#include "daemon/text/phrasebook.h"

#include <algorithm>

#include "daemon/model/calendar.h"

namespace omamori {
namespace {

// Of two lines that press alike: what is wrong with a person, then what is late, then what is
// ahead.
int weight(const Line& line) {
  switch (line.about.kind) {
    case ObligationKind::concern:
      return 0;
    case ObligationKind::lapse:
      return 1;
    case ObligationKind::streak:
      return 2;
    case ObligationKind::return_:
      return 3;
    case ObligationKind::baseline:
      return 4;
    case ObligationKind::expired:
      return 5;
    case ObligationKind::unassigned:
    case ObligationKind::end_report:
      return 6;
    case ObligationKind::monitoring:
      return 7;
    case ObligationKind::renewal:
      return 8;
    case ObligationKind::check_in:
    case ObligationKind::suspension_standing:
    case ObligationKind::trouble:
    case ObligationKind::weekly:
    case ObligationKind::receipt:
      return 9;
  }
  return 9;
}

// Of a streak the month that is open now may be due today.
bool is_due_on(const Line& line, Day today) {
  return line.about.due_by == today || (line.also_open && line.also_due_by == today);
}

Day due_of(const Line& line) { return line.about.due_by.value_or(Day::max()); }

}  // namespace

Tone tone_of(const Line& line, Day today) {
  if (line.withdrawn) return Tone::withdrawn;
  switch (line.about.kind) {
    case ObligationKind::concern:
    case ObligationKind::lapse:
    case ObligationKind::trouble:
      return Tone::urgent;
    case ObligationKind::streak:
    case ObligationKind::expired:
      return is_due_on(line, today) ? Tone::today : Tone::overdue;
    case ObligationKind::suspension_standing:
    case ObligationKind::check_in:
    case ObligationKind::weekly:
    case ObligationKind::receipt:
      return Tone::information;
    case ObligationKind::monitoring:
    case ObligationKind::baseline:
    case ObligationKind::renewal:
    case ObligationKind::unassigned:
    case ObligationKind::return_:
    case ObligationKind::end_report:
      break;
  }
  if (line.days_late > 0) return Tone::overdue;
  return is_due_on(line, today) ? Tone::today : Tone::ahead;
}

std::vector<Line> most_pressing_first(std::vector<Line> lines, Day today) {
  std::stable_sort(lines.begin(), lines.end(), [today](const Line& a, const Line& b) {
    const Tone tone = tone_of(a, today);
    const Tone other = tone_of(b, today);
    if (tone != other) return tone < other;
    const bool by_day = tone == Tone::overdue || tone == Tone::ahead;
    if (by_day && due_of(a) != due_of(b)) return due_of(a) < due_of(b);
    if (weight(a) != weight(b)) return weight(a) < weight(b);
    return a.days_late > b.days_late;
  });
  return lines;
}

bool nothing_has_moved(const Line& line, Day today) {
  return line.days_late > 0 || tone_of(line, today) == Tone::urgent;
}

int day_of_concern(const Line& line, Day today) {
  return static_cast<int>((today - line.about.opened).count()) + 1;
}

MessageKind kind_by_subject(const Digest& digest, const std::vector<Line>& lines) {
  const bool receipts =
      !lines.empty() && std::all_of(lines.begin(), lines.end(), [](const Line& l) {
        return l.about.kind == ObligationKind::receipt;
      });
  if (receipts) return MessageKind::digest;
  const bool open_concern = std::any_of(lines.begin(), lines.end(), [](const Line& l) {
    return l.about.kind == ObligationKind::concern && !l.withdrawn && !l.about.quiet;
  });
  const bool calls = digest.kind == MessageKind::digest && open_concern;
  return calls ? MessageKind::urgent : digest.kind;
}

const Phrasebook& phrasebook(Language language) {
  return language == Language::en ? english_phrasebook() : japanese_phrasebook();
}

std::string trouble_subject(const Obligation& about) {
  constexpr std::string_view kKind = "trouble/";
  const std::string& key = about.key;
  const auto kind = key.find(kKind);
  const auto begin = kind == std::string::npos ? 0 : kind + kKind.size();
  const auto slash = key.rfind('/');
  const bool has_day = slash != std::string::npos && slash > begin;
  return key.substr(begin, has_day ? slash - begin : std::string::npos);
}

Window window_of(const Line& line) {
  if (line.also_open && line.also_due_by) return {first_day(*line.also_open), line.also_due_by};
  return {line.about.window_from, line.about.due_by};
}

}  // namespace omamori
