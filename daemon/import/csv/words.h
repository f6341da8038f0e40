// The words of the CSV files for kinds, roles, outcomes: written in English, read in English or as
// a Japanese spreadsheet would show them. Case does not matter. Pure.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/import/csv/error.h"
#include "daemon/model/facts.h"

namespace omamori {

// The kinds of file, in the order in which one import reads them.
enum class CsvKind {
  offices,
  staff,
  clients,
  safety_checks,
  check_ins,
  monitorings,
  contacts,
  suspensions,
  absences,
  acknowledgements
};
inline constexpr std::size_t kCsvKinds = 10;

std::string_view csv_word(CsvKind kind);
std::string_view csv_word(Role role);
std::string_view csv_word(PlanKind kind);
std::string_view csv_word(DecisionKind kind);
std::string_view csv_word(Outcome outcome);
std::string_view csv_word(Channel channel);
std::string_view csv_word(Language language);
std::string_view csv_yes();

// Every kind's word, in that order; and "offices, staff, …" for messages.
std::array<std::string_view, kCsvKinds> csv_kind_words();
std::string csv_kind_list();
// The kind whose word it is ("clients"), or nothing; and of a file's name ("Clients.CSV").
std::optional<CsvKind> csv_kind(std::string_view word);
std::optional<CsvKind> csv_kind_of_file(std::string_view name);

Read<Role> read_role(std::string_view text);
Read<PlanKind> read_plan_kind(std::string_view text);
Read<DecisionKind> read_decision_kind(std::string_view text);
Read<Outcome> read_outcome(std::string_view text);
// Separated by blanks or commas, in the order to try; the same one twice is an error.
Read<std::vector<Channel>> read_channels(std::string_view text);
Read<Language> read_language(std::string_view text);
// unreachable or concern.
Read<Outcome> read_fail_means(std::string_view text);
Read<bool> read_yes_no(std::string_view text);

// Every word that is read, for people: "ja (日本語), en (英語)", the written one first. In Japanese
// one for each: "日本語・英語".
std::string role_words(Language language = Language::en);
std::string plan_kind_words(Language language = Language::en);
std::string decision_kind_words(Language language = Language::en);
std::string outcome_words(Language language = Language::en);
std::string fail_means_words(Language language = Language::en);
std::string yes_no_words(Language language = Language::en);
std::string channel_words(Language language = Language::en);
std::string language_words(Language language = Language::en);

}  // namespace omamori
