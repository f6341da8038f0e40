// The sentences of a timeline that import something, and the CSV files they stand for. Used by the
// player (timeline_play.cc); tests/stories/README.md explains the sentences.
#pragma once

#include <map>
#include <regex>
#include <string>
#include <vector>

#include "daemon/import/csv/words.h"

namespace omamori {

// One sentence as a regular expression, in which CODE and DAY are a code and a day, one group each.
std::regex sentence_form(const std::string& form);

struct ImportSentence {
  std::string form;
  std::map<CsvKind, std::string> (*files)(const std::smatch& words);
};
const std::vector<ImportSentence>& import_sentences();

// The address of a person of a timeline.
std::string address_of(std::string staff);

}  // namespace omamori
