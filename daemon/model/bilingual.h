// One thing said in the two languages people read. Pure.
//
// Where only one text fits — the detail of a trouble in the database — both are kept in it, and
// each reader gets their own. The log always has the English.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "daemon/model/facts.h"

namespace omamori {

struct Said {
  // The same in both: file, line and code, or what a program said.
  Said(std::string both) : ja(both), en(std::move(both)) {}
  Said(std::string japanese, std::string english)
      : ja(std::move(japanese)), en(std::move(english)) {}

  const std::string& in(Language language) const { return language == Language::ja ? ja : en; }
  bool operator==(const Said&) const = default;

  std::string ja, en;
};

std::vector<std::string> texts_in(Language language, const std::vector<Said>& said);

// All lines as one text, for the detail of a trouble. If the two languages say the same it is that
// text, so what was kept before there were two can be read too.
std::string kept_lines(const std::vector<Said>& said);
// The lines of a kept text in one language.
std::string kept_in(Language language, std::string_view kept);

// The texts, one a line.
std::string joined_lines(const std::vector<std::string>& texts);

}  // namespace omamori
