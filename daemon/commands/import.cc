// `import`: CSV files in, all or nothing. What the rows mean is daemon/import/merge.h; this reads
// them, asks for --yes where it must, and applies.
#include <algorithm>

#include "daemon/answer/json_text.h"
#include "daemon/commands/options.h"
#include "daemon/import/csv/kinds.h"
#include "daemon/import/csv/words.h"
#include "daemon/import/merge.h"
#include "daemon/model/calendar.h"
#include "daemon/rules/month_grid.h"
#include "db/erasures.h"
#include "db/journal.h"

namespace omamori {
namespace {

std::string lines_of(const std::vector<CsvError>& errors) {
  std::string out;
  for (const CsvError& error : errors) out += to_string(error) + "\n";
  return out;
}

json::array as_json(const std::vector<CsvError>& errors) {
  json::array out;
  for (const CsvError& e : errors) {
    out.push_back(json::object{
        {"file", e.file}, {"line", e.line}, {"column", e.column}, {"message", e.message}});
  }
  return out;
}

std::string rows_text(const ImportResult& result) {
  std::string out;
  for (const std::string& row : result.rows) out += row + "\n";
  return out;
}

// "read as CP932: clients.csv", a line for each encoding; ASCII is the same in all.
std::string encodings_text(const CsvImport& files) {
  std::string out;
  for (const Encoding encoding : {Encoding::utf8, Encoding::cp932}) {
    std::string names;
    each_kind(files, [&](CsvKind, const auto& rows) {
      if (!rows.given || rows.encoding != encoding) return;
      names += (names.empty() ? "" : ", ") + rows.file;
    });
    if (!names.empty()) out += "read as " + std::string(to_word(encoding)) + ": " + names + "\n";
  }
  return out;
}

json::array files_json(const CsvImport& files) {
  json::array out;
  each_kind(files, [&](CsvKind kind, const auto& rows) {
    if (!rows.given) return;
    out.push_back(json::object{
        {"file", rows.file}, {"kind", csv_word(kind)}, {"encoding", to_word(rows.encoding)}});
  });
  return out;
}

json::array codes_json(const std::vector<std::string>& codes) {
  json::array out;
  for (const std::string& code : codes) out.push_back(json::value(code));
  return out;
}

Response answer(const Request& request, Exit exit, const CsvImport& files,
                const ImportResult& result, const std::string& outcome) {
  Response response;
  response.exit = exit;
  if (request.json) {
    json::array rows;
    for (const std::string& row : result.rows) rows.push_back(json::value(row));
    response.out = json_line({{"outcome", outcome},
                              {"files", files_json(files)},
                              {"errors", as_json(result.errors)},
                              {"warnings", as_json(result.warnings)},
                              {"rows", std::move(rows)},
                              {"clients_affected", result.clients_affected},
                              {"clients_known", result.clients_known},
                              {"clients_not_in_file", codes_json(result.clients_not_in_file)}});
    return response;
  }
  response.err = lines_of(result.errors) + lines_of(result.warnings);
  (result.errors.empty() ? response.out : response.err) += encodings_text(files);
  if (result.errors.empty()) response.out += rows_text(result) + summary_text(files, result) + "\n";
  (exit == Exit::ok ? response.out : response.err) += outcome + "\n";
  return response;
}

// A path as an older omamorictl or a test gives it may have folders in front.
std::optional<CsvKind> kind_of(const std::string& file_name) {
  return csv_kind_of_file(file_name.substr(file_name.find_last_of('/') + 1));
}

Response nothing_to_import() {
  std::string files;
  const auto kinds = csv_kind_words();
  for (const std::string_view kind : kinds) {
    if (!files.empty()) files += kind == kinds.back() ? " or " : ", ";
    files += std::string(kind) + ".csv";
  }
  return refused("nothing to import: no " + files + " there");
}

// By the terms of today. A check that lengthens the interval is no matter of the certificate.
std::optional<CertificateMonths> certificate_months(const Terms& terms, const Period& period) {
  if (period.plan_kind == PlanKind::self_plan || !period.interval_months) return {};
  const Month end = month_of(period.end);
  const auto& listed = period.monitoring_months;
  if (!listed.empty())
    return CertificateMonths{listed.front(), listed.front(), listed.front(), listed.back()};
  CertificateMonths found{end, end, end, end};
  for (Month month = end; month >= month_of(period.start); month -= std::chrono::months{1}) {
    const bool of_grid = on_grid(period, month, *period.interval_months, terms);
    const bool initial = is_initial(period, month, terms);
    if (of_grid || initial) found.first = month;
    if (of_grid) found.first_of_grid = month;
    if (of_grid && !initial) found.first_after_initial = month;
  }
  return found;
}

}  // namespace

Response import_command(const Request& request, Service& service) {
  if (const auto erasure = service.store().erasures().unfinished()) {
    return refused(erasure->client +
                   " is being erased, and what an import says of them would go "
                   "with it: try again in some minutes (omamorictl log --kind erase.done)");
  }
  CsvImport files;
  std::vector<ImportFile> sources;
  const std::string said = request.text("encoding");
  const auto encoding = encoding_of(said);
  if (!said.empty() && !encoding) {
    return wrong_usage("--encoding " + said + ": is neither utf-8 nor cp932");
  }
  for (const CommandFile& file : request.files) {
    const std::string named = request.text("kind");
    const auto kind = named.empty() ? kind_of(file.name) : csv_kind(named);
    if (!kind) {
      return refused(file.name + ": not one of " + csv_kind_list() +
                     "; name the kind: import KIND FILE");
    }
    read_csv(*kind, file.name, file.bytes, service.zone(), files, encoding);
    sources.push_back({std::string(csv_word(*kind)), file.name, sha256_hex(file.bytes)});
  }
  if (sources.empty()) {
    return nothing_to_import();
  }
  const Terms& terms = service.policy().terms;
  const ImportContext context{
      service.today(),         service.now(),
      service.zone(),          terms.standard_interval_months,
      request.flag("dry-run"), [&](const Period& p) { return certificate_months(terms, p); }};
  const ImportResult result = merge_import(files, service.store(), context);
  if (!result.errors.empty()) {
    return answer(request, Exit::refused, files, result,
                  "nothing was changed: " + std::to_string(result.errors.size()) + " errors");
  }
  if (request.flag("dry-run")) {
    return answer(request, Exit::ok, files, result, "dry run: nothing was changed");
  }
  if (result.needs_yes() && !request.flag("yes")) {
    std::string doubts;
    for (const std::string& doubt : result.doubts)
      doubts += (doubts.empty() ? "" : " and ") + doubt;
    return answer(request, Exit::needs_yes, files, result,
                  "nothing was changed: this would " + doubts +
                      "; look with --dry-run, then repeat with --yes");
  }
  service.store().apply_import(result.changes, sources, service.act(request.actor));
  return answer(request, Exit::ok, files, result, "imported");
}

}  // namespace omamori
