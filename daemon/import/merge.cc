#include "daemon/import/merge.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "daemon/import/merge_parts.h"
#include "daemon/model/calendar.h"

namespace omamori {
namespace {

constexpr std::size_t kFewClients = 10;   // so few may change without asking
constexpr std::size_t kOneInHowMany = 5;  // 20 %

// Errors and warnings in the order in which a person goes through the files.
void sort_by_place(const CsvImport& files, std::vector<CsvError>& errors) {
  std::map<std::string_view, int> ranks;
  int rank = 0;
  each_kind(files, [&](CsvKind, const auto& rows) { ranks.try_emplace(rows.file, rank++); });
  std::stable_sort(errors.begin(), errors.end(), [&](const CsvError& a, const CsvError& b) {
    return std::tuple(ranks[a.file], a.line) < std::tuple(ranks[b.file], b.line);
  });
}

void add_count(std::string& out, int count, std::string_view what) {
  if (count == 0) return;
  out += (out.ends_with(':') ? " " : ", ") + std::to_string(count) + " " + std::string(what);
}

std::string counts_text(CsvKind kind, const ImportCounts& counts) {
  std::string out = std::string(csv_word(kind)) + ":";
  add_count(out, counts.added, "new");
  add_count(out, counts.changed, "changed");
  add_count(out, counts.unchanged, "unchanged");
  add_count(out, counts.skipped, "known already");
  return out.ends_with(':') ? out + " no rows" : out;
}

void warn_of_encodings(const CsvImport& files, ImportResult& result) {
  each_kind(files, [&](CsvKind, const auto& rows) {
    if (!rows.given || !rows.either_encoding) return;
    result.warnings.push_back({rows.file, 0, "",
                               "read as CP932: what is not ASCII in it are half-width kana there, "
                               "and letters of other scripts in UTF-8; if it is UTF-8, say "
                               "--encoding utf-8"});
  });
}

void add_doubts(ImportResult& result) {
  if (result.clients_affected > kFewClients &&
      result.clients_affected * kOneInHowMany > result.clients_known) {
    result.doubts.push_back("change case manager, plan kind or period of " +
                            std::to_string(result.clients_affected) + " of " +
                            std::to_string(result.clients_known) + " clients");
  }
  if (result.codes_cut > 0) {
    result.doubts.push_back("add " + std::to_string(result.codes_cut) + " " +
                            (result.codes_cut == 1 ? "code that differs" : "codes that differ") +
                            " from another by zeros in front only");
  }
}

// "9 known clients are not in clients.csv and stay as they are: C-3, …".
std::string not_in_file_text(const std::string& file, const std::vector<std::string>& codes) {
  constexpr std::size_t kMostNamed = 10;
  if (codes.empty()) return "";
  const bool one = codes.size() == 1;
  std::string out = std::to_string(codes.size()) +
                    (one ? " known client is" : " known clients are") + " not in " + file +
                    (one ? " and stays as it is: " : " and stay as they are: ");
  for (std::size_t i = 0; i < std::min(codes.size(), kMostNamed); ++i) {
    out += (i == 0 ? "" : " ") + codes[i];
  }
  return out + (codes.size() > kMostNamed ? " …" : "") + "\n";
}

std::string shown_or_empty(const std::string& text) { return text.empty() ? "(empty)" : text; }

}  // namespace

ImportResult merge_import(const CsvImport& files, Registry& known, const ImportContext& context) {
  ImportResult result;
  result.errors = files.errors;
  result.warnings = files.warnings;
  warn_of_encodings(files, result);
  Merge merge{files, known, context, result, Overlay(known)};
  merge_offices(merge);
  merge_staff(merge);
  warn_of_office_staff(merge);
  merge_clients(merge);
  merge_checks(merge);
  merge_check_ins(merge);
  merge_monitorings(merge);
  merge_contacts(merge);
  merge_suspensions(merge);
  merge_absences(merge);
  merge_acknowledgements(merge);
  sort_by_place(files, result.errors);
  sort_by_place(files, result.warnings);
  result.clients_known = known.client_count();
  add_doubts(result);
  return result;
}

std::string summary_text(const CsvImport& files, const ImportResult& result) {
  std::string out;
  each_kind(files, [&](CsvKind kind, const auto& rows) {
    if (!rows.given) return;
    out += counts_text(kind, result.counts[static_cast<std::size_t>(kind)]) + "\n";
  });
  out += not_in_file_text(files.clients.file, result.clients_not_in_file);
  for (const std::string& doubt : result.doubts) out += "This would " + doubt + ".\n";
  return out;
}

void Difference::shown(std::string_view column, const std::string& from, const std::string& to) {
  if (from != to) add(column, shown_or_empty(from) + " -> " + shown_or_empty(to));
}

void Difference::hidden(std::string_view column, const std::string& from, const std::string& to) {
  if (from != to) add(column, to.empty() ? "cleared" : from.empty() ? "set" : "changed");
}

void Difference::add(std::string_view column, const std::string& what) {
  if (!text_.empty()) text_ += ", ";
  text_ += std::string(column) + " " + what;
}

std::string text_of(const std::optional<Day>& day) { return day ? to_string(*day) : ""; }

std::string text_of(const std::optional<int>& number) {
  return number ? std::to_string(*number) : "";
}

std::string text_of(const std::vector<Month>& months) {
  std::string out;
  for (const Month month : months) out += (out.empty() ? "" : " ") + to_string(month);
  return out;
}

}  // namespace omamori
