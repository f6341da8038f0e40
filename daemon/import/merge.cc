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
  for (const std::string* file :
       {&files.offices.file, &files.staff.file, &files.clients.file, &files.safety_checks.file,
        &files.check_ins.file, &files.monitorings.file}) {
    ranks.try_emplace(*file, rank++);
  }
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

std::string shown_or_empty(const std::string& text) { return text.empty() ? "(empty)" : text; }

}  // namespace

ImportResult merge_import(const CsvImport& files, Registry& known, const ImportContext& context) {
  ImportResult result;
  result.errors = files.errors;
  Merge merge{files, known, context, result, Overlay(known)};
  merge_offices(merge);
  merge_staff(merge);
  warn_of_office_staff(merge);
  merge_clients(merge);
  merge_checks(merge);
  merge_check_ins(merge);
  merge_monitorings(merge);
  sort_by_place(files, result.errors);
  sort_by_place(files, result.warnings);
  result.clients_known = known.client_count();
  result.needs_yes = result.clients_affected > kFewClients &&
                     result.clients_affected * kOneInHowMany > result.clients_known;
  return result;
}

std::string summary_text(const CsvImport& files, const ImportResult& result) {
  const std::array<bool, kCsvKinds> given{files.offices.given,   files.staff.given,
                                          files.clients.given,   files.safety_checks.given,
                                          files.check_ins.given, files.monitorings.given};
  std::string out;
  for (std::size_t i = 0; i < kCsvKinds; ++i) {
    if (given[i]) out += counts_text(static_cast<CsvKind>(i), result.counts[i]) + "\n";
  }
  if (result.needs_yes) {
    out += "The case manager, plan kind or period of " + std::to_string(result.clients_affected) +
           " of " + std::to_string(result.clients_known) + " clients would change.\n";
  }
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
