// Does telling work? Of each time that a month was told, at its stage: was the client seen within
// 15 days? Pure; adds up over clients.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "daemon/model/facts.h"

namespace omamori {

inline constexpr std::chrono::days kSeenWithin{15};

// A stage of a month (monitoring or streak) was told on a day; the first of those who were.
struct ToldMonth {
  std::string stage;
  int days = 0;  // of the stage, from due-by
  Day told_on{};
  Day visit_from{};  // a visit from this day on settles it
};

struct TellingEffect {
  int told = 0;
  int seen = 0;                 // on the day or within 15 days after it
  int pending = 0;              // nobody yet, and the 15 days are not over
  int seen_before = 0;          // a visit that was only recorded afterwards: nothing was to be done
  std::vector<int> days_until;  // of those seen, in no order

  // Of whom it is known whether they were seen in time; 0–1, nothing where there are none.
  int judged() const { return told - pending - seen_before; }
  std::optional<double> share() const;
  // In days, of those seen.
  std::optional<double> median_days() const;

  void add(const ToldMonth& one, const std::vector<Visit>& visits, Day today);
  void add(const TellingEffect& other);
};

// By stage, in the order in which they come: earliest before due-by first.
class EffectByStage {
 public:
  void add(const ToldMonth& one, const std::vector<Visit>& visits, Day today);

  struct Row {
    std::string stage;
    int days = 0;  // from due-by, of the first time it comes
    TellingEffect effect;
  };
  std::vector<Row> rows() const;

 private:
  std::map<std::string, Row> stages_;
};

}  // namespace omamori
