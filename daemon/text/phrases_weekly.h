// The sentences of the weekly message, in the reader's language. Pure; holds no layout, and names
// only where the report has them.
#pragma once

#include <string>
#include <vector>

#include "daemon/reports/weekly_figures.h"

namespace omamori {

// One section of the overview. A section without rows is not shown.
struct WeeklySection {
  enum class Tone { overdue, ahead, information, system };
  Tone tone = Tone::information;
  std::string title;  // with the number of its rows' clients: 「今週のモニタリング（5件）」
  // What the row is about (a code), and what is said of it.
  struct Row {
    std::string code;
    std::string text;
    std::string note;       // said smaller; may be empty
    std::string name = {};  // beside the code, where names are shown
  };
  std::vector<Row> rows;
};

struct WeeklyWords {
  std::string subject;
  std::string introduction;  // whom it speaks of, and the whole in one sentence
  std::vector<WeeklySection> sections;
};

// A message is read by people: of each section at most so many rows are shown, and of a row at most
// so many codes; the rest is counted.
inline constexpr std::size_t kWeeklyRows = 60;
inline constexpr std::size_t kWeeklyRisks = 150;  // of everybody who must act together
inline constexpr std::size_t kWeeklyCodes = 30;

// `today`: the day the message is written for.
WeeklyWords weekly_words(const WeeklyReport& report, Day today, Language language);

}  // namespace omamori
