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

// The six kinds of file, in the order in which one import reads them.
enum class CsvKind { offices, staff, clients, safety_checks, check_ins, monitorings };
inline constexpr std::size_t kCsvKinds = 6;

std::string_view csv_word(CsvKind kind);
std::string_view csv_word(Role role);
std::string_view csv_word(PlanKind kind);
std::string_view csv_word(DecisionKind kind);
std::string_view csv_word(Outcome outcome);
std::string_view csv_word(Channel channel);
std::string_view csv_word(Language language);

// Every kind's word, in that order; and "offices, staff, …" for messages.
std::array<std::string_view, kCsvKinds> csv_kind_words();
std::string csv_kind_list();
// The kind whose word it is ("clients"), or nothing.
std::optional<CsvKind> csv_kind(std::string_view word);

Read<Role> read_role(std::string_view text);
Read<PlanKind> read_plan_kind(std::string_view text);
Read<DecisionKind> read_decision_kind(std::string_view text);
Read<Outcome> read_outcome(std::string_view text);
// Separated by blanks or commas, in the order to try; the same one twice is an error.
Read<std::vector<Channel>> read_channels(std::string_view text);
Read<Language> read_language(std::string_view text);

// Every word that is read, for people: "ja (日本語), en (英語)", the written one first.
std::string role_words();
std::string plan_kind_words();
std::string decision_kind_words();
std::string outcome_words();
std::string channel_words();
std::string language_words();

}  // namespace omamori
