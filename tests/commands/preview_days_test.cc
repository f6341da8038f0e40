#include "daemon/commands/preview_days.h"

#include <string>

#include <gtest/gtest.h>

#include "daemon/model/calendar.h"
#include "daemon/model/reminder.h"

namespace omamori {
namespace {

PreviewLine line(const std::string& at, const std::string& staff, const std::string& key,
                 ObligationKind kind, Urgency urgency = Urgency::digest) {
  Obligation about;
  about.kind = kind;
  about.client = key.substr(0, key.find('/'));
  about.key = key;
  PreviewLine line;
  line.at = *parse_instant(at + "+09:00");
  line.day = *parse_day(at.substr(0, 10));
  line.reminder.obligation = key;
  line.reminder.staff = staff;
  line.reminder.urgency = urgency;
  line.about = std::make_shared<const Obligation>(about);
  return line;
}

// Three messages: a digest of two lines and a concern of its own to CM-1, one digest to SV-1 on the
// next day.
void add_four_lines(PreviewDays& days) {
  days.add(line("2026-06-02T08:30:00", "SV-1", "C-1/streak/2026-05", ObligationKind::streak));
  days.add(line("2026-06-01T08:30:00", "CM-1", "C-2/streak/2026-05", ObligationKind::streak));
  days.add(line("2026-06-01T08:30:00", "CM-1", "C-1/streak/2026-05", ObligationKind::streak));
  days.add(line("2026-06-01T08:30:00", "CM-1", "C-3/concern/K", ObligationKind::concern,
                Urgency::urgent));
}

std::string text_of(PreviewDays& days) {
  std::string out;
  for (const auto& [day, people] : days.by_day({}, {})) {
    for (const PreviewPerson& person : people) {
      out += to_string(day) + " " + person.staff + ": " + std::to_string(person.messages) +
             " messages, " + std::to_string(person.line_count()) + " lines:";
      for (const PreviewLine& one : person.lines) out += " " + one.about->client;
      out += "\n";
    }
  }
  return out;
}

TEST(PreviewDays, EveryLineIsThereUpToTheLimit) {
  for (const std::size_t most : {0U, 4U, 5U}) {
    PreviewDays days(most);
    add_four_lines(days);
    EXPECT_FALSE(days.summed_up()) << most;
    EXPECT_EQ(days.line_count(), 4U);
    EXPECT_EQ(text_of(days),
              "2026-06-01 CM-1: 2 messages, 3 lines: C-1 C-2 C-3\n"
              "2026-06-02 SV-1: 1 messages, 1 lines: C-1\n");
  }
}

TEST(PreviewDays, PastTheLimitTheSumsAreTheSame) {
  PreviewDays days(3);
  add_four_lines(days);
  EXPECT_TRUE(days.summed_up());
  EXPECT_EQ(days.line_count(), 4U);
  EXPECT_EQ(text_of(days),
            "2026-06-01 CM-1: 2 messages, 3 lines:\n"
            "2026-06-02 SV-1: 1 messages, 1 lines:\n");
}

TEST(PreviewDays, TheKindsAreCounted) {
  PreviewDays days(1);
  add_four_lines(days);
  const auto by_day = days.by_day({}, {});
  const auto& kinds = by_day.begin()->second.front().kinds;
  EXPECT_EQ(kinds.at(ObligationKind::streak), 2U);
  EXPECT_EQ(kinds.at(ObligationKind::concern), 1U);
}

}  // namespace
}  // namespace omamori
