// The words of the field in the two languages people read, for the answers of commands. Messages
// that are sent have their own (daemon/text/phrasebook.h). Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/model/facts.h"
#include "daemon/model/obligation.h"
#include "daemon/rules/check_state.h"
#include "daemon/rules/month_states.h"
#include "db/store_values.h"

namespace omamori {

class Tongue {
 public:
  explicit Tongue(Language language) : language_(language) {}
  Language language() const { return language_; }
  bool japanese() const { return language_ == Language::ja; }

  // The one of two texts that is in this language.
  std::string operator()(std::string_view ja, std::string_view en) const;

  std::string word(PlanKind kind) const;
  std::string word(DecisionKind kind) const;
  std::string word(Outcome outcome) const;
  // A supervisor without an office is called by what they are: 市担当者.
  std::string word(Role role, bool of_city = false) const;
  std::string word(MonthState state) const;
  std::string word(CheckState state) const;
  std::string word(ObligationKind kind) const;
  std::string word(ItemState state) const;
  // "6か月", "6 months"; "" for 0.
  std::string months(int count) const;
  std::string days(int count) const;
  // "2026-04-01〜2027-03-31"; an end that is open is left out.
  std::string range(Day from, std::optional<Day> until) const;
  // Who asked for an interval, in a few words: "安否確認 S-1", "受給者証（延長は確認待ち）".
  // `has_check`: does the client have a safety check at all?
  std::string basis(BasisOf basis, const std::string& check, bool has_check) const;
  // A stored reason ("visit on 2026-09-12", "a later stage is due") in this language. One that is
  // not known here stays as it is.
  std::string reason(const std::string& stored) const;

 private:
  Language language_;
};

// "" without a day; "2026-06 2026-09" for months.
std::string shown(const std::optional<Day>& day);
std::string shown(const std::vector<Month>& months);

}  // namespace omamori
