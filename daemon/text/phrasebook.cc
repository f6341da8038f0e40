#include "daemon/text/phrasebook.h"

#include <algorithm>

#include "daemon/model/calendar.h"

namespace omamori {

Tone tone_of(const Line& line) {
  if (line.withdrawn) return Tone::withdrawn;
  switch (line.about.kind) {
    case ObligationKind::concern:
    case ObligationKind::lapse:
    case ObligationKind::trouble:
      return Tone::urgent;
    case ObligationKind::streak:
    case ObligationKind::expired:
      return Tone::overdue;
    case ObligationKind::suspension_standing:
    case ObligationKind::check_in:
    case ObligationKind::weekly:
      return Tone::information;
    case ObligationKind::monitoring:
    case ObligationKind::baseline:
    case ObligationKind::renewal:
    case ObligationKind::unassigned:
    case ObligationKind::return_:
      break;
  }
  return line.days_late > 0 ? Tone::overdue : Tone::ahead;
}

std::vector<Line> most_pressing_first(std::vector<Line> lines) {
  std::stable_sort(lines.begin(), lines.end(),
                   [](const Line& a, const Line& b) { return tone_of(a) < tone_of(b); });
  return lines;
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
