// `import`: CSV files in, all or nothing. What the rows mean is daemon/import/merge.h; this reads
// them, asks for --yes where it must, and applies.
#include <algorithm>

#include "daemon/answer/json_text.h"
#include "daemon/commands/options.h"
#include "daemon/import/csv/kinds.h"
#include "daemon/import/csv/words.h"
#include "daemon/import/merge.h"
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

Response answer(const Request& request, Exit exit, const CsvImport& files,
                const ImportResult& result, const std::string& outcome) {
  Response response;
  response.exit = exit;
  if (request.json) {
    json::array rows;
    for (const std::string& row : result.rows) rows.push_back(json::value(row));
    response.out = json_line({{"outcome", outcome},
                              {"errors", as_json(result.errors)},
                              {"warnings", as_json(result.warnings)},
                              {"rows", std::move(rows)},
                              {"clients_affected", result.clients_affected},
                              {"clients_known", result.clients_known}});
    return response;
  }
  response.err = lines_of(result.errors) + lines_of(result.warnings);
  if (result.errors.empty()) response.out = rows_text(result) + summary_text(files, result) + "\n";
  (exit == Exit::ok ? response.out : response.err) += outcome + "\n";
  return response;
}

std::optional<CsvKind> kind_of(const std::string& file_name) {
  const std::size_t slash = file_name.find_last_of('/');
  std::string name = slash == std::string::npos ? file_name : file_name.substr(slash + 1);
  if (name.ends_with(".csv")) name.resize(name.size() - 4);
  return csv_kind(name);
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

}  // namespace

Response import_command(const Request& request, Service& service) {
  CsvImport files;
  std::vector<ImportFile> sources;
  for (const CommandFile& file : request.files) {
    const std::string named = request.text("kind");
    const auto kind = named.empty() ? kind_of(file.name) : csv_kind(named);
    if (!kind) {
      return refused(file.name + ": not one of " + csv_kind_list() +
                     "; name the kind: import KIND FILE");
    }
    read_csv(*kind, file.name, file.bytes, service.zone(), files);
    sources.push_back({std::string(csv_word(*kind)), file.name, sha256_hex(file.bytes)});
  }
  if (sources.empty()) {
    return nothing_to_import();
  }
  const ImportContext context{service.today(), service.now(), service.zone(),
                              service.policy().terms.standard_interval_months,
                              request.flag("dry-run")};
  const ImportResult result = merge_import(files, service.store(), context);
  if (!result.errors.empty()) {
    return answer(request, Exit::refused, files, result,
                  "nothing was changed: " + std::to_string(result.errors.size()) + " errors");
  }
  if (request.flag("dry-run")) {
    return answer(request, Exit::ok, files, result, "dry run: nothing was changed");
  }
  if (result.needs_yes && !request.flag("yes")) {
    return answer(request, Exit::needs_yes, files, result,
                  "nothing was changed: this would change case manager, plan kind or period of " +
                      std::to_string(result.clients_affected) + " of " +
                      std::to_string(result.clients_known) +
                      " clients; look with --dry-run, then repeat with --yes");
  }
  service.store().apply_import(result.changes, sources, service.act(request.actor));
  return answer(request, Exit::ok, files, result, "imported");
}

}  // namespace omamori
