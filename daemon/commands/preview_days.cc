#include "daemon/commands/preview_days.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "daemon/reminders/compose.h"
#include "db/file_words.h"

namespace omamori {
namespace {

auto place_of(const PreviewLine& line) {
  return std::make_tuple(line.day, std::string_view(line.reminder.staff), line.at, line.message(),
                         std::string_view(line.about->client), std::string_view(line.about->key));
}

PreviewPerson person_of(const std::string& code, const Directory& directory, const Config& config) {
  PreviewPerson person;
  person.staff = code;
  const Staff* staff = directory.staff(code);
  if (!staff) {
    if (code.empty()) person.role = Role::operator_;
    person.why = code.empty() ? "no operator is known: import a staff row"
                              : "no staff of that code: import a staff row";
    return person;
  }
  person.role = staff->role;
  person.of_city = is_of_city(*staff);
  if (const auto way = way_to(*staff, config, person.why)) {
    person.way = file_word(way->channel);
    person.why.clear();
  }
  return person;
}

}  // namespace

std::string_view PreviewLine::message() const {
  if (reminder.urgency == Urgency::digest) return {};
  return reminder.obligation;
}

std::size_t PreviewPerson::line_count() const {
  return std::accumulate(kinds.begin(), kinds.end(), std::size_t{0},
                         [](std::size_t sum, const auto& kind) { return sum + kind.second; });
}

void PreviewDays::add(PreviewLine line) {
  Sum& sum = sums_[line.day][line.reminder.staff];
  sum.as = line.reminder.as;
  ++sum.kinds[line.about->kind];
  sum.messages.emplace(line.at, line.message());
  ++line_count_;
  if (!summed_up()) return lines_.push_back(std::move(line));
  lines_.clear();
  lines_.shrink_to_fit();
}

std::map<Day, std::vector<PreviewPerson>> PreviewDays::by_day(const Directory& directory,
                                                              const Config& config) {
  std::sort(lines_.begin(), lines_.end(),
            [](const PreviewLine& a, const PreviewLine& b) { return place_of(a) < place_of(b); });
  std::map<Day, std::vector<PreviewPerson>> days;
  auto line = lines_.begin();
  for (auto& [day, people] : sums_) {
    std::map<std::string, Sum*> by_code;
    for (auto& [code, sum] : people) by_code[code] = &sum;
    for (const auto& [code, sum] : by_code) {
      PreviewPerson person = person_of(code, directory, config);
      if (!directory.staff(code) && !code.empty()) person.role = sum->as;
      person.messages = sum->messages.size();
      person.kinds = std::move(sum->kinds);
      for (; line != lines_.end() && line->day == day && line->reminder.staff == code; ++line) {
        person.lines.push_back(std::move(*line));
      }
      days[day].push_back(std::move(person));
    }
  }
  return days;
}

}  // namespace omamori
